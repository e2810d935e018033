"""Charts as plain SVG from the server: their colours come from the style sheet, dark mode included.

See docs/decisions/charts.md.
"""

import sys
from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

import pygal
from markupsafe import Markup
from pygal.etree import etree

# pygal hooks into every later import to find plug-ins of its own, in a way Python 3.12 no longer
# knows and warns of; we have none.
sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != "pygal"]

Row = tuple[str, float | None]
WIDTH = 480
LINE_HEIGHT = 220
BAR_HEIGHT = 30
FRAME = 56
LONGEST_LABEL = 19
"""In narrow letters; a wide (Chinese) one counts for two."""

FONT = 12
WIDER = 0.45
"""How much of its height a wide letter is wider than a narrow one."""

LARGER = 1.5
"""How much wider a letter of ours is than pygal reckons, in the widest of the system's fonts."""

SUPERFLUOUS = frozenset({"defs", "style", "script", "title", "desc"})
"""What the page's policy forbids or the table beside the chart says better."""

PLAIN = {
    "css": [],
    "js": [],
    "disable_xml_declaration": True,
    "no_prefix": True,
    "show_legend": False,
    "width": WIDTH,
    "margin": 8,
    "margin_right": 26,
    "no_data_text": "—",
    "truncate_label": -1,
}


def line(rows: Sequence[Row]) -> Markup:
    """Draw values one after another; where there is none, the line has a gap."""
    chart = pygal.Line(
        **PLAIN,
        height=LINE_HEIGHT,
        range=(0, _top(rows)),
        dots_size=3,
        x_labels_major_count=4,
        show_minor_x_labels=False,
        show_minor_y_labels=False,
        allow_interruptions=True,
    )
    return _drawn(chart, rows)


def bars(rows: Sequence[Row]) -> Markup:
    """Draw a bar for each value, the first on top; where there is none, there is no bar."""
    rows = [(_shortened(label), value) for label, value in rows]
    chart = pygal.HorizontalBar(
        **PLAIN,
        height=FRAME + BAR_HEIGHT * len(rows),
        range=(0, _top(rows)),
        show_minor_x_labels=False,
        margin_left=_room_for([label for label, _ in rows]),
        print_values=True,
        print_values_position="top",
        value_formatter=lambda value: "" if value is None else f"{value:g}",
    )
    return _drawn(chart, list(reversed(rows)))


def _room_for(labels: Sequence[str]) -> int:
    """Return what letters need beyond what pygal reckons: narrow ones, in its own smaller size."""
    wide = max((_width(label) - len(label) for label in labels), default=0)
    letters = max((len(label) for label in labels), default=0)
    return 8 + round(wide * FONT * WIDER + letters * LARGER)


def _width(label: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in label)


def _shortened(label: str) -> str:
    """Return as much of a label as there is room for; the table has all of it."""
    if _width(label) <= LONGEST_LABEL:
        return label
    while _width(label) >= LONGEST_LABEL:
        label = label[:-1]
    return f"{label.rstrip()}…"


def _top(rows: Sequence[Row]) -> float:
    """Leave a tenth of room above the largest value."""
    return 1.1 * max((value for _, value in rows if value), default=1.0)


def _drawn(chart: Any, rows: Sequence[Row]) -> Markup:
    chart.x_labels = [label for label, _ in rows]
    chart.add("", [value for _, value in rows])
    root = chart.render_tree()
    for parent in root.iter():
        for child in list(parent):
            if child.tag in SUPERFLUOUS or not isinstance(child.tag, str):
                parent.remove(child)
        parent.attrib.pop("style", None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    root.attrib.pop("id", None)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 pygal escapes every label

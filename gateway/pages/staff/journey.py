"""The staff's pages: what they consist of, and their row of links."""

from collections.abc import Sequence

from flask import Blueprint

from gateway.pages import door
from gateway.pages.areas import Area, Entry
from gateway.pages.language import gettext as _
from gateway.pages.staff import (
    approvals,
    closures,
    desk,
    hours,
    no_shows,
    reserving,
    rules,
    spaces,
    spaces_import,
)
from gateway.pages.staff.at_work import STAFF_ROLES

BLUEPRINTS: Sequence[Blueprint] = (
    door.blueprint,
    desk.blueprint,
    no_shows.blueprint,
    reserving.blueprint,
    approvals.blueprint,
    closures.blueprint,
    rules.blueprint,
    spaces.blueprint,
    spaces_import.blueprint,
    hours.blueprint,
)
AREA = Area(
    code="staff",
    own="staff",
    name=lambda: _("Library work"),
    roles=frozenset(STAFF_ROLES),
    entries=(
        Entry("staff_desk.desk", lambda: _("Desk"), also=frozenset({"staff_no_shows"})),
        Entry("staff_approvals.approvals", lambda: _("Approvals")),
        Entry("staff_closures.closures", lambda: _("Closures")),
        Entry("staff_rules.rules", lambda: _("Rules")),
        Entry("staff_spaces.spaces", lambda: _("Spaces"), also=frozenset({"staff_spaces_import"})),
        Entry("staff_hours.hours", lambda: _("Opening hours")),
    ),
)

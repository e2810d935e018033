"""Several web processes count as one: whichever is asked for figures answers for all."""

import re
import urllib.request
from pathlib import Path

import pytest

from infra.local.metrics_folder import PREFIX, VARIABLE, counting_together, forget_figures
from tests.support.local_platform import LocalPlatform

LOOKS, SCRAPES = 30, 12
COUNTED = re.compile(
    r'atrium_http_requests_total\{method="GET",route="/api/booking/v1/spaces",[^}]*\} (\S+)'
)


def fetched(platform: LocalPlatform, path: str) -> str:
    # A connection of its own each time, so that any of the processes may answer.
    address = f"http://127.0.0.1:{platform.port}/api/booking/v1/{path}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode()
    return text


def counted(platform: LocalPlatform) -> float:
    return sum(float(number) for number in COUNTED.findall(fetched(platform, "health/metrics")))


@pytest.mark.timeout(120)
def test_whichever_process_is_scraped_the_figures_are_the_services(module_folder: Path) -> None:
    with LocalPlatform(module_folder / "data", ATRIUM_WEB_WORKERS="3") as platform:
        platform.start()
        for _ in range(LOOKS):
            fetched(platform, "spaces")
        assert {counted(platform) for _ in range(SCRAPES)} == {LOOKS}
        folder = (platform.data / "metrics").readlink()
        assert folder.is_dir()
        platform.stop()
    assert not folder.exists()


def test_what_a_killed_run_counted_is_gone_with_the_next(tmp_path: Path) -> None:
    first = Path(counting_together(tmp_path, {}, "booking")[VARIABLE])
    beside = Path(counting_together(tmp_path, {}, "events")[VARIABLE])
    assert (first.parent, first.is_dir()) == (beside.parent, True)
    forget_figures(tmp_path)  # as the next start does
    assert not first.parent.exists()
    again = Path(counting_together(tmp_path, {}, "booking")[VARIABLE])
    assert again.is_dir()
    assert again.parent.name.startswith(PREFIX)
    forget_figures(tmp_path)


def test_nothing_but_our_own_folder_is_removed(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (tmp_path / "metrics").symlink_to(theirs)
    forget_figures(tmp_path)
    assert theirs.is_dir()

"""Where every server must be there (ATRIUM_REQUIRE_SERVERS=1), a skipped server test is a failure.

Without this, a continuous build on a machine without RabbitMQ would be green and prove nothing.
"""

import os
from collections.abc import Iterator

import pytest

VARIABLE = "ATRIUM_REQUIRE_SERVERS"
MARKERS = frozenset({"rabbitmq", "installed_postgres", "browser", "nginx", "redis"})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[misc]  # pluggy sends the outcome in
    if os.environ.get(VARIABLE) == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        needed = MARKERS & {marker.name for marker in item.iter_markers()}
        if needed or reason.split(":", 1)[0] in MARKERS:
            report.outcome = "failed"
            report.longrepr = f"{VARIABLE}=1, yet this test was skipped: {reason}"
    return report  # type: ignore[return-value]  # and takes it back


def _reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return str(report.longrepr)

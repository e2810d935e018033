"""Which tests one process of a run has to itself, in the way xdist asks for it.

xdist's own groups (`--dist loadgroup`) are written into ids that pytest 9.2 no longer reads: the
tests of a group ran at the same time, and two of them changed the language of the same people.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

# An account speaks one language at a time, and these see everybody's pages in both.
IN_BOTH_LANGUAGES = frozenset(
    {"tests/pages/test_every_page.py", "tests/pages/test_states_after_sending.py"}
)
# Each takes what is offered first, today, and gives it back: two at once would be rivals.
FIRST_COME = frozenset({"tests/pages/test_a_first_visit.py"})
GROUPS = {"in both languages": IN_BOTH_LANGUAGES, "first come": FIRST_COME}


class OneProcess(LoadScopeScheduling):
    """Hands out tests one by one, and all of a group to the same process."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """Return what is the same for tests that must not run at the same time."""
    file = nodeid.split("::", maxsplit=1)[0]
    return next((name for name, files in GROUPS.items() if file in files), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> OneProcess:
    """Let a run with several processes be scheduled so."""
    return OneProcess(config, log)

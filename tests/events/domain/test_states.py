"""States are closed sets; nothing leaves an end."""

import pytest

from services.events.domain import library_event, registration, room
from services.events.domain.library_event import LibraryEvent
from services.events.domain.registration import Status
from tests.support.event_builders import NOW, a_library_event, a_registration


@pytest.mark.parametrize("module", [library_event, registration], ids=["activity", "sign-up"])
def test_every_state_has_its_line_in_the_table(module):
    assert set(module.MAY_BECOME) == set(module.Status)


def test_every_state_of_a_room_has_its_line_too():
    assert set(room.MAY_BECOME) == set(room.RoomState)


ACTS = {
    "offer": lambda r, e: r.offer(e, until=NOW, at=NOW),
    "accept": lambda r, e: r.accept(e, at=NOW),
    "decline": lambda r, e: r.decline(e, at=NOW),
    "expire": lambda r, e: r.expire(e, at=NOW),
    "cancel": lambda r, e: r.cancel(e, at=NOW, by="patron"),
    "attend": lambda r, _: r.attend(at=NOW),
    "was_not_there": lambda r, _: r.was_not_there(at=NOW),
    "miss": lambda r, e: r.miss(e, at=NOW),
    "leave_unserved": lambda r, _: r.leave_unserved(at=NOW),
}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("act", list(ACTS))
def test_a_sign_up_changes_only_as_the_table_says(status, act):
    sign_up = a_registration(status=status)
    activity: LibraryEvent = a_library_event()
    try:
        ACTS[act](sign_up, activity)
    except Exception:  # noqa: BLE001  # refusals and plain errors alike: what matters is the state
        assert sign_up.status is status
    else:
        assert sign_up.status in registration.MAY_BECOME[status]
        assert (sign_up.status is Status.OFFERED) == (sign_up.offer_expires_at is not None)


def test_what_has_ended_stands_in_nobodys_way():
    ended = {status for status, may in registration.MAY_BECOME.items() if not may}
    assert ended - {Status.NO_SHOW} == set(Status) - registration.LIVE

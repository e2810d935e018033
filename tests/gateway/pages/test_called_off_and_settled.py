"""What becomes of an activity in the end is said in the right words to the right people."""

from datetime import datetime, timedelta

from gateway.domain.notice import Kind
from shared.kernel.clock import SetClock
from tests.gateway.pages.test_organizing import STARTS, campus, organizer, published, sign_up
from tests.support.gateway_house import House, Visitor
from tests.support.gateway_pages import sign_in
from tests.support.notice_builders import a_notice
from tests.support.platform_campus import PlatformCampus

__all__ = ["campus", "organizer"]


def test_whoever_had_a_place_reads_that_it_was_called_off_and_why(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0])
    guest = house.person()
    sign_up(page, guest)
    organizer.send(page, f"{page}/cancel", reason="The poet is ill.")
    house.move_messages()
    shown = guest.see(page.replace("organizing", "whats-on"))
    assert "The activity was called off" in shown
    assert "Given up" not in shown
    assert "The poet is ill." in shown


def test_the_notice_says_why_it_was_called_off(house: House) -> None:
    guest = house.person()
    details = {"had_a_place": True, "reason": "The poet is ill."}
    notice = a_notice(Kind.ACTIVITY_CANCELLED, patron_id=guest.account.patron_id, details=details)
    with house.parts.notice_uow() as uow:
        uow.notices.add([notice], by_mail=False)
        uow.commit()
    told = guest.see("/inbox")
    assert "will not take place" in told
    assert "The poet is ill." in told


def test_what_runs_now_is_coming_and_what_is_settled_is_past(
    house: House, campus: PlatformCampus, clock: SetClock
) -> None:
    organizer = house.person("organizer", language="zh-CN")
    page = published(house, organizer, campus.space_ids[0], title_zh="湖畔诗会")
    clock.set(datetime.fromisoformat(STARTS) + timedelta(minutes=5))
    sign_in(organizer.browser, login=organizer.account.login)
    assert "湖畔诗会" in organizer.see("/organizing")
    assert "湖畔诗会" not in organizer.see("/organizing?view=past")
    clock.set(datetime.fromisoformat(STARTS) + timedelta(hours=3))
    organizer.send(page, f"{page}/close")
    past = organizer.see("/organizing?view=past")
    assert "湖畔诗会" in past
    assert "已结项" in past
    assert "不开放" not in past


def test_all_sign_ups_stand_beside_the_bookings_and_are_marked_in_the_calendar(
    house: House, campus: PlatformCampus, organizer: Visitor, clock: SetClock
) -> None:
    later = published(house, organizer, campus.space_ids[0], title_en="The later one")
    sooner = published(
        house, organizer, campus.space_ids[1], title_en="The sooner one", day="2026-11-30"
    )
    off = published(house, organizer, campus.space_ids[1], title_en="Off", day="2026-12-02")
    guest = house.person()
    for page in (later, sooner, off):
        sign_up(page, guest)
    organizer.send(off, f"{off}/cancel", reason="Ill")
    mine = guest.see("/my-bookings")
    assert mine.index("The sooner one") < mine.index("The later one")
    assert "The activity was called off" in mine
    assert guest.see("/whats-on").count("You have a place") == 2
    assert "You have a place" not in organizer.see("/whats-on")
    assert "The sooner one" not in guest.see("/my-bookings?when=past")
    clock.set(datetime.fromisoformat(STARTS) + timedelta(hours=3))
    sign_in(guest.browser, login=guest.account.login)
    past = guest.see("/my-bookings?when=past")
    assert past.index("The later one") < past.index("The sooner one")
    house.closed.add("events")
    assert "not available just now" in guest.see("/my-bookings")

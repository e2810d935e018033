"""Which spaces are looked at for alternatives."""

from services.booking.domain.neighbours import neighbours
from services.booking.domain.ports import Terms, Wanted
from services.booking.domain.space import Space
from shared.kernel.identifiers import new_id
from shared.kernel.time_span import TimeSpan
from tests.support.booking_builders import ROOM, SEAT, TEN, a_space, opening_hours

FAR = new_id()


def terms(space: Space) -> Terms:
    return Terms(space, opening_hours(), ())


def looked_at(*spaces: Space, party: int = 1, most: int = 40) -> list[str]:
    wanted = Wanted(
        terms=terms(ROOM), span=TimeSpan.lasting(TEN, 60), party_size=party, patron_class=""
    )
    return [one.space.code for one in neighbours(wanted, map(terms, spaces), most)]


def test_the_wanted_space_comes_first_then_its_zone_then_the_rest() -> None:
    elsewhere, next_door = a_space("A", zone_id=FAR), a_space("B")
    assert looked_at(elsewhere, next_door, ROOM) == ["R1", "B", "A"]


def test_among_equals_the_smallest_that_is_large_enough_comes_first() -> None:
    rooms = [a_space(str(places), capacity=places) for places in (9, 3, 5)]
    assert looked_at(*rooms, party=4) == ["5", "9"]


def test_another_type_of_space_is_not_looked_at() -> None:
    assert looked_at(SEAT, ROOM) == ["R1"]


def test_never_more_are_looked_at_than_there_is_time_for() -> None:
    assert len(looked_at(*(a_space(str(number)) for number in range(50)), most=7)) == 7

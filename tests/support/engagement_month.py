"""A month of invented life in one library, said by its services in an order that makes sense."""

from dataclasses import replace
from random import Random

from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from tests.support.engagement_builders import (
    SALON,
    Stay,
    Talk,
    Town,
    Wish,
    at,
    capacity,
    described,
    population,
    space,
)
from tests.support.engagement_moves import moved, sign_up_moved

Said = tuple[DomainEvent, Envelope]
FACULTIES = ("Science", "Law", "Education")


def a_month(seed: int = 1, *, people: int = 8, days: int = 4, stays: int = 12) -> list[Said]:
    """Every kind of message that makes a fact, with changes of mind, no-shows and voids."""
    random = Random(seed)
    month = _Month(random, people)
    month.open(days)
    for number in range(stays):
        month.stay(number, 2 + number % days)
    for number in range(3):
        month.talk(number, 2 + number % days)
    for number in range(2):
        month.wish(number, 2 + number % days)
    month.say(described(1, "Law", "master"), at(6, day=4))
    return month.said


class _Month:
    def __init__(self, random: Random, people: int) -> None:
        self.random = random
        self.people = range(1, people + 1)
        self.town = Town()
        self.said: list[Said] = []

    def say(self, message: DomainEvent, told_at: object = None) -> None:
        self.said.append(self.town.say(message, told_at or at(7)))  # type: ignore[arg-type]  # an instant

    def open(self, days: int) -> None:
        self.say(population(dict.fromkeys(FACULTIES, 50)))
        for who in self.people:
            self.say(described(who, FACULTIES[who % 3]), at(7, day=1))
        self.say(space())
        self.say(space(SALON, "cultural"))
        for day in range(2, 2 + days):
            self.say(capacity(day, places=5))
            self.say(capacity(day))

    def stay(self, number: int, day: int) -> None:
        starts_at = at(9 + number % 8, day=day)
        stay = Stay(number, self.random.choice(self.people), starts_at, party=1 + number % 3)
        self.say(stay.confirmed(), at(8, day=day))
        turn = self.random.random()
        late = self.random.randrange(15)
        if turn < 0.2:
            self.say(stay.cancelled(), at(8, 30, day=day))
        elif turn < 0.4:
            self.say(stay.no_show(), starts_at)
        else:
            self.say(stay.checked_in(late), starts_at)
            if turn < 0.9:
                self.say(stay.completed(late, self.random.randrange(5, 90)), starts_at)

    def talk(self, number: int, day: int) -> None:
        talk = Talk(number, at(15, day=day), capacity=10)
        planned = replace(talk, starts_at=at(14, day=day + 1)) if number == 0 else talk
        self.say(planned.published())
        came = self.random.sample(self.people, 4)
        for who in came:
            self.say(planned.registered(who))
        if planned != talk:
            self.say(moved(talk, planned.starts_at))
            for who in came:
                self.say(sign_up_moved(talk, who, planned.starts_at))
        for who in came[:2]:
            self.say(talk.attended(who), at(15, 5, day=day))
        self.say(talk.missed(came[2]), at(18, day=day))
        self.say(talk.voided(came[1]), at(17, day=day))
        self.say(talk.headcount(3), at(16, day=day))
        self.say(talk.closed(measured=number != 2, named=number != 1), at(18, day=day))

    def wish(self, number: int, day: int) -> None:
        author, *behind = self.random.sample(self.people, 4)
        wish = Wish(number, author, at(11, day=day))
        self.say(wish.submitted())
        for who in behind:
            self.say(wish.supported(who))
        self.say(wish.withdrawn(behind[0]))

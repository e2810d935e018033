"""Defining places: an import may run twice, a change is told, a stale one is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_space import DefineSpace, define_space
from services.booking.commands.define_zone import DefineZone, define_zone
from services.booking.commands.withdraw_space import WithdrawSpace, withdraw_space
from services.booking.domain.space import CodeTaken, MakesNoSense
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.refusal import NotFound, VersionConflict
from shared.persistence.transactions import OwnTransactions

LIBRARY, FLOOR, ZONE, SPACE = (UUID(int=n) for n in range(1, 5))
NewUnit = Callable[[], BookingUnitOfWork]
NAMES = {"name_zh": "名", "name_en": "Name"}


@pytest.fixture
def new_unit(bare_engine: Engine, clock: SetClock) -> NewUnit:
    return lambda: BookingUnitOfWork(OwnTransactions(bare_engine), clock=clock)


def a_space(**changes: Any) -> DefineSpace:
    said: dict[str, Any] = {
        "zone_id": ZONE,
        "space_id": SPACE,
        "code": "R",
        "space_type": "room",
        "space_kind": "learning",
        "capacity": 4,
        **NAMES,
    }
    return DefineSpace(**{**said, **changes})


def define_all(new_unit: NewUnit, clock: SetClock) -> None:
    library = DefineLibrary(library_id=LIBRARY, code="L", timezone="UTC", **NAMES)
    define_library(library, uow=new_unit(), clock=clock)
    floor = DefineFloor(floor_id=FLOOR, library_id=LIBRARY, code="F", level=1, **NAMES)
    define_floor(floor, uow=new_unit(), clock=clock)
    zone = DefineZone(zone_id=ZONE, floor_id=FLOOR, code="Z", **NAMES)
    define_zone(zone, uow=new_unit(), clock=clock)
    define_space(a_space(), uow=new_unit(), clock=clock)


def messages(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one())


def test_an_import_may_run_twice(bare_engine: Engine, new_unit: NewUnit, clock: SetClock) -> None:
    define_all(new_unit, clock)
    with new_unit() as uow:
        first = uow.inventory.space(SPACE)
    define_all(new_unit, clock)
    with new_unit() as uow:
        assert uow.inventory.space(SPACE) == first
    assert messages(bare_engine) == 1


def test_a_changed_space_keeps_its_secret_and_is_told(
    bare_engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    define_all(new_unit, clock)
    with new_unit() as uow:
        before = uow.inventory.space(SPACE)
    changed = define_space(a_space(capacity=9), uow=new_unit(), clock=clock)
    assert before is not None
    assert changed == replace(before, capacity=9, version=2)
    assert len(changed.secret) == 32
    assert messages(bare_engine) == 2


def test_a_stale_definition_is_refused(new_unit: NewUnit, clock: SetClock) -> None:
    define_all(new_unit, clock)
    with pytest.raises(VersionConflict):
        define_space(a_space(expected_version=7), uow=new_unit(), clock=clock)
    stale = WithdrawSpace(space_id=SPACE, because="paint", expected_version=7)
    with pytest.raises(VersionConflict):
        withdraw_space(stale, uow=new_unit(), clock=clock)


def test_two_spaces_of_a_library_do_not_share_a_code(new_unit: NewUnit, clock: SetClock) -> None:
    define_all(new_unit, clock)
    with pytest.raises(CodeTaken):
        define_space(a_space(space_id=UUID(int=99)), uow=new_unit(), clock=clock)


def test_a_space_does_not_move_to_another_library(new_unit: NewUnit, clock: SetClock) -> None:
    define_all(new_unit, clock)
    elsewhere = DefineLibrary(library_id=UUID(int=11), code="M", timezone="UTC", **NAMES)
    define_library(elsewhere, uow=new_unit(), clock=clock)
    floor = DefineFloor(floor_id=UUID(int=12), library_id=UUID(int=11), code="F", level=1, **NAMES)
    define_floor(floor, uow=new_unit(), clock=clock)
    zone = DefineZone(zone_id=UUID(int=13), floor_id=UUID(int=12), code="Z", **NAMES)
    define_zone(zone, uow=new_unit(), clock=clock)
    with pytest.raises(NotFound):
        define_space(a_space(zone_id=UUID(int=13)), uow=new_unit(), clock=clock)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name_zh": "  "}, "name_missing"),
        ({"space_type": "balloon"}, "unknown_space_type"),
        ({"space_kind": "secret"}, "unknown_space_kind"),
        ({"capacity": 0}, "capacity_out_of_range"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_reason(
    new_unit: NewUnit, clock: SetClock, changes: dict[str, Any], code: str
) -> None:
    define_all(new_unit, clock)
    with pytest.raises(MakesNoSense) as refused:
        define_space(a_space(**changes), uow=new_unit(), clock=clock)
    assert [violation.code for violation in refused.value.violations] == [code]


def test_another_name_of_the_library_is_told_with_each_of_its_spaces(
    bare_engine: Engine, new_unit: NewUnit, clock: SetClock
) -> None:
    define_all(new_unit, clock)
    renamed = DefineLibrary(
        library_id=LIBRARY, code="L", timezone="UTC", name_zh="新馆", name_en="New wing"
    )
    define_library(renamed, uow=new_unit(), clock=clock)
    with bare_engine.connect() as connection:
        last = "SELECT data FROM outbox ORDER BY position DESC LIMIT 1"
        told = connection.exec_driver_sql(last).scalar_one()
    assert (told["space_id"], told["library_zh"]) == (str(SPACE), "新馆")
    assert told["library_en"] == "New wing"
    assert messages(bare_engine) == 2

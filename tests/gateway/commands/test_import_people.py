"""Importing people: good rows applied, bad ones named, twice is the same as once."""

import pytest

from gateway.commands.import_people import ImportPeople, import_people
from gateway.domain import errors
from gateway.domain.people_file import MOST_BYTES
from gateway.domain.people_import import PeopleImport
from shared.contracts.gateway import PatronDescribed
from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON, an_account, people_csv
from tests.support.gateway_fakes import FakeUnitOfWork

XIAOMING = "B2600001,王,小明,xm@example.edu,science,bachelor,2,"
ADA = "B2600002,Lovelace,Ada,ada@example.edu,mathematics,doctor,1,organizer"


def take(content: bytes, uow: FakeUnitOfWork) -> PeopleImport:
    return import_people(ImportPeople(content=content), uow=uow, clock=SetClock(NOON))


def reasons(report: PeopleImport) -> list[tuple[int, str, str]]:
    return [
        (row.line, violation.numbers["field"], violation.code)
        for row in report.rows
        for violation in row.violations
    ]


@pytest.fixture
def uow() -> FakeUnitOfWork:
    return FakeUnitOfWork()


def names(uow: FakeUnitOfWork) -> set[str]:
    return {account.display_name for account in uow.kept.accounts.values()}


def test_people_are_created_and_described_without_their_names(uow: FakeUnitOfWork) -> None:
    report = take(people_csv(XIAOMING, ADA), uow)
    assert report.counts == {"created": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert names(uow) == {"王小明", "Ada Lovelace"}
    described = uow.kept.messages
    assert all(isinstance(message, PatronDescribed) for message in described)
    assert {(m.faculty, m.level, m.patron_class) for m in described} == {
        ("science", "bachelor", "undergraduate"),
        ("mathematics", "doctor", "postgraduate"),
    }
    assert not any(word in repr(described) for word in ("王", "Ada", "example.edu"))


def test_doing_it_again_changes_nothing_and_says_so(uow: FakeUnitOfWork) -> None:
    take(people_csv(XIAOMING, ADA), uow)
    again = take(people_csv(XIAOMING, ADA), uow)
    assert again.counts == {"created": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert len(uow.kept.messages) == 2


def test_a_person_keeps_their_id_when_they_change(uow: FakeUnitOfWork) -> None:
    first = take(people_csv(XIAOMING), uow)
    second = take(people_csv(XIAOMING.replace("science", "physics")), uow)
    assert second.rows[0].outcome == "changed"
    assert second.rows[0].patron_id == first.rows[0].patron_id
    assert uow.kept.messages[-1].faculty == "physics"


def test_bad_rows_are_named_with_line_and_column_and_good_ones_applied(uow: FakeUnitOfWork) -> None:
    report = take(
        people_csv(
            XIAOMING,
            "B3,Li,Si,not-a-mail,science,bachelor,2,",
            "B4,Li,Wu,,science,wizard,2,",
            "B5,Li,Liu,,science,bachelor,two,",
            "B6,Li,Qi,,science,bachelor,99,",
            "B7,Li,Ba,,,bachelor,1,",
            ",Li,Jiu,,science,bachelor,1,",
            "B9,,,,science,bachelor,1,",
            "B10,Li,Shi,,science,bachelor,1,admin",
            "B11,too,few",
            "B12,a,b,,c,bachelor,1,,and,more",
            ADA,
        ),
        uow,
    )
    assert report.counts == {"created": 2, "changed": 0, "unchanged": 0, "refused": 10}
    assert reasons(report) == [
        (3, "mail", "mail_malformed"),
        (4, "level", "not_one_of"),
        (5, "study_year", "not_a_number"),
        (6, "study_year", "study_year_out_of_range"),
        (7, "faculty", "missing"),
        (8, "number", "missing"),
        (8, "login", "missing"),
        (9, "family_name", "no_name"),
        (10, "role", "role_not_importable"),
        (11, "row", "cell_count"),
        (12, "row", "cell_count"),
    ]


@pytest.mark.parametrize("row", ["B1,Sukarno,,,arts,bachelor,1,", "B1,,Sukarno,,arts,bachelor,1,"])
def test_who_has_one_name_has_it_in_either_column(uow: FakeUnitOfWork, row: str) -> None:
    assert take(people_csv(row), uow).counts["created"] == 1
    [person] = uow.kept.accounts.values()
    assert (person.family_name, person.given_name) == ("Sukarno", "")
    assert take(people_csv("B1,Sukarno,,,arts,bachelor,1,"), uow).counts["unchanged"] == 1


def test_the_second_row_with_a_number_is_refused_and_names_the_first(uow: FakeUnitOfWork) -> None:
    report = take(people_csv(XIAOMING, ADA, XIAOMING.replace("小明", "大明")), uow)
    assert report.rows[2].violations[0].numbers == {"field": "number", "first_line": 2}
    assert names(uow) == {"王小明", "Ada Lovelace"}


def test_a_login_of_somebody_else_is_refused(uow: FakeUnitOfWork) -> None:
    with uow:
        uow.accounts.add([an_account(login="admin", number=None)], now=NOON)
        uow.commit()
    report = take(people_csv("ADMIN,Mallory,M,,science,bachelor,1,"), uow)
    assert reasons(report) == [(2, "login", "login_taken")]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_every_usual_way_to_write_the_file_is_read(
    delimiter: str, mark: bytes, ending: str, uow: FakeUnitOfWork
) -> None:
    text = people_csv(XIAOMING, ADA).decode().replace(",", delimiter).replace("\n", ending)
    assert take(mark + text.encode(), uow).counts["created"] == 2


def test_chinese_headings_in_any_order_are_understood(uow: FakeUnitOfWork) -> None:
    header = "姓,名,学号,层次,学院,年级,备注"
    report = take(people_csv("王,小明,B1,本科,理学院,2,转专业", header=header), uow)
    assert report.counts["created"] == 1
    assert uow.kept.messages[0].level == "bachelor"


def test_quoted_cells_may_hold_delimiters_and_line_breaks(uow: FakeUnitOfWork) -> None:
    report = take(people_csv('B1,"O\'Neill, ""Shaq""",S,,"arts\nand crafts",bachelor,1,', ADA), uow)
    assert [row.line for row in report.rows] == [2, 4]
    assert reasons(report) == [(2, "faculty", "control_character")]


def test_a_quotation_mark_that_never_closes_is_reported_where_it_opens(uow: FakeUnitOfWork) -> None:
    report = take(people_csv(ADA, 'B1,"Li,Si,,science,bachelor,1,', XIAOMING), uow)
    assert reasons(report) == [(3, "row", "quoting_broken")]
    assert names(uow) == {"Ada Lovelace"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\n \n", "file_empty"),
        ("学号,姓,名\n".encode("gbk"), "file_not_utf8"),
        (b"\xff\xfen\x00u\x00", "file_not_utf8"),
        (b"number,family_name,given_name\n", "columns_missing"),
        (b"number,number,family_name,given_name,faculty,level\n", "column_repeated"),
        (b'"number,family_name', "header_broken"),
        (b"," * 100 + b"\n1", "too_many_columns"),
        (b"x" * (MOST_BYTES + 1), "file_too_big"),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused_whole(
    content: bytes, code: str, uow: FakeUnitOfWork
) -> None:
    with pytest.raises(errors.PeopleFileUnreadable) as caught:
        take(content, uow)
    assert [violation.code for violation in caught.value.violations] == [code]
    assert not uow.kept.accounts


def test_columns_that_are_absent_leave_what_was_there(uow: FakeUnitOfWork) -> None:
    take(people_csv(XIAOMING), uow)
    header = "number,family_name,given_name,faculty,level"
    take(people_csv("B2600001,王,小明,physics,bachelor", header=header), uow)
    (account,) = uow.kept.accounts.values()
    assert (account.mail, account.study_year, account.faculty) == ("xm@example.edu", 2, "physics")


def test_a_file_neither_gives_nor_takes_the_role_of_administrator(uow: FakeUnitOfWork) -> None:
    with uow:
        chief = an_account(number="T1", login="t1", roles=frozenset({"patron", "admin"}))
        uow.accounts.add([chief], now=NOON)
        uow.commit()
    take(people_csv("T1,王,小明,,science,staff,,manager"), uow)
    kept = uow.kept.accounts[chief.patron_id]
    assert kept.roles == {"patron", "admin", "manager"}


def test_a_person_who_has_left_is_described_as_inactive(uow: FakeUnitOfWork) -> None:
    header = "number,family_name,given_name,faculty,level,active"
    take(people_csv("B1,Li,Si,science,bachelor,no", header=header), uow)
    assert uow.kept.messages[0].active is False


def test_reports_hold_no_names(uow: FakeUnitOfWork) -> None:
    report = take(people_csv(XIAOMING, "B3,Secretname,Si,bad mail,science,bachelor,2,"), uow)
    assert "Secretname" not in repr(report)
    assert "王" not in repr(report)

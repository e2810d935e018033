"""Import people from the student system's file: good rows are applied, bad ones are named."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from gateway.domain.account import Account, fold_login
from gateway.domain.people_file import FileRow, read_rows
from gateway.domain.people_import import ImportedRow, PeopleImport
from gateway.domain.person_row import account_from
from gateway.domain.ports import UnitOfWork
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPeople:
    """The file as it came, its name, and who brought it (None: the operator's command line)."""

    content: bytes
    file_name: str = ""
    imported_by: UUID | None = None


@dataclass(slots=True)
class _Work:
    existing: dict[str, Account]
    logins: dict[str, UUID]
    seen: dict[str, int] = field(default_factory=dict)
    created: list[Account] = field(default_factory=list)
    changed: list[Account] = field(default_factory=list)


def import_people(command: ImportPeople, *, uow: UnitOfWork, clock: Clock) -> PeopleImport:
    """Apply every good row in one transaction and report on each row.

    Doing it again changes nothing and says so. Raises PeopleFileUnreadable when the file as a whole
    makes no sense; then no row was applied.
    """
    rows = list(read_rows(command.content))
    now = clock.now()
    with uow:
        uow.imports.alone()
        numbers = {row.cells.get("number", "") for row in rows} - {""}
        logins = numbers | {row.cells.get("login", "") for row in rows} - {""}
        work = _Work(
            uow.accounts.by_numbers(numbers),
            uow.accounts.taken_logins({fold_login(login) for login in logins}),
        )
        report = PeopleImport(
            import_id=new_id(),
            imported_by=command.imported_by,
            file_name=command.file_name[:200],
            imported_at=now,
            rows=[_take(row, work) for row in rows],
        )
        uow.accounts.add(work.created, now=now)
        uow.accounts.save(work.changed, now=now)
        uow.publish(*(account.describe() for account in [*work.created, *work.changed]))
        uow.imports.add(report)
        uow.commit()
    return report


def _take(row: FileRow, work: _Work) -> ImportedRow:
    number = row.cells.get("number", "")
    if row.violation is not None:
        return _refused(row, [row.violation])
    first = work.seen.setdefault(number, row.line) if number else row.line
    if first != row.line:
        repeated = Violation("number_repeated", {"field": "number", "first_line": first})
        return _refused(row, [repeated])
    existing = work.existing.get(number)
    account, violations = account_from(row.cells, existing, new_id())
    if work.logins.get(account.login, account.patron_id) != account.patron_id:
        violations.append(Violation("login_taken", {"field": "login"}))
    if violations:
        return _refused(row, violations)
    work.logins[account.login] = account.patron_id
    outcome = _keep(account, existing, work)
    return ImportedRow(line=row.line, number=number, outcome=outcome, patron_id=account.patron_id)


def _keep(account: Account, existing: Account | None, work: _Work) -> str:
    if existing is None:
        work.created.append(account)
        return "created"
    if account == existing:
        return "unchanged"
    work.changed.append(account)
    return "changed"


def _refused(row: FileRow, violations: Sequence[Violation]) -> ImportedRow:
    return ImportedRow(
        line=row.line,
        number=row.cells.get("number", "")[:200],
        outcome="refused",
        violations=tuple(violations),
    )

"""From the cells of one row to an account: what a cell means, what its absence means."""

from copy import copy
from uuid import UUID

from gateway.domain import vocabulary
from gateway.domain.account import Account, fold_login, usual_order, violations_of
from shared.kernel.refusal import Violation

LEVEL_WORDS = {
    "undergraduate": "bachelor",
    "本科": "bachelor",
    "本科生": "bachelor",
    "硕士": "master",
    "硕士生": "master",
    "博士": "doctor",
    "博士生": "doctor",
    "phd": "doctor",
    "教职工": "staff",
}
ACTIVE_WORDS = {
    **dict.fromkeys(("", "1", "true", "yes", "active", "enrolled", "在籍", "在职"), True),
    **dict.fromkeys(("0", "false", "no", "inactive", "left", "离校", "离职"), False),
}


def account_from(
    cells: dict[str, str], existing: Account | None, new_id: UUID
) -> tuple[Account, list[Violation]]:
    """Return the account this row describes, and everything that is wrong with the row.

    A column that is absent leaves what an existing account has. An administrator stays one: a file
    neither gives nor takes that role.
    """
    level = cells["level"].lower()
    level = LEVEL_WORDS.get(level, level)
    account = copy(existing) if existing else _blank(cells, level, new_id)
    _take_name(account, cells)
    account.faculty = cells["faculty"]
    account.patron_class = _patron_class(cells, level, existing)
    account.level = level
    _take_optional(account, cells)
    violations = [*_take_year(account, cells), *_take_roles(account, cells)]
    violations += _take_active(account, cells)
    if not account.faculty:
        violations.append(Violation("missing", {"field": "faculty"}))
    if not cells["number"]:
        violations.append(Violation("missing", {"field": "number"}))
    return account, violations + violations_of(account)


def _blank(cells: dict[str, str], level: str, new_id: UUID) -> Account:
    number = cells["number"]
    return Account(
        patron_id=new_id,
        login=fold_login(cells.get("login") or number),
        number=number,
        family_name="",
        given_name="",
        name_order=usual_order(cells["family_name"], cells["given_name"]),
        patron_class="",
        faculty="",
        level=level,
    )


def _patron_class(cells: dict[str, str], level: str, existing: Account | None) -> str:
    if stated := cells.get("patron_class", "").lower():
        return stated
    if existing and existing.level == level:
        return existing.patron_class
    return vocabulary.CLASS_OF_LEVEL.get(level, vocabulary.PATRON_CLASSES[0])


def _take_name(account: Account, cells: dict[str, str]) -> None:
    """Take both names; who has one has it as family name, in whichever column it stands.

    So it is kept for who comes by the campus's sign-in too.
    """
    family, given = cells["family_name"], cells["given_name"]
    account.family_name = family or given
    account.given_name = given if family else ""


def _take_optional(account: Account, cells: dict[str, str]) -> None:
    if "mail" in cells:
        account.mail = cells["mail"] or None
    if order := cells.get("name_order"):
        account.name_order = order.lower().replace(" ", "_")
    if language := cells.get("language"):
        account.language = {"zh": "zh-CN", "zh-cn": "zh-CN"}.get(language.lower(), language)
    if login := cells.get("login"):
        account.login = fold_login(login)


def _take_year(account: Account, cells: dict[str, str]) -> list[Violation]:
    if "study_year" not in cells:
        return []
    text = cells["study_year"]
    if text and not (text.isascii() and text.isdigit() and len(text) <= 2):
        return [Violation("not_a_number", {"field": "study_year"})]
    account.study_year = int(text) if text else None
    return []


def _take_roles(account: Account, cells: dict[str, str]) -> list[Violation]:
    text = cells.get("role", "").lower()
    roles = frozenset(word for word in text.replace("+", "|").replace(" ", "|").split("|") if word)
    if not roles:
        return []
    if not roles <= frozenset(vocabulary.IMPORTABLE_ROLES):
        choices = ", ".join(vocabulary.IMPORTABLE_ROLES)
        return [Violation("role_not_importable", {"field": "role", "choices": choices})]
    account.roles = roles | {"patron"} | (account.roles & {"admin"})
    return []


def _take_active(account: Account, cells: dict[str, str]) -> list[Violation]:
    text = cells.get("active", "").lower()
    if text not in ACTIVE_WORDS:
        return [Violation("not_one_of", {"field": "active", "choices": "yes, no"})]
    if "active" in cells:
        account.active = ACTIVE_WORDS[text]
    return []

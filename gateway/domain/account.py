"""A person's account: who they are (here and nowhere else), what they may do, how they sign in."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from gateway.domain import errors, vocabulary
from shared.contracts.gateway import PatronDescribed
from shared.kernel.refusal import Violation

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
LONGEST_TEXT = 200
LONGEST_MAIL = 254
LAST_STUDY_YEAR = 12


@dataclass(slots=True, kw_only=True)
class Account:
    """One person. `login` is folded (see `fold_login`); `libraries` None means every library.

    Roles beyond patron hold in all of `libraries` alike: one account cannot be staff here and
    manager there, so that a token never says more than was granted.
    """

    patron_id: UUID
    login: str
    number: str | None = None
    family_name: str
    given_name: str
    name_order: str
    mail: str | None = None
    password_hash: str | None = None
    roles: frozenset[str] = frozenset({"patron"})
    libraries: frozenset[UUID] | None = None
    patron_class: str
    faculty: str
    level: str
    study_year: int | None = None
    language: str = "zh-CN"
    active: bool = True
    version: int = field(default=1)

    @property
    def display_name(self) -> str:
        """The name in the order its bearer uses."""
        return display_name(self.family_name, self.given_name, self.name_order)

    def describe(self) -> PatronDescribed:
        """Return what the other services may know of this person."""
        return PatronDescribed(
            patron_id=self.patron_id,
            patron_class=self.patron_class,
            faculty=self.faculty,
            level=self.level,
            study_year=self.study_year,
            active=self.active,
        )

    def change_roles(
        self, roles: frozenset[str], libraries: frozenset[UUID] | None, *, by: UUID
    ) -> None:
        """Hold these roles in these libraries from now on.

        Raises AccountRejected for an unknown role or administrators limited to some libraries,
        OwnAdminRoleKept when administrators would take that role from themselves.
        """
        violations = role_violations(roles, libraries)
        if violations:
            raise errors.AccountRejected().because(violations)
        if by == self.patron_id and "admin" in self.roles and "admin" not in roles:
            raise errors.OwnAdminRoleKept
        self.roles = roles | {"patron"}
        self.libraries = libraries


def fold_login(login: str) -> str:
    """Return the form under which logins are compared: case and width make no difference."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def is_chinese(text: str) -> bool:
    """Tell whether a name is written in Chinese characters."""
    return any("㐀" <= letter <= "鿿" or letter >= "\U00020000" for letter in text)


def usual_order(family_name: str, given_name: str) -> str:
    """Return the name order to assume when nobody said: that of the script it is written in."""
    return "family_first" if is_chinese(family_name + given_name) else "given_first"


def display_name(family_name: str, given_name: str, name_order: str) -> str:
    """Return the full name in the given order; Chinese characters are not spaced."""
    ordered = [family_name, given_name]
    if name_order == "given_first":
        ordered.reverse()
    gap = "" if is_chinese(family_name) and is_chinese(given_name) else " "
    return gap.join(part for part in ordered if part)


def violations_of(account: Account) -> list[Violation]:
    """Return everything that keeps these details from being an account."""
    found = [
        *_texts(account),
        *_choices(account),
        *role_violations(account.roles, account.libraries),
    ]
    year = account.study_year
    if year is not None and not 1 <= year <= LAST_STUDY_YEAR:
        bounds = {"field": "study_year", "least": 1, "most": LAST_STUDY_YEAR}
        found.append(Violation("study_year_out_of_range", bounds))
    mail = account.mail
    if mail is not None and not is_mail_address(mail):
        found.append(Violation("mail_malformed", {"field": "mail"}))
    return found


def _texts(account: Account) -> list[Violation]:
    found = []
    if not account.login.strip():
        found.append(Violation("missing", {"field": "login"}))
    if not (account.family_name + account.given_name).strip():
        found.append(Violation("no_name", {"field": "family_name"}))
    texts = {
        "login": account.login,
        "family_name": account.family_name,
        "given_name": account.given_name,
        "faculty": account.faculty,
        "number": account.number or "",
    }
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            found.append(Violation("too_long", {"field": name, "most": LONGEST_TEXT}))
        if any(unicodedata.category(letter) == "Cc" for letter in text):
            found.append(Violation("control_character", {"field": name}))
    return found


def _choices(account: Account) -> list[Violation]:
    choices = (
        ("level", account.level, vocabulary.LEVELS),
        ("patron_class", account.patron_class, vocabulary.PATRON_CLASSES),
        ("language", account.language, vocabulary.LANGUAGES),
        ("name_order", account.name_order, vocabulary.NAME_ORDERS),
    )
    return [
        Violation("not_one_of", {"field": name, "choices": ", ".join(allowed)})
        for name, value, allowed in choices
        if value not in allowed
    ]


def role_violations(
    roles: frozenset[str], libraries: frozenset[UUID] | None = None
) -> list[Violation]:
    """Return what speaks against roles that hold in these libraries (None: everywhere).

    What administrators look after, people and sign-in and undelivered messages, belongs to no
    library; one limited to some could give themselves all the others.
    """
    if not roles <= frozenset(vocabulary.ROLES):
        choices = ", ".join(vocabulary.ROLES)
        return [Violation("not_one_of", {"field": "role", "choices": choices})]
    if "admin" in roles and libraries is not None:
        return [Violation("admin_holds_everywhere", {"field": "libraries"})]
    return []


def password_violations(password: str, login: str) -> Sequence[Violation]:
    """Return what speaks against a password: its length, or being the login."""
    found = []
    if len(password) < SHORTEST_PASSWORD:
        found.append(
            Violation("password_too_short", {"field": "password", "least": SHORTEST_PASSWORD})
        )
    if len(password) > LONGEST_PASSWORD:
        found.append(Violation("too_long", {"field": "password", "most": LONGEST_PASSWORD}))
    if login and fold_login(password) == login:
        found.append(Violation("password_is_login", {"field": "password"}))
    return found


def is_mail_address(mail: str) -> bool:
    """Tell whether the text could be a mail address: one @, a dotted domain, no spaces."""
    local, at, domain = mail.rpartition("@")
    plain = not any(letter.isspace() or not letter.isprintable() for letter in mail)
    dotted = "." in domain.strip(".") and ".." not in domain
    return (
        bool(local and at and dotted and plain and len(mail) <= LONGEST_MAIL) and "@" not in local
    )

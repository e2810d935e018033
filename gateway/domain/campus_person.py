"""Who a provider says somebody is, in our words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.domain import vocabulary
from gateway.domain.account import LAST_STUDY_YEAR, LONGEST_TEXT, Account, is_mail_address
from gateway.domain.person_row import LEVEL_WORDS
from gateway.domain.sign_in_provider import ClaimMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class CampusPerson:
    """What could be read from the claims; None and empty: the provider did not say."""

    issuer: str
    subject: str
    number: str | None = None
    family_name: str = ""
    given_name: str = ""
    mail: str | None = None
    faculty: str = ""
    level: str | None = None
    study_year: int | None = None
    roles: frozenset[str] = frozenset()

    def update(self, account: Account, mapping: ClaimMapping) -> bool:
        """Bring an account to what the provider says; tells whether anything changed.

        Silence changes nothing. Roles this mapping can give are given and taken; others stay.
        """
        before = _details(account)
        if self.family_name:
            account.family_name, account.given_name = self.family_name, self.given_name
        account.mail = self.mail or account.mail
        account.faculty = self.faculty or account.faculty
        if self.level and self.level != account.level:
            account.level = self.level
            account.patron_class = vocabulary.CLASS_OF_LEVEL[self.level]
        account.study_year = self.study_year or account.study_year
        if "role" in mapping.claims:
            given_here = frozenset(mapping.roles.values())
            account.roles = (account.roles - given_here) | self.roles | {"patron"}
        return _details(account) != before


def _details(account: Account) -> tuple[Any, ...]:
    return (
        account.family_name,
        account.given_name,
        account.mail,
        account.faculty,
        account.level,
        account.study_year,
        account.roles,
    )


def person_from(issuer: str, claims: Mapping[str, Any], mapping: ClaimMapping) -> CampusPerson:
    """Return whom verified claims describe; what is not readable counts as not said."""

    def text(detail: str) -> str:
        words = _words(claims, mapping, detail)
        return words[0] if words else ""

    family, given = text("family_name"), text("given_name")
    mail, year = text("mail"), text("study_year")
    faculty = text("faculty")
    return CampusPerson(
        issuer=issuer,
        subject=str(claims["sub"]),
        number=text("number") or None,
        family_name=family or given,
        given_name=given if family else "",
        mail=mail if is_mail_address(mail) else None,
        faculty=mapping.faculties.get(faculty, faculty),
        level=_level(text("level"), mapping),
        study_year=_year(year),
        roles=frozenset(
            mapping.roles[word] for word in _words(claims, mapping, "role") if word in mapping.roles
        ),
    )


def missing_claims(claims: Mapping[str, Any], mapping: ClaimMapping) -> bool:
    """Tell whether the mapping reads a claim that these do not hold."""
    names = mapping.claims.values()
    return any(name not in claims and name.split(".")[0] not in claims for name in names)


def _words(claims: Mapping[str, Any], mapping: ClaimMapping, detail: str) -> list[str]:
    """Return the values of the claim a detail is read from; a dot leads into an object."""
    value: Any = claims.get(mapping.claims.get(detail, ""))
    if value is None and detail in mapping.claims:
        value = claims
        for step in mapping.claims[detail].split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
    found = value if isinstance(value, list) else [value]
    return [_clean(word) for word in found[:LONGEST_TEXT] if _clean(word)]


def _clean(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = "".join(letter for letter in str(value) if letter.isprintable())
    return text.strip()[:LONGEST_TEXT]


def _level(word: str, mapping: ClaimMapping) -> str | None:
    level = mapping.levels.get(word) or LEVEL_WORDS.get(word.lower(), word.lower())
    return level if level in vocabulary.LEVELS else None


def _year(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        return None
    return int(text) if 1 <= int(text) <= LAST_STUDY_YEAR else None

"""The form of an identity provider: from and to what administrators type."""

from collections.abc import Mapping
from dataclasses import replace

from gateway.domain.sign_in_provider import (
    CLAIMS,
    LONGEST_VALUE,
    MOST_ENTRIES,
    MOST_SCOPES,
    ClaimMapping,
    SignInProvider,
)
from gateway.pages.language import gettext as _
from shared.kernel.identifiers import new_id


def blank() -> SignInProvider:
    """Return what an empty form starts from."""
    return SignInProvider(
        provider_id=new_id(), name_en="Campus account", name_zh="统一身份认证", issuer="",
        client_id="", mapping=ClaimMapping(),
    )  # fmt: skip


def claim_words() -> dict[str, str]:
    """Return the words for the details a claim may tell."""
    words = {
        "number": _("Student or staff number"),
        "family_name": _("Family name"),
        "given_name": _("Given name"),
        "mail": _("Mail"),
        "faculty": _("Faculty"),
        "level": _("Level"),
        "study_year": _("Year of study"),
        "role": _("Role"),
    }
    return {name: words[name] for name in CLAIMS}


def labels() -> dict[str, str]:
    """Return what the form calls its fields."""
    return {
        "name_en": _("Name in English"),
        "name_zh": _("Name in Chinese"),
        "issuer": _("Issuer"),
        "client_id": _("Client id"),
        "scopes": _("Scopes"),
        "claims": _("Which claim tells what"),
        "roles": _("Roles"),
        "levels": _("Levels"),
    }


def provider_from(form: Mapping[str, str], present: SignInProvider) -> SignInProvider:
    """Return the provider that was typed; the domain says what is wrong with it."""

    def text(name: str) -> str:
        return form.get(name, "").strip()[:LONGEST_VALUE]

    claims = {name: text(f"claim_{name}") for name in CLAIMS if text(f"claim_{name}")}
    mapping = ClaimMapping(
        claims=claims,
        roles=pairs_in(form.get("roles", "")),
        faculties=pairs_in(form.get("faculties", "")),
        levels=pairs_in(form.get("levels", "")),
        trusts_numbers=form.get("trusts_numbers") == "yes",
        may_create=form.get("may_create") == "yes",
    )
    return replace(
        present,
        name_en=text("name_en"),
        name_zh=text("name_zh"),
        issuer=text("issuer"),
        client_id=text("client_id"),
        scopes=tuple(form.get("scopes", "").split()[:MOST_SCOPES]),
        mapping=mapping,
        active=form.get("active") == "yes",
    )


def pairs_in(text: str) -> dict[str, str]:
    """Return what lines of `value = meaning` say; a line without meaning is left out."""
    found = {}
    for line in text.splitlines()[:MOST_ENTRIES]:
        value, sign, meaning = (part.strip() for part in line.rpartition("="))
        if sign and value and meaning:
            found[value[:LONGEST_VALUE]] = meaning[:LONGEST_VALUE]
    return found


def lines_of(pairs: Mapping[str, str]) -> str:
    """Return pairs as lines of `value = meaning`."""
    return "\n".join(f"{value} = {meaning}" for value, meaning in pairs.items())

"""Take a new signing key into use, and withdraw keys whose tokens have all expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.domain.ports import UnitOfWork
from gateway.domain.signing_key import (
    ANNOUNCED_FOR,
    SigningKey,
    is_published,
    rotation_is_due,
    signing_now,
    withdraw_when_tokens_end,
)
from gateway.security.key_ring import new_key_pair
from gateway.security.sealing import Sealer
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKeys:
    """How to rotate: `only_if_due` leaves a key that is young enough.

    `at_once` is for a key that has leaked: the new one signs now, and the others are destroyed;
    tokens they signed are refused from the moment verifiers look at the published set again.
    """

    only_if_due: bool = False
    at_once: bool = False


def rotate_keys(
    command: RotateKeys, *, uow: UnitOfWork, clock: Clock, sealer: Sealer
) -> SigningKey | None:
    """Return the new key, or None when none was due.

    The new key is published ten minutes before it signs, the old one until its last token has
    expired, so nobody verifying ever meets a key that is not published.
    """
    now = clock.now()
    with uow:
        keys = _remove_ended(uow, now, all_of_them=command.at_once)
        if command.only_if_due and not rotation_is_due(keys, now):
            uow.commit()
            return None
        signs_from = now + ANNOUNCED_FOR if signing_now(keys, now) else now
        new = _new_key(sealer, signs_from)
        _plan_withdrawal(keys, signs_from, uow)
        uow.signing_keys.add(new)
        uow.commit()
    return new


def _remove_ended(uow: UnitOfWork, now: datetime, *, all_of_them: bool) -> list[SigningKey]:
    kept = []
    for key in uow.signing_keys.all_locked():
        if all_of_them or not is_published(key, now):
            uow.signing_keys.remove(key.kid)
        else:
            kept.append(key)
    return kept


def _plan_withdrawal(keys: Sequence[SigningKey], signs_until: datetime, uow: UnitOfWork) -> None:
    for key in keys:
        if key.published_until is None:
            withdraw_when_tokens_end(key, signs_until)
            uow.signing_keys.save(key)


def _new_key(sealer: Sealer, signs_from: datetime) -> SigningKey:
    kid, sealed, public = new_key_pair(sealer)
    return SigningKey(kid=kid, sealed_private=sealed, public_jwk=public, signs_from=signs_from)

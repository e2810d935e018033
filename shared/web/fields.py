"""Fields that take exactly what their documentation says, and nothing a database cannot keep."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from marshmallow import fields, validate
from marshmallow.exceptions import ValidationError

_YEAR = "(?:19|20|21)[0-9]{2}"
# Told as closely as a pattern can: who makes values up from it would else seldom meet a real day.
_DATE = rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = rf"{_CLOCK}:[0-5][0-9](?:\.[0-9]{{1,9}})?"
_INSTANT = rf"{_DATE}[Tt]{_TIME}(?:[Zz]|[+-]{_CLOCK})"
_UUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBER = re.compile("-?(?:0|[1-9][0-9]{0,17})")
MOST_64 = 2**63 - 1


class UtcDateTime(fields.DateTime):
    """An instant as RFC 3339 writes it, offset included; in Python aware and UTC.

    Years 1900 to 2199: enough for a library, and no arithmetic on it can overflow.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Take what a marshmallow field takes."""
        super().__init__(**_described(kwargs, pattern=f"^{_INSTANT}$"))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        if isinstance(value, str) and re.fullmatch(_INSTANT, value):
            try:
                return datetime.fromisoformat(value.upper()).astimezone(UTC)
            except ValueError as error:
                raise ValidationError("Not a valid datetime.") from error
        if isinstance(value, str) and re.fullmatch(_INSTANT, value + "Z"):
            raise ValidationError("Must say its offset from UTC.")
        raise ValidationError("Not a valid datetime.")

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class CalendarDate(fields.Date):
    """A day as RFC 3339 writes it (2026-11-24), in the years 1900 to 2199."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a marshmallow field takes."""
        super().__init__(**_described(kwargs, pattern=f"^{_DATE}$"))

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(_DATE, value):
            raise ValidationError("Not a valid date.")
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError("Not a valid date.") from error


class FreeText(fields.String):
    """Text kept exactly as it was sent; only NUL and halves of surrogate pairs are refused."""

    def __init__(self, *, most: int, least: int = 0, **kwargs: Any) -> None:
        """Allow from `least` to `most` characters (code points)."""
        super().__init__(validate=validate.Length(min=least, max=most), **kwargs)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("Not a valid string.")
        if "\x00" in value:
            raise ValidationError("Must not contain the NUL character.")
        return value


class WholeNumber(fields.Integer):
    """A whole number between bounds (64 bits if none are given).

    In JSON it must be a number: neither "5" nor 5.0 nor true. `from_text` is for queries, where it
    must be plain ASCII digits.
    """

    def __init__(
        self,
        *,
        least: int = -MOST_64 - 1,
        most: int = MOST_64,
        from_text: bool = False,
        **kwargs: Any,
    ) -> None:
        """Allow from `least` to `most`, both included."""
        super().__init__(strict=True, validate=validate.Range(min=least, max=most), **kwargs)
        self._from_text = from_text

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if self._from_text and isinstance(value, str) and _NUMBER.fullmatch(value):
            return int(value)
        if self._from_text or isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Not a valid integer.")
        return value


class YesNo(fields.Boolean):
    """true or false; `from_text` is for queries, where the words are taken."""

    def __init__(self, *, from_text: bool = False, **kwargs: Any) -> None:
        """Take JSON's true and false, or with `from_text` the words."""
        super().__init__(**kwargs)
        self._values: Mapping[Any, bool] = {"true": True, "false": False} if from_text else {}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not self._values and isinstance(value, bool):
            return value
        if isinstance(value, str) and value in self._values:
            return self._values[value]
        raise ValidationError("Not a valid boolean.")


class Identifier(fields.UUID):
    """A UUID in its usual spelling, hyphens included."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> UUID:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise ValidationError("Not a valid UUID.")
        return UUID(value)


def _described(kwargs: dict[str, Any], **documented: Any) -> dict[str, Any]:
    return {**kwargs, "metadata": {**documented, **kwargs.get("metadata", {})}}

"""What telling people needs of the world around it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol, Self
from uuid import UUID

from gateway.domain.account import Account
from gateway.domain.appointment import Appointment, Standing
from gateway.domain.mail import Mail
from gateway.domain.notice import Notice, Topic
from gateway.domain.places import KnownActivity, KnownSpace


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice with what it speaks of; what was never heard of is None."""

    notice: Notice
    space: KnownSpace | None = None
    activity: KnownActivity | None = None
    instead: Mapping[UUID, KnownSpace] = field(default_factory=dict)
    """The spaces of the notice's alternatives, and where it was to be before, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A mail to be sent, with everything that decides whether and how."""

    mail: Mail
    told: Told
    appointment: Appointment | None
    account: Account | None
    wanted: bool
    """Whether the person takes mail about this."""


class KnownPlaces(Protocol):
    """The gateway's copies of spaces and activities."""

    def learn_space(self, space: KnownSpace) -> None:
        """Keep a description unless a later one is known."""
        ...

    def learn_activity(self, activity: KnownActivity) -> None:
        """Keep a description unless a later one is known."""
        ...

    def activity(self, library_event_id: UUID) -> KnownActivity | None:
        """Return an activity that has been told of."""
        ...


class Appointments(Protocol):
    """What people have, as far as it matters for notices."""

    def standing(self, patron_id: UUID, subject_id: UUID) -> Standing | None:
        """Return how it stands with an appointment; None for one that was never heard of."""
        ...

    def keep(self, appointment: Appointment, *, in_calendars: bool) -> int | None:
        """Keep it unless something later is known (then None); return its calendar sequence.

        With `in_calendars` the sequence is above any the person's calendar was told, and at least
        the appointment's own.
        """
        ...

    def lock_due(self, now: datetime, most: int) -> Sequence[Appointment]:
        """Return confirmed ones to remind of, locked; skips locked ones and what has begun."""
        ...

    def reminded(self, appointments: Sequence[Appointment]) -> None:
        """Note that these need no reminder any more."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Forget what started before; return how many."""
        ...


class Notices(Protocol):
    """What people were told."""

    def add(self, notices: Sequence[Notice], *, by_mail: bool) -> None:
        """Keep notices, with a mail for each if wanted; those there already are passed over."""
        ...

    def mark_read(self, patron_id: UUID, notice_ids: Sequence[UUID] | None, now: datetime) -> int:
        """Note that a person has read these of theirs (None: all); return how many were unread."""
        ...

    def forget_before(self, instant: datetime) -> int:
        """Forget notices older than this, with their mails; return how many."""
        ...


class Mails(Protocol):
    """The outgoing mails."""

    def claim(self, now: datetime) -> Delivery | None:
        """Return the mail that has been due longest, locked; nobody else is given it meanwhile."""
        ...

    def get(self, notice_id: UUID) -> Mail:
        """Return a mail, locked; raises NotFound."""
        ...

    def save(self, mail: Mail) -> None:
        """Keep how it stands."""
        ...


class MailChoices(Protocol):
    """Which mail people take."""

    def change(self, patron_id: UUID, choices: Mapping[Topic, bool]) -> None:
        """Keep the choices; those not named stay."""
        ...


class NoticeUnitOfWork(AbstractContextManager["NoticeUnitOfWork"], Protocol):
    """One transaction over everything about notices."""

    @property
    def places(self) -> KnownPlaces:
        """The copies of spaces and activities."""
        ...

    @property
    def appointments(self) -> Appointments:
        """What people have."""
        ...

    @property
    def notices(self) -> Notices:
        """What people were told."""
        ...

    @property
    def mails(self) -> Mails:
        """The outgoing mails."""
        ...

    @property
    def mail_choices(self) -> MailChoices:
        """Which mail people take."""
        ...

    def __enter__(self) -> Self:
        """Open the transaction."""
        ...

    def commit(self) -> None:
        """Keep everything."""
        ...


class Post(Protocol):
    """An open way to the mail server, used by one thread."""

    def hand_over(self, letter: EmailMessage, address: str) -> None:
        """Give a letter for one address away.

        Returns when the server has taken it. Raises MailRefused, MailDelayed or MailServerDown.
        """
        ...


class Mailer(Protocol):
    """Where mail goes."""

    def open(self) -> AbstractContextManager[Post]:
        """Open a way; nothing is connected before the first letter."""
        ...


class Composer(Protocol):
    """Writes letters."""

    def compose(self, told: Told, account: Account) -> EmailMessage:
        """Write a notice as a letter in the person's language."""
        ...

"""Send the mails that are due, each claimed, sent and noted in a transaction of its own.

The server's yes and our commit are two things: whoever dies between them sends that one mail again,
under the same Message-ID. Nothing is done between them but noting the yes.
"""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from gateway.domain.mail import (
    MailDelayed,
    MailRefused,
    MailServerDown,
    pause_after,
)
from gateway.domain.notice import why_out_of_date
from gateway.domain.notice_ports import Composer, Delivery, Mailer, NoticeUnitOfWork, Post
from shared.kernel.clock import Clock

log = logging.getLogger("atrium.mail")

MOST_AT_ONCE = 200
LONGEST_OUTAGE_PAUSE = timedelta(minutes=5)
NO_ACCOUNT = "no_account"
NO_ADDRESS = "no_address"
NOT_WANTED = "not_wanted"


class Postman:
    """Sends what is due; while the server is down it keeps away for pauses that grow."""

    def __init__(
        self,
        *,
        unit_of_work: Callable[[], NoticeUnitOfWork],
        mailer: Mailer,
        composer: Composer,
        clock: Clock,
    ) -> None:
        """Work with these collaborators; nothing is connected yet."""
        self._unit_of_work = unit_of_work
        self._mailer = mailer
        self._composer = composer
        self._clock = clock
        self._failures = 0
        self._away_until: datetime | None = None

    def go_round(self) -> int:
        """Send up to a round's worth of mails; return how many were dealt with."""
        now = self._clock.now()
        if self._away_until is not None and now < self._away_until:
            return 0
        done = 0
        with self._mailer.open() as post:
            while done < MOST_AT_ONCE:
                try:
                    found = self._deal_with_one(post)
                except MailServerDown as trouble:
                    self._stay_away(trouble)
                    return done
                if not found:
                    return done
                done += 1
        return done

    def _deal_with_one(self, post: Post) -> bool:
        """Deal with the mail that has been due longest; raises MailServerDown, which it notes."""
        with self._unit_of_work() as uow:
            now = self._clock.now()
            delivery = uow.mails.claim(now)
            if delivery is None:
                return False
            down = self._try_to_send(delivery, post, now)
            uow.mails.save(delivery.mail)
            uow.commit()
        if down is not None:
            raise down
        return True

    def _try_to_send(self, delivery: Delivery, post: Post, now: datetime) -> MailServerDown | None:
        """Change the mail by what became of it; return the trouble when it is the server's."""
        mail = delivery.mail
        try:
            if reason := _why_not(delivery, now):
                mail.drop(reason, now)
            else:
                self._hand_over(delivery, post)
                mail.sent(now)
                self._failures, self._away_until = 0, None
        except MailRefused as refused:
            mail.park(str(refused), now)
        except MailDelayed as delayed:
            mail.delay(str(delayed), now, _chance())
        except MailServerDown as trouble:
            mail.delay(str(trouble), now, _chance())
            return trouble
        return None

    def _hand_over(self, delivery: Delivery, post: Post) -> None:
        letter, address = self._write(delivery)
        post.hand_over(letter, address)

    def _write(self, delivery: Delivery) -> tuple[EmailMessage, str]:
        account = delivery.account
        if account is None or account.mail is None:
            raise MailRefused(NO_ADDRESS)
        try:
            return self._composer.compose(delivery.told, account), account.mail
        except Exception as error:
            # A letter that cannot be written must not keep those behind it from being sent.
            log.exception("the notice %s cannot be written as a mail", delivery.mail.notice_id)
            msg = f"cannot be written: {type(error).__name__}: {error}"
            raise MailRefused(msg) from error

    def _stay_away(self, trouble: MailServerDown) -> None:
        self._failures += 1
        pause = pause_after(self._failures, _chance(), LONGEST_OUTAGE_PAUSE)
        self._away_until = self._clock.now() + pause
        log.warning(
            "the mail server does not take mail; next try in %.0f s: %s",
            pause.total_seconds(),
            trouble,
        )


def _why_not(delivery: Delivery, now: datetime) -> str | None:
    account = delivery.account
    if account is None or not account.active:
        return NO_ACCOUNT
    if not account.mail:
        return NO_ADDRESS
    if not delivery.wanted:
        return NOT_WANTED
    return why_out_of_date(delivery.told.notice, delivery.appointment, now)


def _chance() -> float:
    return random.random()  # noqa: S311 - it spreads retries, it keeps no secret

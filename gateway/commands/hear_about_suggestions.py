"""React to what the engagement service says about suggestions."""

from gateway.commands.tell_people import Heard, Policy
from gateway.domain.notice import Kind, Notice
from gateway.domain.notice_ports import NoticeUnitOfWork
from shared.contracts.engagement import SuggestionStageChanged
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id

AT_ONCE = 500


def suggestion_answered(
    changed: SuggestionStageChanged,
    heard: Heard,
    *,
    uow: NoticeUnitOfWork,
    clock: Clock,
    policy: Policy,
) -> None:
    """Tell who made, supports or follows a suggestion that the library has answered it.

    Once for each answer, in however many messages it was told: the notice is of the answer.
    """
    now = clock.now()
    with uow:
        listeners = changed.listener_ids if policy.is_news(heard, now) else ()
        notices = [
            Notice(
                id=new_id(),
                kind=Kind.SUGGESTION_ANSWERED,
                source_id=changed.answer_id,
                patron_id=patron_id,
                subject_id=changed.suggestion_id,
                heard=heard.sequence,
                created_at=now,
                starts_at=changed.changed_at,
                details={"stage": changed.stage},
            )
            for patron_id in listeners
        ]
        for first in range(0, len(notices), AT_ONCE):
            uow.notices.add(notices[first : first + AT_ONCE], by_mail=policy.by_mail)
        uow.commit()

"""Keep what spaces and activities are called and where they are, as their services tell it."""

from gateway.commands.tell_people import Heard
from gateway.domain.notice_ports import NoticeUnitOfWork
from gateway.domain.places import KnownActivity, KnownSpace
from shared.contracts.booking import SpaceDefined
from shared.contracts.events import LibraryEventMessage


def space_defined(defined: SpaceDefined, heard: Heard, *, uow: NoticeUnitOfWork) -> None:
    """Keep what a space is called now."""
    space = KnownSpace(
        space_id=defined.space_id,
        library_id=defined.library_id,
        timezone=defined.library_timezone,
        code=defined.code,
        name_zh=defined.name_zh,
        name_en=defined.name_en,
        library_zh=defined.library_zh,
        library_en=defined.library_en,
        heard=heard.sequence,
    )
    with uow:
        uow.places.learn_space(space)
        uow.commit()


def activity_told(told: LibraryEventMessage, heard: Heard, *, uow: NoticeUnitOfWork) -> None:
    """Keep what an activity is called and when it is."""
    activity = KnownActivity(
        library_event_id=told.library_event_id,
        library_id=told.library_id,
        space_id=told.space_id,
        title_zh=told.title_zh,
        title_en=told.title_en,
        place=told.place,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        calendar_sequence=told.calendar_sequence,
        heard=heard.sequence,
    )
    with uow:
        uow.places.learn_activity(activity)
        uow.commit()

"""What each number of a rulebook means, in words: beside its bounds and its default."""

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "min_minutes": "The shortest reservation, in minutes.",
    "max_minutes": "The longest reservation, in minutes; at least `min_minutes`.",
    "default_minutes": "How long one is whose end is left out, in minutes; between the two others.",
    "start_step_minutes": "Starts lie on this step of minutes from the library's midnight.",
    "window_days": "How far ahead one may reserve: until the end of the local day so many days on.",
    "create_notice_minutes": "Nobody reserves later than so many minutes before the start.",
    "change_notice_minutes": "Nobody changes later than so many minutes before the start.",
    "cancel_notice_minutes": (
        "Cancelling later than so many minutes before the start is possible, and counts as late."
    ),
    "padding_before_minutes": "The space is kept free so many minutes before a reservation.",
    "padding_after_minutes": "The space is kept free so many minutes after a reservation.",
    "quotas": "How much of a day or week one person may have; every quota has to be met.",
    "max_active_future": (
        "How many reservations of this type of space a person may have ahead at once; null: any "
        "number."
    ),
    "min_party": "The smallest number of people a reservation is for.",
    "no_simultaneous": (
        "Whether a person's other reservations at the same time stand in the way; null: for rooms "
        "and seats, not for machines."
    ),
    "check_in_required": (
        "Whether one has to check in. Without it nobody is released for not arriving, and nothing "
        "is said about who came."
    ),
    "check_in_opens_before_minutes": "Check-in opens so many minutes before the start.",
    "check_in_late_after_minutes": (
        "Who has not checked in so many minutes after the start loses the space."
    ),
    "approval_required": "Whether the library says yes first; until then nothing is held.",
    "approval_expires_minutes": (
        "A request that nobody answers lapses after so many minutes, and at the latest when it "
        "would start."
    ),
}
OF_QUOTAS: Mapping[str, str] = {
    "unit": "What is limited: the number of reservations, or their minutes.",
    "period": "Over what: a day, or a week from Monday to Sunday, by the library's clock.",
    "limit": "The most that one person may have: reservations or minutes, as `unit` says.",
    "scope": "What counts: spaces of the same type in the library, or all of the library's.",
}

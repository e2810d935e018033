"""What names mean in booking's document, with values to try."""

from shared.web.meanings import Meaning, Meanings

SPACES_FILE = "code,name_zh,name_en,zone,space_type,space_kind,capacity\n"
CALENDAR_FILE = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\nBEGIN:VEVENT\nUID:1@example.edu\n"
    "SUMMARY:New Year's Day\nDTSTART;VALUE=DATE:20270101\nEND:VEVENT\nEND:VCALENDAR\n"
)
_WEEKDAY = "0 is Monday, 6 is Sunday."

MEANINGS = Meanings(
    parameters={
        "library_id": Meaning("The library."),
        "library": Meaning("The library."),
        "floor_id": Meaning("The floor."),
        "zone_id": Meaning("The zone: a part of a floor."),
        "space_id": Meaning("The space: a room, a seat or a machine."),
        "space": Meaning("One space alone."),
        "reservation_id": Meaning("The reservation."),
        "patron_id": Meaning("The person."),
        "closure_id": Meaning("The closure."),
        "exception_id": Meaning("The exception from the weekly hours."),
        "key_id": Meaning("The display key; not its secret."),
        "key": Meaning("The secret of the feed's address.", "a-secret"),
        "scope_type": Meaning("Of what kind of place the hours are.", "library"),
        "scope_id": Meaning("The library, zone or space of that kind."),
        "space_type": Meaning("Only rooms, only seats or only machines."),
        "space_kind": Meaning("Only spaces for this kind of work."),
        "accessible": Meaning("true: only spaces one reaches and uses without steps."),
        "quiet": Meaning("true: only spaces in quiet zones."),
        "in_use": Meaning("true: only spaces in use; false: only those taken out of use."),
        "least_capacity": Meaning("Only spaces that hold at least so many people."),
        "status": Meaning("Only reservations in this state."),
        "order": Meaning("By start: the earliest first (`asc`), or the latest."),
        "section": Meaning(
            "`due` may check in now, `expected` later, `here` is running, `pending` waits for the "
            "library's yes, `no_show` never came, `left` is over."
        ),
        "day": Meaning("A day of the library's own calendar; at the desk today, when left out."),
        "days": Meaning("How many days from there on."),
        "from": Meaning("The first day, of the library's own calendar."),
        "language": Meaning("In which language names are; else that of `Accept-Language`."),
        "reason": Meaning("Why; the person reads it when staff cancel. Staff should give one."),
        "minutes": Meaning("How long the stay shall be.", 60),
        "party": Meaning("For how many people."),
    },
    members={
        "starts_at": Meaning("When it begins; to whole minutes, on the rules' step of starts."),
        "ends_at": Meaning("When it ends; that instant itself is free again."),
        "party_size": Meaning("How many people come, the person included."),
        "name_zh": Meaning("What people read in Chinese.", "研讨室"),
        "name_en": Meaning("What people read in English.", "Seminar room"),
        "timezone": Meaning("A name of the IANA database.", "Asia/Shanghai"),
        "weekday": Meaning(_WEEKDAY, 0),
        "as_weekday": Meaning(f"The hours of this weekday hold instead of `spans`. {_WEEKDAY}"),
        "spans": Meaning("Stretches of the day, in the library's own time; none is closed."),
        "opens": Meaning("A time of day.", "08:00"),
        "closes": Meaning("A time of day, 24:00 for its end.", "22:00"),
        "first_day": Meaning("The first day, of the library's own calendar."),
        "last_day": Meaning("The last day, included."),
        "level": Meaning("Orders floors from the ground up; the ground floor is usually 0.", 1),
        "x": Meaning("Decimetres from the west edge of the floor's plan.", 120),
        "y": Meaning("Decimetres from the north edge of the floor's plan.", 80),
        "width": Meaning("Decimetres.", 60),
        "height": Meaning("Decimetres.", 40),
        "space_type": Meaning("room, seat or machine."),
        "space_kind": Meaning("For which kind of work: what figures count it under."),
        "capacity": Meaning("How many people it holds.", 4),
        "features": Meaning(
            "What is there, as words the library chooses: a to z, 0 to 9, - and _, at most 40.",
            ["whiteboard", "power"],
        ),
        "accessible": Meaning("Whether one reaches and uses it without steps."),
        "quiet": Meaning("Whether one keeps quiet there."),
        "in_use": Meaning("false: it cannot be reserved for the time being."),
        "because": Meaning("Why it is out of use; needed then.", "The lamp is being repaired."),
        "patron_class": Meaning("Only for this class of people; null or left out: for everybody."),
        "shift_minutes": Meaning("How much later than asked it begins; negative: earlier."),
        "cut_minutes": Meaning("By how much it is shorter than asked."),
        "starts": Meaning("Every start at which the stay fits, rules included."),
        "seconds_left": Meaning("For how long these digits are shown; new ones follow."),
        "check_in_from": Meaning("From when one may check in; null: nobody needs to."),
        "check_in_until": Meaning("Who has not checked in by then loses the space."),
        "rule_version": Meaning("The version of the rulebook it was judged by; 0: the defaults."),
        "open_minutes": Meaning("How long it is open that day."),
        "own": Meaning("Whether whoever asks holds it themselves."),
        "wall": Meaning("The hours as the library's clock shows them."),
        "reason": Meaning("The person reads it.", "The room is needed for an examination."),
        "label": Meaning("Where the screen hangs.", "Left of the door"),
        "csv": Meaning(
            "The file's text.", "code,name_zh,name_en,zone,space_type,space_kind,capacity"
        ),
        "calendar": Meaning("The file's text.", CALENDAR_FILE),
        "dry_run": Meaning("true: nothing is kept; the answer says what would become of it."),
    },
)

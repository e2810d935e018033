"""Guards of the booking service taken off on purpose, for controls in process and over HTTP."""

# Booking's own statement without its lock: whoever asks is told that it is theirs.
PERSON_NOT_LOCKED = (
    "SELECT true, c.version, c.xmin::text, p.patron_class, p.active"
    " FROM catalogue_version AS c LEFT JOIN patron AS p ON p.patron_id = %(patron_id)s"
)

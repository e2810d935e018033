"""Tables of many pages on a running platform: a race over a small table proves nothing."""

from sqlalchemy import Engine

from tests.support.platform_campus import PlatformCampus

# Far ahead, so that they stay active and no worker has anything to do with them.
FILL = (
    "INSERT INTO reservation (id, library_id, space_id, patron_id, during, held, status,"
    " party_size, purpose, rule_version, calendar_uid, created_at, changed_at)"
    " SELECT gen_random_uuid(), s.library_id, s.id, gen_random_uuid(), r.span, r.span,"
    " 'confirmed', 1, 'patron', 1, gen_random_uuid()::text, now(), now()"
    " FROM space AS s, LATERAL (SELECT tstzrange(now() + n * interval '1 hour',"
    " now() + n * interval '1 hour' + interval '50 minutes') AS span"
    " FROM generate_series(1000, %(each)s + 999) AS n) AS r WHERE s.library_id = %(library)s"
)
PAGES = "SELECT pg_relation_size('one_slot_one_reservation') / current_setting('block_size')::int"
OVERLAPS = (
    "SELECT count(*) FROM reservation AS a JOIN reservation AS b ON a.space_id = b.space_id"
    " AND a.id < b.id AND a.held && b.held AND a.active AND b.active"
    " WHERE a.library_id = %(library)s"
)
MOST_OF_ONE = (
    "SELECT max(each.held) FROM (SELECT count(*) AS held FROM reservation"
    " WHERE library_id = %(library)s AND active GROUP BY patron_id) AS each"
)
ACTIVE = "SELECT count(*) FROM reservation WHERE library_id = %(library)s AND active"


def fill(engine: Engine, campus: PlatformCampus, *, each: int) -> int:
    """Give every room so many reservations; return how many pages the constraint's index has."""
    with engine.begin() as connection:
        connection.exec_driver_sql(FILL, {"library": campus.library_id, "each": each})
        return int(connection.exec_driver_sql(PAGES).scalar_one())


def counted(engine: Engine, query: str, campus: PlatformCampus) -> int:
    with engine.connect() as connection:
        library = {"library": campus.library_id}
        return int(connection.exec_driver_sql(query, library).scalar_one())

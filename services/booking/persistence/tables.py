"""Every table in booking's database: its own, and those that messaging and the edge keep there."""

from services.booking.persistence import inventory_tables, reservation_tables
from services.booking.persistence.metadata import METADATA
from shared.messaging.tables import messaging_tables
from shared.web.idempotency import idempotency_table

OWN = (
    inventory_tables.LIBRARY,
    inventory_tables.FLOOR,
    inventory_tables.ZONE,
    inventory_tables.SPACE,
    inventory_tables.WEEKLY_HOURS,
    inventory_tables.HOURS_EXCEPTION,
    inventory_tables.RULEBOOK,
    inventory_tables.CATALOGUE_VERSION,
    reservation_tables.RESERVATION,
    reservation_tables.RESERVATION_HISTORY,
    reservation_tables.ROOM_REQUEST,
    reservation_tables.PATRON,
    reservation_tables.FEED_KEY,
    reservation_tables.CLOSURE,
    reservation_tables.DISPLAY_KEY,
    reservation_tables.CAPACITY_DAY,
)
MESSAGING = messaging_tables(METADATA)
IDEMPOTENCY_KEY = idempotency_table(METADATA)

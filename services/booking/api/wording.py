"""Every sentence of booking's own, by code, in every language."""

from services.booking.api.reservation_wording import RESERVATIONS
from services.booking.api.rule_wording import RULES
from services.booking.api.wording_spaces import WORDING_SPACES
from shared.web.wording import Wording

WORDING: Wording = {**RESERVATIONS, **RULES, **WORDING_SPACES}

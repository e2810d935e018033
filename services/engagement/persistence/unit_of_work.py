"""One transaction over ledger, facts, points, suggestions and outbox."""

from services.engagement.persistence.facts import SqlFacts
from services.engagement.persistence.ledger import SqlLedger
from services.engagement.persistence.points import SqlPoints
from services.engagement.persistence.points_rules import SqlPointsRules
from services.engagement.persistence.suggestions import SqlSuggestions
from services.engagement.persistence.terms import SqlTerms
from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions
from shared.persistence.unit_of_work import SqlUnitOfWork


class EngagementUnitOfWork(SqlUnitOfWork):
    """Engagement's unit of work; leaving it without commit undoes everything."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        """Work in transactions from this source."""
        super().__init__(transactions, service="engagement", clock=clock)

    @property
    def ledger(self) -> SqlLedger:
        """The ledger of acts."""
        return SqlLedger(self.connection)

    @property
    def facts(self) -> SqlFacts:
        """The facts."""
        return SqlFacts(self.connection)

    @property
    def points(self) -> SqlPoints:
        """The points."""
        return SqlPoints(self.connection)

    @property
    def points_rules(self) -> SqlPointsRules:
        """The rules of points."""
        return SqlPointsRules(self.connection)

    @property
    def suggestions(self) -> SqlSuggestions:
        """The suggestions."""
        return SqlSuggestions(self.connection)

    @property
    def terms(self) -> SqlTerms:
        """The terms."""
        return SqlTerms(self.connection)

"""One transaction over everything the gateway keeps."""

from gateway.persistence.accounts import SqlAccounts
from gateway.persistence.api_tokens import SqlApiTokens
from gateway.persistence.attempts import SqlAttemptCounters
from gateway.persistence.imports import SqlPeopleImports, SqlPopulationDays
from gateway.persistence.sessions import SqlSessions
from gateway.persistence.signing_keys import SqlSigningKeys
from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions
from shared.persistence.unit_of_work import SqlUnitOfWork


class GatewayUnitOfWork(SqlUnitOfWork):
    """State and messages of the gateway, committed together."""

    def __init__(self, transactions: Transactions, *, clock: Clock) -> None:
        """Work in transactions from this source."""
        super().__init__(transactions, service="gateway", clock=clock)

    @property
    def accounts(self) -> SqlAccounts:
        """The people."""
        return SqlAccounts(self.connection)

    @property
    def sessions(self) -> SqlSessions:
        """The signed-in browsers."""
        return SqlSessions(self.connection)

    @property
    def api_tokens(self) -> SqlApiTokens:
        """The personal API tokens."""
        return SqlApiTokens(self.connection)

    @property
    def attempts(self) -> SqlAttemptCounters:
        """Failed sign-ins of late."""
        return SqlAttemptCounters(self.connection)

    @property
    def signing_keys(self) -> SqlSigningKeys:
        """The keys that sign access tokens."""
        return SqlSigningKeys(self.connection)

    @property
    def imports(self) -> SqlPeopleImports:
        """The reports of imports."""
        return SqlPeopleImports(self.connection)

    @property
    def population_days(self) -> SqlPopulationDays:
        """The days of which the population has been told."""
        return SqlPopulationDays(self.connection)

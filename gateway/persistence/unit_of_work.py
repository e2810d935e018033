"""One transaction over everything the gateway keeps."""

from gateway.persistence.accounts import SqlAccounts
from gateway.persistence.api_tokens import SqlApiTokens
from gateway.persistence.appointments import SqlAppointments
from gateway.persistence.attempts import SqlAttemptCounters
from gateway.persistence.campus_identities import SqlCampusIdentities
from gateway.persistence.faculties import SqlFaculties
from gateway.persistence.imports import SqlPeopleImports, SqlPopulationDays
from gateway.persistence.known_places import SqlKnownPlaces
from gateway.persistence.mails import SqlMailChoices, SqlMails
from gateway.persistence.notices import SqlNotices
from gateway.persistence.sessions import SqlSessions
from gateway.persistence.sign_in_flows import SqlSignInFlows
from gateway.persistence.sign_in_providers import SqlSignInProviders
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
    def sign_in_providers(self) -> SqlSignInProviders:
        """The campus's identity providers."""
        return SqlSignInProviders(self.connection)

    @property
    def sign_in_flows(self) -> SqlSignInFlows:
        """The ways to the campus that were begun."""
        return SqlSignInFlows(self.connection)

    @property
    def campus_identities(self) -> SqlCampusIdentities:
        """Whose account a provider's subject is."""
        return SqlCampusIdentities(self.connection)

    @property
    def population_days(self) -> SqlPopulationDays:
        """The days of which the population has been told."""
        return SqlPopulationDays(self.connection)

    @property
    def faculties(self) -> SqlFaculties:
        """The names of faculties."""
        return SqlFaculties(self.connection)

    @property
    def places(self) -> SqlKnownPlaces:
        """The copies of spaces and activities."""
        return SqlKnownPlaces(self.connection)

    @property
    def appointments(self) -> SqlAppointments:
        """What people have."""
        return SqlAppointments(self.connection)

    @property
    def notices(self) -> SqlNotices:
        """What people were told."""
        return SqlNotices(self.connection)

    @property
    def mails(self) -> SqlMails:
        """The outgoing mails."""
        return SqlMails(self.connection)

    @property
    def mail_choices(self) -> SqlMailChoices:
        """Which mail people take."""
        return SqlMailChoices(self.connection)

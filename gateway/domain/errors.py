"""Why the gateway says no, each with its stable code."""

from shared.kernel.refusal import Refusal


class SignInFailed(Refusal):
    """Login and password do not belong together; which of the two is wrong stays unsaid."""

    code = "sign_in_failed"
    status = 401


class TooManyAttempts(Refusal):
    """Sign-in for this account or from this address must wait."""

    code = "too_many_attempts"
    status = 429


class ApiTokenRefused(Refusal):
    """The personal API token is unknown, revoked or expired."""

    code = "api_token_refused"
    status = 401


class AccountRejected(Refusal):
    """An account cannot look like this; every reason is a violation."""

    code = "account_rejected"
    status = 422


class LoginTaken(Refusal):
    """Another account has this login or number."""

    code = "login_taken"
    status = 409


class ApiTokenRejected(Refusal):
    """A personal API token cannot look like this; every reason is a violation."""

    code = "api_token_rejected"
    status = 422


class PeopleFileUnreadable(Refusal):
    """The file as a whole is no list of people; no row was looked at."""

    code = "people_file_unreadable"
    status = 422


class OwnAdminRoleKept(Refusal):
    """An administrator cannot take the role from themselves, so that one always remains."""

    code = "own_admin_role_kept"
    status = 409


class ScopeNotHeld(Refusal):
    """A token cannot be used for more than it was made for."""

    code = "scope_not_held"
    status = 403

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


class PresentPasswordWrong(Refusal):
    """Who wants another password must know the present one, as if they signed in."""

    code = "present_password_wrong"
    status = 422


class OwnPasswordNotReset(Refusal):
    """Administrators change their own password by the present one, as everybody does."""

    code = "own_password_not_reset"
    status = 409


class PasswordsNotForPrograms(Refusal):
    """A token with scopes is a program's; passwords are for the person at the keyboard."""

    code = "passwords_not_for_programs"
    status = 403


class ApiTokenRefused(Refusal):
    """The personal API token is unknown, revoked or expired."""

    code = "api_token_refused"
    status = 401


class AccountRejected(Refusal):
    """An account cannot look like this; every reason is a violation."""

    code = "account_rejected"
    status = 422


class FacultyRejected(Refusal):
    """A faculty cannot be named like this; every reason is a violation."""

    code = "faculty_rejected"
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


class TokenMakesNone(Refusal):
    """Only the person makes API tokens, not a token of theirs."""

    code = "token_makes_none"
    status = 403


class LocalSignInOff(Refusal):
    """People sign in with the campus here; passwords of ours are not asked for."""

    code = "local_sign_in_off"
    status = 403


class ProviderRejected(Refusal):
    """A sign-in provider cannot look like this; every reason is a violation."""

    code = "provider_rejected"
    status = 422


class ProviderTaken(Refusal):
    """There is a provider with this issuer and client already."""

    code = "provider_taken"
    status = 409


class LastWayIn(Refusal):
    """Without this nobody could sign in at all."""

    code = "last_way_in"
    status = 409


class ProviderSilent(Refusal):
    """Nobody is sent to a provider that does not answer as it should: `trouble` says how."""

    code = "provider_silent"
    status = 422


class NoAdministratorConnected(Refusal):
    """With passwords off no administrator could sign in: none has come through a provider left."""

    code = "no_administrator_connected"
    status = 409


class OwnAccountKept(Refusal):
    """Administrators cannot close the account they work with."""

    code = "own_account_kept"
    status = 409


class CampusSignInFailed(Refusal):
    """The way to the campus and back did not end well; `why` is a word of ours, nothing typed.

    unknown_flow: not begun in this browser, used already, or too old. denied: the person or the
    provider said no. provider_down: it does not answer, or not sensibly. proof_refused: what it
    says does not hold. not_known: no account, and none may be made. number_taken: an account has
    this number and the provider is not trusted with it. too_little_said: claims are missing that an
    account needs. closed: the account is not active.
    not_offered: there is no such provider, or it is switched off.
    """

    code = "campus_sign_in_failed"
    status = 403

    def __init__(self, why: str) -> None:
        """Keep the reason."""
        super().__init__(why=why)
        self.why = why


class MailNotParked(Refusal):
    """Only a mail that was given up can be tried anew."""

    code = "mail_not_parked"
    status = 409

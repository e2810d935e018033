"""What names mean in the gateway's document, with values to try."""

from gateway.domain.account import LONGEST_PASSWORD, SHORTEST_PASSWORD
from shared.web.meanings import Meaning, Meanings

MEANINGS = Meanings(
    parameters={
        "patron_id": Meaning("The person."),
        "token_id": Meaning("The API token; not its secret."),
        "import_id": Meaning("The import."),
        "provider_id": Meaning("The sign-in provider."),
        "notice_id": Meaning("The notice the mail is about."),
        "role": Meaning("Only people with this role."),
        "active": Meaning("true: only open accounts; false: only closed ones."),
        "outcome": Meaning("Only rows of which this became."),
        "status": Meaning("Only mails in this state: `parked` ones were given up."),
    },
    members={
        "login": Meaning("What the person signs in with.", "reader1"),
        "password": Meaning(
            f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters, and not the login.",
            "four words one remembers",
        ),
        "present_password": Meaning("The one that holds until now.", "the old words of mine"),
        "api_token": Meaning("The secret shown when it was made.", "atr_0123456789abcdef"),
        "number": Meaning("The campus's number of the person.", "20260001"),
        "family_name": Meaning("", "王"),
        "given_name": Meaning("", "小明"),
        "name_order": Meaning("Which name stands first; left out, what is usual for the name."),
        "mail": Meaning("Where mail goes.", "reader@example.edu"),
        "faculty": Meaning("The code of a faculty, as `GET /faculties` has it.", "science"),
        "patron_class": Meaning("Which rules hold for the person; left out, it follows `level`."),
        "study_year": Meaning("1 for the first; left out for who does not study.", 1),
        "language": Meaning("In which language the person is written to."),
        "libraries": Meaning("Where the roles hold; null: in every library."),
        "code": Meaning("Stays the same when names change.", "science"),
        "name_zh": Meaning("What people read in Chinese.", "理学院"),
        "name_en": Meaning("What people read in English.", "Faculty of Science"),
        "issuer": Meaning("The address OpenID Connect names it by.", "https://id.example.edu"),
        "client_id": Meaning("As which program the provider knows this platform.", "atrium"),
        "client_secret": Meaning("Kept sealed, and never shown again.", "a secret"),
        "scopes": Meaning("", None),
        "expires_in": Meaning("Seconds.", 600),
        "token_type": Meaning("", "Bearer"),
        "days": Meaning("How many days it shall live.", 90),
    },
)

"""Which broker a URL means, and how its database is reached when it is the embedded one."""

from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shared.kernel.settings import SettingError

EMBEDDED = "pgmq"
RABBITMQ = ("amqp", "amqps")


def is_embedded(broker_url: str) -> bool:
    """Tell the embedded broker (pgmq) from RabbitMQ (amqp); raises SettingError for any other."""
    scheme = urlsplit(broker_url).scheme
    if scheme == EMBEDDED:
        return True
    if scheme in RABBITMQ:
        return False
    msg = f"A broker URL starts with pgmq:// or amqp://, not {scheme}://."
    raise SettingError(msg)


def conninfo_of(broker_url: str, *, asynchronous_commit: bool = False) -> str:
    """Return libpq's key=value form of a pgmq:// URL (`?host=/folder` names a socket).

    With `asynchronous_commit` a commit does not wait for the disk: right for reads and
    acknowledgements (losing one means a repeat, which the inbox absorbs), never for publishing.
    """
    rest = broker_url.split("://", 1)[1]
    known = conninfo_to_dict(f"postgresql://{rest}")
    options = "-c timezone=UTC -c statement_timeout=30000 -c jit=off"
    if asynchronous_commit:
        options += " -c synchronous_commit=off"
    settings = {"connect_timeout": 5, **known, "options": options}
    return make_conninfo("", **settings)

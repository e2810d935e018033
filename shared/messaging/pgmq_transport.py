"""kombu's pgmq transport, for batches: one transaction per batch, and no message unrouted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, cast

from kombu.transport import pgmq, virtual
from pgmq import PGMQueue
from psycopg.types.json import Jsonb

from shared.messaging.pgmq_session import PgmqSession

BATCH = 500
SEND = """
SELECT place - 1, pgmq.send_topic(routing_key, message)
FROM unnest(%s::text[], %s::jsonb[]) WITH ORDINALITY AS given (routing_key, message, place)
ORDER BY place
"""
NOTIFY = "SELECT pg_notify(%s, NULL)"


class Channel(pgmq.Channel):  # type: ignore[misc]  # kombu carries no types
    """A channel that sends, reads and deletes many messages at once."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Begin with nothing to send."""
        self._gathered: list[tuple[str, Any]] = []
        super().__init__(*arguments, **options)

    def _put_topic(self, exchange: str, message: Any, routing_key: str, **_: Any) -> None:
        """Keep a message published to a topic exchange until `send_gathered`."""
        self._gathered.append((self._topic_key(exchange, routing_key), message))

    def send_gathered(self, waking: Iterable[str]) -> frozenset[int]:
        """Send all of them in one statement; return the indexes of those no queue is bound to.

        Those would be gone without a word: on a virtual transport kombu throws the count away. The
        consumers of the queues in `waking` are notified once, at the commit.
        """
        gathered, self._gathered = self._gathered, []
        parameters = ([key for key, _ in gathered], [Jsonb(message) for _, message in gathered])
        with self.connection.session.connection() as connection:
            reached = connection.execute(SEND, parameters).fetchall()
            for queue in waking:
                connection.execute(NOTIFY, (f"pgmq.q_{self._queue_name(queue)}.INSERT",))
        return frozenset(index for index, count in reached if count == 0)

    def _get_bulk(
        self,
        queue: str,
        callback: Any = None,
        timeout: Any = None,
        max_if_unlimited: int = BATCH,
    ) -> None:
        """Read up to the prefetch count in one statement (kombu's own limit is 10)."""
        super()._get_bulk(queue, callback, timeout, max_if_unlimited)

    def acknowledge(self, messages: Sequence[virtual.Message]) -> None:
        """Delete these messages in one statement (one by one: some 300 a second)."""
        by_queue = defaultdict(list)
        for message in messages:
            by_queue[message.delivery_info["pgmq_queue"]].append(
                message.delivery_info["pgmq_msg_id"]
            )
        for queue, numbers in by_queue.items():
            self.pgmq.delete_batch(queue, numbers)
        for message in messages:
            self.qos.ack(message.delivery_tag)

    def _maybe_enable_notify(self, queue: str, queue_name: str | None = None) -> None:
        """Listen only, without pgmq's trigger.

        The trigger updates one row for each message sent, all versions of which the next one must
        step over: a batch of 500 took three times as long. `send_gathered` notifies instead.
        """
        self.connection._register_notify_queue(queue_name or self._queue_name(queue))  # noqa: SLF001  # kombu's own call, without the trigger before it


class Transport(pgmq.Transport):  # type: ignore[misc]  # kombu carries no types
    """The transport on one connection of ours; `conninfo` is a transport option."""

    Channel = Channel
    _notify_waiter: Any

    @property
    def session(self) -> PgmqSession:
        """The connection every statement of this transport goes through."""
        session: PgmqSession = self._get_pgmq_client().pool
        return session

    def _create_pgmq_client(self) -> PGMQueue:
        options = self.client.transport_options
        return PGMQueue(
            conn_string=options["conninfo"],
            vt=options["visibility_timeout"],
            init_extension=False,
            pool=cast("Any", PgmqSession(options["conninfo"])),  # the part of a pool it uses
        )

    def _get_notify_waiter(self) -> Any:
        if self._notify_waiter is None:
            self._notify_waiter = pgmq._NotifyWaiter(self.client.transport_options["conninfo"])  # noqa: SLF001  # its DSN, built from parts, would lose the options and quoting
        return self._notify_waiter

    def close_connection(self, connection: Any) -> None:
        """Close the session too: kombu leaves a pool it was given alone."""
        session = self._pgmq_client.pool if self._pgmq_client is not None else None
        super().close_connection(connection)
        if session is not None:
            session.close()

"""kombu's pgmq transport, for batches: one transaction per batch, and no message unrouted."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

from kombu.transport import pgmq, virtual
from pgmq import PGMQueue

from shared.messaging.pgmq_session import PgmqSession
from shared.messaging.refusals import Unroutable

BATCH = 500


class Channel(pgmq.Channel):  # type: ignore[misc]  # kombu carries no types
    """A channel that reads as many at once as its prefetch allows."""

    def _put_topic(self, exchange: str, message: Any, routing_key: str, **_: Any) -> None:
        """Send, and notice when nobody is bound: on a virtual transport the message would be gone.

        kombu's own method throws pgmq's count of reached queues away.
        """
        reached = self.pgmq.send_topic(
            self._topic_key(exchange, routing_key), message, **self._pgmq_send_kwargs(message)
        )
        if not reached:
            raise Unroutable(routing_key)

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
        """Listen only: the trigger is made once, with the queue (making it locks the table)."""
        self.connection._register_notify_queue(queue_name or self._queue_name(queue))  # noqa: SLF001  # kombu's own call, without the DDL before it


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

"""Stop when the operator says so, by a signal."""

import queue
import signal
import threading


def stop_on_signals(stop: threading.Event, *numbers: signal.Signals) -> None:
    """Set `stop` when one of the signals comes; call it in the main thread.

    A handler runs between two instructions of the main thread, which may just then hold the event's
    own lock: setting the event there would wait for itself. So the handler only puts a word into a
    SimpleQueue, which is made for that, and a thread of its own sets the event.
    """
    told: queue.SimpleQueue[int] = queue.SimpleQueue()

    def wait_for_word() -> None:
        told.get()
        stop.set()

    threading.Thread(target=wait_for_word, name="signals", daemon=True).start()
    for number in numbers:
        signal.signal(number, lambda caught, _frame: told.put(caught))

"""Signals stop a process also when they come in a swarm, at any moment."""

import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# The process waits in short waits, so that signals come at every point of taking the event's lock.
WAITING = """
import signal, threading
from shared.kernel.stopping import stop_on_signals
stop = threading.Event()
{way}
print("ready", flush=True)
while not stop.wait(0.00001):
    pass
print("stopped", flush=True)
"""
OURS = "stop_on_signals(stop, signal.SIGTERM)"
CONTROL = """
import os
busy = False
def told(number, frame):
    global busy
    if busy:
        return
    busy = True
    if not stop._cond._lock.acquire(timeout=3):
        print("locked out", flush=True)  # Event.set would wait here for itself, for ever
        os._exit(0)
    stop._cond._lock.release()
    busy = False
signal.signal(signal.SIGTERM, told)
"""


def last_word_under_a_swarm(way: str, *, signals: int) -> str:
    process = subprocess.Popen(
        [sys.executable, "-c", WAITING.format(way=way)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "ready\n"
        deadline = time.monotonic() + 30
        for _ in range(signals):
            if process.poll() is not None or time.monotonic() > deadline:
                break
            process.send_signal(signal.SIGTERM)
            time.sleep(0.0005)  # apart, or the kernel makes one of several
        return process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def test_a_swarm_of_signals_stops_a_process() -> None:
    for _ in range(5):
        assert last_word_under_a_swarm(OURS, signals=50) == "stopped"


def test_control_a_handler_that_sets_the_event_itself_meets_its_own_lock() -> None:
    assert last_word_under_a_swarm(CONTROL, signals=20_000) == "locked out"

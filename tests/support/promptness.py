"""Promises of promptness hold for a machine that has time: on a busy one they are stretched."""

import os


def promised(seconds: float) -> float:
    """Return the seconds a promise allows now: more when more wants to run than there are cores.

    So that a test that fails tells of a fault, and not of whatever else the machine was doing.
    """
    waiting_for_each_core = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * max(1.0, waiting_for_each_core)

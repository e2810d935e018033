"""Rooms, seats and machines: who holds what, when."""

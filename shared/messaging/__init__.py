"""Outbox, relay, inbox, consumers: nothing lost, nothing counted twice."""

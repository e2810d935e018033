"""The services that have an interface, in the order in which they are shown."""

SERVICES = ("gateway", "booking", "events", "engagement")

"""Time, identifiers, settings, refusals: the smallest words."""

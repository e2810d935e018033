"""Rows of the events service's own database."""

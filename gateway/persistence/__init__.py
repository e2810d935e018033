"""Rows of the gateway's own database."""

"""The one collection that all of engagement's tables belong to."""

from sqlalchemy import MetaData

METADATA = MetaData()
"""Alembic's and the tests' way to every table."""

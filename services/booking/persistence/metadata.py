"""The one collection that all of booking's tables belong to."""

from sqlalchemy import MetaData

METADATA = MetaData()

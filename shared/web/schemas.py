"""What every schema of ours starts from: what it does not know, it refuses."""

from typing import ClassVar

from marshmallow import RAISE, Schema


class StrictSchema(Schema):
    """Refuses members it does not declare, whoever subclasses it."""

    class Meta:
        """The default of marshmallow, said aloud."""

        unknown: ClassVar[str] = RAISE

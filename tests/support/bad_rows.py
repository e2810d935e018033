"""Rows that cannot be changed any more, as a broken one behaves: the database refuses each try."""

from uuid import UUID

from sqlalchemy import Engine

REFUSE = """
CREATE FUNCTION refuse_this_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'this row is broken'; END $$
"""


def break_row(engine: Engine, table: str, row_id: UUID, *, column: str = "id") -> None:
    """Let every insert or update of a row fail from now on."""
    with engine.begin() as connection:
        connection.exec_driver_sql(REFUSE)
        connection.exec_driver_sql(
            f"CREATE TRIGGER broken BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW"
            f" WHEN (NEW.{column} = '{row_id}') EXECUTE FUNCTION refuse_this_row()"
        )

"""A calendar of terms, refusals as facts, followers of suggestions and answers to them."""

from alembic import op

revision = "engagement_0003"
down_revision = "engagement_0002"

# Two terms of one library never share a day: a day of a figure belongs to one term at most.
TERMS = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE term (
    library_id UUID NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    PRIMARY KEY (library_id, code),
    CHECK (first_day <= last_day),
    CONSTRAINT term_overlap EXCLUDE USING gist
        (library_id WITH =, daterange(first_day, last_day, '[]') WITH &&)
);
"""
REFUSALS = """
CREATE TABLE refusal (
    request_id UUID NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    faculty TEXT,
    level TEXT,
    study_year INTEGER,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    local_day DATE NOT NULL,
    library_id UUID NOT NULL,
    space_id UUID NOT NULL,
    space_type TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    codes TEXT[] NOT NULL,
    message_id UUID NOT NULL,
    PRIMARY KEY (request_id)
);
CREATE INDEX refusal_day ON refusal (local_day);
CREATE INDEX refusal_pseudonym ON refusal (pseudonym);
CREATE INDEX refusal_thread ON refusal (thread);
"""
SUGGESTIONS = """
CREATE TABLE suggestion_follow (
    suggestion_id UUID NOT NULL REFERENCES suggestion (id),
    patron_id UUID NOT NULL,
    followed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (suggestion_id, patron_id)
);
CREATE INDEX suggestion_follow_patron ON suggestion_follow (patron_id, followed_at);
CREATE INDEX suggestion_support_patron ON suggestion_support (patron_id);
CREATE TABLE suggestion_answer (
    id UUID NOT NULL,
    suggestion_id UUID NOT NULL REFERENCES suggestion (id),
    stage TEXT NOT NULL,
    text TEXT NOT NULL,
    answered_by UUID NOT NULL,
    answered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX suggestion_answer_suggestion ON suggestion_answer (suggestion_id, answered_at);
"""


def upgrade() -> None:
    for step in (TERMS, REFUSALS, SUGGESTIONS):
        op.execute(step)

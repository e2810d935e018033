"""Points in double entry, and suggestions."""

from alembic import op

revision = "engagement_0002"
down_revision = "engagement_0001"

POINTS = """
CREATE TABLE points_rule (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    act_type TEXT NOT NULL,
    amount INTEGER NOT NULL,
    cap_per_day INTEGER,
    condition JSONB NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (code, version)
);
CREATE TABLE points_account (
    id UUID NOT NULL,
    pseudonym TEXT,
    opted_out BOOLEAN DEFAULT false NOT NULL,
    opted_in_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    UNIQUE (pseudonym)
);
CREATE TABLE points_transaction (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    rule_code TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    source TEXT NOT NULL,
    message_id UUID NOT NULL,
    voids UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (voids),
    FOREIGN KEY(voids) REFERENCES points_transaction (id)
);
CREATE UNIQUE INDEX points_transaction_once ON points_transaction (source, message_id, rule_code)
    WHERE kind = 'award';
CREATE TABLE points_entry (
    id UUID NOT NULL,
    transaction_id UUID NOT NULL,
    account_id UUID NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(transaction_id) REFERENCES points_transaction (id),
    FOREIGN KEY(account_id) REFERENCES points_account (id)
);
CREATE INDEX points_entry_account ON points_entry (account_id, id);
CREATE INDEX points_entry_transaction ON points_entry (transaction_id);
"""
SUGGESTIONS = """
CREATE TABLE suggestion (
    id UUID NOT NULL,
    library_id UUID NOT NULL,
    space_kind TEXT NOT NULL,
    author_id UUID NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    support_count INTEGER NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX suggestion_newest ON suggestion (submitted_at, id);
CREATE INDEX suggestion_support_count ON suggestion (support_count, id);
CREATE TABLE suggestion_support (
    id UUID NOT NULL,
    suggestion_id UUID NOT NULL,
    patron_id UUID NOT NULL,
    supported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY(suggestion_id) REFERENCES suggestion (id)
);
CREATE UNIQUE INDEX suggestion_support_once ON suggestion_support (suggestion_id, patron_id)
    WHERE withdrawn_at IS NULL;
"""
# Words are found by trigrams of title and body together, in any language.
LOOK_ALIKES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX suggestion_words ON suggestion USING gin ((title || ' ' || body) gin_trgm_ops);
"""
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON points_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON points_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
# Checked when the transaction ends: its two entries are inserted one after the other.
BALANCED = """
CREATE FUNCTION check_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(amount), 0) FROM points_entry
        WHERE transaction_id = NEW.transaction_id) <> 0 THEN
        RAISE EXCEPTION 'points transaction % does not sum to zero', NEW.transaction_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON points_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_balanced();
"""
# The library's counter-account has no pseudonym; the rules a new institution starts with.
DEFAULTS = """
INSERT INTO points_account (id) VALUES ('00000000-0000-7000-8000-000000000001');
INSERT INTO points_rule
    (code, version, valid_from, act_type, amount, cap_per_day, condition, name_zh, name_en)
VALUES
    ('check_in', 1, '2000-01-01', 'checked_in', 2, 4, '{}', '签到', 'Check-in'),
    ('attended', 1, '2000-01-01', 'attended', 5, 10, '{}', '参加活动', 'Activity attended'),
    ('suggestion', 1, '2000-01-01', 'suggestion_submitted', 3, 6, '{}', '提出建议',
        'Suggestion made'),
    ('support', 1, '2000-01-01', 'suggestion_supported', 1, 5, '{}', '支持建议',
        'Suggestion supported');
"""


def upgrade() -> None:
    for step in (POINTS, SUGGESTIONS, LOOK_ALIKES, APPEND_ONLY, BALANCED, DEFAULTS):
        op.execute(step)

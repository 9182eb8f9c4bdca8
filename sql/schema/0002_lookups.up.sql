-- 0002: indexes that serve one question each; see the query that names them.

-- Balance at an instant: the last journal at or before it.
CREATE INDEX journal_time ON journal(recorded_at_ms);
-- Was this purchase refunded or undone? Only reversals have the column, so purchases do not pay for it.
CREATE INDEX journal_reverses ON journal(reverses_id) WHERE reverses_id IS NOT NULL;

-- 0007: erasures, and what the housekeeping has to remember.

-- An erased person's row stays for the books that point to it, but says nothing any more.
ALTER TABLE employee ADD COLUMN erased_at_ms INTEGER;

-- Who asked for it and why; nothing personal in it.
CREATE TABLE erasure (
  employee_id INTEGER PRIMARY KEY REFERENCES employee(id),
  erased_at_ms INTEGER NOT NULL,
  actor_user_id INTEGER REFERENCES user_account(id), -- NULL: the command line, or a restore
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 3 AND 200),
  settle TEXT CHECK (settle = 'payout' OR settle = 'writeoff'), -- how the rest of the money was booked
  journal_id INTEGER REFERENCES journal(id),
  is_repeat INTEGER NOT NULL DEFAULT 0 CHECK (is_repeat IN (0, 1)), -- erased again after a restore
  is_scrubbed INTEGER NOT NULL DEFAULT 0 CHECK (is_scrubbed IN (0, 1)), -- old bytes are out of the file too
  CHECK ((settle IS NULL) = (journal_id IS NULL))
) STRICT;

-- One row. Nothing is purged while the clock is not trusted: see src/domain/privacy/purge.c.
CREATE TABLE housekeeping (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seen_at_ms INTEGER NOT NULL, -- wall clock at the last pass
  distrust_ms INTEGER NOT NULL DEFAULT 0 CHECK (distrust_ms >= 0), -- how long the clock must still run evenly
  purged_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- 0010: approvals, cash drawers, rules at the counter.

-- Above it a second person must agree to money that is booked on a wallet. NULL: never.
ALTER TABLE site ADD COLUMN approval_above_minor INTEGER CHECK (approval_above_minor BETWEEN 0 AND 10000000);

-- Who eats and undoes: from so many undos of a person, or at a kiosk, within so many hours on, the audit says so.
-- NULL: never.
ALTER TABLE site ADD COLUMN undo_alert_count INTEGER CHECK (undo_alert_count BETWEEN 1 AND 1000);
ALTER TABLE site ADD COLUMN undo_alert_kiosk_count INTEGER CHECK (undo_alert_kiosk_count BETWEEN 1 AND 10000);
ALTER TABLE site ADD COLUMN undo_alert_hours INTEGER NOT NULL DEFAULT 24 CHECK (undo_alert_hours BETWEEN 1 AND 720);

-- How long what is of a category can be undone. NULL: as long as the site says.
ALTER TABLE category ADD COLUMN undo_seconds INTEGER CHECK (undo_seconds BETWEEN 0 AND 86400);

-- One row: whether anything is sold, and what all kiosks say.
CREATE TABLE counter (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  stopped_at_ms INTEGER, -- NULL: selling
  stop_message TEXT CHECK (length(stop_message) BETWEEN 1 AND 200),
  notice TEXT CHECK (length(notice) BETWEEN 1 AND 200),
  notice_until_ms INTEGER,
  CHECK (stopped_at_ms IS NOT NULL OR stop_message IS NULL),
  CHECK (notice IS NOT NULL OR notice_until_ms IS NULL)
) STRICT;
INSERT INTO counter (id) VALUES (1);

-- Business dates on which nothing is sold.
CREATE TABLE closed_day (
  business_date TEXT PRIMARY KEY CHECK (length(business_date) = 10),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60)
) STRICT, WITHOUT ROWID;

-- A cash drawer from its opening to its count. All that is booked on its account between
-- after_journal_id and last_journal_id is its own; before and after, the account stands at 0.
CREATE TABLE till_session (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  account_id INTEGER NOT NULL REFERENCES account(id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  float_minor INTEGER NOT NULL CHECK (float_minor BETWEEN 0 AND 10000000),
  opened_by INTEGER REFERENCES user_account(id), -- NULL: the command line
  opened_at_ms INTEGER NOT NULL,
  after_journal_id INTEGER NOT NULL,
  idem_scope INTEGER NOT NULL,
  idem_key TEXT NOT NULL CHECK (length(idem_key) BETWEEN 16 AND 64),
  request_fp BLOB NOT NULL CHECK (length(request_fp) = 16),
  closed_by INTEGER REFERENCES user_account(id),
  closed_at_ms INTEGER,
  last_journal_id INTEGER,
  expected_minor INTEGER,
  counted_minor INTEGER CHECK (counted_minor BETWEEN 0 AND 100000000),
  reason TEXT CHECK (length(reason) BETWEEN 1 AND 200),
  count_scope INTEGER,
  count_key TEXT CHECK (length(count_key) BETWEEN 16 AND 64),
  count_fp BLOB CHECK (length(count_fp) = 16),
  CHECK ((state = 'closed') = (closed_at_ms IS NOT NULL)),
  CHECK ((state = 'closed') = (counted_minor IS NOT NULL)),
  CHECK ((state = 'closed') = (expected_minor IS NOT NULL)),
  CHECK ((state = 'closed') = (count_key IS NOT NULL)),
  CHECK (counted_minor = expected_minor OR reason IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX till_open ON till_session(account_id) WHERE state = 'open';
CREATE UNIQUE INDEX till_key ON till_session(idem_key, idem_scope);

-- A booking that waits for a second person. The key is the asker's, so that a repeated request finds
-- it, and the journal gets the same one: that is why it is booked once.
CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('topup', 'payout', 'adjust', 'writeoff')),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND amount_minor BETWEEN -10000000 AND 10000000),
  source TEXT CHECK (source IN ('cash', 'bank')),
  till_id INTEGER REFERENCES till_session(id), -- which drawer was named; NULL: none
  reason TEXT,
  note TEXT CHECK (length(note) BETWEEN 1 AND 200),
  asked_by INTEGER NOT NULL REFERENCES user_account(id),
  asked_at_ms INTEGER NOT NULL,
  idem_scope INTEGER NOT NULL,
  idem_key TEXT NOT NULL CHECK (length(idem_key) BETWEEN 16 AND 64),
  request_fp BLOB NOT NULL CHECK (length(request_fp) = 16),
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'rejected', 'expired')),
  decided_by INTEGER REFERENCES user_account(id), -- NULL too: the command line
  decided_at_ms INTEGER,
  refusal TEXT CHECK (length(refusal) BETWEEN 1 AND 200),
  journal_id INTEGER UNIQUE REFERENCES journal(id),
  CHECK ((state = 'approved') = (journal_id IS NOT NULL)),
  CHECK ((source IS NULL) = (kind IN ('adjust', 'writeoff'))),
  CHECK (state <> 'pending' OR (decided_by IS NULL AND decided_at_ms IS NULL AND refusal IS NULL))
) STRICT;
CREATE UNIQUE INDEX approval_key ON approval(idem_key, idem_scope);
CREATE INDEX approval_waiting ON approval(asked_at_ms, id) WHERE state = 'pending';
CREATE INDEX approval_employee ON approval(employee_id, id);

-- 0010: approvals, cash drawers, rules at the counter.

-- Above it a second person must agree to money that is booked on a wallet. NULL: never.
ALTER TABLE site ADD COLUMN approval_above_minor INTEGER CHECK (approval_above_minor BETWEEN 0 AND 10000000);

-- A booking that waits for a second person. The key is the asker's, so that a repeated request finds
-- it, and the journal gets the same one: that is why it is booked once.
CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('topup', 'payout', 'adjust', 'writeoff')),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND amount_minor BETWEEN -10000000 AND 10000000),
  source TEXT CHECK (source IN ('cash', 'bank')),
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

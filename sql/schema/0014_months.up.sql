-- 0014: months that are closed, and payroll.

-- The journals of a closed month are those from first to last, without a gap; of one without any, last is first - 1.
ALTER TABLE period ADD COLUMN first_journal_id INTEGER;
ALTER TABLE period ADD COLUMN last_journal_id INTEGER;
ALTER TABLE period ADD COLUMN closed_at_ms INTEGER;

-- What a closed month says of an account of a person's: frozen with it. Debit: what went out; credit: what came in.
CREATE TABLE statement (
  period_id INTEGER NOT NULL REFERENCES period(id),
  account_id INTEGER NOT NULL REFERENCES account(id),
  opening_minor INTEGER NOT NULL,
  debit_minor INTEGER NOT NULL CHECK (debit_minor >= 0),
  credit_minor INTEGER NOT NULL CHECK (credit_minor >= 0),
  closing_minor INTEGER NOT NULL,
  PRIMARY KEY (period_id, account_id),
  CHECK (closing_minor = opening_minor + credit_minor - debit_minor)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_account ON statement(account_id, period_id);

-- Which account of the site's bookkeeping stands for which of ours: a code, or a kind with all its accounts ("wallet:*").
CREATE TABLE account_map (
  code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 60),
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 20),
  name TEXT NOT NULL CHECK (length(name) <= 100)
) STRICT, WITHOUT ROWID;

-- How a payroll office wants its file: see src/domain/payroll/layout.c.
CREATE TABLE payroll_profile (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  name_fold TEXT NOT NULL UNIQUE,
  layout TEXT NOT NULL CHECK (length(layout) BETWEEN 1 AND 4000),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What payroll is asked to deduct for a closed month, and its file as it was made: file_head and the lines of its items.
CREATE TABLE payroll_batch (
  id INTEGER PRIMARY KEY,
  period_id INTEGER NOT NULL REFERENCES period(id),
  profile_name TEXT NOT NULL,
  layout TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'exported' OR state = 'confirmed'),
  cap_minor INTEGER CHECK (cap_minor > 0),
  minimum_minor INTEGER NOT NULL CHECK (minimum_minor > 0),
  file_head BLOB NOT NULL,
  file_hash BLOB NOT NULL CHECK (length(file_hash) = 32),
  created_at_ms INTEGER NOT NULL,
  exported_at_ms INTEGER,
  confirmed_at_ms INTEGER,
  confirm_journal_id INTEGER REFERENCES journal(id),
  CHECK ((state = 'confirmed') = (confirmed_at_ms IS NOT NULL))
) STRICT;
CREATE INDEX payroll_batch_period ON payroll_batch(period_id, id);

CREATE TABLE payroll_item (
  batch_id INTEGER NOT NULL REFERENCES payroll_batch(id),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  journal_id INTEGER NOT NULL UNIQUE REFERENCES journal(id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  line BLOB, -- of the file; gone with the person
  rejected_journal_id INTEGER UNIQUE REFERENCES journal(id),
  rejected_reason TEXT CHECK (length(rejected_reason) BETWEEN 1 AND 100),
  PRIMARY KEY (batch_id, employee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payroll_item_employee ON payroll_item(employee_id, batch_id);

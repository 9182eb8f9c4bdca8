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

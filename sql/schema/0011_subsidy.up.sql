-- 0011: the employer's money.

-- The pockets that pieces given back go to; the wallet gets the rest of gross_minor.
ALTER TABLE refund_line ADD COLUMN subsidy_minor INTEGER NOT NULL DEFAULT 0 CHECK (subsidy_minor >= 0);
ALTER TABLE refund_line ADD COLUMN allowance_minor INTEGER NOT NULL DEFAULT 0
  CHECK (allowance_minor >= 0 AND subsidy_minor + allowance_minor <= gross_minor);

-- What never touched the wallet is not among its entries: a person's list finds it here.
CREATE INDEX purchase_unpaid ON purchase(employee_id, journal_id) WHERE wallet_minor = 0;

-- What the employer books on: the account of one is "subsidy:<code>", so the code stays.
CREATE TABLE cost_centre (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 20),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  name_fold TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO cost_centre (id, code, name, name_fold) VALUES (1, 'main', 'Main', 'main');

-- NULL: the first one.
ALTER TABLE department ADD COLUMN cost_centre_id INTEGER REFERENCES cost_centre(id);

CREATE TABLE subsidy_rule (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  name_fold TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('fixed', 'percent')),
  value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 10000000), -- minor units, or parts per million
  cap_minor INTEGER CHECK (cap_minor BETWEEN 1 AND 10000000),
  group_id INTEGER REFERENCES customer_group(id),      -- NULL: everybody
  category_id INTEGER REFERENCES category(id),         -- NULL: everything
  weekdays INTEGER NOT NULL DEFAULT 127 CHECK (weekdays BETWEEN 1 AND 127), -- 1: Monday ... 64: Sunday
  from_minute INTEGER NOT NULL DEFAULT 0 CHECK (from_minute BETWEEN 0 AND 1439),
  to_minute INTEGER NOT NULL DEFAULT 1440 CHECK (to_minute BETWEEN 1 AND 1440 AND to_minute <> from_minute),
  valid_from TEXT NOT NULL DEFAULT '0001-01-01',
  valid_to TEXT NOT NULL DEFAULT '9999-12-31' CHECK (valid_to >= valid_from), -- its last day
  cost_centre_id INTEGER REFERENCES cost_centre(id),   -- NULL: the department's
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (kind = 'fixed' OR value <= 1000000)
) STRICT;
CREATE INDEX subsidy_rule_active ON subsidy_rule(id) WHERE is_active = 1;

-- A purchase that a rule paid a part of. A void frees it, so that the next one may be paid.
CREATE TABLE subsidy_grant (
  journal_id INTEGER PRIMARY KEY REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED,
  rule_id INTEGER NOT NULL REFERENCES subsidy_rule(id),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  business_date TEXT NOT NULL,
  slot INTEGER NOT NULL,                               -- the minute the rule's slot begins at
  cost_centre_id INTEGER NOT NULL REFERENCES cost_centre(id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  freed_by INTEGER REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX subsidy_grant_live ON subsidy_grant(employee_id, business_date, rule_id, slot)
 WHERE freed_by IS NULL;

-- One order to give an allowance, to one person or to many.
CREATE TABLE allowance_run (
  id INTEGER PRIMARY KEY,
  idem_scope INTEGER NOT NULL,
  idem_key TEXT NOT NULL,
  request_fp BLOB NOT NULL CHECK (length(request_fp) = 16),
  amount_minor INTEGER NOT NULL CHECK (amount_minor BETWEEN 1 AND 10000000),
  expires_on TEXT NOT NULL,
  people INTEGER NOT NULL CHECK (people > 0),
  given_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX allowance_run_idem ON allowance_run(idem_key, idem_scope);

-- What one person got, and what is left of it: amount_minor less its uses.
CREATE TABLE allowance_grant (
  journal_id INTEGER PRIMARY KEY REFERENCES journal(id),
  run_id INTEGER NOT NULL REFERENCES allowance_run(id),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  cost_centre_id INTEGER NOT NULL REFERENCES cost_centre(id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  expires_on TEXT NOT NULL, -- the last day it can be spent on
  left_minor INTEGER NOT NULL CHECK (left_minor BETWEEN 0 AND amount_minor)
) STRICT;
CREATE INDEX allowance_grant_live ON allowance_grant(employee_id, expires_on, journal_id) WHERE left_minor > 0;
CREATE INDEX allowance_grant_due ON allowance_grant(expires_on, employee_id) WHERE left_minor > 0;
CREATE INDEX allowance_grant_person ON allowance_grant(employee_id, journal_id);
CREATE INDEX allowance_grant_run ON allowance_grant(run_id);

-- What a journal took from a grant; below 0: what it gave back.
CREATE TABLE allowance_use (
  journal_id INTEGER NOT NULL REFERENCES journal(id),
  grant_id INTEGER NOT NULL REFERENCES allowance_grant(journal_id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (journal_id, grant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX allowance_use_grant ON allowance_use(grant_id, amount_minor);

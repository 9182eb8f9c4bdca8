-- 0001: people, catalogue, users and devices, and the ledger they all stand on.
-- INTEGER is 64 bit, money is minor units, instants are UTC milliseconds, business dates ISO text.
-- The guards that need triggers are in 0001_lunch.trigger.sql.

-- One row: what `init` fixed and what an admin may change.
CREATE TABLE site (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  decimals INTEGER NOT NULL CHECK (decimals IN (0, 2, 3)),
  locale TEXT NOT NULL CHECK (locale IN ('en', 'hu', 'de')),
  time_zone TEXT NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 63),
  day_start_min INTEGER NOT NULL DEFAULT 0 CHECK (day_start_min BETWEEN 0 AND 720),
  identify_badge INTEGER NOT NULL DEFAULT 1 CHECK (identify_badge IN (0, 1)),
  identify_number INTEGER NOT NULL DEFAULT 1 CHECK (identify_number IN (0, 1)),
  identify_name INTEGER NOT NULL DEFAULT 0 CHECK (identify_name IN (0, 1)),
  idle_seconds INTEGER NOT NULL DEFAULT 60 CHECK (idle_seconds BETWEEN 15 AND 600),
  undo_seconds INTEGER NOT NULL DEFAULT 300 CHECK (undo_seconds BETWEEN 0 AND 86400)
) STRICT;

CREATE TABLE department (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  name_fold TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE employee (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 20),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  name_fold TEXT NOT NULL,
  email TEXT CHECK (length(email) BETWEEN 3 AND 254),
  department_id INTEGER REFERENCES department(id),
  monthly_limit_minor INTEGER CHECK (monthly_limit_minor BETWEEN 0 AND 100000000),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  pin_hash TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX employee_email ON employee(email) WHERE email IS NOT NULL;
CREATE INDEX employee_department ON employee(department_id, id);
CREATE INDEX employee_name ON employee(name_fold, id);

-- A badge is known only by its keyed hash; the key lives outside the database.
CREATE TABLE badge (
  badge_hash BLOB PRIMARY KEY CHECK (length(badge_hash) = 32),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX badge_employee ON badge(employee_id);

CREATE TABLE category (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  name_fold TEXT NOT NULL UNIQUE,
  emoji TEXT CHECK (length(emoji) <= 8),
  glaze TEXT NOT NULL DEFAULT 'meal' CHECK (glaze IN ('coffee', 'meal', 'green', 'bake', 'drink', 'sweet')),
  sort INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO category (id, name, name_fold, emoji, glaze, sort) VALUES
  (1, 'food', 'food', '🍲', 'meal', 10),
  (2, 'beverage', 'beverage', '🥤', 'drink', 20),
  (3, 'snack', 'snack', '🥐', 'bake', 30);

CREATE TABLE product (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 100),
  name_fold TEXT NOT NULL,
  price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 1 AND 1000000),
  category_id INTEGER NOT NULL REFERENCES category(id),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 500),
  is_available INTEGER NOT NULL DEFAULT 1 CHECK (is_available IN (0, 1)),
  is_archived INTEGER NOT NULL DEFAULT 0 CHECK (is_archived IN (0, 1)),
  emoji TEXT CHECK (length(emoji) <= 8),
  glaze TEXT CHECK (glaze IN ('coffee', 'meal', 'green', 'bake', 'drink', 'sweet')),
  sort INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX product_name_living ON product(name) WHERE is_archived = 0;
CREATE INDEX product_list ON product(is_archived, sort, name_fold, id);
CREATE INDEX product_category ON product(category_id);

-- Accounts for signing in. A badge holder needs none.
CREATE TABLE user_account (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  role TEXT NOT NULL CHECK (role IN ('employee', 'manager', 'admin')),
  password_hash TEXT NOT NULL,
  employee_id INTEGER UNIQUE REFERENCES employee(id),
  department_id INTEGER REFERENCES department(id),
  is_site_wide INTEGER NOT NULL DEFAULT 0 CHECK (is_site_wide IN (0, 1)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  token_version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  last_login_at_ms INTEGER
) STRICT;

-- One signed-in device of a user. Only the hash of the refresh token's id is kept; each refresh replaces it.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user_account(id),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  is_revoked INTEGER NOT NULL DEFAULT 0 CHECK (is_revoked IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX session_user ON session(user_id);

-- A kiosk. It is paired by a code that is shown once and kept as a hash.
CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  pair_hash BLOB CHECK (length(pair_hash) = 32),
  pair_expires_at_ms INTEGER,
  pair_uses_left INTEGER NOT NULL DEFAULT 0 CHECK (pair_uses_left >= 0),
  created_at_ms INTEGER NOT NULL,
  last_seen_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX device_pair ON device(pair_hash) WHERE pair_hash IS NOT NULL;
CREATE TABLE device_token (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  device_id INTEGER NOT NULL REFERENCES device(id),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_token_device ON device_token(device_id);

-- ---- the ledger: see ledger.md; every secondary index with scattered keys is another page in the WAL ----
CREATE TABLE period (
  id INTEGER PRIMARY KEY,
  starts_on TEXT NOT NULL UNIQUE,
  ends_on TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  closed_journal_id INTEGER,
  closed_hash BLOB
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('wallet', 'allowance', 'revenue', 'vat', 'cash', 'bank', 'clearing', 'payroll', 'subsidy', 'adjust', 'opening')),
  employee_id INTEGER REFERENCES employee(id),
  CHECK ((kind IN ('wallet', 'allowance')) = (employee_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX account_employee ON account(employee_id, kind) WHERE employee_id IS NOT NULL;

CREATE TABLE wallet (
  account_id INTEGER PRIMARY KEY REFERENCES account(id),
  floor_minor INTEGER NOT NULL CHECK (floor_minor BETWEEN -100000000 AND 0),
  balance_minor INTEGER NOT NULL CHECK (balance_minor BETWEEN -100000000 AND 100000000),
  last_journal_id INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  day TEXT NOT NULL DEFAULT '',
  day_spent_minor INTEGER NOT NULL DEFAULT 0,
  month TEXT NOT NULL DEFAULT '',
  month_spent_minor INTEGER NOT NULL DEFAULT 0
) STRICT;

-- id = (site - 1) * 2^40 + n, n gapless, given by the writer. The row goes in LAST: entries without it cannot commit.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  -- Not IN: for more than two values the engine builds a temporary table at every insert (a quarter of a purchase).
  kind TEXT NOT NULL CHECK (kind = 'purchase' OR kind = 'void' OR kind = 'refund' OR kind = 'topup' OR kind = 'payout' OR kind = 'transfer'
                            OR kind = 'payroll' OR kind = 'allowance' OR kind = 'adjust' OR kind = 'opening' OR kind = 'writeoff'),
  recorded_at_ms INTEGER NOT NULL,
  occurred_at_ms INTEGER NOT NULL,
  business_date TEXT NOT NULL,
  period_id INTEGER NOT NULL REFERENCES period(id),
  actor_user_id INTEGER,
  device_id INTEGER REFERENCES device(id),
  idem_scope INTEGER NOT NULL,
  idem_key TEXT NOT NULL CHECK (length(idem_key) BETWEEN 16 AND 64),
  request_fp BLOB NOT NULL CHECK (length(request_fp) = 16),
  reverses_id INTEGER REFERENCES journal(id),
  reason_code TEXT,
  enforce_floor INTEGER NOT NULL DEFAULT 1 CHECK (enforce_floor IN (0, 1)),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK (kind <> 'void' OR reverses_id IS NOT NULL),
  CHECK (enforce_floor = 1 OR reason_code IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX journal_idem ON journal(idem_key, idem_scope);
CREATE UNIQUE INDEX journal_void_once ON journal(reverses_id) WHERE kind = 'void';

CREATE TABLE entry (
  journal_id INTEGER NOT NULL REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED,
  account_id INTEGER NOT NULL REFERENCES account(id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND amount_minor BETWEEN -100000000000 AND 100000000000),
  balance_after INTEGER, -- wallets only
  PRIMARY KEY (journal_id, account_id)
) STRICT, WITHOUT ROWID;
-- Statement, own purchases, balance at an instant.
CREATE INDEX entry_wallet ON entry(account_id, journal_id, balance_after) WHERE balance_after IS NOT NULL;

CREATE TABLE purchase (
  journal_id INTEGER PRIMARY KEY REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED,
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  gross_minor INTEGER NOT NULL,
  wallet_minor INTEGER NOT NULL,
  allowance_minor INTEGER NOT NULL,
  subsidy_minor INTEGER NOT NULL,
  CHECK (gross_minor = wallet_minor + allowance_minor + subsidy_minor)
) STRICT;

CREATE TABLE purchase_line (
  journal_id INTEGER NOT NULL REFERENCES purchase(journal_id),
  line_no INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  name_snapshot TEXT NOT NULL,
  qty INTEGER NOT NULL CHECK (qty > 0),
  unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
  gross_minor INTEGER NOT NULL,
  tax_rate_ppm INTEGER NOT NULL CHECK (tax_rate_ppm BETWEEN 0 AND 1000000),
  tax_minor INTEGER NOT NULL,
  subsidy_minor INTEGER NOT NULL CHECK (subsidy_minor >= 0),
  allowance_minor INTEGER NOT NULL CHECK (allowance_minor >= 0),
  wallet_minor INTEGER NOT NULL CHECK (wallet_minor >= 0),
  PRIMARY KEY (journal_id, line_no),
  CHECK (gross_minor = qty * unit_price_minor),
  CHECK (gross_minor = subsidy_minor + allowance_minor + wallet_minor),
  CHECK (tax_minor BETWEEN 0 AND gross_minor)
) STRICT, WITHOUT ROWID;

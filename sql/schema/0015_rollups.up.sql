-- 0015: sums of what is in the books already, so that a report over years reads few rows. They hold
-- every journal up to rollup_state.journal_id, and none after it; a late one for an early day is
-- simply added to that day. `verify` proves them, and they can be made anew from the books alone.

-- The department of the buyer when it was bought: reports do not change when a person moves.
ALTER TABLE purchase ADD COLUMN department_id INTEGER;

CREATE TABLE rollup_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  journal_id INTEGER NOT NULL CHECK (journal_id >= 0),
  purchases INTEGER NOT NULL DEFAULT 0 CHECK (purchases >= 0) -- among them
) STRICT;
INSERT INTO rollup_state (id, journal_id) VALUES (1, 0);

-- Shared accounts only: a wallet carries its balance in every entry.
CREATE TABLE account_day (
  business_date TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account(id),
  sum_minor INTEGER NOT NULL,
  entries INTEGER NOT NULL CHECK (entries > 0),
  PRIMARY KEY (business_date, account_id)
) STRICT, WITHOUT ROWID;

-- Lines that were sold, less what came back, by its own day. department_id 0: none; -1: the sum of
-- all, so that who sees everything reads one row where there are as many as departments.
CREATE TABLE sales_product (
  business_date TEXT NOT NULL,
  department_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  tax_rate_ppm INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  PRIMARY KEY (business_date, department_id, product_id, tax_rate_ppm)
) STRICT, WITHOUT ROWID;

-- quarter: of an hour, since 1970; the hours of every time zone are made of whole ones.
CREATE TABLE sales_quarter (
  business_date TEXT NOT NULL,
  department_id INTEGER NOT NULL,
  quarter INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  PRIMARY KEY (business_date, department_id, quarter)
) STRICT, WITHOUT ROWID;

-- device_id 0: none. Few rows a day: no sums of all.
CREATE TABLE sales_kiosk (
  business_date TEXT NOT NULL,
  department_id INTEGER NOT NULL,
  device_id INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  PRIMARY KEY (business_date, department_id, device_id)
) STRICT, WITHOUT ROWID;

-- What a person paid for purchases of a month, less what came back of them, whenever it came.
CREATE TABLE spend_counter (
  month TEXT NOT NULL CHECK (length(month) = 7),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  spent_minor INTEGER NOT NULL,
  purchases INTEGER NOT NULL CHECK (purchases >= 0),
  undone INTEGER NOT NULL CHECK (undone >= 0),
  refunds INTEGER NOT NULL CHECK (refunds >= 0),
  PRIMARY KEY (month, employee_id)
) STRICT, WITHOUT ROWID;

-- 0009: what people may spend, and in which group they are.
-- A limit is the person's own, else the group's, else the site's; NULL: not said here.

-- A group of customers: permanent staff, trainees, guests.
CREATE TABLE customer_group (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  name_fold TEXT NOT NULL UNIQUE,
  overdraft_minor INTEGER CHECK (overdraft_minor BETWEEN 0 AND 100000000),
  purchase_limit_minor INTEGER CHECK (purchase_limit_minor BETWEEN 0 AND 100000000),
  daily_limit_minor INTEGER CHECK (daily_limit_minor BETWEEN 0 AND 100000000),
  monthly_limit_minor INTEGER CHECK (monthly_limit_minor BETWEEN 0 AND 100000000),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

ALTER TABLE employee ADD COLUMN group_id INTEGER REFERENCES customer_group(id);
CREATE INDEX employee_group ON employee(group_id, id) WHERE group_id IS NOT NULL;
ALTER TABLE employee ADD COLUMN overdraft_minor INTEGER CHECK (overdraft_minor BETWEEN 0 AND 100000000);
ALTER TABLE employee ADD COLUMN purchase_limit_minor INTEGER CHECK (purchase_limit_minor BETWEEN 0 AND 100000000);
ALTER TABLE employee ADD COLUMN daily_limit_minor INTEGER CHECK (daily_limit_minor BETWEEN 0 AND 100000000);

ALTER TABLE site ADD COLUMN overdraft_minor INTEGER NOT NULL DEFAULT 0 CHECK (overdraft_minor BETWEEN 0 AND 100000000);
ALTER TABLE site ADD COLUMN wallet_max_minor INTEGER NOT NULL DEFAULT 100000000 CHECK (wallet_max_minor BETWEEN 1 AND 100000000);
ALTER TABLE site ADD COLUMN purchase_limit_minor INTEGER CHECK (purchase_limit_minor BETWEEN 0 AND 100000000);
ALTER TABLE site ADD COLUMN daily_limit_minor INTEGER CHECK (daily_limit_minor BETWEEN 0 AND 100000000);
ALTER TABLE site ADD COLUMN monthly_limit_minor INTEGER CHECK (monthly_limit_minor BETWEEN 0 AND 100000000);

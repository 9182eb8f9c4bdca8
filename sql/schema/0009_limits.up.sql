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

-- A blocked person keeps everything but cannot buy.
ALTER TABLE employee ADD COLUMN blocked_at_ms INTEGER;
ALTER TABLE employee ADD COLUMN blocked_reason TEXT CHECK (length(blocked_reason) BETWEEN 3 AND 200);

-- The lower limits that a person set for themselves. What is raised waits: until the business date `since` the values
-- of before hold. NULL: none.
CREATE TABLE own_limit (
  employee_id INTEGER PRIMARY KEY REFERENCES employee(id),
  daily_minor INTEGER CHECK (daily_minor BETWEEN 0 AND 100000000),
  monthly_minor INTEGER CHECK (monthly_minor BETWEEN 0 AND 100000000),
  daily_before_minor INTEGER CHECK (daily_before_minor BETWEEN 0 AND 100000000),
  monthly_before_minor INTEGER CHECK (monthly_before_minor BETWEEN 0 AND 100000000),
  since TEXT NOT NULL CHECK (length(since) = 10)
) STRICT;

-- What a person may not buy: a product, or all of a category.
CREATE TABLE product_ban (
  id INTEGER PRIMARY KEY,
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  product_id INTEGER REFERENCES product(id),
  category_id INTEGER REFERENCES category(id) ON DELETE CASCADE,
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 3 AND 200),
  created_at_ms INTEGER NOT NULL,
  CHECK ((product_id IS NULL) <> (category_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX product_ban_product ON product_ban(employee_id, product_id) WHERE product_id IS NOT NULL;
CREATE UNIQUE INDEX product_ban_category ON product_ban(employee_id, category_id) WHERE category_id IS NOT NULL;
CREATE INDEX product_ban_employee ON product_ban(employee_id, id);

-- How many pieces one person may have. Beside the product: a menu that is read all day does not change with it.
CREATE TABLE product_cap (
  product_id INTEGER PRIMARY KEY REFERENCES product(id),
  max_per_purchase INTEGER CHECK (max_per_purchase BETWEEN 1 AND 99),
  max_per_day INTEGER CHECK (max_per_day BETWEEN 1 AND 99),
  CHECK (max_per_purchase IS NOT NULL OR max_per_day IS NOT NULL)
) STRICT;

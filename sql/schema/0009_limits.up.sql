-- 0009: what people may spend, and in which group they are.

-- A group of customers: permanent staff, trainees, guests. What is NULL is as the site says.
CREATE TABLE customer_group (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  name_fold TEXT NOT NULL UNIQUE,
  overdraft_minor INTEGER CHECK (overdraft_minor BETWEEN 0 AND 100000000),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

ALTER TABLE employee ADD COLUMN group_id INTEGER REFERENCES customer_group(id);
CREATE INDEX employee_group ON employee(group_id, id) WHERE group_id IS NOT NULL;

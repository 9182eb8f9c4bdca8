-- Takes 0009 back. Nobody may owe more than before there were overdrafts; what is owed stays.
UPDATE wallet SET floor_minor = 0 WHERE floor_minor < 0;
DROP TABLE product_cap;
DROP TABLE product_ban;
DROP TABLE own_limit;
ALTER TABLE employee DROP COLUMN blocked_reason;
ALTER TABLE employee DROP COLUMN blocked_at_ms;
ALTER TABLE site DROP COLUMN monthly_limit_minor;
ALTER TABLE site DROP COLUMN daily_limit_minor;
ALTER TABLE site DROP COLUMN purchase_limit_minor;
ALTER TABLE site DROP COLUMN wallet_max_minor;
ALTER TABLE site DROP COLUMN overdraft_minor;
ALTER TABLE employee DROP COLUMN daily_limit_minor;
ALTER TABLE employee DROP COLUMN purchase_limit_minor;
ALTER TABLE employee DROP COLUMN overdraft_minor;
DROP INDEX employee_group;
ALTER TABLE employee DROP COLUMN group_id;
DROP TABLE customer_group;

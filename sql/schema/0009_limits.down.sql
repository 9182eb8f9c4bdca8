-- Takes 0009 back. Nobody may owe more than before there were overdrafts; what is owed stays.
UPDATE wallet SET floor_minor = 0 WHERE floor_minor < 0;
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

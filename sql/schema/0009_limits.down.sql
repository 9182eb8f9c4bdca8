-- Takes 0009 back.
DROP INDEX employee_group;
ALTER TABLE employee DROP COLUMN group_id;
DROP TABLE customer_group;

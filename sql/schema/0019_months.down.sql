-- Takes the sums of months back: what they were made of is there.
ALTER TABLE rollup_state DROP COLUMN department_id;
ALTER TABLE rollup_state DROP COLUMN month;
DROP TABLE purchase_day;
DROP TABLE sales_month;

-- Takes 0011 back. What was shared stays booked; only what the lines say of it is lost.
DROP TABLE allowance_use;
DROP TABLE allowance_grant;
DROP TABLE allowance_run;
DROP TABLE subsidy_grant;
DROP TABLE subsidy_rule;
ALTER TABLE department DROP COLUMN cost_centre_id;
DROP TABLE cost_centre;
DROP TRIGGER refund_pockets;
DROP INDEX purchase_unpaid;
ALTER TABLE refund_line DROP COLUMN allowance_minor;
ALTER TABLE refund_line DROP COLUMN subsidy_minor;

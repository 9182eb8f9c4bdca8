-- Takes 0011 back. What was shared stays booked; only what the lines say of it is lost.
DROP TRIGGER refund_pockets;
DROP INDEX purchase_unpaid;
ALTER TABLE refund_line DROP COLUMN allowance_minor;
ALTER TABLE refund_line DROP COLUMN subsidy_minor;

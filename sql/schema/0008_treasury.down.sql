-- Takes 0008 back. What was refunded stays booked; only its lines are lost.
DROP TABLE refund_line;
ALTER TABLE product DROP COLUMN tax_rate_ppm;

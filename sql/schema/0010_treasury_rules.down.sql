-- Takes 0010 back. What was booked stays; who agreed to it is lost.
DROP TABLE approval;
DROP TABLE till_session;
ALTER TABLE site DROP COLUMN approval_above_minor;

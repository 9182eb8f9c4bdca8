-- Takes 0010 back. What was booked stays; who agreed to it is lost.
DROP TABLE approval;
DROP TABLE till_session;
DROP TABLE closed_day;
DROP TABLE counter;
ALTER TABLE category DROP COLUMN undo_seconds;
ALTER TABLE site DROP COLUMN undo_alert_hours;
ALTER TABLE site DROP COLUMN undo_alert_kiosk_count;
ALTER TABLE site DROP COLUMN undo_alert_count;
ALTER TABLE site DROP COLUMN approval_above_minor;

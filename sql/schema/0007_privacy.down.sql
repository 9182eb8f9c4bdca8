-- Takes 0007 back.
DROP TRIGGER employee_erased;
DROP TRIGGER badge_erased;
DROP TRIGGER badge_lent_erased;
DROP TABLE housekeeping;
DROP TABLE erasure;
ALTER TABLE employee DROP COLUMN erased_at_ms;

-- Takes 0014 back: closed months are open again, and what was frozen with them is lost.
DROP TRIGGER period_no_reopen;
DROP TRIGGER period_no_delete;
DROP TRIGGER period_close;
DROP TABLE payroll_item;
DROP TABLE payroll_batch;
DROP TABLE payroll_profile;
DROP TABLE account_map;
DROP TABLE statement;
UPDATE period SET state = 'open', closed_journal_id = NULL, closed_hash = NULL WHERE state = 'closed';
ALTER TABLE period DROP COLUMN closed_at_ms;
ALTER TABLE period DROP COLUMN last_journal_id;
ALTER TABLE period DROP COLUMN first_journal_id;

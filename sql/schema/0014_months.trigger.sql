-- A closed month is closed for ever, with the head it was closed at; its statements never change.
CREATE TRIGGER period_no_reopen BEFORE UPDATE ON period WHEN OLD.state = 'closed'
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER period_no_delete BEFORE DELETE ON period WHEN OLD.state = 'closed'
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER period_close BEFORE UPDATE OF state ON period
 WHEN NEW.state = 'closed'
  AND (NEW.closed_hash IS NOT (SELECT hash FROM journal WHERE id = NEW.closed_journal_id)
       OR NEW.closed_hash IS NULL OR NEW.closed_at_ms IS NULL
       OR NEW.first_journal_id IS NULL OR NEW.last_journal_id IS NULL)
 BEGIN SELECT RAISE(ABORT, 'period_refused'); END;
CREATE TRIGGER statement_frozen BEFORE INSERT ON statement
 WHEN (SELECT state FROM period WHERE id = NEW.period_id) <> 'open'
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER statement_no_delete BEFORE DELETE ON statement BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What was handed to payroll stays as it was, but for the name of a person who is erased; a line is rejected once.
CREATE TRIGGER payroll_batch_facts BEFORE UPDATE OF period_id, layout, cap_minor, minimum_minor, file_head, file_hash, created_at_ms
 ON payroll_batch BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER payroll_batch_done BEFORE UPDATE ON payroll_batch WHEN OLD.state = 'confirmed'
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER payroll_batch_no_delete BEFORE DELETE ON payroll_batch BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER payroll_item_facts BEFORE UPDATE OF batch_id, employee_id, journal_id, amount_minor
 ON payroll_item BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER payroll_item_once BEFORE UPDATE OF rejected_journal_id ON payroll_item
 WHEN OLD.rejected_journal_id IS NOT NULL OR (SELECT state FROM payroll_batch WHERE id = OLD.batch_id) = 'confirmed'
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER payroll_item_no_delete BEFORE DELETE ON payroll_item BEGIN SELECT RAISE(ABORT, 'append_only'); END;

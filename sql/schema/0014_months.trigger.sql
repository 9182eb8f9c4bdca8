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

-- Takes 0017 back: the guards as 0001 has them.
DROP INDEX subsidy_grant_freed;
DROP TRIGGER entry_check;
DROP TRIGGER wallet_moves_by_entry;
DROP TRIGGER journal_seal;
CREATE TRIGGER entry_check BEFORE INSERT ON entry
 WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id)
   OR (NEW.balance_after IS NULL) = EXISTS (SELECT 1 FROM wallet WHERE account_id = NEW.account_id)
   OR EXISTS (SELECT 1 FROM wallet WHERE account_id = NEW.account_id AND state = 'closed')
 BEGIN SELECT RAISE(ABORT, 'entry_refused'); END;
CREATE TRIGGER entry_moves_wallet AFTER INSERT ON entry WHEN NEW.balance_after IS NOT NULL
 BEGIN
  UPDATE wallet SET balance_minor = balance_minor + NEW.amount_minor, last_journal_id = NEW.journal_id
   WHERE account_id = NEW.account_id;
 END;
CREATE TRIGGER wallet_moves_by_entry BEFORE UPDATE OF balance_minor ON wallet
 WHEN NOT EXISTS (SELECT 1 FROM entry WHERE journal_id = NEW.last_journal_id AND account_id = NEW.account_id
                  AND balance_after = NEW.balance_minor AND NEW.last_journal_id > OLD.last_journal_id)
 BEGIN SELECT RAISE(ABORT, 'wallet_without_entry'); END;
CREATE TRIGGER journal_seal BEFORE INSERT ON journal
 WHEN NEW.prev_hash IS NOT COALESCE((SELECT hash FROM journal WHERE id = NEW.id - 1), zeroblob(32))
   OR (NEW.id <> 1 AND NOT EXISTS (SELECT 1 FROM journal WHERE id = NEW.id - 1))
   OR NEW.recorded_at_ms < (SELECT recorded_at_ms FROM journal WHERE id = NEW.id - 1)
   OR (SELECT COUNT(*) < 2 OR SUM(amount_minor) <> 0 FROM entry WHERE journal_id = NEW.id)
   OR NOT EXISTS (SELECT 1 FROM period WHERE id = NEW.period_id AND state = 'open'
                  AND NEW.business_date BETWEEN starts_on AND ends_on)
 BEGIN SELECT RAISE(ABORT, 'journal_refused'); END;
CREATE TRIGGER journal_floor BEFORE INSERT ON journal WHEN NEW.enforce_floor = 1
   AND EXISTS (SELECT 1 FROM entry e JOIN wallet w ON w.account_id = e.account_id
               WHERE e.journal_id = NEW.id AND e.amount_minor < 0 AND e.balance_after < w.floor_minor)
 BEGIN SELECT RAISE(ABORT, 'insufficient_funds'); END;

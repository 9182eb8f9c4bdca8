-- Takes 0018 back: the guards as 0017 has them.
DROP TRIGGER entry_check;
DROP TRIGGER wallet_moves_by_entry;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, 'account_id INTEGER NOT NULL REFERENCES account(id) DEFERRABLE INITIALLY DEFERRED,',
                          'account_id INTEGER NOT NULL REFERENCES account(id),')
 WHERE type = 'table' AND name = 'entry';
UPDATE sqlite_schema
   SET sql = replace(sql, 'REFERENCES journal(id)', 'REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED')
 WHERE type = 'table' AND name = 'subsidy_grant';
PRAGMA writable_schema = RESET;
CREATE INDEX subsidy_grant_freed ON subsidy_grant(freed_by) WHERE freed_by IS NOT NULL;
CREATE TRIGGER entry_check BEFORE INSERT ON entry
 WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id)
 BEGIN SELECT RAISE(ABORT, 'entry_refused'); END;
CREATE TRIGGER wallet_moves_by_entry BEFORE UPDATE OF balance_minor, last_journal_id ON wallet
 WHEN OLD.state = 'closed' OR NEW.last_journal_id <= OLD.last_journal_id
   OR NOT EXISTS (SELECT 1 FROM entry WHERE journal_id = NEW.last_journal_id AND account_id = NEW.account_id
                  AND balance_after = NEW.balance_minor AND amount_minor = NEW.balance_minor - OLD.balance_minor)
 BEGIN SELECT RAISE(ABORT, 'wallet_without_entry'); END;

-- The engine copies every page that a statement with a guard changes, lest it fails half way and must be undone alone.
-- Nobody needs that here: a booking that fails is undone as a whole. So these guards FAIL where they did ABORT, their
-- statements say the same (`-- fail:` in query/ledger.sql), and an entry's account is looked for at COMMIT if it is not
-- there, as its journal is. That is a word in the text of the table; its rows stay as they are.
DROP TRIGGER entry_check;
DROP TRIGGER wallet_moves_by_entry;

PRAGMA writable_schema = ON;
UPDATE sqlite_schema
   SET sql = replace(sql, 'account_id INTEGER NOT NULL REFERENCES account(id),',
                          'account_id INTEGER NOT NULL REFERENCES account(id) DEFERRABLE INITIALLY DEFERRED,')
 WHERE type = 'table' AND name = 'entry';
-- And a grant, which is written after its journal, need not wait for it: each new journal looked for those that do.
UPDATE sqlite_schema
   SET sql = replace(sql, 'REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED', 'REFERENCES journal(id)')
 WHERE type = 'table' AND name = 'subsidy_grant';
PRAGMA writable_schema = RESET;

-- No entry for a sealed journal. The rest is asked of all entries at once, when the journal seals them.
CREATE TRIGGER entry_check BEFORE INSERT ON entry
 WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id)
 BEGIN SELECT RAISE(FAIL, 'entry_refused'); END;

-- A wallet moves by an entry of a later journal, by its amount; one that is closed never.
CREATE TRIGGER wallet_moves_by_entry BEFORE UPDATE OF balance_minor, last_journal_id ON wallet
 WHEN OLD.state = 'closed' OR NEW.last_journal_id <= OLD.last_journal_id
   OR NOT EXISTS (SELECT 1 FROM entry WHERE journal_id = NEW.last_journal_id AND account_id = NEW.account_id
                  AND balance_after = NEW.balance_minor AND amount_minor = NEW.balance_minor - OLD.balance_minor)
 BEGIN SELECT RAISE(FAIL, 'wallet_without_entry'); END;

-- The same refusals as before, at less than two thirds of the price. An entry no longer moves the wallet by a trigger
-- in a trigger: the program moves it, in the statement that counts the spending too, and the journal is refused unless
-- every wallet among its entries stands where its entry says. Entries without a journal cannot commit.
DROP TRIGGER entry_check;
DROP TRIGGER entry_moves_wallet;
DROP TRIGGER wallet_moves_by_entry;
DROP TRIGGER journal_seal;
DROP TRIGGER journal_floor;

-- No entry for a sealed journal. The rest is asked of all entries at once, when the journal seals them.
CREATE TRIGGER entry_check BEFORE INSERT ON entry
 WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id)
 BEGIN SELECT RAISE(ABORT, 'entry_refused'); END;

-- A wallet moves by an entry of a later journal, by its amount; one that is closed never.
CREATE TRIGGER wallet_moves_by_entry BEFORE UPDATE OF balance_minor, last_journal_id ON wallet
 WHEN OLD.state = 'closed' OR NEW.last_journal_id <= OLD.last_journal_id
   OR NOT EXISTS (SELECT 1 FROM entry WHERE journal_id = NEW.last_journal_id AND account_id = NEW.account_id
                  AND balance_after = NEW.balance_minor AND amount_minor = NEW.balance_minor - OLD.balance_minor)
 BEGIN SELECT RAISE(ABORT, 'wallet_without_entry'); END;

-- Open period, predecessor (hence no gap), time; balance to zero (an entry is never zero, so there are two); each wallet
-- was moved by its entry, and only a wallet has a balance after it; the floor.
CREATE TRIGGER journal_seal BEFORE INSERT ON journal
 BEGIN
  SELECT RAISE(ABORT, 'journal_refused')
   WHERE NOT EXISTS (SELECT 1 FROM period d LEFT JOIN journal p ON p.id = NEW.id - 1
                      WHERE d.id = NEW.period_id AND d.state = 'open' AND NEW.business_date BETWEEN d.starts_on AND d.ends_on
                        AND CASE WHEN p.id IS NULL THEN NEW.id = 1 AND NEW.prev_hash = zeroblob(32)
                                 ELSE p.hash = NEW.prev_hash AND p.recorded_at_ms <= NEW.recorded_at_ms END);
  SELECT RAISE(ABORT, 'journal_refused')
   WHERE (SELECT SUM(amount_minor) FROM entry WHERE journal_id = NEW.id) IS NOT 0;
  SELECT CASE WHEN e.balance_after IS NOT w.balance_minor OR w.last_journal_id <> NEW.id THEN RAISE(ABORT, 'journal_refused')
              WHEN NEW.enforce_floor = 1 AND e.amount_minor < 0 AND w.balance_minor < w.floor_minor
              THEN RAISE(ABORT, 'insufficient_funds') END
    FROM entry e LEFT JOIN wallet w ON w.account_id = e.account_id
   WHERE e.journal_id = NEW.id;
 END;

-- The record is append-only: a row is taken away only by retention, which says so in the same transaction. No trigger
-- watches what comes in: it would double the price of a row, and the primary key and the chain say the same.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
 WHEN NOT EXISTS (SELECT 1 FROM audit_purge WHERE through_seq >= OLD.seq)
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Never more back than was bought, in pieces and in money; append-only like the rest of the ledger.
CREATE TRIGGER refund_cap BEFORE INSERT ON refund_line
 WHEN (SELECT l.qty - NEW.qty - COALESCE((SELECT SUM(r.qty) FROM refund_line r
                                           WHERE r.purchase_id = NEW.purchase_id AND r.line_no = NEW.line_no), 0) < 0
           OR l.gross_minor - NEW.gross_minor - COALESCE((SELECT SUM(r.gross_minor) FROM refund_line r
                                           WHERE r.purchase_id = NEW.purchase_id AND r.line_no = NEW.line_no), 0) < 0
           OR l.tax_minor - NEW.tax_minor - COALESCE((SELECT SUM(r.tax_minor) FROM refund_line r
                                           WHERE r.purchase_id = NEW.purchase_id AND r.line_no = NEW.line_no), 0) < 0
         FROM purchase_line l WHERE l.journal_id = NEW.purchase_id AND l.line_no = NEW.line_no)
   OR EXISTS (SELECT 1 FROM journal v WHERE v.reverses_id = NEW.purchase_id AND v.kind = 'void')
   OR EXISTS (SELECT 1 FROM journal WHERE id = NEW.journal_id)
 BEGIN SELECT RAISE(ABORT, 'refund_refused'); END;
CREATE TRIGGER refund_line_no_update BEFORE UPDATE ON refund_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER refund_line_no_delete BEFORE DELETE ON refund_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Never more back to a pocket than it paid.
CREATE TRIGGER refund_pockets BEFORE INSERT ON refund_line
 WHEN (SELECT l.subsidy_minor - NEW.subsidy_minor - COALESCE((SELECT SUM(r.subsidy_minor) FROM refund_line r
                                           WHERE r.purchase_id = NEW.purchase_id AND r.line_no = NEW.line_no), 0) < 0
           OR l.allowance_minor - NEW.allowance_minor - COALESCE((SELECT SUM(r.allowance_minor) FROM refund_line r
                                           WHERE r.purchase_id = NEW.purchase_id AND r.line_no = NEW.line_no), 0) < 0
           OR l.wallet_minor - (NEW.gross_minor - NEW.subsidy_minor - NEW.allowance_minor)
              - COALESCE((SELECT SUM(r.gross_minor - r.subsidy_minor - r.allowance_minor) FROM refund_line r
                           WHERE r.purchase_id = NEW.purchase_id AND r.line_no = NEW.line_no), 0) < 0
         FROM purchase_line l WHERE l.journal_id = NEW.purchase_id AND l.line_no = NEW.line_no)
 BEGIN SELECT RAISE(ABORT, 'refund_refused'); END;

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

-- A grant is freed once, and says nothing else than it said.
CREATE TRIGGER subsidy_grant_frozen BEFORE UPDATE ON subsidy_grant
 WHEN OLD.freed_by IS NOT NULL OR NEW.freed_by IS NULL OR NEW.journal_id <> OLD.journal_id OR NEW.rule_id <> OLD.rule_id
   OR NEW.employee_id <> OLD.employee_id OR NEW.business_date <> OLD.business_date OR NEW.slot <> OLD.slot
   OR NEW.cost_centre_id <> OLD.cost_centre_id OR NEW.amount_minor <> OLD.amount_minor
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER subsidy_grant_no_delete BEFORE DELETE ON subsidy_grant BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- What is left moves by uses alone.
CREATE TRIGGER allowance_use_moves AFTER INSERT ON allowance_use
 BEGIN
  UPDATE allowance_grant SET left_minor = left_minor - NEW.amount_minor WHERE journal_id = NEW.grant_id;
 END;
CREATE TRIGGER allowance_grant_frozen BEFORE UPDATE ON allowance_grant
 WHEN NEW.journal_id <> OLD.journal_id OR NEW.run_id <> OLD.run_id OR NEW.employee_id <> OLD.employee_id
   OR NEW.cost_centre_id <> OLD.cost_centre_id OR NEW.amount_minor <> OLD.amount_minor OR NEW.expires_on <> OLD.expires_on
   OR NEW.left_minor <> NEW.amount_minor - COALESCE((SELECT SUM(u.amount_minor) FROM allowance_use u
                                                      WHERE u.grant_id = NEW.journal_id), 0)
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER allowance_grant_no_delete BEFORE DELETE ON allowance_grant BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER allowance_use_no_update BEFORE UPDATE ON allowance_use BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER allowance_use_no_delete BEFORE DELETE ON allowance_use BEGIN SELECT RAISE(ABORT, 'append_only'); END;

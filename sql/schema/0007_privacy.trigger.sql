-- Nobody comes back from an erasure.
CREATE TRIGGER employee_erased BEFORE UPDATE ON employee WHEN OLD.erased_at_ms IS NOT NULL
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER badge_erased BEFORE INSERT ON badge
 WHEN EXISTS (SELECT 1 FROM employee WHERE id = NEW.employee_id AND erased_at_ms IS NOT NULL)
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER badge_lent_erased BEFORE UPDATE OF employee_id ON badge
 WHEN EXISTS (SELECT 1 FROM employee WHERE id = NEW.employee_id AND erased_at_ms IS NOT NULL)
 BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'append_only'); END;

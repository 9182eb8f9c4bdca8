-- A level is moved by a move, which says where it came out; moves are append-only.
CREATE TRIGGER stock_move_check BEFORE INSERT ON stock_move
 WHEN NEW.level_after IS NOT NEW.delta + CASE
        WHEN NEW.business_date IS NULL THEN (SELECT quantity FROM stock_level WHERE product_id = NEW.product_id)
        ELSE (SELECT remaining FROM portion_day
               WHERE product_id = NEW.product_id AND business_date = NEW.business_date) END
 BEGIN SELECT RAISE(ABORT, 'stock_refused'); END;
CREATE TRIGGER stock_move_level AFTER INSERT ON stock_move WHEN NEW.business_date IS NULL BEGIN
 UPDATE stock_level SET quantity = NEW.level_after WHERE product_id = NEW.product_id; END;
CREATE TRIGGER stock_move_portions AFTER INSERT ON stock_move WHEN NEW.business_date IS NOT NULL BEGIN
 UPDATE portion_day SET remaining = NEW.level_after
  WHERE product_id = NEW.product_id AND business_date = NEW.business_date; END;
CREATE TRIGGER stock_level_moves BEFORE UPDATE OF quantity ON stock_level
 WHEN NEW.quantity IS NOT (SELECT level_after FROM stock_move
                            WHERE product_id = NEW.product_id AND business_date IS NULL ORDER BY id DESC LIMIT 1)
 BEGIN SELECT RAISE(ABORT, 'level_without_move'); END;
CREATE TRIGGER portion_day_moves BEFORE UPDATE OF remaining ON portion_day
 WHEN NEW.remaining IS NOT (SELECT level_after FROM stock_move
                             WHERE product_id = NEW.product_id AND business_date = NEW.business_date ORDER BY id DESC LIMIT 1)
 BEGIN SELECT RAISE(ABORT, 'level_without_move'); END;
CREATE TRIGGER stock_level_no_delete BEFORE DELETE ON stock_level BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER portion_day_no_delete BEFORE DELETE ON portion_day BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move BEGIN SELECT RAISE(ABORT, 'append_only'); END;

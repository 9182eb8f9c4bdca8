-- Takes 0013 back. What was counted and planned is lost; what was sold stays booked.
DROP TABLE menu_entry;
DROP TABLE serving_window;
DROP TABLE stock_move;
DROP TABLE portion_day;
DROP TABLE stock_level;
ALTER TABLE product DROP COLUMN is_menu_only;
ALTER TABLE product DROP COLUMN availability;

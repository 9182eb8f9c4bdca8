-- Takes 0016 back.
DROP INDEX product_archived;
DROP INDEX product_price_down;
DROP INDEX product_price_up;
DROP INDEX product_name_down;
DROP INDEX product_name;
DROP INDEX product_menu;
CREATE INDEX product_by_price ON product(is_archived, price_minor, id);
CREATE INDEX product_by_name ON product(is_archived, name_fold, id);
CREATE INDEX product_list ON product(is_archived, sort, name_fold, id);

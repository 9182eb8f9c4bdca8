-- 0016: pages of the menu are walked along indexes that hold living products only, each in one order: a row that is passed over costs a
-- third, and a descending one sorts nothing. A sale writes none of their columns.
DROP INDEX product_list;
DROP INDEX product_by_name;
DROP INDEX product_by_price;
CREATE INDEX product_menu ON product(sort, name_fold, id, is_archived) WHERE is_archived = 0;
CREATE INDEX product_name ON product(name_fold, id, is_archived) WHERE is_archived = 0;
CREATE INDEX product_name_down ON product(name_fold DESC, id, is_archived) WHERE is_archived = 0;
CREATE INDEX product_price_up ON product(price_minor, id, is_archived) WHERE is_archived = 0;
CREATE INDEX product_price_down ON product(price_minor DESC, id, is_archived) WHERE is_archived = 0;
CREATE INDEX product_archived ON product(id, is_archived) WHERE is_archived = 1;

-- Takes 0012 back.
DROP TABLE product_price;
DROP TABLE product_barcode;
ALTER TABLE product DROP COLUMN allergens;
ALTER TABLE product DROP COLUMN diets;

-- Takes 0012 back.
DROP INDEX product_by_price;
DROP INDEX product_by_name;
DROP INDEX product_image;
ALTER TABLE product DROP COLUMN image_hash;
DROP TABLE image;
DROP TABLE product_price;
DROP TABLE product_barcode;
ALTER TABLE product DROP COLUMN allergens;
ALTER TABLE product DROP COLUMN diets;

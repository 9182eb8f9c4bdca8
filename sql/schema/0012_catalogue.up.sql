-- 0012: what is known of a product.

-- What a scanner reads. A product may have several; a code names one product. An archived one keeps its codes until
-- another product takes them.
CREATE TABLE product_barcode (
  code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 48),
  product_id INTEGER NOT NULL REFERENCES product(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_barcode_product ON product_barcode(product_id, code);

-- Sets of words as masks, see src/domain/catalog/food.h; NULL: nobody has looked, which is not "none".
ALTER TABLE product ADD COLUMN allergens INTEGER CHECK (allergens BETWEEN 0 AND 16383);
ALTER TABLE product ADD COLUMN diets INTEGER CHECK (diets BETWEEN 0 AND 65535);

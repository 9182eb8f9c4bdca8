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

-- Every price of a product with the business day it begins. One that is still to come has no applied_at_ms; valid_from
-- is NULL for the price that was there before this was kept.
CREATE TABLE product_price (
  id INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product(id),
  price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 1 AND 1000000),
  valid_from TEXT CHECK (length(valid_from) = 10),
  recorded_at_ms INTEGER NOT NULL,
  actor_user_id INTEGER, -- NULL: the command line
  applied_at_ms INTEGER,
  CHECK (valid_from IS NOT NULL OR applied_at_ms IS NOT NULL)
) STRICT;
CREATE INDEX product_price_product ON product_price(product_id, id);
-- One planned price a product and day; the first day of all is at its front.
CREATE UNIQUE INDEX product_price_planned ON product_price(valid_from, product_id) WHERE applied_at_ms IS NULL;
INSERT INTO product_price (product_id, price_minor, recorded_at_ms, applied_at_ms)
SELECT p.id, p.price_minor, p.updated_at_ms, p.updated_at_ms
FROM product p
ORDER BY p.id;

-- Pictures by their BLAKE2b-256: the same one is kept once.
CREATE TABLE image (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 30 AND 262144), -- WebP
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1024),
  height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 1024),
  put_at_ms INTEGER NOT NULL
) STRICT;
ALTER TABLE product ADD COLUMN image_hash BLOB REFERENCES image(hash);
CREATE INDEX product_image ON product(image_hash) WHERE image_hash IS NOT NULL;

-- Pages in the order of names and of prices.
CREATE INDEX product_by_name ON product(is_archived, name_fold, id);
CREATE INDEX product_by_price ON product(is_archived, price_minor, id);

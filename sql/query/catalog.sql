-- Categories and products.
-- Search: a word is in a folded text when replacing it by nothing changes the text. It says the
-- same on both engines, which LIKE and instr do not; a catalogue has hundreds of rows, so walking
-- the living ones is cheaper than keeping a table of words.
-- Order: one query serves each combination of keys and directions, categories by numbers in place of their columns; equal rows go by id.

-- part: category_filter
WHERE (:word1 = '' OR c.name_fold <> replace(c.name_fold, :word1, ''))
  AND (:word2 = '' OR c.name_fold <> replace(c.name_fold, :word2, ''))
  AND (:word3 = '' OR c.name_fold <> replace(c.name_fold, :word3, ''))

-- name: category_list
SELECT r.id AS id, r.name AS name, r.emoji AS emoji, r.glaze AS glaze, r.sort AS sort,
       r.undo_seconds AS undo_seconds, r.version AS version
FROM (SELECT c.id, c.name, c.emoji, c.glaze, c.sort, c.undo_seconds, c.version,
             DENSE_RANK() OVER (ORDER BY c.name_fold) AS name_rank
      FROM category c
      -- use: category_filter
     ) r
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.sort WHEN 2 THEN r.name_rank ELSE r.id END,
         :direction2 * CASE CAST(:key2 AS INTEGER) WHEN 1 THEN r.sort WHEN 2 THEN r.name_rank ELSE r.id END,
         :direction3 * CASE CAST(:key3 AS INTEGER) WHEN 1 THEN r.sort WHEN 2 THEN r.name_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: category_count
SELECT COUNT(*) AS total
FROM category c
-- use: category_filter
;

-- name: category_get
SELECT id AS id, name AS name, emoji AS emoji, glaze AS glaze, sort AS sort,
       undo_seconds AS undo_seconds, version AS version
FROM category
WHERE id = :id;

-- name: category_by_fold
SELECT id AS id, name AS name
FROM category
WHERE name_fold = :name_fold;

-- name: category_insert
INSERT INTO category (name, name_fold, emoji, glaze, sort, undo_seconds)
VALUES (:name, :name_fold, :emoji, :glaze, :sort, :undo_seconds)
RETURNING id AS id;

-- name: category_update
UPDATE category
SET name = :name, name_fold = :name_fold, emoji = :emoji, glaze = :glaze, sort = :sort,
    undo_seconds = :undo_seconds, version = version + 1
WHERE id = :id AND version = :version;

-- name: category_delete
DELETE FROM category
WHERE id = :id AND version = :version;

-- part: product_columns
-- LEFT JOIN keeps product the outer table; the foreign key makes it the same as an inner one.
SELECT p.id AS id, p.name AS name, p.price_minor AS price, p.category_id AS category_id,
       c.name AS category, p.description AS description, p.is_available AS available,
       p.is_archived AS archived, p.emoji AS emoji, p.glaze AS glaze, p.sort AS sort,
       p.tax_rate_ppm AS tax_rate, p.allergens AS allergens, p.diets AS diets,
       p.image_hash AS image_hash,
       p.availability AS availability, p.is_menu_only AS menu_only,
       p.version AS version, p.created_at_ms AS created_at, p.updated_at_ms AS updated_at

-- part: product_rows
-- use: product_columns
FROM product p
LEFT JOIN category c ON c.id = p.category_id

-- part: product_wishes
  AND (CAST(:category_id AS INTEGER) IS NULL OR p.category_id = CAST(:category_id AS INTEGER))
  AND (CAST(:available AS INTEGER) IS NULL OR p.is_available = CAST(:available AS INTEGER))
  AND (CAST(:without AS INTEGER) IS NULL OR (p.allergens & CAST(:without AS INTEGER)) = 0)
  AND (CAST(:diet AS INTEGER) IS NULL OR (p.diets & CAST(:diet AS INTEGER)) = CAST(:diet AS INTEGER))
  AND (:word1 = '' OR p.name_fold <> replace(p.name_fold, :word1, ''))
  AND (:word2 = '' OR p.name_fold <> replace(p.name_fold, :word2, ''))
  AND (:word3 = '' OR p.name_fold <> replace(p.name_fold, :word3, ''))

-- part: product_filter
WHERE p.is_archived = :archived
-- use: product_wishes

-- part: product_order
-- Numbers take the direction as a factor, texts a term for each; a term that is not asked for is NULL in every row.
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN p.sort WHEN 3 THEN p.price_minor WHEN 5 THEN p.id END,
         CASE WHEN :direction1 > 0 THEN CASE CAST(:key1 AS INTEGER) WHEN 2 THEN p.name_fold WHEN 4 THEN c.name_fold END END,
         CASE WHEN :direction1 < 0 THEN CASE CAST(:key1 AS INTEGER) WHEN 2 THEN p.name_fold WHEN 4 THEN c.name_fold END END DESC,
         :direction2 * CASE CAST(:key2 AS INTEGER) WHEN 1 THEN p.sort WHEN 3 THEN p.price_minor WHEN 5 THEN p.id END,
         CASE WHEN :direction2 > 0 THEN CASE CAST(:key2 AS INTEGER) WHEN 2 THEN p.name_fold WHEN 4 THEN c.name_fold END END,
         CASE WHEN :direction2 < 0 THEN CASE CAST(:key2 AS INTEGER) WHEN 2 THEN p.name_fold WHEN 4 THEN c.name_fold END END DESC,
         :direction3 * CASE CAST(:key3 AS INTEGER) WHEN 1 THEN p.sort WHEN 3 THEN p.price_minor WHEN 5 THEN p.id END,
         CASE WHEN :direction3 > 0 THEN CASE CAST(:key3 AS INTEGER) WHEN 2 THEN p.name_fold WHEN 4 THEN c.name_fold END END,
         CASE WHEN :direction3 < 0 THEN CASE CAST(:key3 AS INTEGER) WHEN 2 THEN p.name_fold WHEN 4 THEN c.name_fold END END DESC,
         p.id

-- name: product_list
-- Of living ones by a filter, in the menu's own order: straight off the index product_menu.
-- use: product_rows
WHERE p.is_archived = 0
-- use: product_wishes
ORDER BY p.sort, p.name_fold, p.id
LIMIT :limit OFFSET :offset;

-- A page of living ones without a filter, in an order that has an index, takes two statements: product_place_* passes over the rows before
-- it on the index alone, and product_by_* reads from there. Neither sorts nor builds anything.
-- name: product_place_menu
SELECT w.sort AS number, w.name_fold AS fold, w.id AS id
FROM product w
WHERE w.is_archived = 0
ORDER BY w.sort, w.name_fold, w.id
LIMIT 1 OFFSET :offset;

-- name: product_by_menu
-- use: product_rows
WHERE p.is_archived = 0
  AND p.sort >= :number
  AND (p.sort > :number OR p.name_fold > :fold OR (p.name_fold = :fold AND p.id >= :id))
ORDER BY p.sort, p.name_fold, p.id
LIMIT :limit;

-- name: product_place_name
SELECT 0 AS number, w.name_fold AS fold, w.id AS id
FROM product w
WHERE w.is_archived = 0
ORDER BY w.name_fold, w.id
LIMIT 1 OFFSET :offset;

-- name: product_by_name
-- use: product_rows
WHERE p.is_archived = 0
  AND p.name_fold >= :fold
  AND (p.name_fold > :fold OR p.id >= :id)
ORDER BY p.name_fold, p.id
LIMIT :limit;

-- name: product_place_name_down
SELECT 0 AS number, w.name_fold AS fold, w.id AS id
FROM product w
WHERE w.is_archived = 0
ORDER BY w.name_fold DESC, w.id
LIMIT 1 OFFSET :offset;

-- name: product_by_name_down
-- use: product_rows
WHERE p.is_archived = 0
  AND p.name_fold <= :fold
  AND (p.name_fold < :fold OR p.id >= :id)
ORDER BY p.name_fold DESC, p.id
LIMIT :limit;

-- name: product_place_price
SELECT w.price_minor AS number, '' AS fold, w.id AS id
FROM product w
WHERE w.is_archived = 0
ORDER BY w.price_minor, w.id
LIMIT 1 OFFSET :offset;

-- name: product_by_price
-- use: product_rows
WHERE p.is_archived = 0
  AND p.price_minor >= :number
  AND (p.price_minor > :number OR p.id >= :id)
ORDER BY p.price_minor, p.id
LIMIT :limit;

-- name: product_place_price_down
SELECT w.price_minor AS number, '' AS fold, w.id AS id
FROM product w
WHERE w.is_archived = 0
ORDER BY w.price_minor DESC, w.id
LIMIT 1 OFFSET :offset;

-- name: product_by_price_down
-- use: product_rows
WHERE p.is_archived = 0
  AND p.price_minor <= :number
  AND (p.price_minor < :number OR p.id >= :id)
ORDER BY p.price_minor DESC, p.id
LIMIT :limit;

-- name: product_sorted
-- Any other order. Sorted twice: all by their ids alone, and the page.
-- use: product_columns
FROM (SELECT p.id
      FROM product p
      LEFT JOIN category c ON c.id = p.category_id
      -- use: product_filter
      -- use: product_order
      LIMIT :limit OFFSET :offset
     ) r
JOIN product p ON p.id = r.id
LEFT JOIN category c ON c.id = p.category_id
-- use: product_order
;

-- name: product_count
-- Without a filter. The engine counts a whole table by its pages, and rows of a condition one by one: so archived ones are counted, which
-- are few, and the others are the rest.
SELECT CASE WHEN :archived = 1 THEN a.archived ELSE (SELECT COUNT(*) FROM product) - a.archived END AS total
FROM (SELECT COUNT(*) AS archived FROM product p WHERE p.is_archived = 1) a;

-- name: product_count_filtered
SELECT COUNT(*) AS total
FROM product p
-- use: product_filter
;

-- name: product_get
-- use: product_rows
WHERE p.id = :id
  AND p.is_archived <= :archived;

-- name: product_named
-- use: product_rows
WHERE p.name = :name
  AND p.is_archived = 0;

-- name: product_by_barcode
-- use: product_rows
JOIN product_barcode b ON b.product_id = p.id
WHERE b.code = :code
  AND p.is_archived <= :archived;

-- name: product_shelf
-- What a kiosk shows, in its order. The limit is what one screen's
-- answer may hold; a canteen has some hundreds.
-- use: product_rows
WHERE p.is_archived = 0
ORDER BY c.sort, c.name_fold, p.sort, p.name_fold, p.id
LIMIT :limit;

-- name: product_sale
-- Without its stock (stock_now), which sales change: what the catalogue says is kept by the writer.
SELECT p.name AS name, p.price_minor AS price, p.tax_rate_ppm AS tax_rate,
       p.category_id AS category_id, g.undo_seconds AS undo_seconds,
       p.is_available AS available, p.is_archived AS archived, p.is_menu_only AS menu_only,
       p.availability AS availability, c.max_per_purchase AS max_per_purchase,
       c.max_per_day AS max_per_day
FROM product p
LEFT JOIN product_cap c ON c.product_id = p.id
LEFT JOIN category g ON g.id = p.category_id
WHERE p.id = :id;

-- name: product_last_sort
-- An import puts its rows behind what is on the menu.
SELECT COALESCE(MAX(p.sort), 0) AS sort
FROM product p
WHERE p.is_archived = 0;

-- name: product_insert
INSERT INTO product (name, name_fold, price_minor, category_id, description, is_available, emoji,
                     glaze, sort, tax_rate_ppm, allergens, diets, is_menu_only, created_at_ms, updated_at_ms)
VALUES (:name, :name_fold, :price, :category_id, :description, :available, :emoji, :glaze, :sort,
        :tax_rate, :allergens, :diets, :menu_only, :now, :now)
RETURNING id AS id;

-- name: product_update
UPDATE product
SET name = :name, name_fold = :name_fold, price_minor = :price, category_id = :category_id,
    description = :description, is_available = :available, is_archived = :archived,
    emoji = :emoji, glaze = :glaze, sort = :sort, tax_rate_ppm = :tax_rate, allergens = :allergens,
    diets = :diets, is_menu_only = :menu_only, version = version + 1, updated_at_ms = :now
WHERE id = :id AND version = :version;

-- What a scanner reads off a product.

-- name: barcode_list
SELECT b.code AS code, b.product_id AS product_id
FROM product_barcode b
WHERE b.product_id = :product
ORDER BY b.code
LIMIT :limit OFFSET :offset;

-- name: barcode_count
SELECT COUNT(*) AS total
FROM product_barcode b
WHERE b.product_id = :product;

-- name: barcode_shelf
-- Those of all living products, for the scanner at a kiosk.
SELECT b.code AS code, b.product_id AS product_id
FROM product_barcode b
JOIN product p ON p.id = b.product_id
WHERE p.is_archived = 0
ORDER BY b.code
LIMIT :limit;

-- name: barcode_all
-- For a file of all products.
SELECT b.code AS code, b.product_id AS product_id
FROM product_barcode b
ORDER BY b.product_id, b.code;

-- name: barcode_owner
SELECT b.product_id AS product_id, p.is_archived AS archived, p.name AS name
FROM product_barcode b
JOIN product p ON p.id = b.product_id
WHERE b.code = :code;

-- name: barcode_insert
INSERT INTO product_barcode (code, product_id)
VALUES (:code, :product);

-- name: barcode_delete
DELETE FROM product_barcode
WHERE code = :code AND product_id = :product;

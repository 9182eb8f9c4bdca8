-- Pictures of products.

-- name: image_put
INSERT INTO image (hash, bytes, width, height, put_at_ms)
VALUES (:hash, :bytes, :width, :height, :now)
ON CONFLICT (hash) DO UPDATE SET put_at_ms = excluded.put_at_ms;

-- name: image_get
SELECT i.bytes AS bytes
FROM image i
WHERE i.hash = :hash;

-- name: image_of
-- The product's; NULL: none.
UPDATE product
SET image_hash = :hash, version = version + 1, updated_at_ms = :now
WHERE id = :product;

-- name: image_purge
DELETE FROM image
WHERE put_at_ms < :before
  AND NOT EXISTS (SELECT 1 FROM product p WHERE p.image_hash = image.hash);

-- What products cost, cost once and will cost.

-- name: price_history
-- Planned ones first, the oldest last.
SELECT r.id AS id, r.price_minor AS price, r.valid_from AS valid_from,
       r.recorded_at_ms AS recorded_at, u.name AS set_by, r.applied_at_ms AS applied_at
FROM product_price r
LEFT JOIN user_account u ON u.id = r.actor_user_id
WHERE r.product_id = :product
ORDER BY COALESCE(r.valid_from, '') DESC, r.id DESC
LIMIT :limit OFFSET :offset;

-- name: price_count
SELECT COUNT(*) AS total
FROM product_price r
WHERE r.product_id = :product;

-- name: price_insert
INSERT INTO product_price (product_id, price_minor, valid_from, recorded_at_ms, actor_user_id, applied_at_ms)
VALUES (:product, :price, :valid_from, :now, :user, :applied_at)
RETURNING id AS id;

-- name: price_note
-- Before the product itself is changed.
INSERT INTO product_price (product_id, price_minor, valid_from, recorded_at_ms, actor_user_id, applied_at_ms)
SELECT p.id, :price, :valid_from, :now, :user, :now
FROM product p
WHERE p.id = :product
  AND p.price_minor <> :price;

-- name: price_planned
SELECT r.price_minor AS price, r.valid_from AS valid_from
FROM product_price r
WHERE r.id = :id
  AND r.product_id = :product
  AND r.applied_at_ms IS NULL;

-- name: price_cancel
DELETE FROM product_price
WHERE id = :id
  AND applied_at_ms IS NULL;

-- name: price_next
SELECT r.valid_from AS valid_from
FROM product_price r
WHERE r.applied_at_ms IS NULL
ORDER BY r.valid_from, r.product_id
LIMIT 1;

-- name: price_due
SELECT r.id AS id, r.product_id AS product_id, r.price_minor AS price, r.actor_user_id AS user
FROM product_price r
WHERE r.applied_at_ms IS NULL
  AND r.valid_from <= :today
ORDER BY r.valid_from, r.product_id;

-- name: price_applied
UPDATE product_price
SET applied_at_ms = :now
WHERE id = :id;

-- What is on the shelf, portions of a day, and the moves of both. A level changes by a move alone: the
-- trigger stock_move_level carries it over.

-- part: stock_rows
SELECT s.product_id AS product_id, p.name AS product, c.name AS category, s.kind AS kind,
       s.quantity AS quantity, s.low_water AS low_water, s.is_negative_ok AS negative_ok,
       s.is_tracked AS tracked, p.availability AS availability
FROM stock_level s
JOIN product p ON p.id = s.product_id
JOIN category c ON c.id = p.category_id

-- part: stock_filter
WHERE p.is_archived = 0
  AND (CAST(:tracked AS INTEGER) IS NULL OR s.is_tracked = CAST(:tracked AS INTEGER))
  AND (:low = 0 OR s.quantity <= s.low_water)
  AND (:kind = '' OR s.kind = :kind)
  AND (:word1 = '' OR p.name_fold <> replace(p.name_fold, :word1, ''))
  AND (:word2 = '' OR p.name_fold <> replace(p.name_fold, :word2, ''))
  AND (:word3 = '' OR p.name_fold <> replace(p.name_fold, :word3, ''))

-- name: stock_list
-- use: stock_rows
-- use: stock_filter
ORDER BY p.name_fold, p.id
LIMIT :limit OFFSET :offset;

-- name: stock_count
SELECT COUNT(*) AS total
FROM stock_level s
JOIN product p ON p.id = s.product_id
-- use: stock_filter
;

-- name: stock_get
-- use: stock_rows
WHERE s.product_id = :product;

-- name: stock_product
-- Is there such a product, and what does a kiosk show of it?
SELECT p.name AS name, p.availability AS availability
FROM product p
WHERE p.id = :product AND p.is_archived = 0;

-- name: stock_product_named
SELECT p.id AS id
FROM product p
WHERE p.is_archived = 0 AND p.name = :name;

-- name: stock_set
INSERT INTO stock_level (product_id, kind, low_water, is_negative_ok, is_tracked)
VALUES (:product, :kind, :low_water, :negative_ok, :tracked)
ON CONFLICT (product_id) DO UPDATE
SET kind = excluded.kind, low_water = excluded.low_water, is_negative_ok = excluded.is_negative_ok,
    is_tracked = excluded.is_tracked;

-- name: stock_move_insert
INSERT INTO stock_move (product_id, business_date, kind, delta, level_after, journal_id, actor_user_id,
                        at_ms, reason, unit_cost_minor, idem_scope, idem_key, request_fp)
VALUES (:product, :date, :kind, :delta, :level_after, :journal, :actor, :now, :reason, :unit_cost,
        :scope, :key, :fingerprint)
RETURNING id AS id;

-- name: stock_availability
-- The version goes up with it: the entity tag of a product must not outlive what it says.
UPDATE product
SET availability = :availability, version = version + 1
WHERE id = :product;

-- part: move_rows
SELECT m.id AS id, m.product_id AS product_id, m.kind AS kind, m.business_date AS business_date,
       m.delta AS delta, m.level_after AS level_after, m.journal_id AS journal_id, m.at_ms AS at,
       m.reason AS reason, m.unit_cost_minor AS unit_cost,
       (SELECT u.name FROM user_account u WHERE u.id = m.actor_user_id) AS actor
FROM stock_move m

-- name: stock_moves
-- use: move_rows
WHERE m.product_id = :product
ORDER BY m.id DESC
LIMIT :limit OFFSET :offset;

-- name: stock_moves_count
SELECT COUNT(*) AS total
FROM stock_move m
WHERE m.product_id = :product;

-- name: stock_move_get
-- use: move_rows
WHERE m.id = :id;

-- name: stock_key
SELECT m.id AS id, m.request_fp AS request_fp
FROM stock_move m
WHERE m.idem_key = :key AND m.idem_scope = :scope;

-- name: stock_any
-- Is anything counted at all on a business date? Kept by the writer.
-- scan: ends at the first row
SELECT CASE WHEN EXISTS (SELECT 1 FROM stock_level s WHERE s.is_tracked = 1)
              OR EXISTS (SELECT 1 FROM portion_day d WHERE d.business_date = :date)
            THEN 1 ELSE 0 END AS is_any;

-- name: stock_now
-- What of a product is counted: its level, and the portions of a business date; no row where nothing is.
SELECT 0 AS is_day, s.quantity AS pieces, s.low_water AS low_water, s.is_negative_ok AS negative_ok,
       0 AS limited
FROM stock_level s
WHERE s.product_id = :product AND s.is_tracked = 1
UNION ALL
SELECT 1, d.remaining, 0, 0, d.is_limited
FROM portion_day d
WHERE d.product_id = :product AND d.business_date = :date;

-- name: stock_sold
-- What a purchase took, and where the levels stand now.
SELECT m.product_id AS product_id, m.business_date AS business_date, -m.delta AS pieces,
       CASE WHEN m.business_date IS NULL THEN s.quantity ELSE d.remaining END AS level,
       s.low_water AS low_water, s.is_tracked AS tracked, p.availability AS availability
FROM stock_move m
JOIN product p ON p.id = m.product_id
LEFT JOIN stock_level s ON s.product_id = m.product_id
LEFT JOIN portion_day d ON d.product_id = m.product_id AND d.business_date = m.business_date
WHERE m.journal_id = :journal AND m.kind = 'sale'
ORDER BY m.id;

-- name: stock_restocked
-- Pieces that a refund put back on the shelf or among the portions; the same piece counts once.
SELECT COALESCE(CAST(SUM(r.pieces) AS BIGINT), 0) AS pieces
FROM (SELECT MAX(m.delta) AS pieces
      FROM stock_move m
      WHERE m.journal_id = :journal AND m.kind = 'refund'
      GROUP BY m.product_id) r;

-- name: stock_broken
-- The first move after which the level is not the sum of the moves before it, the level that is not
-- that of its last move, or the sale that is not what was booked.
SELECT b.product_id AS product_id, b.expected AS expected, b.found AS found
FROM (SELECT m.product_id AS product_id, m.level_after AS found,
             SUM(m.delta) OVER (PARTITION BY m.product_id, m.business_date ORDER BY m.id) AS expected
      FROM stock_move m
      UNION ALL
      SELECT s.product_id AS product_id, s.quantity AS found,
             (SELECT COALESCE(SUM(m.delta), 0) FROM stock_move m
               WHERE m.product_id = s.product_id AND m.business_date IS NULL) AS expected
      FROM stock_level s
      UNION ALL
      SELECT d.product_id AS product_id, d.remaining AS found,
             (SELECT COALESCE(SUM(m.delta), 0) FROM stock_move m
               WHERE m.product_id = d.product_id AND m.business_date = d.business_date) AS expected
      FROM portion_day d
      UNION ALL
      SELECT m.product_id AS product_id, m.delta AS found,
             COALESCE((SELECT -l.qty FROM purchase_line l
                        WHERE l.journal_id = m.journal_id AND l.product_id = m.product_id), 0) AS expected
      FROM stock_move m
      WHERE m.kind = 'sale') b
WHERE b.expected <> b.found
ORDER BY b.product_id
LIMIT 1;

-- name: portion_get
SELECT p.name AS name, d.planned AS planned, d.remaining AS remaining, d.is_limited AS limited
FROM product p
LEFT JOIN portion_day d ON d.product_id = p.id AND d.business_date = :date
WHERE p.id = :product AND p.is_archived = 0;

-- name: portion_insert
INSERT INTO portion_day (product_id, business_date)
VALUES (:product, :date);

-- name: portion_set
UPDATE portion_day
SET planned = :planned, is_limited = :limited
WHERE product_id = :product AND business_date = :date;

-- name: portion_sold_before
-- What was sold of a product on a date before anybody limited it, less what was undone.
SELECT l.journal_id AS journal_id, l.qty AS qty
FROM purchase_line l
JOIN journal j ON j.id = l.journal_id
WHERE l.journal_id BETWEEN :low AND :high
  AND l.product_id = :product
  AND j.business_date = :date
  AND NOT EXISTS (SELECT 1 FROM journal v WHERE v.reverses_id = l.journal_id AND v.kind = 'void')
ORDER BY l.journal_id, l.line_no;

-- name: portion_list
SELECT d.product_id AS product_id, p.name AS product, d.planned AS planned, d.remaining AS remaining
FROM portion_day d
JOIN product p ON p.id = d.product_id
WHERE d.business_date = :date AND d.is_limited = 1 AND p.is_archived = 0
ORDER BY p.sort, p.name_fold, p.id;

-- Serving windows and the menu's calendar. Times are minutes after midnight on the site's clock.

-- part: window_filter
WHERE (:word1 = '' OR w.name_fold <> replace(w.name_fold, :word1, ''))
  AND (:word2 = '' OR w.name_fold <> replace(w.name_fold, :word2, ''))
  AND (:word3 = '' OR w.name_fold <> replace(w.name_fold, :word3, ''))

-- name: window_list
SELECT r.id AS id, r.name AS name, r.from_min AS from_min, r.to_min AS to_min,
       r.weekdays AS weekdays, r.version AS version
FROM (SELECT w.id, w.name, w.from_min, w.to_min, w.weekdays, w.version,
             DENSE_RANK() OVER (ORDER BY w.name_fold) AS name_rank
      FROM serving_window w
      -- use: window_filter
     ) r
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.from_min WHEN 2 THEN r.name_rank ELSE r.id END,
         :direction2 * CASE CAST(:key2 AS INTEGER) WHEN 1 THEN r.from_min WHEN 2 THEN r.name_rank ELSE r.id END,
         :direction3 * CASE CAST(:key3 AS INTEGER) WHEN 1 THEN r.from_min WHEN 2 THEN r.name_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: window_count
SELECT COUNT(*) AS total
FROM serving_window w
-- use: window_filter
;

-- name: window_get
SELECT id AS id, name AS name, from_min AS from_min, to_min AS to_min, weekdays AS weekdays,
       version AS version
FROM serving_window
WHERE id = :id;

-- name: window_by_fold
SELECT id AS id
FROM serving_window
WHERE name_fold = :name_fold;

-- name: window_insert
INSERT INTO serving_window (name, name_fold, from_min, to_min, weekdays)
VALUES (:name, :name_fold, :from_min, :to_min, :weekdays)
RETURNING id AS id;

-- name: window_update
UPDATE serving_window
SET name = :name, name_fold = :name_fold, from_min = :from_min, to_min = :to_min,
    weekdays = :weekdays, version = version + 1
WHERE id = :id AND version = :version;

-- name: window_delete
DELETE FROM serving_window
WHERE id = :id AND version = :version;

-- name: menu_days
-- A range of the calendar with what is planned and left, in the order it is read.
SELECT m.business_date AS business_date, w.id AS window_id, w.name AS window_name,
       w.from_min AS from_min, w.to_min AS to_min, w.weekdays AS weekdays,
       p.id AS product_id, p.name AS product, p.price_minor AS price,
       CASE WHEN d.is_limited = 1 THEN d.planned END AS planned,
       CASE WHEN d.is_limited = 1 THEN d.remaining END AS remaining
FROM menu_entry m
JOIN serving_window w ON w.id = m.window_id
JOIN product p ON p.id = m.product_id
LEFT JOIN portion_day d ON d.product_id = m.product_id AND d.business_date = m.business_date
WHERE m.business_date >= :from AND m.business_date < :to AND p.is_archived = 0
ORDER BY m.business_date, (w.from_min + 1440 - :day_start) % 1440, w.id, p.sort, p.name_fold, p.id;

-- part: serving
SELECT m.product_id AS product_id, m.business_date AS business_date, w.name AS window_name,
       w.from_min AS from_min, w.to_min AS to_min, w.weekdays AS weekdays
FROM menu_entry m
JOIN serving_window w ON w.id = m.window_id

-- name: serving_of
-- When a product is served from a date on; the next times decide, so a few rows do.
-- use: serving
WHERE m.product_id = :product AND m.business_date >= :from
ORDER BY m.business_date, m.window_id
LIMIT 100;

-- name: serving_all
-- The same of all that are bought on the menu's dates only.
-- use: serving
JOIN product p ON p.id = m.product_id AND p.is_menu_only = 1 AND p.is_archived = 0
WHERE m.business_date >= :from AND m.business_date < :to
ORDER BY m.product_id, m.business_date, m.window_id;

-- name: menu_clear
DELETE FROM menu_entry
WHERE business_date = :date;

-- name: menu_insert
INSERT INTO menu_entry (business_date, window_id, product_id)
VALUES (:date, :window, :product);

-- name: menu_product
SELECT p.id AS id
FROM product p
WHERE p.is_archived = 0 AND (p.id = :id OR (:name <> '' AND p.name = :name))
ORDER BY p.id
LIMIT 1;

-- name: production_planned
SELECT d.product_id AS product_id, p.name AS product, d.planned AS planned, d.remaining AS remaining
FROM portion_day d
JOIN product p ON p.id = d.product_id
WHERE d.business_date = :date AND d.is_limited = 1
ORDER BY p.sort, p.name_fold, p.id;

-- name: production_sold
-- What was sold on a date by the minute, and what of it was undone or given back since.
SELECT l.product_id AS product_id, p.name AS product, j.recorded_at_ms / 60000 AS minute,
       CAST(SUM(l.qty) AS BIGINT) AS sold,
       CAST(SUM(CASE WHEN EXISTS (SELECT 1 FROM journal v
                                   WHERE v.reverses_id = l.journal_id AND v.kind = 'void')
                     THEN l.qty ELSE 0 END) AS BIGINT) AS undone,
       CAST(SUM((SELECT COALESCE(SUM(r.qty), 0) FROM refund_line r
                  WHERE r.purchase_id = l.journal_id AND r.line_no = l.line_no)) AS BIGINT) AS refunded
FROM journal j
JOIN purchase_line l ON l.journal_id = j.id
JOIN product p ON p.id = l.product_id
WHERE j.id BETWEEN :low AND :high AND j.business_date = :date AND j.kind = 'purchase'
GROUP BY l.product_id, p.name, j.recorded_at_ms / 60000
ORDER BY p.name, l.product_id, minute;

-- What bounds buying beside money: people who are blocked, what they may not buy, caps by piece, and
-- the limits that people set for themselves. Counting is in purchase.sql.

-- name: limits_block
UPDATE employee
SET blocked_at_ms = :at, blocked_reason = :reason, version = version + 1, updated_at_ms = :now
WHERE id = :id;

-- name: limits_own
SELECT o.daily_minor AS daily, o.monthly_minor AS monthly, o.daily_before_minor AS daily_before,
       o.monthly_before_minor AS monthly_before, o.since AS since
FROM own_limit o
WHERE o.employee_id = :employee;

-- name: limits_set
-- What the person, else the group, else the site allows: an own limit is lower.
SELECT COALESCE(e.daily_limit_minor, g.daily_limit_minor, s.daily_limit_minor) AS daily,
       COALESCE(e.monthly_limit_minor, g.monthly_limit_minor, s.monthly_limit_minor) AS monthly
FROM employee e
LEFT JOIN customer_group g ON g.id = e.group_id
LEFT JOIN site s ON s.id = 1
WHERE e.id = :employee;

-- name: limits_own_set
INSERT INTO own_limit (employee_id, daily_minor, monthly_minor, daily_before_minor,
                       monthly_before_minor, since)
VALUES (:employee, :daily, :monthly, :daily_before, :monthly_before, :since)
ON CONFLICT (employee_id) DO UPDATE
SET daily_minor = excluded.daily_minor, monthly_minor = excluded.monthly_minor,
    daily_before_minor = excluded.daily_before_minor,
    monthly_before_minor = excluded.monthly_before_minor, since = excluded.since;

-- part: ban_rows
SELECT b.id AS id, b.employee_id AS employee_id, b.product_id AS product_id, p.name AS product,
       b.category_id AS category_id, c.name AS category, b.reason AS reason,
       b.created_at_ms AS created_at_ms
FROM product_ban b
LEFT JOIN product p ON p.id = b.product_id
LEFT JOIN category c ON c.id = b.category_id

-- name: ban_list
-- use: ban_rows
WHERE b.employee_id = :employee
ORDER BY b.id
LIMIT :limit OFFSET :offset;

-- name: ban_count
SELECT COUNT(*) AS total
FROM product_ban b
WHERE b.employee_id = :employee;

-- name: ban_get
-- use: ban_rows
WHERE b.id = :id AND b.employee_id = :employee;

-- name: ban_insert
INSERT INTO product_ban (employee_id, product_id, category_id, reason, created_at_ms)
VALUES (:employee, :product, :category, :reason, :now)
RETURNING id AS id;

-- name: ban_delete
DELETE FROM product_ban
WHERE id = :id AND employee_id = :employee;

-- name: cap_get
SELECT c.max_per_purchase AS max_per_purchase, c.max_per_day AS max_per_day
FROM product_cap c
WHERE c.product_id = :product;

-- name: cap_set
INSERT INTO product_cap (product_id, max_per_purchase, max_per_day)
VALUES (:product, :max_per_purchase, :max_per_day)
ON CONFLICT (product_id) DO UPDATE
SET max_per_purchase = excluded.max_per_purchase, max_per_day = excluded.max_per_day;

-- name: cap_delete
DELETE FROM product_cap
WHERE product_id = :product;

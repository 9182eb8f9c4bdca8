-- Badges and day cards. A day card is lent while it has a person and its time is not over.

-- name: badge_insert
INSERT INTO badge (badge_hash, employee_id, label, created_at_ms)
VALUES (:badge_hash, :employee_id, :label, :now)
RETURNING id AS id;

-- name: badge_find
SELECT b.id AS id, b.employee_id AS employee_id, b.kind AS kind, b.state AS state
FROM badge b
WHERE b.badge_hash = :badge_hash;

-- part: badge_columns
SELECT b.id AS id, b.employee_id AS employee_id, b.label AS label, b.kind AS kind,
       b.state AS state, b.created_at_ms AS created_at_ms, b.used_at_ms AS used_at_ms,
       b.expires_at_ms AS expires_at_ms
FROM badge b

-- name: badge_get
-- use: badge_columns
WHERE b.id = :id AND b.employee_id = :employee_id AND b.kind = 'own';

-- name: badge_list
-- use: badge_columns
WHERE b.employee_id = :employee_id AND COALESCE(b.expires_at_ms, :now + 1) > :now
ORDER BY b.id
LIMIT :limit OFFSET :offset;

-- name: badge_count
SELECT COUNT(*) AS total
FROM badge b
WHERE b.employee_id = :employee_id AND COALESCE(b.expires_at_ms, :now + 1) > :now;

-- name: badge_set_state
UPDATE badge SET state = :state
WHERE id = :id AND employee_id = :employee_id AND kind = 'own';

-- name: badge_delete
DELETE FROM badge
WHERE id = :id AND employee_id = :employee_id AND kind = 'own';

-- name: badge_used
UPDATE badge SET used_at_ms = :now
WHERE id = :id;

-- name: employee_by_badge
-- A day card that is not lent is nobody's.
SELECT e.id AS id, e.is_active AS active, b.id AS badge_id, b.state AS state,
       b.used_at_ms AS used_at_ms
FROM badge b
JOIN employee e ON e.id = b.employee_id
WHERE b.badge_hash = :badge_hash AND COALESCE(b.expires_at_ms, :now + 1) > :now;

-- name: day_card_insert
INSERT INTO badge (badge_hash, kind, label, created_at_ms)
VALUES (:badge_hash, 'day', :label, :now)
RETURNING id AS id;

-- name: day_card_by_label
SELECT b.id AS id
FROM badge b
WHERE b.kind = 'day' AND b.label = :label;

-- part: day_card_columns
SELECT b.id AS id, b.label AS label,
       CASE WHEN b.expires_at_ms > :now THEN 1 ELSE 0 END AS lent,
       e.id AS employee_id, e.name AS employee,
       CASE WHEN b.expires_at_ms > :now THEN b.expires_at_ms END AS expires_at_ms,
       b.used_at_ms AS used_at_ms
FROM badge b
LEFT JOIN employee e ON e.id = b.employee_id AND b.expires_at_ms > :now
      AND (CAST(:department AS INTEGER) IS NULL OR e.department_id = CAST(:department AS INTEGER))

-- name: day_card_get
-- Who has it is told within the caller's border only.
-- use: day_card_columns
WHERE b.id = :id AND b.kind = 'day';

-- name: day_card_list
-- use: day_card_columns
WHERE b.kind = 'day'
ORDER BY b.label, b.id
LIMIT :limit OFFSET :offset;

-- name: day_card_count
SELECT COUNT(*) AS total
FROM badge b
WHERE b.kind = 'day';

-- name: day_card_lend
UPDATE badge SET employee_id = :employee_id, expires_at_ms = :expires_at
WHERE id = :id AND kind = 'day';

-- name: day_card_holder
-- Whatever the caller may see.
SELECT b.employee_id AS employee_id
FROM badge b
WHERE b.id = :id AND b.kind = 'day' AND b.expires_at_ms > :now;

-- name: day_card_return
UPDATE badge SET employee_id = NULL, expires_at_ms = NULL
WHERE id = :id AND kind = 'day';

-- name: day_card_delete
DELETE FROM badge
WHERE id = :id AND kind = 'day';

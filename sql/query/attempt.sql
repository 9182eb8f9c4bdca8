-- Failed attempts: who may try again, and when.

-- name: attempt_get
SELECT a.id AS id, a.failed_at AS failed_at, a.locked_at_ms AS locked_at_ms
FROM attempt a
WHERE a.key_hash = :key_hash;

-- name: attempt_put
INSERT INTO attempt (key_hash, failed_at, locked_at_ms, touched_at_ms)
VALUES (:key_hash, :failed_at, :locked_at, :now)
ON CONFLICT (key_hash) DO UPDATE
SET failed_at = excluded.failed_at, locked_at_ms = excluded.locked_at_ms,
    touched_at_ms = excluded.touched_at_ms;

-- name: attempt_clear
DELETE FROM attempt WHERE key_hash = :key_hash;

-- name: attempt_count
-- scan: the table is bounded
SELECT COUNT(*) AS rows FROM attempt a;

-- name: attempt_drop_oldest
DELETE FROM attempt
WHERE id IN (SELECT a.id FROM attempt a ORDER BY a.touched_at_ms, a.id LIMIT :count);

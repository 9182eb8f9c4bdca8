-- One-time codes: a purpose, a holder, one use.

-- name: code_insert
INSERT INTO one_time_code (code_hash, purpose, user_id, employee_id, created_at_ms, expires_at_ms)
VALUES (:code_hash, :purpose, :user, :employee, :now, :expires_at);

-- name: code_spend
-- Counted in the statement that checks it, so of two callers with one code only one goes on.
UPDATE one_time_code SET used_at_ms = :now
WHERE code_hash = :code_hash AND purpose = :purpose AND used_at_ms IS NULL AND expires_at_ms > :now
RETURNING user_id AS user_id, employee_id AS employee_id;

-- name: code_look
SELECT c.user_id AS user_id, c.employee_id AS employee_id
FROM one_time_code c
WHERE c.code_hash = :code_hash AND c.purpose = :purpose AND c.used_at_ms IS NULL
  AND c.expires_at_ms > :now;

-- name: code_drop_user
DELETE FROM one_time_code WHERE user_id = :user AND purpose = :purpose;

-- name: code_drop_employee
DELETE FROM one_time_code WHERE employee_id = :employee AND purpose = :purpose;

-- name: code_sweep
-- scan: codes are few, and they go when they have run out
DELETE FROM one_time_code WHERE expires_at_ms <= :before;

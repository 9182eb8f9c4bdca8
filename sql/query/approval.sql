-- Bookings that wait for a second person. Reach as in purchase.sql. What is older than :dead is
-- expired, also before the housekeeping has said so.

-- name: approval_key
SELECT id AS id, request_fp AS request_fp, kind AS kind, employee_id AS employee_id,
       amount_minor AS amount_minor, reason AS reason,
       CASE WHEN state = 'pending' AND asked_at_ms <= :dead THEN 'expired' ELSE state END AS state
  FROM approval
 WHERE idem_key = :key AND idem_scope = :scope;

-- name: approval_add
INSERT INTO approval (kind, employee_id, amount_minor, source, till_id, reason, note, asked_by,
                      asked_at_ms, idem_scope, idem_key, request_fp)
VALUES (:kind, :employee, :amount, :source, :till, :reason, :note, :asked_by, :asked_at, :scope, :key,
        :fingerprint)
RETURNING id AS id;

-- name: approval_get
-- The columns are the same, in the same order, in approval_list.
SELECT p.id AS id, p.kind AS kind, p.employee_id AS employee_id, e.number AS number,
       e.name AS employee_name, p.amount_minor AS amount_minor, p.source AS source,
       p.till_id AS till_id, p.reason AS reason, p.note AS note, p.asked_by AS asked_by, u.name AS asked_by_name,
       p.asked_at_ms AS asked_at_ms,
       CASE WHEN p.state = 'pending' AND p.asked_at_ms <= :dead THEN 'expired'
            ELSE p.state END AS state,
       p.decided_by AS decided_by, d.name AS decided_by_name, p.decided_at_ms AS decided_at_ms,
       p.refusal AS refusal, p.journal_id AS journal_id, p.idem_scope AS idem_scope,
       p.idem_key AS idem_key, p.request_fp AS request_fp
  FROM approval p
  JOIN employee e ON e.id = p.employee_id
  JOIN user_account u ON u.id = p.asked_by
  LEFT JOIN user_account d ON d.id = p.decided_by
 WHERE p.id = :id
   AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: approval_list
-- Newest first. :state NULL: all.
SELECT p.id AS id, p.kind AS kind, p.employee_id AS employee_id, e.number AS number,
       e.name AS employee_name, p.amount_minor AS amount_minor, p.source AS source,
       p.till_id AS till_id, p.reason AS reason, p.note AS note, p.asked_by AS asked_by, u.name AS asked_by_name,
       p.asked_at_ms AS asked_at_ms,
       CASE WHEN p.state = 'pending' AND p.asked_at_ms <= :dead THEN 'expired'
            ELSE p.state END AS state,
       p.decided_by AS decided_by, d.name AS decided_by_name, p.decided_at_ms AS decided_at_ms,
       p.refusal AS refusal, p.journal_id AS journal_id, p.idem_scope AS idem_scope,
       p.idem_key AS idem_key, p.request_fp AS request_fp
  FROM approval p
  JOIN employee e ON e.id = p.employee_id
  JOIN user_account u ON u.id = p.asked_by
  LEFT JOIN user_account d ON d.id = p.decided_by
 WHERE (:all = 1 OR e.id = :self OR e.department_id = :department)
   AND (CAST(:state AS TEXT) IS NULL
        OR CAST(:state AS TEXT) = CASE WHEN p.state = 'pending' AND p.asked_at_ms <= :dead
                                       THEN 'expired' ELSE p.state END)
 ORDER BY p.id DESC
 LIMIT :limit OFFSET :offset;

-- name: approval_count
SELECT COUNT(*) AS total
  FROM approval p
  JOIN employee e ON e.id = p.employee_id
 WHERE (:all = 1 OR e.id = :self OR e.department_id = :department)
   AND (CAST(:state AS TEXT) IS NULL
        OR CAST(:state AS TEXT) = CASE WHEN p.state = 'pending' AND p.asked_at_ms <= :dead
                                       THEN 'expired' ELSE p.state END);

-- name: approval_decide
-- Only what still waits.
UPDATE approval
   SET state = :state, decided_by = :decided_by, decided_at_ms = :decided_at, refusal = :refusal,
       journal_id = :journal
 WHERE id = :id AND state = 'pending';

-- name: approval_dead
SELECT id AS id, employee_id AS employee_id
  FROM approval
 WHERE state = 'pending' AND asked_at_ms <= :dead
 ORDER BY id
 LIMIT :limit;

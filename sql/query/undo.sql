-- Purchases that were taken back by the person or at a kiosk; those that managers took back for
-- others do not count. Reach as in purchase.sql.

-- name: undo_count_person
-- Along entry_wallet, from the first journal since an instant.
SELECT COUNT(*) AS undos
  FROM account a
  JOIN entry n ON n.account_id = a.id AND n.balance_after IS NOT NULL
  JOIN journal v ON v.id = n.journal_id
  JOIN purchase p ON p.journal_id = v.reverses_id
  LEFT JOIN user_account u ON u.id = v.actor_user_id
 WHERE a.employee_id = :employee AND a.kind = 'wallet' AND v.kind = 'void'
   AND n.journal_id >= COALESCE((SELECT f.id FROM journal f WHERE f.recorded_at_ms >= :since
                                  ORDER BY f.recorded_at_ms, f.id LIMIT 1), 9223372036854775807)
   AND (v.device_id IS NOT NULL OR u.employee_id = p.employee_id);

-- name: undo_count_kiosk
SELECT COUNT(*) AS undos
  FROM journal v
  JOIN purchase p ON p.journal_id = v.reverses_id
 WHERE v.id >= COALESCE((SELECT f.id FROM journal f WHERE f.recorded_at_ms >= :since
                          ORDER BY f.recorded_at_ms, f.id LIMIT 1), 9223372036854775807)
   AND v.kind = 'void' AND v.device_id = :device;

-- part: undone
SELECT v.device_id AS device_id, p.employee_id AS employee_id, p.gross_minor AS gross_minor
  FROM journal v
  JOIN purchase p ON p.journal_id = v.reverses_id
  JOIN employee e ON e.id = p.employee_id
  LEFT JOIN user_account u ON u.id = v.actor_user_id
 WHERE v.id >= COALESCE((SELECT f.id FROM journal f WHERE f.recorded_at_ms >= :since
                          ORDER BY f.recorded_at_ms, f.id LIMIT 1), 9223372036854775807)
   AND v.id <= COALESCE((SELECT f.id FROM journal f WHERE f.recorded_at_ms <= :until
                          ORDER BY f.recorded_at_ms DESC, f.id DESC LIMIT 1), 0)
   AND v.kind = 'void' AND v.business_date >= :from AND v.business_date < :to
   AND (v.device_id IS NOT NULL OR u.employee_id = p.employee_id)
   AND (:all = 1 OR e.department_id = :department)

-- name: undo_by_person
SELECT w.employee_id AS id, e.number AS number, e.name AS name, COUNT(*) AS undos,
       CAST(SUM(w.gross_minor) AS BIGINT) AS amount_minor
  FROM (
-- use: undone
       ) w
  JOIN employee e ON e.id = w.employee_id
 GROUP BY w.employee_id, e.number, e.name
 ORDER BY COUNT(*) DESC, SUM(w.gross_minor) DESC, w.employee_id
 LIMIT :limit;

-- name: undo_by_kiosk
SELECT w.device_id AS id, '' AS number, d.name AS name, COUNT(*) AS undos,
       CAST(SUM(w.gross_minor) AS BIGINT) AS amount_minor
  FROM (
-- use: undone
       ) w
  JOIN device d ON d.id = w.device_id
 GROUP BY w.device_id, d.name
 ORDER BY COUNT(*) DESC, SUM(w.gross_minor) DESC, w.device_id
 LIMIT :limit;

-- The record of who did or saw what. Rows are added and, by retention alone, taken away.

-- name: audit_head
-- scan: one row from the end of the table
SELECT seq, at_ms, hash
  FROM audit
 ORDER BY seq DESC
 LIMIT 1;

-- name: audit_add
INSERT INTO audit (seq, at_ms, action, entity, entity_id, user_id, employee_id, device_id, cli_uid,
                   address, request_id, reason, subject_kind, subject_id, detail, hash)
VALUES (:seq, :at, :action, :entity, :entity_id, :user, :employee, :device, :cli_uid, :address,
        :request, :reason, :subject_kind, :subject, :detail, :hash);

-- name: subject_key
SELECT seal_key AS seal_key
  FROM subject_key
 WHERE kind = :kind AND subject_id = :subject;

-- name: subject_key_add
INSERT INTO subject_key (kind, subject_id, seal_key)
VALUES (:kind, :subject, :key);

-- Overwritten first, so that what the page held is gone even where the row stays.
-- name: subject_key_shred
INSERT INTO subject_key (kind, subject_id, seal_key)
VALUES (:kind, :subject, NULL)
ON CONFLICT (kind, subject_id) DO UPDATE SET seal_key = NULL;

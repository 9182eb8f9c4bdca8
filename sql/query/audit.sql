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

-- ---- reading ----

-- name: audit_range
-- Which rows an interval of instants lies in, through audit_time; NULL: no bound.
SELECT (SELECT seq
          FROM audit
         WHERE seq % 256 = 0 AND at_ms < :from
         ORDER BY at_ms DESC, seq DESC
         LIMIT 1) AS low,
       (SELECT seq
          FROM audit
         WHERE seq % 256 = 0 AND at_ms > :to
         ORDER BY at_ms, seq
         LIMIT 1) AS high,
       (SELECT MIN(seq) FROM audit) AS oldest,
       (SELECT MAX(seq) FROM audit) AS newest;

-- name: audit_list
-- Newest first, within a window of rows that the caller moves on, each with the key that its values
-- are sealed under. :all, or what the caller did and what is about the caller.
SELECT a.seq AS seq, a.at_ms AS at_ms, a.action AS action, a.entity AS entity,
       a.entity_id AS entity_id, a.user_id AS user_id, a.employee_id AS employee_id,
       a.device_id AS device_id, a.cli_uid AS cli_uid, a.address AS address,
       a.request_id AS request_id, a.reason AS reason, a.subject_kind AS subject_kind,
       a.subject_id AS subject_id, a.detail AS detail, a.hash AS hash, k.seal_key AS seal_key
  FROM audit a
  LEFT JOIN subject_key k ON k.kind = a.subject_kind AND k.subject_id = a.subject_id
 WHERE a.seq BETWEEN :low AND :high
   AND a.at_ms BETWEEN :from AND :to
   AND (CAST(:action AS TEXT) IS NULL OR a.action = CAST(:action AS TEXT))
   AND (CAST(:entity AS TEXT) IS NULL OR a.entity = CAST(:entity AS TEXT))
   AND (CAST(:entity_id AS BIGINT) IS NULL OR a.entity_id = CAST(:entity_id AS BIGINT))
   AND (CAST(:user AS BIGINT) IS NULL OR a.user_id = CAST(:user AS BIGINT))
   AND (CAST(:request AS TEXT) IS NULL OR a.request_id = CAST(:request AS TEXT))
   AND (:all = 1 OR a.user_id = :self_user OR a.employee_id = :self
        OR (a.subject_kind = 1 AND a.subject_id = :self)
        OR (a.subject_kind = 2 AND a.subject_id = :self_user))
 ORDER BY a.seq DESC
 LIMIT :limit;

-- name: audit_chain
-- Oldest first, for verifying and for retention.
SELECT seq AS seq, at_ms AS at_ms, action AS action, entity AS entity, entity_id AS entity_id,
       user_id AS user_id, employee_id AS employee_id, device_id AS device_id, cli_uid AS cli_uid,
       address AS address, request_id AS request_id, reason AS reason,
       subject_kind AS subject_kind, subject_id AS subject_id, detail AS detail, hash AS hash
  FROM audit
 WHERE seq > :after
 ORDER BY seq
 LIMIT :limit;

-- name: audit_anchor
SELECT seq AS seq, hash AS hash, mac AS mac
  FROM audit_anchor
 WHERE id = 1;

-- ---- retention ----

-- name: audit_old
-- scan: the oldest rows, as many as are asked for
-- The last of the oldest :limit rows that is older than :before; rows are in the order of time.
SELECT o.seq AS seq, o.at_ms AS at_ms, o.hash AS hash
  FROM (SELECT seq, at_ms, hash
          FROM audit
         ORDER BY seq
         LIMIT :limit) o
 WHERE o.at_ms < :before
 ORDER BY o.seq DESC
 LIMIT 1;

-- name: audit_purge_begin
INSERT INTO audit_purge (id, through_seq)
VALUES (1, :through);

-- name: audit_purge
DELETE FROM audit
 WHERE seq <= :through;

-- name: audit_purge_end
DELETE FROM audit_purge
 WHERE id = 1;

-- name: audit_anchor_set
INSERT INTO audit_anchor (id, seq, hash, mac)
VALUES (1, :seq, :hash, :mac)
ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, mac = excluded.mac;

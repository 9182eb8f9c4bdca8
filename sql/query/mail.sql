-- Messages that wait to be sent.

-- name: mail_insert
INSERT INTO mail_outbox (kind, address, due_at_ms, created_at_ms)
VALUES (:kind, :address, :now, :now);

-- name: mail_waiting
-- scan: the outbox is bounded
SELECT COUNT(*) AS total FROM mail_outbox m WHERE m.state = 'waiting';

-- name: mail_next
SELECT m.id AS id, m.kind AS kind, m.address AS address, m.tries AS tries
FROM mail_outbox m
WHERE m.state = 'waiting' AND m.due_at_ms <= :now
ORDER BY m.due_at_ms, m.id
LIMIT 1;

-- name: mail_delete
DELETE FROM mail_outbox WHERE id = :id;

-- name: mail_later
UPDATE mail_outbox SET tries = tries + 1, due_at_ms = :due_at, state = :state WHERE id = :id;

-- name: mail_sweep
-- scan: the outbox is bounded
DELETE FROM mail_outbox WHERE state = 'failed' AND created_at_ms < :before;

-- name: mail_list
-- scan: the outbox is bounded
SELECT m.id AS id, m.kind AS kind, m.address AS address, m.state AS state, m.tries AS tries,
       m.due_at_ms AS due_at_ms, m.created_at_ms AS created_at_ms
FROM mail_outbox m
ORDER BY m.id
LIMIT :limit OFFSET :offset;

-- name: mail_count
-- scan: with mail_list
SELECT COUNT(*) AS total FROM mail_outbox m;

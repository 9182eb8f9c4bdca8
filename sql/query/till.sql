-- Cash drawers. Positive amounts are what a drawer holds, so its account's entries turn their sign.

-- name: till_key
SELECT id AS id, request_fp AS request_fp
  FROM till_session
 WHERE idem_key = :key AND idem_scope = :scope;

-- name: till_open_on
-- The open session on an account.
SELECT id AS id
  FROM till_session
 WHERE account_id = :account AND state = 'open';

-- name: till_state
SELECT account_id AS account_id, CASE WHEN state = 'open' THEN 1 ELSE 0 END AS is_open
  FROM till_session
 WHERE id = :id;

-- name: till_only
-- Two rows are as good as none: nobody can say through which one the cash goes.
SELECT account_id AS account_id
  FROM till_session
 WHERE state = 'open'
 ORDER BY id
 LIMIT 2;

-- name: till_stray
-- An account of a drawer that nobody has open.
SELECT a.id AS id
  FROM account a
 WHERE a.id = :account AND a.kind = 'cash' AND a.code <> 'cash:main'
   AND NOT EXISTS (SELECT 1 FROM till_session s WHERE s.account_id = a.id AND s.state = 'open');

-- name: till_add
INSERT INTO till_session (name, account_id, float_minor, opened_by, opened_at_ms, after_journal_id,
                          idem_scope, idem_key, request_fp)
VALUES (:name, :account, :float, :opened_by, :opened_at, :after, :scope, :key, :fingerprint)
RETURNING id AS id;

-- name: till_close
UPDATE till_session
   SET state = 'closed', closed_by = :closed_by, closed_at_ms = :closed_at,
       last_journal_id = :last, expected_minor = :expected, counted_minor = :counted,
       reason = :reason, count_scope = :scope, count_key = :key, count_fp = :fingerprint
 WHERE id = :id AND state = 'open';

-- name: till_counting
-- What a count must know. expected: what was booked through the drawer since it was opened.
SELECT s.account_id AS account_id, CASE WHEN s.state = 'open' THEN 1 ELSE 0 END AS is_open,
       s.count_scope AS count_scope, s.count_key AS count_key, s.count_fp AS count_fp,
       (SELECT COALESCE(CAST(SUM(-n.amount_minor) AS BIGINT), 0)
          FROM entry n
         WHERE n.journal_id > s.after_journal_id AND n.account_id = s.account_id) AS expected
  FROM till_session s
 WHERE s.id = :id;

-- name: till_get
-- The columns are the same, in the same order, in till_list.
SELECT s.id AS id, s.name AS name, s.state AS state, s.float_minor AS float_minor,
       s.opened_by AS opened_by, o.name AS opened_by_name, s.opened_at_ms AS opened_at_ms,
       COALESCE(s.expected_minor,
                (SELECT COALESCE(CAST(SUM(-n.amount_minor) AS BIGINT), 0)
                   FROM entry n
                  WHERE n.journal_id > s.after_journal_id
                    AND n.account_id = s.account_id)) AS expected,
       s.counted_minor AS counted_minor, s.reason AS reason, s.closed_by AS closed_by,
       c.name AS closed_by_name, s.closed_at_ms AS closed_at_ms
  FROM till_session s
  LEFT JOIN user_account o ON o.id = s.opened_by
  LEFT JOIN user_account c ON c.id = s.closed_by
 WHERE s.id = :id;

-- name: till_list
-- Newest first. :state NULL: all.
SELECT s.id AS id, s.name AS name, s.state AS state, s.float_minor AS float_minor,
       s.opened_by AS opened_by, o.name AS opened_by_name, s.opened_at_ms AS opened_at_ms,
       COALESCE(s.expected_minor,
                (SELECT COALESCE(CAST(SUM(-n.amount_minor) AS BIGINT), 0)
                   FROM entry n
                  WHERE n.journal_id > s.after_journal_id
                    AND n.account_id = s.account_id)) AS expected,
       s.counted_minor AS counted_minor, s.reason AS reason, s.closed_by AS closed_by,
       c.name AS closed_by_name, s.closed_at_ms AS closed_at_ms
  FROM till_session s
  LEFT JOIN user_account o ON o.id = s.opened_by
  LEFT JOIN user_account c ON c.id = s.closed_by
 WHERE (CAST(:state AS TEXT) IS NULL OR s.state = CAST(:state AS TEXT))
 ORDER BY s.id DESC
 LIMIT :limit OFFSET :offset;

-- name: till_count
SELECT COUNT(*) AS total
  FROM till_session s
 WHERE (CAST(:state AS TEXT) IS NULL OR s.state = CAST(:state AS TEXT));

-- name: till_movements
-- What went through a drawer, in the order of the books.
SELECT j.id AS id, j.kind AS kind, j.recorded_at_ms AS recorded_at_ms,
       -n.amount_minor AS amount_minor, u.name AS booked_by
  FROM till_session s
  JOIN entry n ON n.journal_id > s.after_journal_id
              AND n.journal_id <= COALESCE(s.last_journal_id, n.journal_id)
              AND n.account_id = s.account_id
  JOIN journal j ON j.id = n.journal_id
  LEFT JOIN user_account u ON u.id = j.actor_user_id
 WHERE s.id = :id
 ORDER BY j.id
 LIMIT :limit;

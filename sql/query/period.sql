-- Months: what is open, closing one, and what a closed one says for ever. The journals of a month
-- are a range of ids: business dates never go back.

-- part: period_columns
SELECT p.id AS id, p.starts_on AS starts_on, p.ends_on AS ends_on, p.state AS state,
       p.first_journal_id AS first_journal_id, p.last_journal_id AS last_journal_id,
       p.closed_journal_id AS closed_journal_id, p.closed_hash AS closed_hash,
       p.closed_at_ms AS closed_at_ms, COUNT(s.account_id) AS people,
       CAST(SUM(s.opening_minor) AS BIGINT) AS opening_minor,
       CAST(SUM(s.debit_minor) AS BIGINT) AS debit_minor,
       CAST(SUM(s.credit_minor) AS BIGINT) AS credit_minor,
       CAST(SUM(s.closing_minor) AS BIGINT) AS closing_minor

-- name: period_get
-- With the sums over all wallets.
-- use: period_columns
  FROM period p
  LEFT JOIN (SELECT w.period_id, w.account_id, w.opening_minor, w.debit_minor, w.credit_minor,
                    w.closing_minor
               FROM statement w
               JOIN account a ON a.id = w.account_id AND a.kind = 'wallet') s ON s.period_id = p.id
 WHERE p.starts_on = :starts_on
 GROUP BY p.id, p.starts_on, p.ends_on, p.state, p.first_journal_id, p.last_journal_id,
          p.closed_journal_id, p.closed_hash, p.closed_at_ms;

-- name: period_list
-- Newest first.
-- use: period_columns
  FROM (SELECT id, starts_on, ends_on, state, first_journal_id, last_journal_id,
               closed_journal_id, closed_hash, closed_at_ms
          FROM period
         ORDER BY starts_on DESC
         LIMIT :limit OFFSET :offset) p
  LEFT JOIN (SELECT w.period_id, w.account_id, w.opening_minor, w.debit_minor, w.credit_minor,
                    w.closing_minor
               FROM statement w
               JOIN account a ON a.id = w.account_id AND a.kind = 'wallet') s ON s.period_id = p.id
 GROUP BY p.id, p.starts_on, p.ends_on, p.state, p.first_journal_id, p.last_journal_id,
          p.closed_journal_id, p.closed_hash, p.closed_at_ms
 ORDER BY p.starts_on DESC;

-- name: period_count
SELECT COUNT(*) AS total
  FROM period;

-- name: period_earlier_open
SELECT starts_on AS starts_on
  FROM period
 WHERE starts_on < :starts_on AND state = 'open'
 ORDER BY starts_on
 LIMIT 1;

-- name: period_later_closed
SELECT starts_on AS starts_on
  FROM period
 WHERE starts_on > :starts_on AND state = 'closed'
 ORDER BY starts_on
 LIMIT 1;

-- name: period_before
-- The closed month before one: its statements open the next, its journals end where they begin.
SELECT id AS id, last_journal_id AS last_journal_id
  FROM period
 WHERE starts_on < :starts_on AND state = 'closed'
 ORDER BY starts_on DESC
 LIMIT 1;

-- name: period_journals
-- Which journals are a month's, from :first on; no journal that was recorded at :until or later is.
SELECT COALESCE(CAST(MAX(j.id) AS BIGINT), :first - 1) AS last, COUNT(*) AS n
  FROM journal j
 WHERE j.id BETWEEN :first AND COALESCE((SELECT f.id
                                           FROM journal f
                                          WHERE f.recorded_at_ms >= :until
                                          ORDER BY f.recorded_at_ms, f.id
                                          LIMIT 1), 9223372036854775807)
   AND j.period_id = :period;

-- name: period_live
-- What moved in wallets since: the sums of a month that is still open.
SELECT COALESCE(CAST(SUM(CASE WHEN n.amount_minor < 0 THEN -n.amount_minor ELSE 0 END) AS BIGINT), 0) AS debit_minor,
       COALESCE(CAST(SUM(CASE WHEN n.amount_minor > 0 THEN n.amount_minor ELSE 0 END) AS BIGINT), 0) AS credit_minor
  FROM entry n
  JOIN account a ON a.id = n.account_id AND a.kind = 'wallet'
 WHERE n.journal_id BETWEEN :first AND :last;

-- name: statement_make
-- One row for each account of a person that is open, moved, or was not empty before.
INSERT INTO statement (period_id, account_id, opening_minor, debit_minor, credit_minor,
                       closing_minor)
SELECT :period, a.id, COALESCE(b.closing_minor, 0), COALESCE(m.debit, 0), COALESCE(m.credit, 0),
       COALESCE(b.closing_minor, 0) + COALESCE(m.credit, 0) - COALESCE(m.debit, 0)
  FROM account a
  LEFT JOIN wallet w ON w.account_id = a.id
  LEFT JOIN statement b ON b.period_id = :before AND b.account_id = a.id
  LEFT JOIN (SELECT n.account_id AS account_id,
                    CAST(SUM(CASE WHEN n.amount_minor < 0 THEN -n.amount_minor ELSE 0 END) AS BIGINT) AS debit,
                    CAST(SUM(CASE WHEN n.amount_minor > 0 THEN n.amount_minor ELSE 0 END) AS BIGINT) AS credit
               FROM entry n
              WHERE n.journal_id BETWEEN :first AND :last
              GROUP BY n.account_id) m ON m.account_id = a.id
 WHERE a.employee_id IS NOT NULL
   AND (w.state = 'open' OR m.account_id IS NOT NULL OR b.closing_minor <> 0);

-- name: period_close
UPDATE period
   SET state = 'closed', first_journal_id = :first, last_journal_id = :last,
       closed_journal_id = :head, closed_hash = :hash, closed_at_ms = :now
 WHERE id = :id AND state = 'open';

-- name: statement_get
-- A wallet's row of a closed month, within the caller's reach; the name is for printing only.
SELECT e.number AS number, e.name AS name, a.id AS account_id, p.starts_on AS starts_on,
       p.ends_on AS ends_on, p.first_journal_id AS first_journal_id,
       p.last_journal_id AS last_journal_id, s.opening_minor AS opening_minor,
       s.debit_minor AS debit_minor, s.credit_minor AS credit_minor,
       s.closing_minor AS closing_minor
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
  JOIN statement s ON s.account_id = a.id
  JOIN period p ON p.id = s.period_id
 WHERE e.id = :employee AND p.starts_on = :starts_on
   AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: statement_movements
SELECT n.journal_id AS journal_id, j.kind AS kind, j.recorded_at_ms AS recorded_at_ms,
       j.business_date AS business_date, n.amount_minor AS amount_minor,
       j.reason_code AS reason_code, j.reverses_id AS reverses_id
  FROM entry n
  JOIN journal j ON j.id = n.journal_id
 WHERE n.account_id = :account AND n.balance_after IS NOT NULL
   AND n.journal_id BETWEEN :first AND :last
 ORDER BY n.journal_id;

-- name: statement_list
-- The closed months of a person, newest first, with the allowance where there is one.
SELECT p.starts_on AS starts_on, s.opening_minor AS opening_minor, s.debit_minor AS debit_minor,
       s.credit_minor AS credit_minor, s.closing_minor AS closing_minor,
       x.opening_minor AS allowance_opening_minor, x.closing_minor AS allowance_closing_minor
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
  JOIN statement s ON s.account_id = a.id
  JOIN period p ON p.id = s.period_id
  LEFT JOIN account b ON b.employee_id = e.id AND b.kind = 'allowance'
  LEFT JOIN statement x ON x.account_id = b.id AND x.period_id = s.period_id
 WHERE e.id = :employee
   AND (:all = 1 OR e.id = :self OR e.department_id = :department)
 ORDER BY p.starts_on DESC
 LIMIT :limit OFFSET :offset;

-- name: statement_count
-- No row: there is no such person within reach.
SELECT COUNT(s.account_id) AS total
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
  LEFT JOIN statement s ON s.account_id = a.id
 WHERE e.id = :employee
   AND (:all = 1 OR e.id = :self OR e.department_id = :department)
 GROUP BY e.id;

-- name: verify_statements
-- What a closed month says of its accounts.
SELECT account_id AS account_id, opening_minor AS opening_minor, debit_minor AS debit_minor,
       credit_minor AS credit_minor, closing_minor AS closing_minor
  FROM statement
 WHERE period_id = :period
 ORDER BY account_id;

-- The books as a treasurer reads them: accounts, the trial balance, journals, and their way into
-- another program's chart of accounts.

-- name: book_bound
-- The last journal of a day or before it: business dates never go back.
SELECT COALESCE(MAX(j.id), 0) AS last
  FROM journal j
 WHERE j.id = (SELECT b.id
                 FROM journal b
                WHERE b.id <= COALESCE((SELECT f.id
                                          FROM journal f
                                         WHERE f.recorded_at_ms >= :until
                                         ORDER BY f.recorded_at_ms, f.id
                                         LIMIT 1), 9223372036854775807)
                  AND b.business_date <= :date
                ORDER BY b.id DESC
                LIMIT 1);

-- name: book_before
-- The last journal before a day.
SELECT COALESCE(MAX(j.id), 0) AS last
  FROM journal j
 WHERE j.id = (SELECT b.id
                 FROM journal b
                WHERE b.id <= COALESCE((SELECT f.id
                                          FROM journal f
                                         WHERE f.recorded_at_ms >= :until
                                         ORDER BY f.recorded_at_ms, f.id
                                         LIMIT 1), 9223372036854775807)
                  AND b.business_date < :date
                ORDER BY b.id DESC
                LIMIT 1);

-- part: book_balances
-- A wallet carries its balance in every entry; of shared accounts the sums of ended days are kept.
SELECT a.id AS id, a.code AS code, a.kind AS kind, a.employee_id AS employee_id,
       CASE WHEN w.account_id IS NOT NULL
            THEN COALESCE((SELECT n.balance_after
                             FROM entry n
                            WHERE n.account_id = a.id AND n.balance_after IS NOT NULL
                              AND n.journal_id <= :last
                            ORDER BY n.journal_id DESC
                            LIMIT 1), 0)
            ELSE COALESCE(d.total, 0) + COALESCE(l.total, 0) END AS balance_minor
  FROM account a
  LEFT JOIN wallet w ON w.account_id = a.id
  LEFT JOIN (SELECT s.account_id AS account_id, CAST(SUM(s.sum_minor) AS BIGINT) AS total
               FROM account_day s
              WHERE s.business_date <= :date
              GROUP BY s.account_id) d ON d.account_id = a.id
  LEFT JOIN (SELECT n.account_id AS account_id, CAST(SUM(n.amount_minor) AS BIGINT) AS total
               FROM entry n
              WHERE n.journal_id > (SELECT MAX(r.journal_id) FROM rollup_state r)
                AND n.journal_id <= :last AND n.balance_after IS NULL
              GROUP BY n.account_id) l ON l.account_id = a.id

-- name: book_accounts
-- use: book_balances
 WHERE (CAST(:kind AS TEXT) IS NULL OR a.kind = CAST(:kind AS TEXT))
 ORDER BY a.id
 LIMIT :limit OFFSET :offset;

-- name: book_account_count
SELECT COUNT(*) AS total
  FROM account
 WHERE (CAST(:kind AS TEXT) IS NULL OR kind = CAST(:kind AS TEXT));

-- name: book_trial
-- scan: a balance for each account
-- use: book_balances
 ORDER BY a.id;

-- name: book_journals
-- Newest first, each with all its entries: a row an entry.
SELECT j.id AS id, j.kind AS kind, j.recorded_at_ms AS recorded_at_ms,
       j.occurred_at_ms AS occurred_at_ms, j.business_date AS business_date,
       j.actor_user_id AS actor_user_id, j.device_id AS device_id, j.reverses_id AS reverses_id,
       j.reason_code AS reason_code, j.hash AS hash, n.account_id AS account_id, a.code AS code,
       n.amount_minor AS amount_minor, n.balance_after AS balance_after
  FROM (SELECT k.id, k.kind, k.recorded_at_ms, k.occurred_at_ms, k.business_date, k.actor_user_id,
               k.device_id, k.reverses_id, k.reason_code, k.hash
          FROM journal k
         WHERE k.id BETWEEN :low AND :high
           AND (CAST(:kind AS TEXT) IS NULL OR k.kind = CAST(:kind AS TEXT))
           AND (CAST(:account AS BIGINT) IS NULL
                OR EXISTS (SELECT 1 FROM entry x
                            WHERE x.journal_id = k.id AND x.account_id = CAST(:account AS BIGINT)))
         ORDER BY k.id DESC
         LIMIT :limit) j
  JOIN entry n ON n.journal_id = j.id
  JOIN account a ON a.id = n.account_id
 ORDER BY j.id DESC, n.account_id;

-- name: book_head
SELECT id AS id, recorded_at_ms AS recorded_at_ms, hash AS hash
  FROM journal
 WHERE id = (SELECT MAX(id) FROM journal);

-- ---- another program's chart of accounts ----

-- name: account_map_list
-- scan: a short table
SELECT code AS code, number AS number, name AS name
  FROM account_map
 ORDER BY code;

-- name: account_map_clear
DELETE FROM account_map;

-- name: account_map_add
INSERT INTO account_map (code, number, name)
VALUES (:code, :number, :name);

-- part: book_mapped
-- The own line of an account's code, else that of its kind ("wallet:*").
       COALESCE(m.number, g.number, '') AS number, COALESCE(m.name, g.name, '') AS name

-- name: book_export
-- The entries of a month's journals, a row each.
SELECT j.business_date AS business_date, j.id AS id, j.kind AS kind, j.reason_code AS reason_code,
       j.reverses_id AS reverses_id, a.code AS code, n.amount_minor AS amount_minor,
-- use: book_mapped
  FROM journal j
  JOIN entry n ON n.journal_id = j.id
  JOIN account a ON a.id = n.account_id
  LEFT JOIN account_map m ON m.code = a.code
  LEFT JOIN account_map g ON g.code = a.kind || ':*'
 WHERE j.id BETWEEN :first AND :last
 ORDER BY j.id, n.account_id;

-- name: book_export_days
-- The same summed up by day, kind of journal and account; people's wallets are one account.
SELECT x.business_date AS business_date, x.kind AS kind, x.code AS code,
       CAST(SUM(x.debit) AS BIGINT) AS debit_minor, CAST(SUM(x.credit) AS BIGINT) AS credit_minor,
       x.number AS number, x.name AS name
  FROM (SELECT j.business_date AS business_date, j.kind AS kind,
               CASE WHEN a.employee_id IS NULL THEN a.code ELSE a.kind || ':*' END AS code,
               CASE WHEN n.amount_minor < 0 THEN -n.amount_minor ELSE 0 END AS debit,
               CASE WHEN n.amount_minor > 0 THEN n.amount_minor ELSE 0 END AS credit,
-- use: book_mapped
          FROM journal j
          JOIN entry n ON n.journal_id = j.id
          JOIN account a ON a.id = n.account_id
          LEFT JOIN account_map m ON m.code = a.code AND a.employee_id IS NULL
          LEFT JOIN account_map g ON g.code = a.kind || ':*'
         WHERE j.id BETWEEN :first AND :last) x
 GROUP BY x.business_date, x.kind, x.code, x.number, x.name
 ORDER BY x.business_date, x.kind, x.code;

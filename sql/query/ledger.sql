-- The ledger's own statements. Writing happens in this order inside one job: entries, purchase and
-- lines, wallets, and the journal last, which seals them.

-- name: ledger_opening_of
-- Who has a number, with an open wallet, and whether an opening balance is booked on it.
SELECT e.id AS id,
       CASE WHEN EXISTS (SELECT 1
                           FROM entry n
                           JOIN journal j ON j.id = n.journal_id
                          WHERE n.account_id = a.id AND n.balance_after IS NOT NULL
                            AND j.kind = 'opening')
            THEN 1 ELSE 0 END AS has_opening
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
  JOIN wallet w ON w.account_id = a.id AND w.state = 'open'
 WHERE e.number = :number;

-- name: ledger_key
-- What is booked under a caller's key: of journal_idem alone, since nearly always nothing is.
SELECT id AS id
  FROM journal
 WHERE idem_key = :key AND idem_scope = :scope;

-- name: ledger_request
SELECT request_fp AS request_fp
  FROM journal
 WHERE id = :id;

-- name: ledger_period
-- starts_on is the first day of a month.
SELECT id AS id, CASE WHEN state = 'open' THEN 1 ELSE 0 END AS is_open
  FROM period
 WHERE starts_on = :starts_on;

-- name: ledger_period_make
INSERT INTO period (starts_on, ends_on)
VALUES (:starts_on, :ends_on)
RETURNING id AS id;

-- name: ledger_period_next_open
-- Where a late entry goes: the earliest open month after the one it missed.
SELECT id AS id, starts_on AS starts_on
  FROM period
 WHERE starts_on > :starts_on AND state = 'open'
 ORDER BY starts_on
 LIMIT 1;

-- name: ledger_account
SELECT id AS id
  FROM account
 WHERE code = :code;

-- name: ledger_account_make
INSERT INTO account (code, kind, employee_id)
VALUES (:code, :kind, :employee)
RETURNING id AS id;

-- name: ledger_wallet_make
-- The floor as the person's overdraft has it, else the group's, else the site's; an allowance (:kind)
-- has none.
INSERT INTO wallet (account_id, floor_minor, balance_minor)
SELECT CAST(:account AS BIGINT),
       CASE WHEN :kind = 'wallet'
            THEN -COALESCE(e.overdraft_minor, g.overdraft_minor, s.overdraft_minor, 0) ELSE 0 END, 0
  FROM employee e
  LEFT JOIN customer_group g ON g.id = e.group_id
  LEFT JOIN site s ON s.id = 1
 WHERE e.id = :employee;

-- name: ledger_floor_of
-- Sets one person's floor anew. A balance below it stays as it is: only the next debit must fit.
UPDATE wallet
   SET floor_minor = -(SELECT COALESCE(e.overdraft_minor, g.overdraft_minor, s.overdraft_minor, 0)
                         FROM employee e
                         LEFT JOIN customer_group g ON g.id = e.group_id
                         LEFT JOIN site s ON s.id = 1
                        WHERE e.id = :employee)
 WHERE state = 'open'
   AND account_id = (SELECT a.id FROM account a
                      WHERE a.employee_id = :employee AND a.kind = 'wallet');

-- name: ledger_floors
-- The same for everybody of a group, or for all (:group NULL).
UPDATE wallet
   SET floor_minor = -(SELECT COALESCE(e.overdraft_minor, g.overdraft_minor, s.overdraft_minor, 0)
                         FROM account a
                         JOIN employee e ON e.id = a.employee_id
                         LEFT JOIN customer_group g ON g.id = e.group_id
                         LEFT JOIN site s ON s.id = 1
                        WHERE a.id = wallet.account_id)
 WHERE state = 'open'
   AND account_id IN (SELECT a.id
                        FROM employee e
                        JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
                       WHERE CAST(:group AS BIGINT) IS NULL
                          OR e.group_id = CAST(:group AS BIGINT));

-- name: ledger_wallet
-- Not one that was closed.
SELECT w.account_id AS account_id, w.balance_minor AS balance_minor, w.floor_minor AS floor_minor,
       w.last_journal_id AS last_journal_id, w.month AS month,
       w.month_spent_minor AS month_spent_minor, g.account_id AS allowance_id,
       g.balance_minor AS allowance_minor
  FROM account a
  JOIN wallet w ON w.account_id = a.id AND w.state = 'open'
  LEFT JOIN account b ON b.employee_id = a.employee_id AND b.kind = 'allowance'
  LEFT JOIN wallet g ON g.account_id = b.id
 WHERE a.employee_id = :employee AND a.kind = 'wallet';

-- name: ledger_wallet_close
UPDATE wallet
SET state = 'closed'
WHERE account_id = :account AND balance_minor = 0;

-- name: ledger_wallet_reach
-- The same wallet, but only within the caller's reach.
SELECT w.account_id AS account_id, w.balance_minor AS balance_minor, w.floor_minor AS floor_minor,
       w.day AS day, w.day_spent_minor AS day_spent_minor,
       w.month AS month, w.month_spent_minor AS month_spent_minor,
       CASE WHEN w.state = 'closed' THEN 1 ELSE 0 END AS is_closed,
       COALESCE(e.purchase_limit_minor, g.purchase_limit_minor, s.purchase_limit_minor)
         AS purchase_limit_minor,
       COALESCE(e.daily_limit_minor, g.daily_limit_minor, s.daily_limit_minor) AS daily_limit_minor,
       COALESCE(e.monthly_limit_minor, g.monthly_limit_minor, s.monthly_limit_minor)
         AS monthly_limit_minor,
       o.daily_minor AS own_daily, o.monthly_minor AS own_monthly,
       o.daily_before_minor AS own_daily_before, o.monthly_before_minor AS own_monthly_before,
       o.since AS own_since,
       p.balance_minor AS allowance_minor
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
  JOIN wallet w ON w.account_id = a.id AND w.state = 'open'
  LEFT JOIN account b ON b.employee_id = e.id AND b.kind = 'allowance'
  LEFT JOIN wallet p ON p.account_id = b.id
  LEFT JOIN customer_group g ON g.id = e.group_id
  LEFT JOIN own_limit o ON o.employee_id = e.id
  LEFT JOIN site s ON s.id = 1
 WHERE e.id = :employee
   AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: ledger_balance_at
-- Two seeks: the last journal at or before the instant (journal_time), then the wallet's last
-- entry up to it (entry_wallet). :kind is 'wallet' or 'allowance'.
SELECT n.balance_after AS balance_after
  FROM account a
  JOIN entry n ON n.account_id = a.id
 WHERE a.employee_id = :employee AND a.kind = :kind AND n.balance_after IS NOT NULL
   AND n.journal_id <= (SELECT j.id
                          FROM journal j
                         WHERE j.recorded_at_ms <= :at
                         ORDER BY j.recorded_at_ms DESC, j.id DESC
                         LIMIT 1)
 ORDER BY n.journal_id DESC
 LIMIT 1;

-- name: ledger_spent_at
-- What a person had spent on a day and in a month (first day :from to last day :to) as it stood at
-- an instant: purchases recorded by then, less what was undone and refunded of them by then.
SELECT COALESCE(CAST(SUM(-n.amount_minor) AS BIGINT), 0) AS spent,
       COALESCE(CAST(SUM(CASE WHEN COALESCE(o.business_date, j.business_date) = :day
                              THEN -n.amount_minor ELSE 0 END) AS BIGINT), 0) AS day_spent
  FROM account a
  JOIN entry n ON n.account_id = a.id
  JOIN journal j ON j.id = n.journal_id
  LEFT JOIN journal o ON o.id = j.reverses_id
 WHERE a.employee_id = :employee AND a.kind = 'wallet' AND n.balance_after IS NOT NULL
   AND n.journal_id >= COALESCE((SELECT f.id
                                   FROM journal f
                                  WHERE f.recorded_at_ms >= :since
                                  ORDER BY f.recorded_at_ms, f.id
                                  LIMIT 1), 9223372036854775807)
   AND n.journal_id <= COALESCE((SELECT l.id
                                   FROM journal l
                                  WHERE l.recorded_at_ms <= :at
                                  ORDER BY l.recorded_at_ms DESC, l.id DESC
                                  LIMIT 1), 0)
   AND (j.kind = 'purchase' OR o.kind = 'purchase')
   AND COALESCE(o.business_date, j.business_date) BETWEEN :from AND :to;

-- name: ledger_balance
-- No row: the account is not a wallet.
SELECT balance_minor AS balance_minor
  FROM wallet
 WHERE account_id = :account;

-- name: ledger_entry_add
-- balance_after is computed by the caller; the journal is refused when its wallet does not come to it. No RETURNING: it costs a temporary table, as much as the insert itself.
-- fail: the booking is undone as a whole
INSERT INTO entry (journal_id, account_id, amount_minor, balance_after)
VALUES (:journal, :account, :amount, :balance_after);

-- name: ledger_purchase_add
-- With the department the buyer is in now: reports of the past stay as they were when people move.
INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor,
                      subsidy_minor, department_id)
VALUES (:journal, :employee, :gross, :wallet, :allowance, :subsidy,
        (SELECT e.department_id FROM employee e WHERE e.id = :employee));

-- name: ledger_line_add
INSERT INTO purchase_line (journal_id, line_no, product_id, name_snapshot, qty, unit_price_minor,
                           gross_minor, tax_rate_ppm, tax_minor, subsidy_minor, allowance_minor,
                           wallet_minor)
VALUES (:journal, :line_no, :product, :name, :quantity, :unit_price, :gross, :tax_rate, :tax,
        :subsidy, :allowance, :wallet);

-- name: ledger_refund_add
INSERT INTO refund_line (purchase_id, line_no, journal_id, qty, gross_minor, tax_minor,
                         subsidy_minor, allowance_minor)
VALUES (:purchase, :line_no, :journal, :quantity, :gross, :tax, :subsidy, :allowance);

-- name: ledger_journal_add
INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, period_id,
                     actor_user_id, device_id, idem_scope, idem_key, request_fp, reverses_id,
                     reason_code, enforce_floor, prev_hash, hash)
VALUES (:id, :kind, :recorded_at, :occurred_at, :business_date, :period, :actor, :device,
        :idem_scope, :idem_key, :request_fp, :reverses, :reason, :enforce_floor, :prev_hash, :hash);

-- name: ledger_wallet_move
-- To where its entry says; the guards compare.
-- fail: the booking is undone as a whole
UPDATE wallet
   SET balance_minor = :balance, last_journal_id = :journal
 WHERE account_id = :account;

-- name: ledger_wallet_spend
-- The same, and the counters: they hold the day and the month of the last purchase; a new one starts
-- at its amount.
-- fail: the booking is undone as a whole
UPDATE wallet
   SET balance_minor = :balance, last_journal_id = :journal,
       day_spent_minor = CASE WHEN day = :day THEN day_spent_minor + :amount ELSE :amount END,
       day = :day,
       month_spent_minor = CASE WHEN month = :month THEN month_spent_minor + :amount
                                ELSE :amount END,
       month = :month
 WHERE account_id = :account;

-- name: ledger_wallet_return
-- The same, and gives back to the purchase's own day and month, when they are still the stored ones.
-- fail: the booking is undone as a whole
UPDATE wallet
   SET balance_minor = :balance, last_journal_id = :journal,
       day_spent_minor = CASE WHEN day = :day THEN day_spent_minor - :amount
                              ELSE day_spent_minor END,
       month_spent_minor = CASE WHEN month = :month THEN month_spent_minor - :amount
                                ELSE month_spent_minor END
 WHERE account_id = :account;

-- name: ledger_entries_of
SELECT account_id AS account_id, amount_minor AS amount_minor
  FROM entry
 WHERE journal_id = :journal
 ORDER BY account_id;

-- name: ledger_movement
-- A journal of one wallet, within the caller's reach, and whether it was taken back.
SELECT a.employee_id AS employee_id, j.kind AS kind, n.amount_minor AS amount_minor,
       n.balance_after AS balance_after, j.recorded_at_ms AS recorded_at_ms,
       j.reason_code AS reason_code, j.reverses_id AS reverses_id,
       CASE WHEN EXISTS (SELECT 1 FROM journal v WHERE v.reverses_id = j.id AND v.kind = 'void')
            THEN 1 ELSE 0 END AS is_voided
  FROM journal j
  JOIN entry n ON n.journal_id = j.id AND n.balance_after IS NOT NULL
  JOIN account a ON a.id = n.account_id AND a.kind = 'wallet'
  JOIN employee e ON e.id = a.employee_id
 WHERE j.id = :journal
   AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: ledger_statement_opening
-- Whose it is, and the balance before the first journal that can be of the days (:low to :high), with
-- those of them that are of an earlier day. Nothing outside that range is read, however old the file.
SELECT e.number AS number, e.name AS name,
       COALESCE((SELECT b.balance_after
                   FROM entry b
                  WHERE b.account_id = a.id AND b.balance_after IS NOT NULL AND b.journal_id < :low
                  ORDER BY b.journal_id DESC
                  LIMIT 1), 0)
       + COALESCE((SELECT CAST(SUM(n.amount_minor) AS BIGINT)
                     FROM entry n
                     JOIN journal j ON j.id = n.journal_id
                    WHERE n.account_id = a.id AND n.balance_after IS NOT NULL
                      AND n.journal_id BETWEEN :low AND :high AND j.business_date < :from), 0)
         AS opening
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
 WHERE e.id = :employee;

-- name: ledger_statement_lines
SELECT n.journal_id AS journal_id, j.kind AS kind, j.recorded_at_ms AS recorded_at_ms,
       j.business_date AS business_date, n.amount_minor AS amount_minor,
       j.reason_code AS reason_code, j.reverses_id AS reverses_id
  FROM account a
  JOIN entry n ON n.account_id = a.id AND n.balance_after IS NOT NULL
  JOIN journal j ON j.id = n.journal_id
 WHERE a.employee_id = :employee AND a.kind = 'wallet'
   AND n.journal_id BETWEEN :low AND :high
   AND j.business_date >= :from AND j.business_date < :to
 ORDER BY n.journal_id;

-- ---- verify: four cursors over the same range of ids, and the state they must end in ----

-- name: verify_journals
SELECT id AS id, kind AS kind, recorded_at_ms AS recorded_at_ms, occurred_at_ms AS occurred_at_ms,
       business_date AS business_date, period_id AS period_id, actor_user_id AS actor_user_id,
       device_id AS device_id, idem_scope AS idem_scope, idem_key AS idem_key,
       request_fp AS request_fp, reverses_id AS reverses_id, reason_code AS reason_code,
       enforce_floor AS enforce_floor, prev_hash AS prev_hash, hash AS hash
  FROM journal
 WHERE id BETWEEN :first AND :last
 ORDER BY id;

-- name: verify_entries
SELECT journal_id AS journal_id, account_id AS account_id, amount_minor AS amount_minor,
       balance_after AS balance_after
  FROM entry
 WHERE journal_id BETWEEN :first AND :last
 ORDER BY journal_id, account_id;

-- name: verify_purchases
SELECT journal_id AS journal_id, employee_id AS employee_id, gross_minor AS gross_minor,
       wallet_minor AS wallet_minor, allowance_minor AS allowance_minor,
       subsidy_minor AS subsidy_minor
  FROM purchase
 WHERE journal_id BETWEEN :first AND :last
 ORDER BY journal_id;

-- name: verify_lines
SELECT journal_id AS journal_id, line_no AS line_no, product_id AS product_id,
       name_snapshot AS name_snapshot, qty AS qty, unit_price_minor AS unit_price_minor,
       gross_minor AS gross_minor, tax_rate_ppm AS tax_rate_ppm, tax_minor AS tax_minor,
       subsidy_minor AS subsidy_minor, allowance_minor AS allowance_minor,
       wallet_minor AS wallet_minor
  FROM purchase_line
 WHERE journal_id BETWEEN :first AND :last
 ORDER BY journal_id, line_no;

-- name: verify_refunds
SELECT journal_id AS journal_id, purchase_id AS purchase_id, line_no AS line_no, qty AS qty,
       gross_minor AS gross_minor, tax_minor AS tax_minor, subsidy_minor AS subsidy_minor,
       allowance_minor AS allowance_minor
  FROM refund_line
 WHERE journal_id BETWEEN :first AND :last
 ORDER BY journal_id, line_no;

-- name: verify_refunded
-- A line that was bought, and what had been given back of it before a journal.
SELECT l.qty AS qty, l.gross_minor AS gross_minor, l.tax_minor AS tax_minor,
       l.subsidy_minor AS subsidy_minor, l.allowance_minor AS allowance_minor,
       COALESCE(CAST(SUM(r.subsidy_minor) AS BIGINT), 0) AS subsidy_before,
       COALESCE(CAST(SUM(r.allowance_minor) AS BIGINT), 0) AS allowance_before,
       COALESCE(CAST(SUM(r.qty) AS BIGINT), 0) AS qty_before,
       COALESCE(CAST(SUM(r.gross_minor) AS BIGINT), 0) AS gross_before,
       COALESCE(CAST(SUM(r.tax_minor) AS BIGINT), 0) AS tax_before
  FROM purchase_line l
  LEFT JOIN refund_line r ON r.purchase_id = l.journal_id AND r.line_no = l.line_no
                         AND r.journal_id < :journal
 WHERE l.journal_id = :purchase AND l.line_no = :line_no
 GROUP BY l.journal_id, l.line_no, l.qty, l.gross_minor, l.tax_minor, l.subsidy_minor,
          l.allowance_minor;

-- part: proved_account
SELECT a.id AS id, a.code AS code, a.kind AS kind, a.employee_id AS employee_id,
       w.account_id AS wallet_id, w.balance_minor AS balance_minor,
       w.last_journal_id AS last_journal_id, w.day AS day, w.day_spent_minor AS day_spent_minor,
       w.month AS month, w.month_spent_minor AS month_spent_minor
  FROM account a
  LEFT JOIN wallet w ON w.account_id = a.id

-- name: verify_accounts
-- scan: every account is proved
-- use: proved_account
 ORDER BY a.id;

-- name: verify_accounts_since
-- Those of the last journals only: a start does not read everybody's.
-- use: proved_account
 WHERE a.id IN (SELECT e.account_id FROM entry e WHERE e.journal_id >= :journal)
 ORDER BY a.id;

-- name: verify_periods
-- scan: one row a month
SELECT id AS id, starts_on AS starts_on, ends_on AS ends_on,
       CASE WHEN state = 'closed' THEN 1 ELSE 0 END AS is_closed,
       first_journal_id AS first_journal_id, last_journal_id AS last_journal_id,
       closed_journal_id AS closed_journal_id, closed_hash AS closed_hash
  FROM period
 ORDER BY starts_on;

-- name: verify_reversed
-- The journal that another one takes back, and how many voids before that one took it back.
SELECT j.kind AS kind, j.business_date AS business_date,
       (SELECT COUNT(*)
          FROM journal v
         WHERE v.reverses_id = j.id AND v.kind = 'void' AND v.id < :reversal) AS voids_before
  FROM journal j
 WHERE j.id = :journal;

-- name: verify_balance_before
-- A wallet's balance before a journal, for the pass that does not start at the first one.
SELECT balance_after AS balance_after
  FROM entry
 WHERE account_id = :account AND balance_after IS NOT NULL AND journal_id < :journal
 ORDER BY journal_id DESC
 LIMIT 1;

-- name: verify_subsidies
-- A purchase whose grant of a subsidy says another amount or person than its row, or is not freed by
-- its void.
SELECT p.journal_id AS id
  FROM purchase p
  LEFT JOIN subsidy_grant s ON s.journal_id = p.journal_id
 WHERE p.journal_id BETWEEN :first AND :last
   AND (p.subsidy_minor <> COALESCE(s.amount_minor, 0)
        OR (s.journal_id IS NOT NULL
            AND (s.employee_id <> p.employee_id
                 OR COALESCE(s.freed_by, 0)
                    <> COALESCE((SELECT v.id FROM journal v
                                  WHERE v.reverses_id = p.journal_id AND v.kind = 'void'), 0))))
 ORDER BY p.journal_id
 LIMIT 1;

-- name: verify_allowances
-- scan: one row a person who was ever given an allowance
SELECT a.id AS id, w.balance_minor AS balance_minor,
       (SELECT COALESCE(CAST(SUM(g.left_minor) AS BIGINT), 0) FROM allowance_grant g
         WHERE g.employee_id = a.employee_id) AS left_minor,
       (SELECT COALESCE(CAST(SUM(g.amount_minor - COALESCE((SELECT SUM(u.amount_minor)
                                                              FROM allowance_use u
                                                             WHERE u.grant_id = g.journal_id), 0))
                             AS BIGINT), 0)
          FROM allowance_grant g WHERE g.employee_id = a.employee_id) AS unused_minor
  FROM account a
  JOIN wallet w ON w.account_id = a.id
 WHERE a.kind = 'allowance'
 ORDER BY a.id;

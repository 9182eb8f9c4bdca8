-- Selling, undoing and reading purchases. Reach: :all = 1 sees everything; :self is the caller's own
-- person; :department (NULL: none) those of a department.

-- name: purchase_wallet
-- The account of a person's wallet never changes: kept by the writer.
SELECT a.id AS id
  FROM account a
 WHERE a.employee_id = :employee AND a.kind = 'wallet';

-- name: purchase_buyer
-- What nearly every purchase must know of the person, in one row: read in the writer, just before booking. Each table costs a cursor
-- even where it has no row, so what few people have is in purchase_buyer_more.
SELECT e.id AS id, e.name AS name, e.is_active AS is_active, e.group_id AS group_id,
       COALESCE(e.purchase_limit_minor, s.purchase_limit_minor) AS purchase_limit_minor,
       COALESCE(e.daily_limit_minor, s.daily_limit_minor) AS daily_limit_minor,
       COALESCE(e.monthly_limit_minor, s.monthly_limit_minor) AS monthly_limit_minor,
       w.balance_minor AS balance_minor, w.floor_minor AS floor_minor,
       w.day AS day, w.day_spent_minor AS day_spent_minor,
       w.month AS month, w.month_spent_minor AS month_spent_minor,
       CASE WHEN e.blocked_at_ms IS NULL THEN 0 ELSE 1 END AS is_blocked,
       CASE WHEN :bans = 1 AND EXISTS (SELECT 1 FROM product_ban x WHERE x.employee_id = e.id)
            THEN 1 ELSE 0 END AS has_bans,
       CASE WHEN :device > 0 THEN (SELECT d.name FROM device d WHERE d.id = :device) END AS device
  FROM employee e
  JOIN wallet w ON w.account_id = :account
  LEFT JOIN site s ON s.id = 1
 WHERE e.id = :employee
   AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: purchase_buyer_more
-- The limits of who is in a group, what people have set for themselves, and what the employer gave.
SELECT COALESCE(e.purchase_limit_minor, g.purchase_limit_minor, s.purchase_limit_minor)
         AS purchase_limit_minor,
       COALESCE(e.daily_limit_minor, g.daily_limit_minor, s.daily_limit_minor) AS daily_limit_minor,
       COALESCE(e.monthly_limit_minor, g.monthly_limit_minor, s.monthly_limit_minor)
         AS monthly_limit_minor,
       o.daily_minor AS own_daily, o.monthly_minor AS own_monthly,
       o.daily_before_minor AS own_daily_before, o.monthly_before_minor AS own_monthly_before,
       o.since AS own_since,
       p.account_id AS allowance_id, p.balance_minor AS allowance_minor
  FROM employee e
  LEFT JOIN account b ON b.employee_id = e.id AND b.kind = 'allowance'
  LEFT JOIN wallet p ON p.account_id = b.id
  LEFT JOIN customer_group g ON g.id = e.group_id
  LEFT JOIN own_limit o ON o.employee_id = e.id
  LEFT JOIN site s ON s.id = 1
 WHERE e.id = :employee;

-- name: purchase_rules
-- Is anybody banned from anything, does any rule of the employer hold, has anybody a limit of the own or an allowance? Kept by the writer.
-- scan: ends at the first row
SELECT CASE WHEN EXISTS (SELECT 1 FROM product_ban) THEN 1 ELSE 0 END AS has_bans,
       CASE WHEN EXISTS (SELECT 1 FROM subsidy_rule r WHERE r.is_active = 1)
            THEN 1 ELSE 0 END AS has_rules,
       CASE WHEN EXISTS (SELECT 1 FROM own_limit) OR EXISTS (SELECT 1 FROM allowance_grant)
            THEN 1 ELSE 0 END AS has_more;

-- name: purchase_restrictions
-- What a person may not buy, and how many pieces of each product they had on a business day less what
-- came back. Only asked when the person has bans or the tray a cap for the day. The day's purchases
-- are walked by id and not along the wallet: what the employer paid whole is in no wallet.
SELECT b.product_id AS product_id, b.category_id AS category_id, 0 AS bought, 1 AS is_ban
  FROM product_ban b
 WHERE b.employee_id = :employee
UNION ALL
SELECT l.product_id, NULL,
       CAST(SUM(l.qty - COALESCE((SELECT SUM(r.qty) FROM refund_line r
                                   WHERE r.purchase_id = l.journal_id AND r.line_no = l.line_no), 0))
            AS BIGINT), 0
  FROM purchase p
  JOIN journal j ON j.id = p.journal_id
  JOIN purchase_line l ON l.journal_id = p.journal_id
 WHERE p.journal_id >= COALESCE((SELECT f.id FROM journal f WHERE f.recorded_at_ms >= :since
                                  ORDER BY f.recorded_at_ms, f.id LIMIT 1),
                                9223372036854775807)
   AND p.employee_id = :employee AND j.business_date = :day
   AND NOT EXISTS (SELECT 1 FROM journal v
                    WHERE v.reverses_id = p.journal_id AND v.kind = 'void')
 GROUP BY l.product_id;

-- name: purchase_row
-- The columns are the same, in the same order, in the purchase_list_* queries. What the
-- employer paid whole has no entry on the wallet: the balance is that of the entry before.
SELECT p.journal_id AS id, p.employee_id AS employee_id, e.name AS employee_name,
       j.recorded_at_ms AS recorded_at_ms, j.business_date AS business_date,
       p.gross_minor AS gross_minor, p.subsidy_minor AS subsidy_minor,
       p.allowance_minor AS allowance_minor,
       COALESCE(n.balance_after,
                (SELECT m.balance_after FROM entry m
                  WHERE m.account_id = a.id AND m.balance_after IS NOT NULL
                    AND m.journal_id < p.journal_id
                  ORDER BY m.journal_id DESC LIMIT 1), 0) AS balance_after,
       (SELECT d.name FROM device d WHERE d.id = j.device_id) AS device,
       CASE WHEN EXISTS (SELECT 1 FROM journal v
                          WHERE v.reverses_id = p.journal_id AND v.kind = 'void')
            THEN 1 ELSE 0 END AS is_undone,
       CASE WHEN EXISTS (SELECT 1 FROM journal v
                          WHERE v.reverses_id = p.journal_id AND v.kind = 'refund')
            THEN 1 ELSE 0 END AS is_refunded,
       (SELECT MIN(COALESCE(c.undo_seconds, CAST(:window AS BIGINT)))
          FROM purchase_line l
          JOIN product r ON r.id = l.product_id
          JOIN category c ON c.id = r.category_id
         WHERE l.journal_id = p.journal_id) AS undo_seconds,
       (SELECT CASE WHEN q.state = 'open' THEN 1 ELSE 0 END
          FROM period q WHERE q.id = j.period_id) AS is_period_open,
       CASE WHEN EXISTS (SELECT 1 FROM stock_move m WHERE m.journal_id = p.journal_id)
            THEN 1 ELSE 0 END AS took_stock
  FROM purchase p
  JOIN journal j ON j.id = p.journal_id
  JOIN employee e ON e.id = p.employee_id
  JOIN account a ON a.employee_id = p.employee_id AND a.kind = 'wallet'
  LEFT JOIN entry n ON n.journal_id = p.journal_id AND n.account_id = a.id
 WHERE p.journal_id = :id
   AND (:all = 1 OR p.employee_id = :self OR e.department_id = :department);

-- name: purchase_range
-- The ids that a range of business dates can have: a business date is never more than two days from
-- the instant of recording. NULL: none. The lists compare the date itself as well.
SELECT (SELECT f.id FROM journal f WHERE f.recorded_at_ms >= :since
         ORDER BY f.recorded_at_ms, f.id LIMIT 1) AS low,
       (SELECT f.id FROM journal f WHERE f.recorded_at_ms <= :until
         ORDER BY f.recorded_at_ms DESC, f.id DESC LIMIT 1) AS high;

-- part: bought_by
-- The journals of a person's wallet, and the purchases that never touched it.
SELECT b.journal_id AS id
  FROM entry b
 WHERE b.account_id = :account AND b.balance_after IS NOT NULL
   AND b.journal_id BETWEEN :low AND :high
UNION ALL
SELECT f.journal_id
  FROM purchase f
 WHERE f.employee_id = :employee AND f.wallet_minor = 0 AND f.journal_id BETWEEN :low AND :high

-- part: list_columns
-- What only decides whether it can still be undone is not looked for once the longest window of all has passed.
       p.employee_id AS employee_id, e.name AS employee_name,
       j.recorded_at_ms AS recorded_at_ms, j.business_date AS business_date,
       p.gross_minor AS gross_minor, p.subsidy_minor AS subsidy_minor,
       p.allowance_minor AS allowance_minor,
       COALESCE(n.balance_after,
                (SELECT m.balance_after FROM entry m
                  WHERE m.account_id = a.id AND m.balance_after IS NOT NULL
                    AND m.journal_id < p.journal_id
                  ORDER BY m.journal_id DESC LIMIT 1), 0) AS balance_after,
       CASE WHEN j.device_id IS NULL THEN NULL
            ELSE (SELECT d.name FROM device d WHERE d.id = j.device_id) END AS device,
       CASE WHEN EXISTS (SELECT 1 FROM journal v
                          WHERE v.reverses_id = p.journal_id AND v.kind = 'void')
            THEN 1 ELSE 0 END AS is_undone,
       CASE WHEN j.recorded_at_ms > (SELECT :now - 1000 * CASE WHEN MAX(u.undo_seconds) > :window
                                                               THEN MAX(u.undo_seconds) ELSE :window END
                                       FROM category u)
             AND EXISTS (SELECT 1 FROM journal v
                          WHERE v.reverses_id = p.journal_id AND v.kind = 'refund')
            THEN 1 ELSE 0 END AS is_refunded,
       CASE WHEN j.recorded_at_ms > (SELECT :now - 1000 * CASE WHEN MAX(u.undo_seconds) > :window
                                                               THEN MAX(u.undo_seconds) ELSE :window END
                                       FROM category u)
            THEN (SELECT MIN(COALESCE(c.undo_seconds, CAST(:window AS BIGINT)))
                    FROM purchase_line l
                    JOIN product r ON r.id = l.product_id
                    JOIN category c ON c.id = r.category_id
                   WHERE l.journal_id = p.journal_id) END AS undo_seconds

-- name: purchase_person
-- The wallet of one in reach, and whether the employer paid any of these purchases whole.
SELECT a.id AS account,
       CASE WHEN EXISTS (SELECT 1 FROM purchase p
                          WHERE p.employee_id = e.id AND p.wallet_minor = 0
                            AND p.journal_id BETWEEN :low AND :high)
            THEN 1 ELSE 0 END AS has_unpaid
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
 WHERE e.id = :employee
   AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: purchase_list_of
-- One person's, newest first along entry_wallet.
SELECT n.journal_id AS id,
-- use: list_columns
  FROM entry n
  JOIN purchase p ON p.journal_id = n.journal_id
  JOIN journal j ON j.id = n.journal_id
  JOIN account a ON a.id = n.account_id
  JOIN employee e ON e.id = a.employee_id
 WHERE n.account_id = :account AND n.balance_after IS NOT NULL
   AND n.journal_id BETWEEN :low AND :high
   AND (:dated = 0 OR (j.business_date >= :from AND j.business_date < :to))
 ORDER BY n.journal_id DESC
 LIMIT :limit OFFSET :offset;

-- name: purchase_list_mixed
-- The same with what never touched the wallet merged into it.
SELECT n.journal_id AS id,
-- use: list_columns
  FROM account a
  JOIN entry n ON n.account_id = a.id AND n.balance_after IS NOT NULL
  JOIN purchase p ON p.journal_id = n.journal_id
  JOIN journal j ON j.id = n.journal_id
  JOIN employee e ON e.id = a.employee_id
 WHERE a.id = :account
   AND n.journal_id BETWEEN :low AND :high
   AND (:dated = 0 OR (j.business_date >= :from AND j.business_date < :to))
UNION ALL
SELECT p.journal_id,
-- use: list_columns
  FROM account a
  JOIN employee e ON e.id = a.employee_id
  JOIN purchase p ON p.employee_id = e.id AND p.wallet_minor = 0
  JOIN journal j ON j.id = p.journal_id
  LEFT JOIN entry n ON n.journal_id = p.journal_id AND n.account_id = a.id
 WHERE a.id = :account
   AND p.journal_id BETWEEN :low AND :high
   AND (:dated = 0 OR (j.business_date >= :from AND j.business_date < :to))
 ORDER BY id DESC
 LIMIT :limit OFFSET :offset;

-- name: purchase_list_all
-- Everybody in reach, newest first along the primary key; the page's limit ends it.
SELECT p.journal_id AS id,
-- use: list_columns
  FROM purchase p
  JOIN journal j ON j.id = p.journal_id
  JOIN employee e ON e.id = p.employee_id
  JOIN account a ON a.employee_id = p.employee_id AND a.kind = 'wallet'
  LEFT JOIN entry n ON n.journal_id = p.journal_id AND n.account_id = a.id
 WHERE (:all = 1 OR e.id = :self OR e.department_id = :department)
   AND p.journal_id BETWEEN :low AND :high
   AND (:dated = 0 OR (j.business_date >= :from AND j.business_date < :to))
 ORDER BY p.journal_id DESC
 LIMIT :limit OFFSET :offset;

-- part: uncounted
-- What of a range is not in the months from :first until :last that are summed up: the days before
-- and after them, and the journals that are in no sum yet; each with the ids that it can have.
SELECT CAST(:low AS BIGINT) AS low,
       COALESCE((SELECT t.id FROM journal t WHERE t.recorded_at_ms <= :before
                  ORDER BY t.recorded_at_ms DESC, t.id DESC LIMIT 1), 0) AS high,
       CAST(:from AS TEXT) AS since, CAST(:first AS TEXT) AS until
 WHERE :from < :first
UNION ALL
SELECT COALESCE((SELECT f.id FROM journal f WHERE f.recorded_at_ms >= :behind
                  ORDER BY f.recorded_at_ms, f.id LIMIT 1), 9223372036854775807),
       CAST(:high AS BIGINT), CAST(:last AS TEXT), CAST(:to AS TEXT)
 WHERE :last < :to
UNION ALL
SELECT s.journal_id + 1, CAST(:high AS BIGINT), CAST(:first AS TEXT), CAST(:last AS TEXT)
  FROM rollup_state s
 WHERE s.id = 1 AND :first < :last

-- part: counted
-- Of some people, in ranges of dates: a row a month, and the rest along each wallet, with what
-- never touched it.
SELECT COALESCE((SELECT CAST(SUM(c.purchases) AS BIGINT)
                   FROM people e
                  CROSS JOIN period q
                  CROSS JOIN spend_counter c
                  WHERE q.starts_on >= :first AND q.starts_on < :last
                    AND c.month = SUBSTR(q.starts_on, 1, 7) AND c.employee_id = e.id), 0)
       + (SELECT COUNT(*)
            FROM uncounted u
           CROSS JOIN people e
           CROSS JOIN account a
           CROSS JOIN entry n
           CROSS JOIN purchase p
           CROSS JOIN journal j
           WHERE a.employee_id = e.id AND a.kind = 'wallet' AND n.account_id = a.id
             AND n.balance_after IS NOT NULL AND n.journal_id BETWEEN u.low AND u.high
             AND p.journal_id = n.journal_id AND j.id = n.journal_id
             AND j.business_date >= u.since AND j.business_date < u.until)
       + (SELECT COUNT(*)
            FROM uncounted u
           CROSS JOIN people e
           CROSS JOIN purchase p
           CROSS JOIN journal j
           WHERE p.employee_id = e.id AND p.wallet_minor = 0
             AND p.journal_id BETWEEN u.low AND u.high AND j.id = p.journal_id
             AND j.business_date >= u.since AND j.business_date < u.until) AS total

-- name: purchase_count_of
-- Of one person.
WITH uncounted AS (
-- use: uncounted
), people AS (
SELECT CAST(:employee AS BIGINT) AS id
)
-- use: counted
;

-- name: purchase_count_ever_of
-- The same without dates, at half the price: what a person sees first.
SELECT COALESCE((SELECT CAST(SUM(c.purchases) AS BIGINT)
                   FROM period q
                   JOIN spend_counter c ON c.month = SUBSTR(q.starts_on, 1, 7)
                                       AND c.employee_id = :employee), 0)
       + (SELECT COUNT(*)
            FROM entry n
            JOIN purchase p ON p.journal_id = n.journal_id
           WHERE n.account_id = :account AND n.balance_after IS NOT NULL
             AND n.journal_id > s.journal_id)
       + (SELECT COUNT(*)
            FROM purchase p
           WHERE p.employee_id = :employee AND p.wallet_minor = 0
             AND p.journal_id > s.journal_id) AS total
  FROM rollup_state s
 WHERE s.id = 1;

-- name: purchase_count_near
-- Of a caller and a department.
WITH uncounted AS (
-- use: uncounted
), people AS (
SELECT g.id AS id
  FROM employee g
 WHERE g.id = :self OR g.department_id = :department
)
-- use: counted
;

-- name: purchase_count_every
-- Those up to the last journal that is summed up are counted already.
SELECT s.purchases + (SELECT COUNT(*) FROM purchase p WHERE p.journal_id > s.journal_id) AS total
  FROM rollup_state s
 WHERE s.id = 1;

-- name: purchase_count_days
-- The same in a range of dates, a row a day.
SELECT COALESCE((SELECT CAST(SUM(d.purchases) AS BIGINT)
                   FROM purchase_day d
                  WHERE d.business_date >= :from AND d.business_date < :to), 0)
       + (SELECT COUNT(*)
            FROM purchase p
            JOIN journal j ON j.id = p.journal_id
           WHERE p.journal_id > CASE WHEN s.journal_id < :low THEN :low - 1 ELSE s.journal_id END
             AND p.journal_id <= :high
             AND j.business_date >= :from AND j.business_date < :to) AS total
  FROM rollup_state s
 WHERE s.id = 1;

-- name: purchase_lines
SELECT l.journal_id AS journal_id, l.line_no AS line_no, l.product_id AS product_id,
       l.name_snapshot AS name_snapshot, l.qty AS qty, l.unit_price_minor AS unit_price_minor,
       l.gross_minor AS gross_minor, l.tax_rate_ppm AS tax_rate_ppm, l.tax_minor AS tax_minor,
       (SELECT COALESCE(CAST(SUM(r.qty) AS BIGINT), 0) FROM refund_line r
         WHERE r.purchase_id = l.journal_id AND r.line_no = l.line_no) AS qty_back
  FROM purchase_line l
 WHERE l.journal_id = :id
 ORDER BY l.line_no;

-- part: page_lines
-- Columns as in purchase_lines, but a line comes once for each time that something of it was given back: asking for a sum costs as much as
-- the line itself.
SELECT l.journal_id AS journal_id, l.line_no AS line_no, l.product_id AS product_id,
       l.name_snapshot AS name_snapshot, l.qty AS qty, l.unit_price_minor AS unit_price_minor,
       l.gross_minor AS gross_minor, l.tax_rate_ppm AS tax_rate_ppm, l.tax_minor AS tax_minor,
       r.qty AS qty_back

-- name: purchase_lines_of
-- The lines of one person's page: along entry_wallet again, so that other people's lines between
-- the page's first and last id are never read. In no order within a purchase: the engine would sort each by itself.
-- use: page_lines
  FROM entry n
  JOIN purchase_line l ON l.journal_id = n.journal_id
  LEFT JOIN refund_line r ON r.purchase_id = l.journal_id AND r.line_no = l.line_no
 WHERE n.account_id = :account AND n.balance_after IS NOT NULL
   AND n.journal_id BETWEEN :low AND :high
 ORDER BY n.journal_id DESC;

-- name: purchase_lines_mixed
-- The same with what never touched the wallet.
-- use: page_lines
  FROM purchase_line l
  LEFT JOIN refund_line r ON r.purchase_id = l.journal_id AND r.line_no = l.line_no
 WHERE l.journal_id IN (
-- use: bought_by
       )
 ORDER BY l.journal_id DESC;

-- name: purchase_lines_all
-- The lines of a page over everybody in reach.
-- use: page_lines
  FROM purchase p
  JOIN employee e ON e.id = p.employee_id
  JOIN purchase_line l ON l.journal_id = p.journal_id
  LEFT JOIN refund_line r ON r.purchase_id = l.journal_id AND r.line_no = l.line_no
 WHERE p.journal_id BETWEEN :low AND :high
   AND (:all = 1 OR e.id = :self OR e.department_id = :department)
 ORDER BY p.journal_id DESC;

-- name: purchase_undo_row
-- What an undo booked, for the answer to its repetition.
SELECT v.id AS id, v.reverses_id AS purchase_id, p.gross_minor AS gross_minor,
       p.subsidy_minor AS subsidy_minor, p.allowance_minor AS allowance_minor,
       COALESCE((SELECT m.balance_after FROM entry m
                  WHERE m.account_id = a.id AND m.balance_after IS NOT NULL
                    AND m.journal_id <= v.id
                  ORDER BY m.journal_id DESC LIMIT 1), 0) AS balance_after,
       v.recorded_at_ms AS recorded_at_ms
  FROM journal v
  JOIN purchase p ON p.journal_id = v.reverses_id
  JOIN account a ON a.employee_id = p.employee_id AND a.kind = 'wallet'
 WHERE v.id = :id;

-- name: purchase_usuals
-- What a person bought most since an instant and can still buy; undone purchases do not count.
SELECT l.product_id AS product_id
  FROM purchase_line l
  JOIN product r ON r.id = l.product_id
 WHERE l.journal_id IN (SELECT n.journal_id
                          FROM account a
                          JOIN entry n ON n.account_id = a.id AND n.balance_after IS NOT NULL
                         WHERE a.employee_id = :employee AND a.kind = 'wallet'
                           AND n.journal_id >= COALESCE((SELECT f.id FROM journal f
                                                          WHERE f.recorded_at_ms >= :since
                                                          ORDER BY f.recorded_at_ms, f.id LIMIT 1),
                                                        9223372036854775807)
                         UNION ALL
                        SELECT p.journal_id
                          FROM purchase p
                         WHERE p.employee_id = :employee AND p.wallet_minor = 0
                           AND p.journal_id >= COALESCE((SELECT f.id FROM journal f
                                                          WHERE f.recorded_at_ms >= :since
                                                          ORDER BY f.recorded_at_ms, f.id LIMIT 1),
                                                        9223372036854775807))
   AND r.is_archived = 0
   AND NOT EXISTS (SELECT 1 FROM journal v
                    WHERE v.reverses_id = l.journal_id AND v.kind = 'void')
 GROUP BY l.product_id
 ORDER BY SUM(l.qty) DESC, l.product_id
 LIMIT 8;

-- name: purchase_left
-- The lines of a purchase, and what of each was given back so far.
SELECT l.line_no AS line_no, l.product_id AS product_id, l.qty AS qty,
       l.gross_minor AS gross_minor, l.tax_minor AS tax_minor, l.tax_rate_ppm AS tax_rate_ppm,
       COALESCE(CAST(SUM(r.qty) AS BIGINT), 0) AS qty_back,
       COALESCE(CAST(SUM(r.gross_minor) AS BIGINT), 0) AS gross_back,
       COALESCE(CAST(SUM(r.tax_minor) AS BIGINT), 0) AS tax_back,
       l.subsidy_minor AS subsidy_minor, l.allowance_minor AS allowance_minor,
       COALESCE(CAST(SUM(r.subsidy_minor) AS BIGINT), 0) AS subsidy_back,
       COALESCE(CAST(SUM(r.allowance_minor) AS BIGINT), 0) AS allowance_back
  FROM purchase_line l
  LEFT JOIN refund_line r ON r.purchase_id = l.journal_id AND r.line_no = l.line_no
 WHERE l.journal_id = :id
 GROUP BY l.journal_id, l.line_no, l.product_id, l.qty, l.gross_minor, l.tax_minor, l.tax_rate_ppm,
          l.subsidy_minor, l.allowance_minor
 ORDER BY l.line_no;

-- name: purchase_subsidy_account
-- The employer's account that a purchase was booked on: there is at most one.
SELECT a.id AS id
  FROM entry n
  JOIN account a ON a.id = n.account_id AND a.kind = 'subsidy'
 WHERE n.journal_id = :id;

-- name: purchase_refund_row
-- What a refund booked, for the answer to its repetition.
SELECT j.reverses_id AS purchase_id, p.employee_id AS employee_id,
       COALESCE((SELECT m.balance_after FROM entry m
                  WHERE m.account_id = a.id AND m.balance_after IS NOT NULL
                    AND m.journal_id <= j.id
                  ORDER BY m.journal_id DESC LIMIT 1), 0) AS balance_after,
       j.recorded_at_ms AS recorded_at_ms, j.reason_code AS reason_code
  FROM journal j
  JOIN purchase p ON p.journal_id = j.reverses_id
  JOIN account a ON a.employee_id = p.employee_id AND a.kind = 'wallet'
 WHERE j.id = :id;

-- name: purchase_refund_lines
SELECT line_no AS line_no, qty AS qty, gross_minor AS gross_minor, tax_minor AS tax_minor,
       subsidy_minor AS subsidy_minor, allowance_minor AS allowance_minor
  FROM refund_line
 WHERE journal_id = :id
 ORDER BY line_no;

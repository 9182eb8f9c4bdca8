-- What was sold, from the books: every line that was sold, less what was undone and what was given
-- back, each dated by its own booking. So a report of some days equals what the accounts of revenue
-- and tax moved by in those days. Journals up to rollup_state.journal_id are read from their sums,
-- later ones (:low to :high) line by line. Reach: :all = 1 sees everything, :department only what
-- its people bought while they were in it; 0 stands for none, -1 for the sum of all.

-- part: moved_lines
SELECT j.recorded_at_ms AS at_ms, j.business_date AS business_date,
       COALESCE(j.device_id, 0) AS device_id, COALESCE(p.department_id, 0) AS department_id,
       l.product_id AS product_id, l.tax_rate_ppm AS tax_rate_ppm,
       l.qty AS qty, l.gross_minor AS gross_minor, l.tax_minor AS tax_minor
  FROM journal j
  JOIN purchase p ON p.journal_id = j.id
  JOIN purchase_line l ON l.journal_id = j.id
 WHERE j.id BETWEEN :low AND :high
UNION ALL
SELECT v.recorded_at_ms, v.business_date, COALESCE(j.device_id, 0), COALESCE(p.department_id, 0),
       l.product_id, l.tax_rate_ppm, -l.qty, -l.gross_minor, -l.tax_minor
  FROM journal v
  JOIN journal j ON j.id = v.reverses_id
  JOIN purchase p ON p.journal_id = j.id
  JOIN purchase_line l ON l.journal_id = j.id
 WHERE v.id BETWEEN :low AND :high AND v.kind = 'void'
UNION ALL
SELECT v.recorded_at_ms, v.business_date, COALESCE(j.device_id, 0), COALESCE(p.department_id, 0),
       l.product_id, l.tax_rate_ppm, -r.qty, -r.gross_minor, -r.tax_minor
  FROM journal v
  JOIN refund_line r ON r.journal_id = v.id
  JOIN purchase_line l ON l.journal_id = r.purchase_id AND l.line_no = r.line_no
  JOIN purchase p ON p.journal_id = r.purchase_id
  JOIN journal j ON j.id = r.purchase_id
 WHERE v.id BETWEEN :low AND :high

-- part: sold_dates
SELECT DISTINCT k.business_date AS business_date
  FROM sales_kiosk k
 WHERE k.business_date >= :from AND k.business_date < :to

-- part: sold_lines
-- What is in no sum yet.
SELECT t.at_ms AS at_ms, t.business_date AS business_date, t.device_id AS device_id,
       t.department_id AS department_id, t.product_id AS product_id,
       t.tax_rate_ppm AS tax_rate_ppm, t.qty AS qty, t.gross_minor AS gross_minor,
       t.tax_minor AS tax_minor
  FROM (
-- use: moved_lines
       ) t
 WHERE t.business_date >= :from AND t.business_date < :to
   AND (:all = 1 OR t.department_id = :department)

-- part: product_days
-- But for the days from :first until :last.
SELECT m.business_date AS business_date, m.product_id AS product_id,
       m.tax_rate_ppm AS tax_rate_ppm, m.qty AS pieces, m.gross_minor AS gross_minor,
       m.tax_minor AS tax_minor
  FROM (
-- use: sold_lines
       ) m
UNION ALL
SELECT s.business_date, s.product_id, s.tax_rate_ppm, s.pieces, s.gross_minor, s.tax_minor
  FROM (
-- use: sold_dates
       ) k
 CROSS JOIN sales_product s
 WHERE (k.business_date < :first OR k.business_date >= :last)
   AND s.business_date = k.business_date
   AND s.department_id = CASE WHEN :all = 1 THEN -1 ELSE CAST(:department AS BIGINT) END

-- part: sold_products
-- From :first until :last by whole months.
SELECT b.product_id AS product_id, b.tax_rate_ppm AS tax_rate_ppm, b.pieces AS pieces,
       b.gross_minor AS gross_minor, b.tax_minor AS tax_minor
  FROM (
-- use: product_days
       ) b
UNION ALL
SELECT s.product_id, s.tax_rate_ppm, s.pieces, s.gross_minor, s.tax_minor
  FROM period d
 CROSS JOIN sales_month s
 WHERE d.starts_on >= :first AND d.starts_on < :last AND s.month = SUBSTR(d.starts_on, 1, 7)
   AND s.department_id = CASE WHEN :all = 1 THEN -1 ELSE CAST(:department AS BIGINT) END

-- part: sold_quarters
SELECT m.at_ms / 900000 AS quarter, m.qty AS pieces, m.gross_minor AS gross_minor,
       m.tax_minor AS tax_minor
  FROM (
-- use: sold_lines
       ) m
UNION ALL
SELECT s.quarter, s.pieces, s.gross_minor, s.tax_minor
  FROM (
-- use: sold_dates
       ) k
 CROSS JOIN sales_quarter s
 WHERE s.business_date = k.business_date
   AND s.department_id = CASE WHEN :all = 1 THEN -1 ELSE CAST(:department AS BIGINT) END

-- part: sold_kiosks
SELECT m.business_date AS business_date, m.device_id AS device_id,
       m.department_id AS department_id, m.qty AS pieces, m.gross_minor AS gross_minor,
       m.tax_minor AS tax_minor
  FROM (
-- use: sold_lines
       ) m
UNION ALL
SELECT s.business_date, s.device_id, s.department_id, s.pieces, s.gross_minor, s.tax_minor
  FROM sales_kiosk s
 WHERE s.business_date >= :from AND s.business_date < :to
   AND (:all = 1 OR s.department_id = :department)

-- part: each_and_all
CROSS JOIN (SELECT 0 AS is_all UNION ALL SELECT 1) x

-- part: summed
CAST(SUM(q.pieces) AS BIGINT) AS pieces, CAST(SUM(q.gross_minor) AS BIGINT) AS gross_minor,
CAST(SUM(q.tax_minor) AS BIGINT) AS tax_minor

-- name: report_bound
-- The journals that can be of some dates, the last one that is in the sums, and the first month that
-- is not in those of months.
SELECT (SELECT f.id
          FROM journal f
         WHERE f.recorded_at_ms >= :since
         ORDER BY f.recorded_at_ms, f.id
         LIMIT 1) AS low,
       (SELECT t.id
          FROM journal t
         WHERE t.recorded_at_ms <= :until
         ORDER BY t.recorded_at_ms DESC, t.id DESC
         LIMIT 1) AS high,
       s.journal_id AS rolled, s.month AS month
  FROM rollup_state s
 WHERE s.id = 1;

-- name: report_by_day
SELECT q.business_date AS label, 0 AS ref,
-- use: summed
  FROM (
-- use: sold_kiosks
       ) q
 GROUP BY q.business_date
 ORDER BY q.business_date;

-- name: report_by_quarter
-- By quarters of an hour since 1970; every zone's hours are made of whole ones. A quarter comes as
-- often as there are rows of it, in no order: whoever adds them up to hours needs neither.
SELECT '' AS label, q.quarter AS ref, q.pieces AS pieces, q.gross_minor AS gross_minor,
       q.tax_minor AS tax_minor
  FROM (
-- use: sold_quarters
       ) q;

-- name: report_by_product
SELECT r.name AS label, m.product_id AS ref, m.pieces AS pieces, m.gross_minor AS gross_minor,
       m.tax_minor AS tax_minor
  FROM (SELECT q.product_id AS product_id,
-- use: summed
          FROM (
-- use: sold_products
               ) q
         GROUP BY q.product_id) m
  JOIN product r ON r.id = m.product_id
 ORDER BY m.gross_minor DESC, m.product_id;

-- name: report_by_category
SELECT c.name AS label, c.id AS ref, CAST(SUM(m.pieces) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross_minor,
       CAST(SUM(m.tax_minor) AS BIGINT) AS tax_minor
  FROM (SELECT q.product_id AS product_id,
-- use: summed
          FROM (
-- use: sold_products
               ) q
         GROUP BY q.product_id) m
  JOIN product r ON r.id = m.product_id
  JOIN category c ON c.id = r.category_id
 GROUP BY c.id, c.name, c.sort
 ORDER BY c.sort, c.id;

-- name: report_by_department
-- By the department the person was in; '' and 0 for those in none, '' for one that is gone.
SELECT COALESCE(d.name, '') AS label, m.department_id AS ref, m.pieces AS pieces,
       m.gross_minor AS gross_minor, m.tax_minor AS tax_minor
  FROM (SELECT q.department_id AS department_id,
-- use: summed
          FROM (
-- use: sold_kiosks
               ) q
         GROUP BY q.department_id) m
  LEFT JOIN department d ON d.id = m.department_id
 ORDER BY COALESCE(d.name, ''), m.department_id;

-- name: report_by_kiosk
-- '' and 0 for what was bought in a browser of one's own or booked by the office.
SELECT COALESCE(k.name, '') AS label, m.device_id AS ref, m.pieces AS pieces,
       m.gross_minor AS gross_minor, m.tax_minor AS tax_minor
  FROM (SELECT q.device_id AS device_id,
-- use: summed
          FROM (
-- use: sold_kiosks
               ) q
         GROUP BY q.device_id) m
  LEFT JOIN device k ON k.id = m.device_id
 ORDER BY COALESCE(k.name, ''), m.device_id;

-- name: report_by_tax
SELECT '' AS label, q.tax_rate_ppm AS ref,
-- use: summed
  FROM (
-- use: sold_products
       ) q
 GROUP BY q.tax_rate_ppm
 ORDER BY q.tax_rate_ppm;

-- name: report_popular
-- :living = 1: only what is on the menu.
SELECT m.product_id AS id, r.name AS name, c.name AS category, m.pieces AS pieces,
       m.gross_minor AS gross_minor, m.tax_minor AS tax_minor
  FROM (SELECT q.product_id AS product_id,
-- use: summed
          FROM (
-- use: sold_products
               ) q
         GROUP BY q.product_id) m
  JOIN product r ON r.id = m.product_id
  JOIN category c ON c.id = r.category_id
 WHERE m.pieces > 0 AND (:living = 0 OR r.is_archived = 0)
 ORDER BY m.pieces DESC, m.gross_minor DESC, m.product_id
 LIMIT :limit;

-- name: report_of_product
-- One product by day; the columns of report_by_day.
SELECT q.business_date AS label, 0 AS ref,
-- use: summed
  FROM (
-- use: product_days
       ) q
 WHERE q.product_id = :product
 GROUP BY q.business_date
 ORDER BY q.business_date;

-- ---- what people spend ----

-- part: moved_spend
SELECT p.employee_id AS employee_id, SUBSTR(j.business_date, 1, 7) AS month,
       p.wallet_minor AS spent_minor, 1 AS purchases, 0 AS undone, 0 AS refunds
  FROM journal j
  JOIN purchase p ON p.journal_id = j.id
 WHERE j.id BETWEEN :low AND :high
UNION ALL
SELECT p.employee_id, SUBSTR(j.business_date, 1, 7), -p.wallet_minor, 0, 1, 0
  FROM journal v
  JOIN journal j ON j.id = v.reverses_id
  JOIN purchase p ON p.journal_id = j.id
 WHERE v.id BETWEEN :low AND :high AND v.kind = 'void'
UNION ALL
SELECT p.employee_id, SUBSTR(j.business_date, 1, 7), -COALESCE(n.amount_minor, 0), 0, 0, 1
  FROM journal v
  JOIN journal j ON j.id = v.reverses_id
  JOIN purchase p ON p.journal_id = j.id
  JOIN account a ON a.employee_id = p.employee_id AND a.kind = 'wallet'
  LEFT JOIN entry n ON n.journal_id = v.id AND n.account_id = a.id
 WHERE v.id BETWEEN :low AND :high AND v.kind = 'refund'

-- part: month_sums
SELECT m.employee_id AS employee_id, CAST(SUM(m.spent_minor) AS BIGINT) AS spent_minor,
       CAST(SUM(m.purchases) AS BIGINT) AS purchases, CAST(SUM(m.undone) AS BIGINT) AS undone,
       CAST(SUM(m.refunds) AS BIGINT) AS refunds
  FROM (SELECT c.employee_id AS employee_id, c.spent_minor AS spent_minor,
               c.purchases AS purchases, c.undone AS undone, c.refunds AS refunds
          FROM spend_counter c
         WHERE c.month = :month
        UNION ALL
        SELECT l.employee_id, l.spent_minor, l.purchases, l.undone, l.refunds
          FROM (
-- use: moved_spend
               ) l
         WHERE l.month = :month) m
 GROUP BY m.employee_id

-- part: consumption
SELECT e.id AS id, e.number AS number, e.name AS name, COALESCE(d.name, '') AS department,
       COALESCE(e.monthly_limit_minor, g.monthly_limit_minor, t.monthly_limit_minor)
         AS limit_minor,
       COALESCE(s.spent_minor, 0) AS spent_minor,
       COALESCE(s.purchases, 0) AS purchases, COALESCE(s.undone, 0) AS undone,
       COALESCE(s.refunds, 0) AS refunds,
       DENSE_RANK() OVER (ORDER BY e.name_fold) AS name_rank,
       DENSE_RANK() OVER (ORDER BY e.number) AS number_rank,
       DENSE_RANK() OVER (ORDER BY COALESCE(d.name_fold, '')) AS department_rank
  FROM employee e
  LEFT JOIN department d ON d.id = e.department_id
  LEFT JOIN customer_group g ON g.id = e.group_id
  LEFT JOIN site t ON t.id = 1
  LEFT JOIN (
-- use: month_sums
       ) s ON s.employee_id = e.id
 WHERE (:all = 1 OR e.department_id = :department) AND (e.is_active = 1 OR s.purchases > 0)

-- name: report_consumption
-- Of a month; people who left are in it when they bought something then. Without a limit means a
-- limit above all others.
SELECT r.id AS id, r.number AS number, r.name AS name, r.department AS department,
       r.limit_minor AS limit_minor, r.spent_minor AS spent_minor, r.purchases AS purchases,
       r.undone AS undone, r.refunds AS refunds
  FROM (
-- use: consumption
       ) r
 ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                        WHEN 3 THEN r.department_rank WHEN 4 THEN r.spent_minor
                        WHEN 5 THEN COALESCE(r.limit_minor, 100000000000)
                        WHEN 6 THEN COALESCE(r.limit_minor, 100000000000) - r.spent_minor
                        WHEN 7 THEN r.purchases ELSE r.id END,
          :direction2 * CASE CAST(:key2 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                        WHEN 3 THEN r.department_rank WHEN 4 THEN r.spent_minor
                        WHEN 5 THEN COALESCE(r.limit_minor, 100000000000)
                        WHEN 6 THEN COALESCE(r.limit_minor, 100000000000) - r.spent_minor
                        WHEN 7 THEN r.purchases ELSE r.id END,
          :direction3 * CASE CAST(:key3 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                        WHEN 3 THEN r.department_rank WHEN 4 THEN r.spent_minor
                        WHEN 5 THEN COALESCE(r.limit_minor, 100000000000)
                        WHEN 6 THEN COALESCE(r.limit_minor, 100000000000) - r.spent_minor
                        WHEN 7 THEN r.purchases ELSE r.id END,
          r.id
 LIMIT :limit OFFSET :offset;

-- name: report_consumption_count
SELECT COUNT(*) AS total
  FROM (
-- use: consumption
       ) r;

-- part: balances
SELECT e.id AS id, e.number AS number, e.name AS name, COALESCE(d.name, '') AS department,
       e.is_active AS is_active, w.balance_minor AS balance_minor, w.floor_minor AS floor_minor,
       CASE WHEN w.balance_minor < 0
            THEN (SELECT j.recorded_at_ms
                    FROM entry n
                    JOIN journal j ON j.id = n.journal_id
                   WHERE n.account_id = a.id AND n.balance_after IS NOT NULL
                     AND n.journal_id > COALESCE((SELECT p.journal_id
                                                    FROM entry p
                                                   WHERE p.account_id = a.id
                                                     AND p.balance_after IS NOT NULL
                                                     AND p.balance_after >= 0
                                                   ORDER BY p.journal_id DESC
                                                   LIMIT 1), 0)
                   ORDER BY n.journal_id
                   LIMIT 1) END AS since_ms,
       DENSE_RANK() OVER (ORDER BY e.name_fold) AS name_rank,
       DENSE_RANK() OVER (ORDER BY e.number) AS number_rank,
       DENSE_RANK() OVER (ORDER BY COALESCE(d.name_fold, '')) AS department_rank
  FROM employee e
  JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
  JOIN wallet w ON w.account_id = a.id AND w.state = 'open'
  LEFT JOIN department d ON d.id = e.department_id
 WHERE (:all = 1 OR e.department_id = :department) AND w.balance_minor < :below
   AND (:gone = 1 OR e.is_active = 1)

-- name: report_balances
-- Whose balance is below an amount, and since when it is below 0: the first booking after the last
-- one that left something. :gone = 1: those too who are not active any more.
SELECT r.id AS id, r.number AS number, r.name AS name, r.department AS department,
       r.is_active AS is_active, r.balance_minor AS balance_minor, r.floor_minor AS floor_minor,
       r.since_ms AS since_ms
  FROM (
-- use: balances
       ) r
 ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                        WHEN 3 THEN r.department_rank WHEN 4 THEN r.balance_minor
                        WHEN 5 THEN COALESCE(r.since_ms, 9000000000000000) ELSE r.id END,
          :direction2 * CASE CAST(:key2 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                        WHEN 3 THEN r.department_rank WHEN 4 THEN r.balance_minor
                        WHEN 5 THEN COALESCE(r.since_ms, 9000000000000000) ELSE r.id END,
          :direction3 * CASE CAST(:key3 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                        WHEN 3 THEN r.department_rank WHEN 4 THEN r.balance_minor
                        WHEN 5 THEN COALESCE(r.since_ms, 9000000000000000) ELSE r.id END,
          r.id
 LIMIT :limit OFFSET :offset;

-- name: report_balances_count
SELECT COUNT(*) AS total
  FROM (
-- use: balances
       ) r;

-- name: report_person
-- Within reach, with the first and the last journal that bought something: two seeks each for
-- wallet and allowance, and for what the employer paid whole.
SELECT e.number AS number, e.name AS name,
       COALESCE(e.monthly_limit_minor, g.monthly_limit_minor, t.monthly_limit_minor)
         AS limit_minor,
       (SELECT j.recorded_at_ms FROM journal j WHERE j.id = (
         SELECT MIN(q.id)
           FROM (SELECT (SELECT n.journal_id
                           FROM entry n
                           JOIN purchase p ON p.journal_id = n.journal_id
                          WHERE n.account_id = a.id AND n.balance_after IS NOT NULL
                          ORDER BY n.journal_id
                          LIMIT 1) AS id
                   FROM account a
                  WHERE a.employee_id = :employee
                 UNION ALL
                 SELECT MIN(f.journal_id)
                   FROM purchase f
                  WHERE f.employee_id = :employee AND f.wallet_minor = 0) q)) AS first_ms,
       (SELECT j.recorded_at_ms FROM journal j WHERE j.id = (
         SELECT MAX(q.id)
           FROM (SELECT (SELECT n.journal_id
                           FROM entry n
                           JOIN purchase p ON p.journal_id = n.journal_id
                          WHERE n.account_id = a.id AND n.balance_after IS NOT NULL
                          ORDER BY n.journal_id DESC
                          LIMIT 1) AS id
                   FROM account a
                  WHERE a.employee_id = :employee
                 UNION ALL
                 SELECT MAX(f.journal_id)
                   FROM purchase f
                  WHERE f.employee_id = :employee AND f.wallet_minor = 0) q)) AS last_ms
  FROM employee e
  LEFT JOIN customer_group g ON g.id = e.group_id
  LEFT JOIN site t ON t.id = 1
 WHERE e.id = :employee AND (:all = 1 OR e.id = :self OR e.department_id = :department);

-- name: report_person_months
-- A seek a month.
SELECT m.month AS month, CAST(SUM(m.spent_minor) AS BIGINT) AS spent_minor,
       CAST(SUM(m.purchases) AS BIGINT) AS purchases, CAST(SUM(m.undone) AS BIGINT) AS undone,
       CAST(SUM(m.refunds) AS BIGINT) AS refunds
  FROM (SELECT c.month AS month, c.spent_minor AS spent_minor, c.purchases AS purchases,
               c.undone AS undone, c.refunds AS refunds
          FROM period q
          JOIN spend_counter c ON c.month = SUBSTR(q.starts_on, 1, 7)
                              AND c.employee_id = :employee
        UNION ALL
        SELECT l.month, l.spent_minor, l.purchases, l.undone, l.refunds
          FROM (
-- use: moved_spend
               ) l
         WHERE l.employee_id = :employee) m
 GROUP BY m.month
 ORDER BY m.month DESC;

-- name: report_person_products
-- What a person bought most since a business date (from journal :low on), less what came back.
SELECT l.product_id AS id, r.name AS name,
       CAST(SUM(l.qty - COALESCE((SELECT SUM(b.qty) FROM refund_line b
                                   WHERE b.purchase_id = l.journal_id
                                     AND b.line_no = l.line_no), 0)) AS BIGINT) AS pieces,
       CAST(SUM(l.gross_minor - COALESCE((SELECT SUM(b.gross_minor) FROM refund_line b
                                           WHERE b.purchase_id = l.journal_id
                                             AND b.line_no = l.line_no), 0)) AS BIGINT)
         AS gross_minor
  FROM (SELECT n.journal_id AS journal_id
          FROM account a
          JOIN entry n ON n.account_id = a.id
         WHERE a.employee_id = :employee AND n.balance_after IS NOT NULL
           AND n.journal_id >= :low
        UNION
        SELECT f.journal_id
          FROM purchase f
         WHERE f.employee_id = :employee AND f.wallet_minor = 0 AND f.journal_id >= :low) t
  JOIN journal j ON j.id = t.journal_id
  JOIN purchase_line l ON l.journal_id = j.id
  JOIN product r ON r.id = l.product_id
 WHERE j.business_date >= :from
   AND NOT EXISTS (SELECT 1 FROM journal v WHERE v.reverses_id = j.id AND v.kind = 'void')
 GROUP BY l.product_id, r.name
 ORDER BY 3 DESC, 4 DESC, 1
 LIMIT :limit;

-- ---- making the sums ----

-- name: rollup_next
-- The last journal in the sums, of the next :n the last one, and the first that is of a day which
-- has not ended.
SELECT s.journal_id AS rolled,
       (SELECT MAX(j.id)
          FROM journal j
         WHERE j.id > s.journal_id AND j.id <= s.journal_id + :n) AS last_id,
       (SELECT MIN(j.id)
          FROM journal j
         WHERE j.id > s.journal_id AND j.id <= s.journal_id + :n
           AND j.business_date >= :today) AS open_id
  FROM rollup_state s
 WHERE s.id = 1;

-- name: rollup_last
SELECT journal_id AS journal_id
  FROM rollup_state
 WHERE id = 1;

-- name: rollup_state_set
UPDATE rollup_state
   SET purchases = purchases + (SELECT COUNT(*) FROM purchase p
                                 WHERE p.journal_id > rollup_state.journal_id
                                   AND p.journal_id <= :journal),
       journal_id = :journal
 WHERE id = 1;

-- name: rollup_day_counts
INSERT INTO purchase_day (business_date, purchases)
SELECT j.business_date, COUNT(*)
  FROM purchase p
  JOIN journal j ON j.id = p.journal_id
 WHERE p.journal_id BETWEEN :low AND :high
 GROUP BY j.business_date
ON CONFLICT (business_date) DO UPDATE
   SET purchases = purchase_day.purchases + excluded.purchases;

-- name: rollup_late
-- Is any of these journals of a month that is summed up, or begun?
SELECT j.id AS id
  FROM rollup_state s
  JOIN journal j ON j.id BETWEEN :low AND :high
 WHERE s.id = 1 AND SUBSTR(j.business_date, 1, 7) <= s.month
 LIMIT 1;

-- name: rollup_late_products
-- What journals add to the months that have their sums already.
INSERT INTO sales_month (month, department_id, product_id, tax_rate_ppm, pieces, gross_minor,
                         tax_minor)
SELECT SUBSTR(m.business_date, 1, 7),
       CASE WHEN x.is_all = 1 THEN -1 ELSE m.department_id END, m.product_id, m.tax_rate_ppm,
       CAST(SUM(m.qty) AS BIGINT), CAST(SUM(m.gross_minor) AS BIGINT),
       CAST(SUM(m.tax_minor) AS BIGINT)
  FROM rollup_state s
 CROSS JOIN (
-- use: moved_lines
       ) m
-- use: each_and_all
 WHERE s.id = 1
   AND (SUBSTR(m.business_date, 1, 7) < s.month
        OR (SUBSTR(m.business_date, 1, 7) = s.month
            AND CASE WHEN x.is_all = 1 THEN -1 ELSE m.department_id END < s.department_id))
 GROUP BY 1, 2, 3, 4
ON CONFLICT (month, department_id, product_id, tax_rate_ppm) DO UPDATE
   SET pieces = sales_month.pieces + excluded.pieces,
       gross_minor = sales_month.gross_minor + excluded.gross_minor,
       tax_minor = sales_month.tax_minor + excluded.tax_minor;

-- name: rollup_month_next
-- The department of a month that is to be summed up, the one after it, and the next month.
SELECT s.month AS month, s.department_id AS department_id,
       (SELECT MIN(k.department_id)
          FROM sales_kiosk k
         WHERE k.business_date > s.month AND k.business_date < s.month || '~'
           AND k.department_id > s.department_id) AS next_department,
       (SELECT SUBSTR(MIN(k.business_date), 1, 7)
          FROM sales_kiosk k
         WHERE k.business_date > s.month || '~') AS next_month
  FROM rollup_state s
 WHERE s.id = 1;

-- name: rollup_month
INSERT INTO sales_month (month, department_id, product_id, tax_rate_ppm, pieces, gross_minor,
                         tax_minor)
SELECT :month, s.department_id, s.product_id, s.tax_rate_ppm, CAST(SUM(s.pieces) AS BIGINT),
       CAST(SUM(s.gross_minor) AS BIGINT), CAST(SUM(s.tax_minor) AS BIGINT)
  FROM (SELECT DISTINCT k.business_date AS business_date
          FROM sales_kiosk k
         WHERE k.business_date > :month AND k.business_date < :month || '~') d
 CROSS JOIN sales_product s
 WHERE s.business_date = d.business_date AND s.department_id = CAST(:department AS BIGINT)
 GROUP BY s.department_id, s.product_id, s.tax_rate_ppm;

-- name: rollup_month_set
UPDATE rollup_state
   SET month = :month, department_id = :department
 WHERE id = 1;

-- name: rollup_counted
-- For the proof.
SELECT s.journal_id AS journal_id, s.purchases AS purchases,
       (SELECT COUNT(*) FROM purchase p WHERE p.journal_id <= s.journal_id) AS counted
  FROM rollup_state s
 WHERE s.id = 1;

-- name: rollup_accounts
INSERT INTO account_day (business_date, account_id, sum_minor, entries)
SELECT j.business_date, n.account_id, CAST(SUM(n.amount_minor) AS BIGINT), COUNT(*)
  FROM journal j
  JOIN entry n ON n.journal_id = j.id
 WHERE j.id BETWEEN :low AND :high AND n.balance_after IS NULL
 GROUP BY j.business_date, n.account_id
ON CONFLICT (business_date, account_id) DO UPDATE
   SET sum_minor = account_day.sum_minor + excluded.sum_minor,
       entries = account_day.entries + excluded.entries;

-- name: rollup_products
INSERT INTO sales_product (business_date, department_id, product_id, tax_rate_ppm, pieces,
                           gross_minor, tax_minor)
SELECT m.business_date, CASE WHEN x.is_all = 1 THEN -1 ELSE m.department_id END, m.product_id,
       m.tax_rate_ppm, CAST(SUM(m.qty) AS BIGINT), CAST(SUM(m.gross_minor) AS BIGINT),
       CAST(SUM(m.tax_minor) AS BIGINT)
  FROM (
-- use: moved_lines
       ) m
-- use: each_and_all
 WHERE true
 GROUP BY 1, 2, 3, 4
ON CONFLICT (business_date, department_id, product_id, tax_rate_ppm) DO UPDATE
   SET pieces = sales_product.pieces + excluded.pieces,
       gross_minor = sales_product.gross_minor + excluded.gross_minor,
       tax_minor = sales_product.tax_minor + excluded.tax_minor;

-- name: rollup_quarters
INSERT INTO sales_quarter (business_date, department_id, quarter, pieces, gross_minor, tax_minor)
SELECT m.business_date, CASE WHEN x.is_all = 1 THEN -1 ELSE m.department_id END,
       m.at_ms / 900000, CAST(SUM(m.qty) AS BIGINT), CAST(SUM(m.gross_minor) AS BIGINT),
       CAST(SUM(m.tax_minor) AS BIGINT)
  FROM (
-- use: moved_lines
       ) m
-- use: each_and_all
 WHERE true
 GROUP BY 1, 2, 3
ON CONFLICT (business_date, department_id, quarter) DO UPDATE
   SET pieces = sales_quarter.pieces + excluded.pieces,
       gross_minor = sales_quarter.gross_minor + excluded.gross_minor,
       tax_minor = sales_quarter.tax_minor + excluded.tax_minor;

-- name: rollup_kiosks
INSERT INTO sales_kiosk (business_date, department_id, device_id, pieces, gross_minor, tax_minor)
SELECT m.business_date, m.department_id, m.device_id, CAST(SUM(m.qty) AS BIGINT),
       CAST(SUM(m.gross_minor) AS BIGINT), CAST(SUM(m.tax_minor) AS BIGINT)
  FROM (
-- use: moved_lines
       ) m
 WHERE true
 GROUP BY m.business_date, m.department_id, m.device_id
ON CONFLICT (business_date, department_id, device_id) DO UPDATE
   SET pieces = sales_kiosk.pieces + excluded.pieces,
       gross_minor = sales_kiosk.gross_minor + excluded.gross_minor,
       tax_minor = sales_kiosk.tax_minor + excluded.tax_minor;

-- name: rollup_spend
INSERT INTO spend_counter (month, employee_id, spent_minor, purchases, undone, refunds)
SELECT m.month, m.employee_id, CAST(SUM(m.spent_minor) AS BIGINT),
       CAST(SUM(m.purchases) AS BIGINT), CAST(SUM(m.undone) AS BIGINT),
       CAST(SUM(m.refunds) AS BIGINT)
  FROM (
-- use: moved_spend
       ) m
 WHERE true
 GROUP BY m.month, m.employee_id
ON CONFLICT (month, employee_id) DO UPDATE
   SET spent_minor = spend_counter.spent_minor + excluded.spent_minor,
       purchases = spend_counter.purchases + excluded.purchases,
       undone = spend_counter.undone + excluded.undone,
       refunds = spend_counter.refunds + excluded.refunds;

-- ---- proving them: what is stored of the days after :after up to :until, less what the books say;
-- :low to :high are journals that are in the sums. A row is a finding. ----

-- name: verify_account_day
SELECT d.business_date AS day, d.account_id AS ref, CAST(SUM(d.entries) AS BIGINT) AS pieces,
       CAST(SUM(d.sum_minor) AS BIGINT) AS gross, 0 AS tax
  FROM (SELECT s.business_date AS business_date, s.account_id AS account_id,
               s.entries AS entries, s.sum_minor AS sum_minor
          FROM account_day s
         WHERE s.business_date > :after AND s.business_date <= :until
        UNION ALL
        SELECT j.business_date, n.account_id, -1, -n.amount_minor
          FROM journal j
          JOIN entry n ON n.journal_id = j.id
         WHERE j.id BETWEEN :low AND :high AND n.balance_after IS NULL
           AND j.business_date > :after AND j.business_date <= :until) d
 GROUP BY d.business_date, d.account_id
HAVING SUM(d.entries) <> 0 OR SUM(d.sum_minor) <> 0
 ORDER BY d.business_date, d.account_id
 LIMIT 1;

-- part: differences
CAST(SUM(d.pieces) AS BIGINT) AS pieces, CAST(SUM(d.gross_minor) AS BIGINT) AS gross,
CAST(SUM(d.tax_minor) AS BIGINT) AS tax

-- name: verify_sales_product
SELECT d.business_date AS day, d.product_id AS ref,
-- use: differences
  FROM (SELECT s.department_id AS department_id, s.business_date AS business_date,
               s.product_id AS product_id, s.tax_rate_ppm AS tax_rate_ppm, s.pieces AS pieces,
               s.gross_minor AS gross_minor, s.tax_minor AS tax_minor
          FROM sales_product s
         WHERE s.business_date > :after AND s.business_date <= :until
        UNION ALL
        SELECT CASE WHEN x.is_all = 1 THEN -1 ELSE m.department_id END, m.business_date,
               m.product_id, m.tax_rate_ppm, -m.qty, -m.gross_minor, -m.tax_minor
          FROM (
-- use: moved_lines
               ) m
-- use: each_and_all
         WHERE m.business_date > :after AND m.business_date <= :until) d
 GROUP BY d.department_id, d.business_date, d.product_id, d.tax_rate_ppm
HAVING SUM(d.pieces) <> 0 OR SUM(d.gross_minor) <> 0 OR SUM(d.tax_minor) <> 0
 ORDER BY d.business_date, d.product_id, d.tax_rate_ppm, d.department_id
 LIMIT 1;

-- name: verify_sales_month
-- Against the sums of its days, which were proved just before.
SELECT d.month AS day, d.product_id AS ref,
-- use: differences
  FROM (SELECT s.month AS month, s.department_id AS department_id, s.product_id AS product_id,
               s.tax_rate_ppm AS tax_rate_ppm, s.pieces AS pieces, s.gross_minor AS gross_minor,
               s.tax_minor AS tax_minor
          FROM sales_month s
         WHERE s.month > SUBSTR(:after, 1, 7) AND s.month <= SUBSTR(:until, 1, 7)
        UNION ALL
        SELECT SUBSTR(t.business_date, 1, 7), t.department_id, t.product_id, t.tax_rate_ppm,
               -t.pieces, -t.gross_minor, -t.tax_minor
          FROM rollup_state r
          JOIN sales_product t ON t.business_date > :after AND t.business_date <= :until
         WHERE r.id = 1
           AND (SUBSTR(t.business_date, 1, 7) < r.month
                OR (SUBSTR(t.business_date, 1, 7) = r.month
                    AND t.department_id < r.department_id))) d
 GROUP BY d.month, d.department_id, d.product_id, d.tax_rate_ppm
HAVING SUM(d.pieces) <> 0 OR SUM(d.gross_minor) <> 0 OR SUM(d.tax_minor) <> 0
 ORDER BY d.month, d.department_id, d.product_id, d.tax_rate_ppm
 LIMIT 1;

-- name: verify_purchase_day
SELECT d.business_date AS day, 0 AS ref, CAST(SUM(d.purchases) AS BIGINT) AS pieces, 0 AS gross,
       0 AS tax
  FROM (SELECT s.business_date AS business_date, s.purchases AS purchases
          FROM purchase_day s
         WHERE s.business_date > :after AND s.business_date <= :until
        UNION ALL
        SELECT j.business_date, -1
          FROM purchase p
          JOIN journal j ON j.id = p.journal_id
         WHERE p.journal_id BETWEEN :low AND :high
           AND j.business_date > :after AND j.business_date <= :until) d
 GROUP BY d.business_date
HAVING SUM(d.purchases) <> 0
 ORDER BY d.business_date
 LIMIT 1;

-- name: verify_sales_quarter
SELECT d.business_date AS day, d.quarter AS ref,
-- use: differences
  FROM (SELECT s.department_id AS department_id, s.business_date AS business_date,
               s.quarter AS quarter, s.pieces AS pieces, s.gross_minor AS gross_minor,
               s.tax_minor AS tax_minor
          FROM sales_quarter s
         WHERE s.business_date > :after AND s.business_date <= :until
        UNION ALL
        SELECT CASE WHEN x.is_all = 1 THEN -1 ELSE m.department_id END, m.business_date,
               m.at_ms / 900000, -m.qty, -m.gross_minor, -m.tax_minor
          FROM (
-- use: moved_lines
               ) m
-- use: each_and_all
         WHERE m.business_date > :after AND m.business_date <= :until) d
 GROUP BY d.department_id, d.business_date, d.quarter
HAVING SUM(d.pieces) <> 0 OR SUM(d.gross_minor) <> 0 OR SUM(d.tax_minor) <> 0
 ORDER BY d.business_date, d.quarter, d.department_id
 LIMIT 1;

-- name: verify_sales_kiosk
SELECT d.business_date AS day, d.device_id AS ref,
-- use: differences
  FROM (SELECT s.business_date AS business_date, s.department_id AS department_id,
               s.device_id AS device_id, s.pieces AS pieces, s.gross_minor AS gross_minor,
               s.tax_minor AS tax_minor
          FROM sales_kiosk s
         WHERE s.business_date > :after AND s.business_date <= :until
        UNION ALL
        SELECT m.business_date, m.department_id, m.device_id, -m.qty, -m.gross_minor, -m.tax_minor
          FROM (
-- use: moved_lines
               ) m
         WHERE m.business_date > :after AND m.business_date <= :until) d
 GROUP BY d.business_date, d.department_id, d.device_id
HAVING SUM(d.pieces) <> 0 OR SUM(d.gross_minor) <> 0 OR SUM(d.tax_minor) <> 0
 ORDER BY d.business_date, d.department_id, d.device_id
 LIMIT 1;

-- name: verify_spend_counter
-- From each purchase to what came back of it, where the sums are made the other way round.
SELECT :until AS day, d.employee_id AS ref,
       CAST(SUM(d.purchases) + SUM(d.undone) + SUM(d.refunds) AS BIGINT) AS pieces,
       CAST(SUM(d.spent_minor) AS BIGINT) AS gross, 0 AS tax
  FROM (SELECT s.employee_id AS employee_id, s.spent_minor AS spent_minor,
               s.purchases AS purchases, s.undone AS undone, s.refunds AS refunds
          FROM spend_counter s
         WHERE s.month > SUBSTR(:after, 1, 7) AND s.month <= SUBSTR(:until, 1, 7)
        UNION ALL
        SELECT p.employee_id, -p.wallet_minor, -1, 0, 0
          FROM journal j
          JOIN purchase p ON p.journal_id = j.id
         WHERE j.id BETWEEN :low AND :high
           AND j.business_date > :after AND j.business_date <= :until
        UNION ALL
        SELECT p.employee_id, p.wallet_minor, 0, -1, 0
          FROM journal j
          JOIN purchase p ON p.journal_id = j.id
          JOIN journal v ON v.reverses_id = j.id AND v.kind = 'void'
         WHERE j.id BETWEEN :low AND :high AND v.id <= :rolled
           AND j.business_date > :after AND j.business_date <= :until
        UNION ALL
        SELECT p.employee_id, COALESCE(n.amount_minor, 0), 0, 0, -1
          FROM journal j
          JOIN purchase p ON p.journal_id = j.id
          JOIN account a ON a.employee_id = p.employee_id AND a.kind = 'wallet'
          JOIN journal v ON v.id IN (SELECT r.journal_id
                                       FROM refund_line r
                                      WHERE r.purchase_id = j.id)
          LEFT JOIN entry n ON n.journal_id = v.id AND n.account_id = a.id
         WHERE j.id BETWEEN :low AND :high AND v.id <= :rolled
           AND j.business_date > :after AND j.business_date <= :until) d
 GROUP BY d.employee_id
HAVING SUM(d.spent_minor) <> 0 OR SUM(d.purchases) <> 0 OR SUM(d.undone) <> 0
    OR SUM(d.refunds) <> 0
 ORDER BY d.employee_id
 LIMIT 1;

-- name: rollup_period_next
SELECT starts_on AS starts_on, ends_on AS ends_on
  FROM period
 WHERE starts_on > :starts_on
 ORDER BY starts_on
 LIMIT 1;

-- ---- the employer's money: the movements of the accounts of kind subsidy ----

-- part: employer_moves
-- Each with whose it was: a void, a refund or what ran out is told by what it takes back.
SELECT j.business_date AS business_date, -n.amount_minor AS amount_minor, a.code AS code,
       COALESCE(p.employee_id, g.employee_id) AS employee_id, s.rule_id AS rule_id,
       CASE WHEN g.journal_id IS NULL THEN 0 ELSE 1 END AS is_allowance
  FROM journal j
  JOIN entry n ON n.journal_id = j.id
  JOIN account a ON a.id = n.account_id AND a.kind = 'subsidy'
  LEFT JOIN purchase p ON p.journal_id = COALESCE(j.reverses_id, j.id)
  LEFT JOIN subsidy_grant s ON s.journal_id = COALESCE(j.reverses_id, j.id)
  LEFT JOIN allowance_grant g ON g.journal_id = COALESCE(j.reverses_id, j.id)
 WHERE j.id BETWEEN :low AND :high AND j.business_date >= :from AND j.business_date < :to

-- part: employer_reach
  LEFT JOIN employee e ON e.id = m.employee_id
 WHERE (:all = 1 OR e.department_id = :department)

-- name: employer_by_day
SELECT m.business_date AS label, 0 AS ref, COUNT(*) AS moves,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN 0 ELSE m.amount_minor END) AS BIGINT) AS meals,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN m.amount_minor ELSE 0 END) AS BIGINT) AS allowances
  FROM (
-- use: employer_moves
       ) m
-- use: employer_reach
 GROUP BY m.business_date
 ORDER BY m.business_date;

-- name: employer_by_rule
-- 0 and 'allowance' for what no rule gave.
SELECT COALESCE(r.name, 'allowance') AS label, COALESCE(r.id, 0) AS ref, COUNT(*) AS moves,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN 0 ELSE m.amount_minor END) AS BIGINT) AS meals,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN m.amount_minor ELSE 0 END) AS BIGINT) AS allowances
  FROM (
-- use: employer_moves
       ) m
  LEFT JOIN subsidy_rule r ON r.id = m.rule_id
-- use: employer_reach
 GROUP BY COALESCE(r.name, 'allowance'), COALESCE(r.id, 0)
 ORDER BY COALESCE(r.id, 0);

-- name: employer_by_centre
SELECT COALESCE(c.code, m.code) AS label, COALESCE(c.id, 0) AS ref, COUNT(*) AS moves,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN 0 ELSE m.amount_minor END) AS BIGINT) AS meals,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN m.amount_minor ELSE 0 END) AS BIGINT) AS allowances
  FROM (
-- use: employer_moves
       ) m
  LEFT JOIN cost_centre c ON m.code = 'subsidy:' || c.code
-- use: employer_reach
 GROUP BY COALESCE(c.code, m.code), COALESCE(c.id, 0)
 ORDER BY COALESCE(c.id, 0);

-- name: employer_by_department
-- By the department the person is in now; '' and 0 for those in none.
SELECT COALESCE(d.name, '') AS label, COALESCE(d.id, 0) AS ref, COUNT(*) AS moves,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN 0 ELSE m.amount_minor END) AS BIGINT) AS meals,
       CAST(SUM(CASE WHEN m.is_allowance = 1 THEN m.amount_minor ELSE 0 END) AS BIGINT) AS allowances
  FROM (
-- use: employer_moves
       ) m
  LEFT JOIN employee e ON e.id = m.employee_id
  LEFT JOIN department d ON d.id = e.department_id
 WHERE (:all = 1 OR e.department_id = :department)
 GROUP BY COALESCE(d.name, ''), COALESCE(d.id, 0)
 ORDER BY COALESCE(d.name, ''), COALESCE(d.id, 0);

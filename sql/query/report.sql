-- What was sold, from the books: every line that was sold, less what was undone and what was given
-- back, each dated by its own booking. So a report of some days equals what the accounts of revenue
-- and tax moved by in those days. Reach: :all = 1 sees everything, :department only its people.

-- part: moved_lines
SELECT j.recorded_at_ms AS at_ms, j.business_date AS business_date, j.device_id AS device_id,
       p.employee_id AS employee_id, l.product_id AS product_id, l.tax_rate_ppm AS tax_rate_ppm,
       l.qty AS qty, l.gross_minor AS gross_minor, l.tax_minor AS tax_minor
  FROM journal j
  JOIN purchase p ON p.journal_id = j.id
  JOIN purchase_line l ON l.journal_id = j.id
 WHERE j.id BETWEEN :low AND :high AND j.business_date >= :from AND j.business_date < :to
UNION ALL
SELECT v.recorded_at_ms, v.business_date, j.device_id, p.employee_id, l.product_id, l.tax_rate_ppm,
       -l.qty, -l.gross_minor, -l.tax_minor
  FROM journal v
  JOIN journal j ON j.id = v.reverses_id
  JOIN purchase p ON p.journal_id = j.id
  JOIN purchase_line l ON l.journal_id = j.id
 WHERE v.id BETWEEN :low AND :high AND v.business_date >= :from AND v.business_date < :to
   AND v.kind = 'void'
UNION ALL
SELECT v.recorded_at_ms, v.business_date, j.device_id, p.employee_id, l.product_id, l.tax_rate_ppm,
       -r.qty, -r.gross_minor, -r.tax_minor
  FROM journal v
  JOIN refund_line r ON r.journal_id = v.id
  JOIN purchase_line l ON l.journal_id = r.purchase_id AND l.line_no = r.line_no
  JOIN purchase p ON p.journal_id = r.purchase_id
  JOIN journal j ON j.id = r.purchase_id
 WHERE v.id BETWEEN :low AND :high AND v.business_date >= :from AND v.business_date < :to

-- part: in_reach
 JOIN employee e ON e.id = m.employee_id
WHERE (:all = 1 OR e.department_id = :department)

-- name: report_by_day
SELECT m.business_date AS label, 0 AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
-- use: in_reach
 GROUP BY m.business_date
 ORDER BY m.business_date;

-- name: report_by_quarter
-- By quarters of an hour since 1970; every zone's hours are made of whole ones.
SELECT '' AS label, m.at_ms / 900000 AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
-- use: in_reach
 GROUP BY m.at_ms / 900000
 ORDER BY m.at_ms / 900000;

-- name: report_by_product
SELECT r.name AS label, m.product_id AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
 JOIN product r ON r.id = m.product_id
-- use: in_reach
 GROUP BY m.product_id, r.name
 ORDER BY SUM(m.gross_minor) DESC, m.product_id;

-- name: report_by_category
SELECT c.name AS label, c.id AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
 JOIN product r ON r.id = m.product_id
 JOIN category c ON c.id = r.category_id
-- use: in_reach
 GROUP BY c.id, c.name, c.sort
 ORDER BY c.sort, c.id;

-- name: report_by_department
-- By the department the person is in now; '' and 0 for those in none.
SELECT COALESCE(d.name, '') AS label, COALESCE(d.id, 0) AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
 JOIN employee e ON e.id = m.employee_id
 LEFT JOIN department d ON d.id = e.department_id
WHERE (:all = 1 OR e.department_id = :department)
 GROUP BY COALESCE(d.name, ''), COALESCE(d.id, 0)
 ORDER BY COALESCE(d.name, ''), COALESCE(d.id, 0);

-- name: report_by_kiosk
-- '' and 0 for what was bought in a browser of one's own or booked by the office.
SELECT COALESCE(k.name, '') AS label, COALESCE(k.id, 0) AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
 LEFT JOIN device k ON k.id = m.device_id
-- use: in_reach
 GROUP BY COALESCE(k.name, ''), COALESCE(k.id, 0)
 ORDER BY COALESCE(k.name, ''), COALESCE(k.id, 0);

-- name: report_by_tax
SELECT '' AS label, m.tax_rate_ppm AS ref, CAST(SUM(m.qty) AS BIGINT) AS pieces,
       CAST(SUM(m.gross_minor) AS BIGINT) AS gross, CAST(SUM(m.tax_minor) AS BIGINT) AS tax
  FROM (
-- use: moved_lines
       ) m
-- use: in_reach
 GROUP BY m.tax_rate_ppm
 ORDER BY m.tax_rate_ppm;

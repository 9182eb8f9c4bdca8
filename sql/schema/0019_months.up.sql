-- Sums over the sums of days (0015), so that a report of years reads months, and how many purchases a
-- day had, so that a list of any range knows its total.

-- sales_product of whole months, as far as rollup_state says: up to its month and, in that month, its
-- department, neither included. department_id as there.
CREATE TABLE sales_month (
  month TEXT NOT NULL CHECK (length(month) = 7),
  department_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  tax_rate_ppm INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  gross_minor INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL,
  PRIMARY KEY (month, department_id, product_id, tax_rate_ppm)
) STRICT, WITHOUT ROWID;

-- Undone ones too.
CREATE TABLE purchase_day (
  business_date TEXT NOT NULL PRIMARY KEY,
  purchases INTEGER NOT NULL CHECK (purchases > 0)
) STRICT, WITHOUT ROWID;

ALTER TABLE rollup_state ADD COLUMN month TEXT NOT NULL DEFAULT '0000-00';
ALTER TABLE rollup_state ADD COLUMN department_id INTEGER NOT NULL DEFAULT -1;

-- The month of the last day that is summed up may not be over.
UPDATE rollup_state
   SET month = COALESCE((SELECT SUBSTR(MAX(k.business_date), 1, 7) FROM sales_kiosk k), '0000-00');

INSERT INTO sales_month (month, department_id, product_id, tax_rate_ppm, pieces, gross_minor, tax_minor)
SELECT SUBSTR(s.business_date, 1, 7), s.department_id, s.product_id, s.tax_rate_ppm,
       CAST(SUM(s.pieces) AS BIGINT), CAST(SUM(s.gross_minor) AS BIGINT), CAST(SUM(s.tax_minor) AS BIGINT)
  FROM rollup_state r
  JOIN sales_product s ON s.business_date < r.month
 GROUP BY 1, 2, 3, 4;

INSERT INTO purchase_day (business_date, purchases)
SELECT j.business_date, COUNT(*)
  FROM rollup_state r
  JOIN purchase p ON p.journal_id <= r.journal_id
  JOIN journal j ON j.id = p.journal_id
 GROUP BY j.business_date;

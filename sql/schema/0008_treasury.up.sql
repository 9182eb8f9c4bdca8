-- 0008: the tax inside a price, and pieces that are given back.

ALTER TABLE product ADD COLUMN tax_rate_ppm INTEGER NOT NULL DEFAULT 0 CHECK (tax_rate_ppm BETWEEN 0 AND 1000000);

-- Pieces of a purchase's line that were refunded, at the price that was paid. The rows come before
-- their journal, which seals them.
CREATE TABLE refund_line (
  purchase_id INTEGER NOT NULL,
  line_no INTEGER NOT NULL,
  journal_id INTEGER NOT NULL REFERENCES journal(id) DEFERRABLE INITIALLY DEFERRED,
  qty INTEGER NOT NULL CHECK (qty > 0),
  gross_minor INTEGER NOT NULL CHECK (gross_minor >= 0),
  tax_minor INTEGER NOT NULL CHECK (tax_minor BETWEEN 0 AND gross_minor),
  PRIMARY KEY (purchase_id, line_no, journal_id),
  FOREIGN KEY (purchase_id, line_no) REFERENCES purchase_line(journal_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_line_journal ON refund_line(journal_id, line_no);

-- 0011: the employer's money.

-- The pockets that pieces given back go to; the wallet gets the rest of gross_minor.
ALTER TABLE refund_line ADD COLUMN subsidy_minor INTEGER NOT NULL DEFAULT 0 CHECK (subsidy_minor >= 0);
ALTER TABLE refund_line ADD COLUMN allowance_minor INTEGER NOT NULL DEFAULT 0
  CHECK (allowance_minor >= 0 AND subsidy_minor + allowance_minor <= gross_minor);

-- What never touched the wallet is not among its entries: a person's list finds it here.
CREATE INDEX purchase_unpaid ON purchase(employee_id, journal_id) WHERE wallet_minor = 0;

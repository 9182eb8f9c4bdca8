-- Making wallets and counters again: src/domain/archive.

-- name: rebuild_wallets
-- As if nothing had been booked yet, and open for all that was.
UPDATE wallet
   SET balance_minor = 0, last_journal_id = 0, floor_minor = -100000000, state = 'open',
       day = '', day_spent_minor = 0, month = '', month_spent_minor = 0;

-- name: rebuild_wallet_terms
-- Floor and state are settings, not sums.
UPDATE wallet
   SET floor_minor = :floor, state = :state
 WHERE account_id = :account;

-- name: rebuild_periods
UPDATE period
   SET state = 'open';

-- name: rebuild_returned
-- What a journal gives back: the purchase and its day.
SELECT j.kind AS kind, j.business_date AS business_date
  FROM journal j
 WHERE j.id = :journal;

-- name: rebuild_is_wallet
-- A row when it is one.
SELECT a.id AS id
  FROM account a
 WHERE a.id = :account AND a.kind = 'wallet';

-- name: rebuild_levels
-- What is on the shelf is what was moved.
UPDATE stock_level
   SET quantity = (SELECT CAST(COALESCE(SUM(m.delta), 0) AS BIGINT)
                     FROM stock_move m
                    WHERE m.product_id = stock_level.product_id AND m.business_date IS NULL);

-- name: rebuild_portions
UPDATE portion_day
   SET remaining = (SELECT CAST(COALESCE(SUM(m.delta), 0) AS BIGINT)
                      FROM stock_move m
                     WHERE m.product_id = portion_day.product_id
                       AND m.business_date = portion_day.business_date);

-- name: rebuild_allowances
-- What is left of a grant is what was not used.
UPDATE allowance_grant
   SET left_minor = amount_minor - (SELECT CAST(COALESCE(SUM(u.amount_minor), 0) AS BIGINT)
                                      FROM allowance_use u
                                     WHERE u.grant_id = allowance_grant.journal_id);

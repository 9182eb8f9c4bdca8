-- 0013: what is on the shelf, portions of a day, the menu's calendar.
-- No list that is kept in memory reads the first three tables, so that a sale does not empty it.

-- What a kiosk may show of the stock: written only when it changes.
ALTER TABLE product ADD COLUMN availability TEXT NOT NULL DEFAULT 'ok' CHECK (availability = 'ok' OR availability = 'low' OR availability = 'out');
-- 1: bought only on its dates of the calendar, while a window is open.
ALTER TABLE product ADD COLUMN is_menu_only INTEGER NOT NULL DEFAULT 0 CHECK (is_menu_only IN (0, 1));

-- Products whose pieces are counted. The level is the sum of the moves: only they change it.
CREATE TABLE stock_level (
  product_id INTEGER PRIMARY KEY REFERENCES product(id),
  kind TEXT NOT NULL CHECK (kind IN ('shelf', 'portion')),
  quantity INTEGER NOT NULL DEFAULT 0 CHECK (quantity BETWEEN -1000000000 AND 1000000000),
  low_water INTEGER NOT NULL DEFAULT 0 CHECK (low_water BETWEEN 0 AND 1000000),
  is_negative_ok INTEGER NOT NULL CHECK (is_negative_ok IN (0, 1)),
  is_tracked INTEGER NOT NULL DEFAULT 1 CHECK (is_tracked IN (0, 1)),
  CHECK (kind = 'shelf' OR is_negative_ok = 0),
  CHECK (is_negative_ok = 1 OR quantity >= 0)
) STRICT;

-- How many of a product may be sold on one business date. `remaining` is the sum of its moves.
CREATE TABLE portion_day (
  product_id INTEGER NOT NULL REFERENCES product(id),
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  planned INTEGER NOT NULL DEFAULT 0 CHECK (planned BETWEEN 0 AND 100000),
  remaining INTEGER NOT NULL DEFAULT 0,
  is_limited INTEGER NOT NULL DEFAULT 0 CHECK (is_limited IN (0, 1)),
  PRIMARY KEY (product_id, business_date),
  CHECK (is_limited = 0 OR remaining >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX portion_day_date ON portion_day(business_date, product_id);

-- Append-only. Without a business date: of the stock; with one: of that date's portions.
CREATE TABLE stock_move (
  id INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product(id),
  business_date TEXT CHECK (length(business_date) = 10),
  -- Not IN: see journal.kind.
  kind TEXT NOT NULL CHECK (kind = 'receive' OR kind = 'count' OR kind = 'shrinkage' OR kind = 'sale'
                            OR kind = 'undo' OR kind = 'refund' OR kind = 'portion'),
  delta INTEGER NOT NULL CHECK (delta BETWEEN -1000000000 AND 1000000000),
  level_after INTEGER NOT NULL,
  journal_id INTEGER REFERENCES journal(id),
  actor_user_id INTEGER,
  at_ms INTEGER NOT NULL,
  reason TEXT CHECK (length(reason) BETWEEN 1 AND 200),
  unit_cost_minor INTEGER CHECK (unit_cost_minor BETWEEN 0 AND 100000000),
  idem_scope INTEGER NOT NULL DEFAULT 0,
  idem_key TEXT CHECK (length(idem_key) BETWEEN 16 AND 64),
  request_fp BLOB CHECK (length(request_fp) = 16),
  CHECK ((kind = 'sale' OR kind = 'undo' OR kind = 'refund') = (journal_id IS NOT NULL)),
  CHECK ((idem_key IS NULL) = (request_fp IS NULL))
) STRICT;
CREATE INDEX stock_move_product ON stock_move(product_id, business_date, id);
-- What an undo or a refund puts back.
CREATE INDEX stock_move_journal ON stock_move(journal_id) WHERE journal_id IS NOT NULL;
CREATE UNIQUE INDEX stock_move_idem ON stock_move(idem_key, idem_scope) WHERE idem_key IS NOT NULL;

-- When something is served: minutes after midnight on the clock of the site, and on which days of
-- the week (bit 0: Monday). The end may lie before the beginning: past midnight.
CREATE TABLE serving_window (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  name_fold TEXT NOT NULL UNIQUE,
  from_min INTEGER NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
  to_min INTEGER NOT NULL CHECK (to_min BETWEEN 0 AND 1439),
  weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE menu_entry (
  business_date TEXT NOT NULL CHECK (length(business_date) = 10),
  window_id INTEGER NOT NULL REFERENCES serving_window(id),
  product_id INTEGER NOT NULL REFERENCES product(id),
  PRIMARY KEY (business_date, window_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX menu_entry_product ON menu_entry(product_id, business_date);
CREATE INDEX menu_entry_window ON menu_entry(window_id);

-- What is kept about a person, what an erasure makes of it, what goes when its time is over.
-- src/domain/privacy/tables.c says for each table which of these queries serve it. They take what
-- they need of :employee, :user, :now.
--
-- Export: a column that ends in _ms is an instant, in _minor an amount, in _yes a truth; the rest of
-- its name is the field's name. `values_of` is an entry of the audit, and becomes its old and new
-- values and its reason. With :after and :limit the rows come in pages by `page_key`, which is
-- not shown. Where nothing but looking finds the rows, a query of its own gives the end of the next
-- window of rows to look at (:after to :until).

-- name: export_person
SELECT e.id AS id, e.number AS number, e.name AS name, e.email AS email, d.name AS department,
       g.name AS customer_group, e.overdraft_minor AS overdraft_minor,
       e.purchase_limit_minor AS purchase_limit_minor, e.daily_limit_minor AS daily_limit_minor,
       e.monthly_limit_minor AS monthly_limit_minor, e.is_active AS active_yes,
       e.blocked_at_ms AS blocked_at_ms, e.blocked_reason AS blocked_reason,
       CASE WHEN e.pin_hash IS NULL THEN 0 ELSE 1 END AS has_pin_yes,
       e.created_at_ms AS created_at_ms, e.updated_at_ms AS updated_at_ms
FROM employee e
LEFT JOIN department d ON d.id = e.department_id
LEFT JOIN customer_group g ON g.id = e.group_id
WHERE e.id = :employee;

-- name: export_own_limit
SELECT o.daily_minor AS daily_limit_minor, o.monthly_minor AS monthly_limit_minor,
       o.daily_before_minor AS daily_limit_before_minor,
       o.monthly_before_minor AS monthly_limit_before_minor, o.since AS since
FROM own_limit o
WHERE o.employee_id = :employee;

-- name: export_bans
SELECT b.id AS id, p.name AS product, c.name AS category, b.reason AS reason,
       b.created_at_ms AS created_at_ms
FROM product_ban b
LEFT JOIN product p ON p.id = b.product_id
LEFT JOIN category c ON c.id = b.category_id
WHERE b.employee_id = :employee
ORDER BY b.id;

-- name: export_account
SELECT u.id AS id, u.email AS email, u.name AS name, u.role AS role, d.name AS department,
       u.is_site_wide AS site_wide_yes, u.is_active AS active_yes,
       u.created_at_ms AS created_at_ms, u.last_login_at_ms AS last_login_at_ms
FROM user_account u
LEFT JOIN department d ON d.id = u.department_id
WHERE u.id = :user;

-- name: export_sessions
SELECT s.id AS id, s.label AS device, s.address AS address, s.is_revoked AS revoked_yes, s.created_at_ms AS created_at_ms,
       s.used_at_ms AS used_at_ms, s.proven_at_ms AS password_proven_at_ms,
       s.expires_at_ms AS expires_at_ms
FROM session s
WHERE s.user_id = :user
ORDER BY s.id;

-- name: export_badges
-- The number of a badge is not known here, only its keyed hash.
SELECT b.id AS id, b.kind AS kind, b.label AS label, b.state AS state,
       b.created_at_ms AS created_at_ms, b.used_at_ms AS used_at_ms, b.expires_at_ms AS expires_at_ms
FROM badge b
WHERE b.employee_id = :employee
ORDER BY b.id;

-- name: export_codes
-- Invitations, resets, badge links: what for and until when; never the code.
SELECT c.purpose AS purpose, c.created_at_ms AS created_at_ms, c.expires_at_ms AS expires_at_ms,
       c.used_at_ms AS used_at_ms
FROM one_time_code c
WHERE c.user_id = :user OR c.employee_id = :employee
ORDER BY c.created_at_ms, c.code_hash;

-- name: export_messages
-- scan: the messages of a week
SELECT m.id AS id, m.kind AS kind, m.address AS address, m.state AS state,
       m.created_at_ms AS created_at_ms
FROM mail_outbox m
WHERE m.address = (SELECT e.email FROM employee e WHERE e.id = :employee)
   OR m.address = (SELECT u.email FROM user_account u WHERE u.id = :user)
ORDER BY m.id;

-- name: export_wallet
SELECT w.balance_minor AS balance_minor, w.floor_minor AS floor_minor, w.state AS state,
       w.day AS last_day, w.day_spent_minor AS last_day_spent_minor, w.month AS last_month,
       w.month_spent_minor AS last_month_spent_minor, a.kind AS kind
FROM account a
JOIN wallet w ON w.account_id = a.id
WHERE a.employee_id = :employee;

-- name: export_statements
SELECT p.starts_on AS month_from, p.ends_on AS month_to, a.kind AS kind,
       s.opening_minor AS opening_minor, s.debit_minor AS debit_minor,
       s.credit_minor AS credit_minor, s.closing_minor AS closing_minor
FROM account a
JOIN statement s ON s.account_id = a.id
JOIN period p ON p.id = s.period_id
WHERE a.employee_id = :employee
ORDER BY p.starts_on, a.kind;

-- name: export_payroll
SELECT b.id AS id, p.starts_on AS month_from, b.state AS state, i.amount_minor AS amount_minor,
       i.number AS number, i.name AS name, b.created_at_ms AS created_at_ms,
       CASE WHEN i.rejected_journal_id IS NULL THEN 0 ELSE 1 END AS is_rejected,
       i.rejected_reason AS rejected_reason
FROM payroll_item i
JOIN payroll_batch b ON b.id = i.batch_id
JOIN period p ON p.id = b.period_id
WHERE i.employee_id = :employee
ORDER BY b.id;

-- name: export_movements
-- A purchase can take from both pockets.
SELECT n.journal_id * 2 + CASE WHEN a.kind = 'wallet' THEN 0 ELSE 1 END AS page_key, j.id AS id,
       j.kind AS kind, a.kind AS pocket, j.recorded_at_ms AS recorded_at_ms,
       j.occurred_at_ms AS occurred_at_ms, j.business_date AS business_date,
       n.amount_minor AS amount_minor, n.balance_after AS balance_after_minor,
       j.reverses_id AS reverses_id, j.reason_code AS reason, v.name AS kiosk
FROM account a
JOIN entry n ON n.account_id = a.id AND n.balance_after IS NOT NULL
JOIN journal j ON j.id = n.journal_id
LEFT JOIN device v ON v.id = j.device_id
WHERE a.employee_id = :employee AND n.journal_id >= :after / 2
  AND n.journal_id * 2 + CASE WHEN a.kind = 'wallet' THEN 0 ELSE 1 END > :after
ORDER BY n.journal_id, a.kind DESC
LIMIT :limit;

-- name: export_tills
-- scan: one row a day and drawer
SELECT t.id AS id, t.name AS name, t.opened_at_ms AS opened_at_ms, t.closed_at_ms AS closed_at_ms,
       t.expected_minor AS expected_minor, t.counted_minor AS counted_minor, t.reason AS reason
FROM till_session t
WHERE t.opened_by = :user OR t.closed_by = :user
ORDER BY t.id;

-- name: export_approvals
SELECT p.id AS id, p.kind AS kind, p.amount_minor AS amount_minor, p.source AS source,
       p.reason AS reason, p.note AS note, p.asked_at_ms AS asked_at_ms, p.state AS state,
       p.decided_at_ms AS decided_at_ms, p.refusal AS refusal, p.journal_id AS journal_id
FROM approval p
WHERE p.employee_id = :employee
ORDER BY p.id;

-- name: export_allowances
SELECT g.journal_id AS id, g.amount_minor AS amount_minor, g.expires_on AS expires_on,
       g.left_minor AS left_minor
FROM allowance_grant g
WHERE g.employee_id = :employee
ORDER BY g.journal_id;

-- part: bought_by
-- The journals of a person's wallet, and the purchases that never touched it.
SELECT b.journal_id AS id
FROM account c
JOIN entry b ON b.account_id = c.id AND b.balance_after IS NOT NULL
WHERE c.employee_id = :employee AND c.kind = 'wallet'
UNION ALL
SELECT f.journal_id
FROM purchase f
WHERE f.employee_id = :employee AND f.wallet_minor = 0

-- name: export_purchases
SELECT p.journal_id AS page_key, p.journal_id AS id, j.recorded_at_ms AS recorded_at_ms,
       j.business_date AS business_date, p.gross_minor AS total_minor,
       p.wallet_minor AS from_wallet_minor, p.allowance_minor AS from_allowance_minor,
       p.subsidy_minor AS subsidy_minor,
       (SELECT d.name FROM department d WHERE d.id = p.department_id) AS department
FROM purchase p
JOIN journal j ON j.id = p.journal_id
WHERE p.journal_id IN (
-- use: bought_by
  )
  AND p.journal_id > :after
ORDER BY p.journal_id
LIMIT :limit;

-- name: export_purchase_items
-- A purchase has at most 50 lines.
SELECT l.journal_id * 64 + l.line_no AS page_key, l.journal_id AS purchase_id, l.line_no AS line_no,
       l.product_id AS product_id, l.name_snapshot AS name, l.qty AS quantity,
       l.unit_price_minor AS unit_price_minor, l.gross_minor AS total_minor,
       l.tax_rate_ppm AS tax_rate_ppm, l.tax_minor AS tax_minor,
       (SELECT COALESCE(CAST(SUM(r.qty) AS BIGINT), 0) FROM refund_line r
         WHERE r.purchase_id = l.journal_id AND r.line_no = l.line_no) AS refunded
FROM purchase_line l
WHERE l.journal_id IN (
-- use: bought_by
  )
  AND l.journal_id >= :after / 64
  AND l.journal_id * 64 + l.line_no > :after
ORDER BY l.journal_id, l.line_no
LIMIT :limit;

-- name: export_months
-- scan: a row a month
SELECT s.month AS month, s.spent_minor AS spent_minor, s.purchases AS purchases,
       s.undone AS undone, s.refunds AS refunds
FROM period q
JOIN spend_counter s ON s.month = SUBSTR(q.starts_on, 1, 7) AND s.employee_id = :employee
ORDER BY s.month;

-- name: export_bookings
-- What the person booked as a user, for whomever.
-- There is no index on the actor, for the sake of every purchase: it is looked for window by window.
SELECT j.id AS id, j.kind AS kind, j.recorded_at_ms AS recorded_at_ms,
       j.business_date AS business_date, j.reason_code AS reason
FROM journal j
WHERE j.id > :after AND j.id <= :until AND j.actor_user_id = :user
ORDER BY j.id;

-- name: export_bookings_window
SELECT MAX(w.id) AS until
FROM (SELECT j.id
      FROM journal j
      WHERE j.id > :after
      ORDER BY j.id
      LIMIT :limit) w;

-- name: export_audit
-- What is recorded about the person, and what the person did; whose eyes it was is a number. Values
-- (values_of: of which entry) only where they are about the person: others' are not theirs to have.
-- Nothing finds a subject but looking, window by window.
SELECT a.seq AS seq, a.at_ms AS at_ms, a.action AS action, a.entity AS entity,
       a.entity_id AS entity_id,
       CASE WHEN a.user_id = :user OR a.employee_id = :employee THEN 1 ELSE 0 END AS by_self_yes,
       a.user_id AS by_user_id, a.device_id AS kiosk_id,
       CASE WHEN a.user_id = :user OR a.employee_id = :employee THEN a.address END AS address,
       CASE WHEN (a.subject_kind = 1 AND a.subject_id = :employee)
                 OR (a.subject_kind = 2 AND a.subject_id = :user) THEN a.seq END AS values_of
FROM audit a
WHERE a.seq > :after AND a.seq <= :until
  AND (a.user_id = :user OR a.employee_id = :employee
       OR (a.subject_kind = 1 AND a.subject_id = :employee)
       OR (a.subject_kind = 2 AND a.subject_id = :user)
       OR (a.entity = 'employee' AND a.entity_id = :employee)
       OR (a.entity = 'user' AND a.entity_id = :user))
ORDER BY a.seq;

-- name: export_audit_window
SELECT MAX(w.seq) AS until
FROM (SELECT a.seq
      FROM audit a
      WHERE a.seq > :after
      ORDER BY a.seq
      LIMIT :limit) w;

-- name: export_erasures
-- Erasures that the person ordered.
SELECT r.employee_id AS employee_id, r.erased_at_ms AS erased_at_ms, r.reason AS reason
FROM erasure r
WHERE r.actor_user_id = :user
ORDER BY r.employee_id;

-- name: export_stock_moves
-- What the person received, counted or wrote off, by hand or by selling.
SELECT m.id AS id, m.kind AS kind, p.name AS product, m.delta AS pieces, m.at_ms AS recorded_at_ms,
       m.reason AS reason
FROM stock_move m
JOIN product p ON p.id = m.product_id
WHERE m.actor_user_id = :user
ORDER BY m.id;

-- name: erase_payroll
UPDATE payroll_item
SET number = :number, name = :name, line = NULL, rejected_reason = NULL
WHERE employee_id = :employee;

-- name: erase_employee
UPDATE employee
SET number = :number, name = :name, name_fold = :name_fold, email = NULL,
    overdraft_minor = NULL, purchase_limit_minor = NULL, daily_limit_minor = NULL,
    monthly_limit_minor = NULL, group_id = NULL, blocked_at_ms = NULL, blocked_reason = NULL,
    is_active = 0, pin_hash = NULL,
    version = version + 1, updated_at_ms = :now, erased_at_ms = :now
WHERE id = :employee;

-- name: erase_own_limit
DELETE FROM own_limit
WHERE employee_id = :employee;

-- name: erase_bans
DELETE FROM product_ban
WHERE employee_id = :employee;

-- name: erase_user
-- No hash is like '!'.
UPDATE user_account
SET email = :login, name = :name, password_hash = '!', is_active = 0, department_id = NULL,
    name_fold = '', version = version + 1, token_version = token_version + 1, last_login_at_ms = NULL
WHERE id = :user;

-- name: erase_session
DELETE FROM session
WHERE user_id = :user;

-- name: erase_day_card
-- A lent card goes back into the drawer.
UPDATE badge
SET employee_id = NULL, expires_at_ms = NULL, used_at_ms = NULL
WHERE employee_id = :employee AND kind = 'day';

-- name: erase_badge
DELETE FROM badge
WHERE employee_id = :employee AND kind = 'own';

-- name: erase_code
DELETE FROM one_time_code
WHERE user_id = :user OR employee_id = :employee;

-- name: erase_message
-- While the addresses are still known.
-- scan: the messages of a week
DELETE FROM mail_outbox
WHERE address = (SELECT e.email FROM employee e WHERE e.id = :employee)
   OR address = (SELECT u.email FROM user_account u WHERE u.id = :user);

-- name: erase_approval
-- What was written about the person goes, and what waits is not booked any more.
UPDATE approval
SET note = NULL, refusal = NULL, state = CASE WHEN state = 'pending' THEN 'expired' ELSE state END
WHERE employee_id = :employee;

-- name: purge_session
-- Sessions that ended, or ran out, before :before.
-- scan: all sessions, once an hour
DELETE FROM session
WHERE id IN (SELECT s.id
             FROM session s
             WHERE s.expires_at_ms < :before OR (s.is_revoked = 1 AND s.used_at_ms < :before)
             ORDER BY s.id
             LIMIT :limit);

-- name: purge_attempt
DELETE FROM attempt
WHERE id IN (SELECT a.id
             FROM attempt a
             WHERE a.touched_at_ms < :before
             ORDER BY a.touched_at_ms, a.id
             LIMIT :limit);

-- name: purge_code
-- scan: the codes of a week or two
DELETE FROM one_time_code
WHERE code_hash IN (SELECT c.code_hash
                    FROM one_time_code c
                    WHERE c.expires_at_ms < :before
                    ORDER BY c.code_hash
                    LIMIT :limit);

-- name: purge_message
-- scan: the messages of a week
DELETE FROM mail_outbox
WHERE id IN (SELECT m.id
             FROM mail_outbox m
             WHERE m.created_at_ms < :before AND m.state <> 'waiting'
             ORDER BY m.id
             LIMIT :limit);

-- name: purge_device
-- Pairing codes that nobody used.
UPDATE device
SET pair_hash = NULL, pair_expires_at_ms = NULL, pair_uses_left = 0
WHERE id IN (SELECT d.id
             FROM device d
             WHERE d.pair_expires_at_ms < :before
             ORDER BY d.id
             LIMIT :limit);

-- name: erasure_subject
-- Anybody, erased or not.
SELECT e.number AS number, e.name AS name, e.name_fold AS name_fold, e.email AS email,
       e.created_at_ms AS created_at_ms, e.erased_at_ms AS erased_at_ms, u.id AS user_id,
       u.name AS user_name, u.email AS user_email
FROM employee e
LEFT JOIN user_account u ON u.employee_id = e.id
WHERE e.id = :employee;

-- name: erasure_get
SELECT r.employee_id AS employee_id, r.erased_at_ms AS erased_at_ms, r.reason AS reason,
       r.settle AS settle, r.journal_id AS journal_id, r.is_scrubbed AS is_scrubbed
FROM erasure r
WHERE r.employee_id = :employee;

-- name: erasure_insert
INSERT INTO erasure (employee_id, erased_at_ms, actor_user_id, reason, settle, journal_id, is_repeat)
VALUES (:employee, :now, :actor, :reason, :settle, :journal, :repeat);

-- name: erasure_scrubbed
-- All that were there when the file was rewritten.
UPDATE erasure
SET is_scrubbed = 1
WHERE is_scrubbed = 0 AND erased_at_ms <= :until;

-- name: erasure_waiting
-- NULL: none waits.
SELECT MAX(r.erased_at_ms) AS until, COUNT(*) AS waiting
FROM erasure r
WHERE r.is_scrubbed = 0;

-- name: erasure_list
-- scan: all erasures, to keep the list beside the database complete
SELECT r.employee_id AS employee_id, e.created_at_ms AS created_at_ms,
       r.erased_at_ms AS erased_at_ms, r.settle AS settle
FROM erasure r
JOIN employee e ON e.id = r.employee_id
ORDER BY r.employee_id;

-- name: housekeeping_get
SELECT h.seen_at_ms AS seen_at_ms, h.distrust_ms AS distrust_ms, h.purged_at_ms AS purged_at_ms
FROM housekeeping h
WHERE h.id = 1;

-- name: housekeeping_put
INSERT INTO housekeeping (id, seen_at_ms, distrust_ms, purged_at_ms)
VALUES (1, :seen_at, :distrust, :purged_at)
ON CONFLICT (id) DO UPDATE
SET seen_at_ms = excluded.seen_at_ms, distrust_ms = excluded.distrust_ms,
    purged_at_ms = excluded.purged_at_ms;

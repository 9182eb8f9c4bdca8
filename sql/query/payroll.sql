-- Deduction by payroll: profiles, batches, their items and files.

-- name: payroll_profile_list
SELECT id AS id, name AS name, layout AS layout, version AS version
  FROM payroll_profile
 ORDER BY name_fold, id
 LIMIT :limit OFFSET :offset;

-- name: payroll_profile_count
SELECT COUNT(*) AS total
  FROM payroll_profile;

-- name: payroll_profile_get
SELECT id AS id, name AS name, layout AS layout, version AS version
  FROM payroll_profile
 WHERE id = :id;

-- name: payroll_profile_insert
INSERT INTO payroll_profile (name, name_fold, layout)
VALUES (:name, :name_fold, :layout)
RETURNING id AS id;

-- name: payroll_profile_update
UPDATE payroll_profile
   SET name = :name, name_fold = :name_fold, layout = :layout, version = version + 1
 WHERE id = :id AND version = :version;

-- name: payroll_profile_delete
DELETE FROM payroll_profile
 WHERE id = :id AND version = :version;

-- name: payroll_due
-- Who owed at the end of a month: how much, what payroll took of it since (:last is the month's last
-- journal) less what came back, and what the batches of this month took.
SELECT a.employee_id AS employee_id, a.id AS account_id, e.number AS number, e.name AS name,
       w.balance_minor AS balance_minor, -s.closing_minor AS owed_minor,
       COALESCE(t.since_minor, 0) AS since_minor, COALESCE(t.taken_minor, 0) AS taken_minor
  FROM statement s
  JOIN account a ON a.id = s.account_id AND a.kind = 'wallet'
  JOIN wallet w ON w.account_id = a.id AND w.state = 'open'
  JOIN employee e ON e.id = a.employee_id
  LEFT JOIN (SELECT i.employee_id AS employee_id,
                    CAST(SUM(CASE WHEN i.journal_id > :last THEN i.amount_minor ELSE 0 END
                             - CASE WHEN i.rejected_journal_id > :last THEN i.amount_minor ELSE 0 END) AS BIGINT) AS since_minor,
                    CAST(SUM(CASE WHEN b.period_id = :period AND i.rejected_journal_id IS NULL
                                  THEN i.amount_minor ELSE 0 END) AS BIGINT) AS taken_minor
               FROM payroll_item i
               JOIN payroll_batch b ON b.id = i.batch_id
              GROUP BY i.employee_id) t ON t.employee_id = a.employee_id
 WHERE s.period_id = :period AND s.closing_minor < 0
 ORDER BY e.number, a.employee_id;

-- name: payroll_batch_add
INSERT INTO payroll_batch (period_id, profile_name, layout, cap_minor, minimum_minor, file_head,
                           file_hash, created_at_ms)
VALUES (:period, :profile, :layout, :cap, :minimum, :head, :hash, :now)
RETURNING id AS id;

-- name: payroll_item_add
INSERT INTO payroll_item (batch_id, employee_id, journal_id, amount_minor, number, name, line)
VALUES (:batch, :employee, :journal, :amount, :number, :name, :line);

-- part: payroll_batch_columns
SELECT b.id AS id, p.starts_on AS starts_on, p.id AS period_id, b.profile_name AS profile_name,
       b.layout AS layout, b.state AS state, b.cap_minor AS cap_minor,
       b.minimum_minor AS minimum_minor, b.file_head AS file_head, b.file_hash AS file_hash,
       b.created_at_ms AS created_at_ms, b.exported_at_ms AS exported_at_ms,
       b.confirmed_at_ms AS confirmed_at_ms, b.confirm_journal_id AS confirm_journal_id,
       COUNT(i.employee_id) AS items, CAST(SUM(i.amount_minor) AS BIGINT) AS total_minor,
       COUNT(i.rejected_journal_id) AS rejected,
       COALESCE(CAST(SUM(CASE WHEN i.rejected_journal_id IS NOT NULL THEN i.amount_minor ELSE 0 END) AS BIGINT), 0) AS rejected_minor

-- name: payroll_batch_get
-- use: payroll_batch_columns
  FROM payroll_batch b
  JOIN period p ON p.id = b.period_id
  JOIN payroll_item i ON i.batch_id = b.id
 WHERE b.id = :id
 GROUP BY b.id, p.starts_on, p.id, b.profile_name, b.layout, b.state, b.cap_minor, b.minimum_minor,
          b.file_head, b.file_hash, b.created_at_ms, b.exported_at_ms, b.confirmed_at_ms,
          b.confirm_journal_id;

-- name: payroll_batch_list
-- Newest first.
-- use: payroll_batch_columns
  FROM (SELECT id, period_id, profile_name, layout, state, cap_minor, minimum_minor, file_head,
               file_hash, created_at_ms, exported_at_ms, confirmed_at_ms, confirm_journal_id
          FROM payroll_batch
         ORDER BY id DESC
         LIMIT :limit OFFSET :offset) b
  JOIN period p ON p.id = b.period_id
  JOIN payroll_item i ON i.batch_id = b.id
 GROUP BY b.id, p.starts_on, p.id, b.profile_name, b.layout, b.state, b.cap_minor, b.minimum_minor,
          b.file_head, b.file_hash, b.created_at_ms, b.exported_at_ms, b.confirmed_at_ms,
          b.confirm_journal_id
 ORDER BY b.id DESC;

-- name: payroll_batch_count
SELECT COUNT(*) AS total
  FROM payroll_batch;

-- name: payroll_items
-- In the order of the file's lines.
SELECT employee_id AS employee_id, journal_id AS journal_id, amount_minor AS amount_minor,
       number AS number, name AS name, line AS line, rejected_journal_id AS rejected_journal_id,
       rejected_reason AS rejected_reason
  FROM payroll_item
 WHERE batch_id = :batch
 ORDER BY journal_id;

-- name: payroll_item_find
SELECT employee_id AS employee_id, journal_id AS journal_id, amount_minor AS amount_minor,
       rejected_journal_id AS rejected_journal_id
  FROM payroll_item
 WHERE batch_id = :batch AND number = :number
 ORDER BY employee_id
 LIMIT 1;

-- name: payroll_item_reject
UPDATE payroll_item
   SET rejected_journal_id = :journal, rejected_reason = :reason
 WHERE batch_id = :batch AND employee_id = :employee;

-- name: payroll_batch_of
-- The batch that a journal belongs to: as an item, as its rejection, or as the confirmation.
SELECT b.id AS id
  FROM payroll_batch b
 WHERE b.confirm_journal_id = :journal
    OR EXISTS (SELECT 1 FROM payroll_item i
                WHERE i.batch_id = b.id
                  AND (i.journal_id = :journal OR i.rejected_journal_id = :journal))
 ORDER BY b.id
 LIMIT 1;

-- name: payroll_batch_exported
UPDATE payroll_batch
   SET state = 'exported', exported_at_ms = :now
 WHERE id = :id AND state = 'open';

-- name: payroll_batch_confirmed
UPDATE payroll_batch
   SET state = 'confirmed', confirmed_at_ms = :now, confirm_journal_id = :journal
 WHERE id = :id AND state = 'exported';

-- name: verify_payroll_accounts
-- What the accounts of payroll must hold: the items that are neither rejected nor confirmed.
SELECT a.id AS account_id, a.code AS code,
       COALESCE((SELECT CAST(SUM(i.amount_minor) AS BIGINT)
                   FROM payroll_batch b
                   JOIN payroll_item i ON i.batch_id = b.id
                   JOIN period p ON p.id = b.period_id
                  WHERE b.state <> 'confirmed' AND i.rejected_journal_id IS NULL
                    AND a.code = 'payroll:' || substr(p.starts_on, 1, 7)), 0) AS open_minor
  FROM account a
 WHERE a.kind = 'payroll'
 ORDER BY a.id;

-- name: verify_payroll_items
-- The first item that is not what its journals say.
SELECT i.batch_id AS batch_id, i.employee_id AS employee_id
  FROM payroll_item i
 WHERE NOT EXISTS (SELECT 1
                     FROM account a
                     JOIN entry n ON n.account_id = a.id AND n.journal_id = i.journal_id
                    WHERE a.employee_id = i.employee_id AND a.kind = 'wallet'
                      AND n.balance_after IS NOT NULL AND n.amount_minor = i.amount_minor)
    OR (i.rejected_journal_id IS NOT NULL
        AND NOT EXISTS (SELECT 1
                          FROM entry n
                          JOIN account a ON a.id = n.account_id AND a.kind = 'payroll'
                         WHERE n.journal_id = i.rejected_journal_id
                           AND n.amount_minor = i.amount_minor))
 ORDER BY i.batch_id, i.employee_id
 LIMIT 1;

-- The employer's money: cost centres, the rules that pay a part of a meal, and what they paid.

-- part: centre_filter
WHERE (:word1 = '' OR c.name_fold <> replace(c.name_fold, :word1, ''))
  AND (:word2 = '' OR c.name_fold <> replace(c.name_fold, :word2, ''))
  AND (:word3 = '' OR c.name_fold <> replace(c.name_fold, :word3, ''))

-- name: centre_list
SELECT r.id AS id, r.code AS code, r.name AS name, r.version AS version
FROM (SELECT c.id, c.code, c.name, c.version, DENSE_RANK() OVER (ORDER BY c.name_fold) AS name_rank
      FROM cost_centre c
      -- use: centre_filter
     ) r
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: centre_count
SELECT COUNT(*) AS total
FROM cost_centre c
-- use: centre_filter
;

-- name: centre_get
SELECT c.id AS id, c.code AS code, c.name AS name, c.version AS version
FROM cost_centre c
WHERE c.id = :id;

-- name: centre_by_fold
SELECT c.id AS id, c.name AS name
FROM cost_centre c
WHERE c.name_fold = :name_fold;

-- name: centre_code_taken
SELECT c.id AS id
FROM cost_centre c
WHERE c.code = :code;

-- name: centre_insert
INSERT INTO cost_centre (code, name, name_fold)
VALUES (:code, :name, :name_fold)
RETURNING id AS id;

-- name: centre_update
UPDATE cost_centre
SET name = :name, name_fold = :name_fold, version = version + 1
WHERE id = :id AND version = :version;

-- name: centre_delete
DELETE FROM cost_centre
WHERE id = :id AND version = :version;

-- name: centre_of_person
-- The department's, else the first.
SELECT c.id AS id, c.code AS code
FROM employee e
LEFT JOIN department d ON d.id = e.department_id
JOIN cost_centre c ON c.id = COALESCE(d.cost_centre_id, 1)
WHERE e.id = :employee;

-- part: rule_filter
WHERE (:word1 = '' OR r.name_fold <> replace(r.name_fold, :word1, ''))
  AND (:word2 = '' OR r.name_fold <> replace(r.name_fold, :word2, ''))
  AND (:word3 = '' OR r.name_fold <> replace(r.name_fold, :word3, ''))

-- part: rule_columns
SELECT r.id AS id, r.name AS name, r.kind AS kind, r.value AS value, r.cap_minor AS cap,
       r.group_id AS group_id, g.name AS group_name, r.category_id AS category_id,
       k.name AS category, r.weekdays AS weekdays, r.from_minute AS from_minute,
       r.to_minute AS to_minute, r.valid_from AS valid_from, r.valid_to AS valid_to,
       r.cost_centre_id AS cost_centre_id, c.code AS cost_centre, r.is_active AS is_active,
       r.version AS version
FROM (SELECT x.id, x.name, x.name_fold, x.kind, x.value, x.cap_minor, x.group_id, x.category_id,
             x.weekdays, x.from_minute, x.to_minute, x.valid_from, x.valid_to, x.cost_centre_id,
             x.is_active, x.version, DENSE_RANK() OVER (ORDER BY x.name_fold) AS name_rank
      FROM subsidy_rule x) r
LEFT JOIN customer_group g ON g.id = r.group_id
LEFT JOIN category k ON k.id = r.category_id
LEFT JOIN cost_centre c ON c.id = r.cost_centre_id

-- name: rule_list
-- use: rule_columns
-- use: rule_filter
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: rule_count
SELECT COUNT(*) AS total
FROM subsidy_rule r
-- use: rule_filter
;

-- name: rule_get
-- use: rule_columns
WHERE r.id = :id;

-- name: rule_by_fold
SELECT r.id AS id, r.name AS name
FROM subsidy_rule r
WHERE r.name_fold = :name_fold;

-- name: rule_insert
INSERT INTO subsidy_rule (name, name_fold, kind, value, cap_minor, group_id, category_id, weekdays,
                          from_minute, to_minute, valid_from, valid_to, cost_centre_id, is_active)
VALUES (:name, :name_fold, :kind, :value, :cap, :group, :category, :weekdays, :from_minute,
        :to_minute, :valid_from, :valid_to, :cost_centre, :active)
RETURNING id AS id;

-- name: rule_update
UPDATE subsidy_rule
SET name = :name, name_fold = :name_fold, kind = :kind, value = :value, cap_minor = :cap,
    group_id = :group, category_id = :category, weekdays = :weekdays, from_minute = :from_minute,
    to_minute = :to_minute, valid_from = :valid_from, valid_to = :valid_to,
    cost_centre_id = :cost_centre, is_active = :active, version = version + 1
WHERE id = :id AND version = :version;

-- name: rule_delete
DELETE FROM subsidy_rule
WHERE id = :id AND version = :version;

-- name: subsidy_candidates
-- The rules that may pay a part of what a person buys on a day: theirs, and not used up. Weekday and
-- time of day are looked at by the program.
SELECT r.id AS id, r.kind AS kind, r.value AS value, r.cap_minor AS cap,
       r.category_id AS category_id, r.weekdays AS weekdays, r.from_minute AS from_minute,
       r.to_minute AS to_minute, c.id AS cost_centre_id, c.code AS cost_centre
FROM subsidy_rule r
JOIN employee e ON e.id = :employee
LEFT JOIN department d ON d.id = e.department_id
JOIN cost_centre c ON c.id = COALESCE(r.cost_centre_id, d.cost_centre_id, 1)
WHERE r.is_active = 1 AND r.valid_from <= :date AND r.valid_to >= :date
  AND (r.group_id IS NULL OR r.group_id = e.group_id)
  AND NOT EXISTS (SELECT 1 FROM subsidy_grant s
                  WHERE s.employee_id = e.id AND s.business_date = :date AND s.rule_id = r.id
                    AND s.slot = r.from_minute AND s.freed_by IS NULL)
ORDER BY r.id;

-- name: subsidy_grant_add
INSERT INTO subsidy_grant (journal_id, rule_id, employee_id, business_date, slot, cost_centre_id,
                           amount_minor)
VALUES (:journal, :rule, :employee, :date, :slot, :cost_centre, :amount);

-- name: subsidy_grant_free
UPDATE subsidy_grant
SET freed_by = :void
WHERE journal_id = :journal;

-- name: allowance_live
-- What a person still has, first what runs out first. What ran out and is not booked yet is there
-- too.
SELECT g.journal_id AS id, g.employee_id AS employee_id, g.left_minor AS left_minor,
       g.expires_on AS expires_on, c.code AS cost_centre, a.id AS account_id,
       w.balance_minor AS balance_minor
FROM allowance_grant g
JOIN cost_centre c ON c.id = g.cost_centre_id
JOIN account a ON a.employee_id = g.employee_id AND a.kind = 'allowance'
JOIN wallet w ON w.account_id = a.id
WHERE g.employee_id = :employee AND g.left_minor > 0
ORDER BY g.expires_on, g.journal_id;

-- name: allowance_due
-- People who still hold what ran out before a day.
SELECT g.employee_id AS employee_id
FROM allowance_grant g
WHERE g.expires_on < :today AND g.left_minor > 0
GROUP BY g.employee_id
ORDER BY g.employee_id
LIMIT 100;

-- name: allowance_use_add
INSERT INTO allowance_use (journal_id, grant_id, amount_minor)
VALUES (:journal, :grant, :amount);

-- name: allowance_used_by
-- What a purchase took and has not given back, of which grants: last what ran out first.
SELECT u.grant_id AS grant_id, CAST(SUM(u.amount_minor) AS BIGINT) AS amount
FROM allowance_use u
JOIN allowance_grant g ON g.journal_id = u.grant_id
WHERE u.journal_id = :purchase
   OR u.journal_id IN (SELECT j.id FROM journal j WHERE j.reverses_id = :purchase)
GROUP BY u.grant_id, g.expires_on
ORDER BY g.expires_on DESC, u.grant_id DESC;

-- name: allowance_people
-- scan: an order for everybody reads everybody
SELECT e.id AS id
FROM employee e
WHERE e.is_active = 1 AND e.erased_at_ms IS NULL
  AND (:all = 1 OR e.group_id = :group OR e.department_id = :department)
ORDER BY e.id;

-- name: allowance_person
SELECT e.is_active AS is_active
FROM employee e
WHERE e.id = :employee AND e.erased_at_ms IS NULL;

-- name: allowance_run_by_key
SELECT r.id AS id, r.request_fp AS request_fp
FROM allowance_run r
WHERE r.idem_key = :key AND r.idem_scope = :scope;

-- name: allowance_run_add
INSERT INTO allowance_run (idem_scope, idem_key, request_fp, amount_minor, expires_on, people,
                           given_at_ms)
VALUES (:scope, :key, :request_fp, :amount, :expires_on, :people, :given_at)
RETURNING id AS id;

-- name: allowance_grant_add
INSERT INTO allowance_grant (journal_id, run_id, employee_id, cost_centre_id, amount_minor,
                             expires_on, left_minor)
VALUES (:journal, :run, :employee, :cost_centre, :amount, :expires_on, :amount);

-- part: run_columns
SELECT r.id AS id, r.amount_minor AS amount, r.expires_on AS expires_on, r.people AS people,
       r.given_at_ms AS given_at_ms,
       (SELECT COALESCE(CAST(SUM(g.left_minor) AS BIGINT), 0) FROM allowance_grant g
        WHERE g.run_id = r.id) AS left_minor
FROM allowance_run r

-- name: allowance_run_get
-- use: run_columns
WHERE r.id = :id;

-- name: allowance_run_list
-- use: run_columns
ORDER BY r.id DESC
LIMIT :limit OFFSET :offset;

-- name: allowance_run_count
SELECT COUNT(*) AS total
FROM allowance_run;

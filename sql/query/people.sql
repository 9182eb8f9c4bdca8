-- Departments, groups and employees; badges are in badge.sql.
-- :self and :department carry the caller's scope: the row of one person, the rows of one
-- department, or NULL for no border. A person outside it is not there, nor is an erased one.
-- Search and order as in catalog.sql.

-- part: department_filter
WHERE (CAST(:department AS INTEGER) IS NULL OR d.id = CAST(:department AS INTEGER))
  AND (:word1 = '' OR d.name_fold <> replace(d.name_fold, :word1, ''))
  AND (:word2 = '' OR d.name_fold <> replace(d.name_fold, :word2, ''))
  AND (:word3 = '' OR d.name_fold <> replace(d.name_fold, :word3, ''))

-- name: department_list
SELECT r.id AS id, r.name AS name, r.cost_centre_id AS cost_centre_id, r.version AS version
FROM (SELECT d.id, d.name, d.cost_centre_id, d.version,
             DENSE_RANK() OVER (ORDER BY d.name_fold) AS name_rank
      FROM department d
      -- use: department_filter
     ) r
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: department_export
SELECT d.name AS name
FROM department d
-- use: department_filter
ORDER BY d.name_fold, d.id;

-- name: department_count
SELECT COUNT(*) AS total
FROM department d
-- use: department_filter
;

-- name: department_get
SELECT d.id AS id, d.name AS name, d.cost_centre_id AS cost_centre_id, d.version AS version
FROM department d
WHERE d.id = :id
  AND (CAST(:department AS INTEGER) IS NULL OR d.id = CAST(:department AS INTEGER));

-- name: department_by_fold
SELECT d.id AS id, d.name AS name
FROM department d
WHERE d.name_fold = :name_fold;

-- name: department_insert
INSERT INTO department (name, name_fold)
VALUES (:name, :name_fold)
RETURNING id AS id;

-- name: department_update
UPDATE department
SET name = :name, name_fold = :name_fold, cost_centre_id = :cost_centre, version = version + 1
WHERE id = :id AND version = :version;

-- name: department_delete
DELETE FROM department
WHERE id = :id AND version = :version;

-- part: group_filter
WHERE (:word1 = '' OR g.name_fold <> replace(g.name_fold, :word1, ''))
  AND (:word2 = '' OR g.name_fold <> replace(g.name_fold, :word2, ''))
  AND (:word3 = '' OR g.name_fold <> replace(g.name_fold, :word3, ''))

-- name: group_list
SELECT r.id AS id, r.name AS name, r.overdraft_minor AS overdraft,
       r.purchase_limit_minor AS purchase_limit, r.daily_limit_minor AS daily_limit,
       r.monthly_limit_minor AS monthly_limit, r.version AS version
FROM (SELECT g.id, g.name, g.overdraft_minor, g.purchase_limit_minor, g.daily_limit_minor,
             g.monthly_limit_minor, g.version,
             DENSE_RANK() OVER (ORDER BY g.name_fold) AS name_rank
      FROM customer_group g
      -- use: group_filter
     ) r
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: group_count
SELECT COUNT(*) AS total
FROM customer_group g
-- use: group_filter
;

-- name: group_get
SELECT g.id AS id, g.name AS name, g.overdraft_minor AS overdraft,
       g.purchase_limit_minor AS purchase_limit, g.daily_limit_minor AS daily_limit,
       g.monthly_limit_minor AS monthly_limit, g.version AS version
FROM customer_group g
WHERE g.id = :id;

-- name: group_by_fold
SELECT g.id AS id, g.name AS name
FROM customer_group g
WHERE g.name_fold = :name_fold;

-- name: group_insert
INSERT INTO customer_group (name, name_fold, overdraft_minor, purchase_limit_minor,
                            daily_limit_minor, monthly_limit_minor)
VALUES (:name, :name_fold, :overdraft, :purchase_limit, :daily_limit, :monthly_limit)
RETURNING id AS id;

-- name: group_update
UPDATE customer_group
SET name = :name, name_fold = :name_fold, overdraft_minor = :overdraft,
    purchase_limit_minor = :purchase_limit, daily_limit_minor = :daily_limit,
    monthly_limit_minor = :monthly_limit, version = version + 1
WHERE id = :id AND version = :version;

-- name: group_delete
DELETE FROM customer_group
WHERE id = :id AND version = :version;

-- part: employee_rows
SELECT e.id AS id, e.number AS number, e.name AS name, e.email AS email,
       e.department_id AS department_id, d.name AS department,
       e.group_id AS group_id, g.name AS group_name,
       e.overdraft_minor AS overdraft, e.purchase_limit_minor AS purchase_limit,
       e.daily_limit_minor AS daily_limit, e.monthly_limit_minor AS monthly_limit,
       e.is_active AS active,
       CASE WHEN e.blocked_at_ms IS NULL THEN 0 ELSE 1 END AS blocked,
       e.blocked_reason AS blocked_reason,
       CASE WHEN e.pin_hash IS NULL THEN 0 ELSE 1 END AS has_pin,
       (SELECT COUNT(*) FROM badge b WHERE b.employee_id = e.id AND b.kind = 'own') AS badges,
       e.version AS version, e.created_at_ms AS created_at, e.updated_at_ms AS updated_at
FROM employee e
LEFT JOIN department d ON d.id = e.department_id
LEFT JOIN customer_group g ON g.id = e.group_id

-- part: employee_filter
-- `q` looks at name and number.
WHERE e.erased_at_ms IS NULL
  AND (CAST(:department AS INTEGER) IS NULL OR e.department_id = CAST(:department AS INTEGER))
  AND (CAST(:department_id AS INTEGER) IS NULL OR e.department_id = CAST(:department_id AS INTEGER))
  AND (CAST(:group_id AS INTEGER) IS NULL OR e.group_id = CAST(:group_id AS INTEGER))
  AND (CAST(:active AS INTEGER) IS NULL OR e.is_active = CAST(:active AS INTEGER))
  AND (:word1 = '' OR e.name_fold || ' ' || lower(e.number)
                      <> replace(e.name_fold || ' ' || lower(e.number), :word1, ''))
  AND (:word2 = '' OR e.name_fold || ' ' || lower(e.number)
                      <> replace(e.name_fold || ' ' || lower(e.number), :word2, ''))
  AND (:word3 = '' OR e.name_fold || ' ' || lower(e.number)
                      <> replace(e.name_fold || ' ' || lower(e.number), :word3, ''))

-- name: employee_by_name
-- The order nearly everybody asks for, straight off the index employee_name.
-- scan: walks the index in its order until the page is full
-- use: employee_rows
-- use: employee_filter
ORDER BY e.name_fold, e.id
LIMIT :limit OFFSET :offset;

-- name: employee_in_numbers
-- The order of the command line's list: off the unique index of the numbers.
-- scan: as employee_by_name
-- use: employee_rows
-- use: employee_filter
ORDER BY e.number, e.id
LIMIT :limit OFFSET :offset;

-- name: employee_list
-- Any other order.
-- scan: the border, the filter and the search decide row by row
-- use: employee_rows
JOIN (SELECT e.id, DENSE_RANK() OVER (ORDER BY e.name_fold) AS name_rank,
             DENSE_RANK() OVER (ORDER BY e.number) AS number_rank,
             DENSE_RANK() OVER (ORDER BY COALESCE(d.name_fold, '')) AS department_rank
      FROM employee e
      LEFT JOIN department d ON d.id = e.department_id
      -- use: employee_filter
     ) r ON r.id = e.id
ORDER BY :direction1 * CASE CAST(:key1 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                       WHEN 3 THEN r.department_rank ELSE r.id END,
         :direction2 * CASE CAST(:key2 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                       WHEN 3 THEN r.department_rank ELSE r.id END,
         :direction3 * CASE CAST(:key3 AS INTEGER) WHEN 1 THEN r.name_rank WHEN 2 THEN r.number_rank
                       WHEN 3 THEN r.department_rank ELSE r.id END,
         r.id
LIMIT :limit OFFSET :offset;

-- name: employee_count
-- scan: counts what employee_list shows
SELECT COUNT(*) AS total
FROM employee e
-- use: employee_filter
;

-- name: employee_get
-- use: employee_rows
WHERE e.id = :id AND e.erased_at_ms IS NULL
  AND (CAST(:self AS INTEGER) IS NULL OR e.id = CAST(:self AS INTEGER))
  AND (CAST(:department AS INTEGER) IS NULL OR e.department_id = CAST(:department AS INTEGER));

-- name: employee_export
-- Rows as in employee_list. An export is a report: it reads the ledger's tables, and never writes
-- them. An opening balance is the first thing booked on a wallet.
-- scan: all people, in the order of their ids
SELECT e.number AS number, e.name AS name, e.email AS email, d.name AS department,
       e.monthly_limit_minor AS monthly_limit,
       (SELECT n.amount_minor
        FROM entry n
        JOIN journal j ON j.id = n.journal_id AND j.kind = 'opening'
        WHERE n.account_id = a.id
          AND n.journal_id = (SELECT MIN(f.journal_id)
                              FROM entry f
                              WHERE f.account_id = a.id AND f.balance_after IS NOT NULL)) AS opening,
       g.name AS group_name
FROM employee e
LEFT JOIN department d ON d.id = e.department_id
LEFT JOIN customer_group g ON g.id = e.group_id
LEFT JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
-- use: employee_filter
ORDER BY e.id;

-- name: employee_clash
-- Which of the two is in use already?
SELECT e.number AS number, e.email AS email
FROM employee e
WHERE e.id <> :id AND (e.number = :number OR e.email = :email)
ORDER BY e.id
LIMIT 1;

-- name: employee_by_number
-- Whom a row of a file changes, and what the wallet began with.
SELECT e.id AS id,
       (SELECT n.amount_minor
        FROM entry n
        JOIN journal j ON j.id = n.journal_id AND j.kind = 'opening'
        WHERE n.account_id = a.id
          AND n.journal_id = (SELECT MIN(f.journal_id)
                              FROM entry f
                              WHERE f.account_id = a.id AND f.balance_after IS NOT NULL)) AS opening
FROM employee e
LEFT JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
WHERE e.number = :number AND e.erased_at_ms IS NULL;

-- name: employee_insert
INSERT INTO employee (number, name, name_fold, email, department_id, group_id, overdraft_minor,
                      purchase_limit_minor, daily_limit_minor, monthly_limit_minor, created_at_ms,
                      updated_at_ms)
VALUES (:number, :name, :name_fold, :email, :department_id, :group_id, :overdraft, :purchase_limit,
        :daily_limit, :monthly_limit, :now, :now)
RETURNING id AS id;

-- name: employee_update
UPDATE employee
SET number = :number, name = :name, name_fold = :name_fold, email = :email,
    department_id = :department_id, group_id = :group_id, overdraft_minor = :overdraft,
    purchase_limit_minor = :purchase_limit, daily_limit_minor = :daily_limit,
    monthly_limit_minor = :monthly_limit, is_active = :active,
    version = version + 1, updated_at_ms = :now
WHERE id = :id AND version = :version;

-- name: employee_set_pin
-- The version stays: nobody edits a PIN by reading it first.
UPDATE employee
SET pin_hash = :pin_hash, updated_at_ms = :now
WHERE id = :id;

-- name: employee_by_email
SELECT e.id AS id FROM employee e WHERE e.email = :email;

-- name: employee_pin_by_id
SELECT e.id AS id, e.is_active AS active, e.pin_hash AS pin_hash
FROM employee e
WHERE e.id = :id;

-- name: employee_pin_by_number
SELECT e.id AS id, e.is_active AS active, e.pin_hash AS pin_hash
FROM employee e
WHERE e.number = :number;

-- part: face_filter
WHERE e.is_active = 1
  AND (:word1 = '' OR e.name_fold <> replace(e.name_fold, :word1, ''))
  AND (:word2 = '' OR e.name_fold <> replace(e.name_fold, :word2, ''))
  AND (:word3 = '' OR e.name_fold <> replace(e.name_fold, :word3, ''))

-- name: face_list
-- The people a kiosk may offer: names and ids only, who bought lately first.
-- scan: sorts the people of the site
SELECT f.id AS id, f.name AS name, f.recent AS recent
FROM (SELECT e.id, e.name, e.name_fold, CASE WHEN w.day >= :since THEN 1 ELSE 0 END AS recent
      FROM employee e
      LEFT JOIN account a ON a.employee_id = e.id AND a.kind = 'wallet'
      LEFT JOIN wallet w ON w.account_id = a.id
      -- use: face_filter
     ) f
ORDER BY f.recent DESC, f.name_fold, f.id
LIMIT :limit OFFSET :offset;

-- name: face_count
-- scan: counts what face_list shows
SELECT COUNT(*) AS total
FROM employee e
-- use: face_filter
;

-- name: handout_people
-- Who gets a card, a PIN or an invitation.
-- scan: all people of the site, in the order in which sheets are handed out
SELECT e.id AS id, e.number AS number, e.name AS name, d.name AS department, e.email AS email,
       CASE WHEN e.pin_hash IS NULL THEN 0 ELSE 1 END AS has_pin,
       CASE WHEN EXISTS (SELECT 1 FROM user_account u WHERE u.employee_id = e.id)
            THEN 1 ELSE 0 END AS has_user
FROM employee e
LEFT JOIN department d ON d.id = e.department_id
WHERE e.is_active = 1
  AND (CAST(:department AS INTEGER) IS NULL OR e.department_id = CAST(:department AS INTEGER))
  AND (CAST(:department_id AS INTEGER) IS NULL OR e.department_id = CAST(:department_id AS INTEGER))
  AND (CAST(:employee AS INTEGER) IS NULL OR e.id = CAST(:employee AS INTEGER))
ORDER BY COALESCE(d.name_fold, ''), e.name_fold, e.id
LIMIT :limit;

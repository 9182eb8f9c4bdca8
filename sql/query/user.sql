-- Accounts. A user's department is their own, or that of the person they are; active are they when
-- both account and person are.

-- name: user_insert
INSERT INTO user_account (email, name, name_fold, role, password_hash, employee_id, department_id,
                          is_site_wide, created_at_ms)
VALUES (:email, :name, :name_fold, :role, :password_hash, :employee, :department, :site_wide, :now)
RETURNING id AS id;

-- part: user_rows
SELECT u.id AS id, u.email AS email, u.name AS name, u.role AS role,
       u.employee_id AS employee_id,
       COALESCE(u.department_id, e.department_id) AS department_id,
       u.is_site_wide AS is_site_wide,
       CASE WHEN u.is_active = 1 AND COALESCE(e.is_active, 1) = 1 THEN 1 ELSE 0 END AS is_active,
       u.created_at_ms AS created_at_ms, u.last_login_at_ms AS last_login_at_ms,
       u.token_version AS token_version, u.version AS version,
       u.department_id AS own_department_id, u.is_active AS is_enabled
FROM user_account u
LEFT JOIN employee e ON e.id = u.employee_id

-- part: user_filter
WHERE (CAST(:email AS TEXT) IS NULL OR u.email = CAST(:email AS TEXT))
  AND (CAST(:role AS TEXT) IS NULL OR u.role = CAST(:role AS TEXT))
  AND (CAST(:department AS INTEGER) IS NULL
       OR COALESCE(u.department_id, e.department_id) = CAST(:department AS INTEGER))
  AND (CAST(:active AS INTEGER) IS NULL
       OR CASE WHEN u.is_active = 1 AND COALESCE(e.is_active, 1) = 1 THEN 1 ELSE 0 END
          = CAST(:active AS INTEGER))
  AND (:word1 = '' OR u.name_fold || ' ' || u.email
                      <> replace(u.name_fold || ' ' || u.email, :word1, ''))
  AND (:word2 = '' OR u.name_fold || ' ' || u.email
                      <> replace(u.name_fold || ' ' || u.email, :word2, ''))
  AND (:word3 = '' OR u.name_fold || ' ' || u.email
                      <> replace(u.name_fold || ' ' || u.email, :word3, ''))

-- name: user_get
-- use: user_rows
WHERE u.id = :id;

-- name: user_by_email
-- Id and hash only: what sign-in must know before it knows whether the password is right.
SELECT u.id AS id, u.password_hash AS password_hash
FROM user_account u
WHERE u.email = :email;

-- name: user_list
-- scan: a site's accounts are few, and the list is an administrator's
-- use: user_rows
-- use: user_filter
ORDER BY u.email, u.id
LIMIT :limit OFFSET :offset;

-- name: user_export
-- scan: with user_list
SELECT u.email AS email, u.name AS name, u.role AS role, e.number AS number, d.name AS department,
       u.is_site_wide AS is_site_wide,
       CASE WHEN u.is_active = 1 AND COALESCE(e.is_active, 1) = 1 THEN 1 ELSE 0 END AS is_active,
       u.last_login_at_ms AS last_login_at_ms
FROM user_account u
LEFT JOIN employee e ON e.id = u.employee_id
LEFT JOIN department d ON d.id = COALESCE(u.department_id, e.department_id)
-- use: user_filter
ORDER BY u.email, u.id;

-- name: user_count
-- scan: with user_list
SELECT COUNT(*) AS total
FROM user_account u
LEFT JOIN employee e ON e.id = u.employee_id
-- use: user_filter
;

-- name: admin_exists
-- scan: a site's accounts are few
SELECT COUNT(*) AS total FROM user_account u WHERE u.role = 'admin' AND u.is_active = 1;

-- name: user_other_admins
-- scan: accounts are few; asked when an administrator goes
SELECT COUNT(*) AS total
FROM user_account u
LEFT JOIN employee e ON e.id = u.employee_id
WHERE u.role = 'admin' AND u.is_active = 1 AND COALESCE(e.is_active, 1) = 1 AND u.id <> :id;

-- name: user_update
UPDATE user_account
SET name = :name, name_fold = :name_fold, role = :role, employee_id = :employee,
    department_id = :department, is_site_wide = :site_wide, is_active = :enabled,
    version = version + 1
WHERE id = :id AND version = :version;

-- name: user_of_employee
SELECT u.id AS id FROM user_account u WHERE u.employee_id = :employee;

-- name: user_person
-- The person a new account is for, by id or by number; the other one is NULL.
SELECT e.id AS id
FROM employee e
WHERE e.id = CAST(:id AS INTEGER) OR e.number = CAST(:number AS TEXT);

-- name: user_signed_in
UPDATE user_account SET last_login_at_ms = :now WHERE id = :id;

-- name: user_set_hash
UPDATE user_account SET password_hash = :password_hash WHERE id = :id;

-- name: user_end_tokens
-- With the version all access tokens end; for the refresh tokens see session_revoke_all.
UPDATE user_account SET token_version = token_version + 1 WHERE id = :id;

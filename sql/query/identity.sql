-- Sessions, kiosk devices, and the one question of each authenticated request. A user's department is their own, or that of the person they are.

-- name: identity_of_token
-- Who an access token speaks for: one row when user and session exist, as of now.
SELECT u.role AS role, u.token_version AS token_version, u.is_site_wide AS is_site_wide,
       u.employee_id AS employee_id,
       COALESCE(u.department_id, e.department_id) AS department_id,
       CASE WHEN u.is_active = 1 AND COALESCE(e.is_active, 1) = 1 THEN 1 ELSE 0 END AS is_active,
       s.is_revoked AS is_revoked, s.proven_at_ms AS proven_at_ms
FROM session s
JOIN user_account u ON u.id = s.user_id
LEFT JOIN employee e ON e.id = u.employee_id
WHERE s.id = :session AND s.user_id = :user;

-- name: identity_of_visit
-- The device of a cookie together with the person of a visit. :employee NULL asks for the device
-- alone.
SELECT t.device_id AS device_id, d.last_seen_at_ms AS last_seen_at_ms, e.id AS employee_id,
       e.department_id AS department_id, e.is_active AS is_active
FROM device_token t
JOIN device d ON d.id = t.device_id
LEFT JOIN employee e ON e.id = CAST(:employee AS INTEGER)
WHERE t.token_hash = :token_hash;

-- name: session_insert
INSERT INTO session (user_id, token_hash, family, kid, label, address, created_at_ms, used_at_ms,
                     proven_at_ms, expires_at_ms)
VALUES (:user, :token_hash, :family, :kid, :label, :address, :now, :now, :now, :expires_at)
RETURNING id AS id;

-- name: session_sweep
-- What has run out is of no further use to its user.
DELETE FROM session WHERE user_id = :user AND expires_at_ms <= :now;

-- name: session_family
SELECT s.family AS family, s.generation AS generation, s.token_hash AS token_hash,
       s.spent_hash AS spent_hash, s.is_revoked AS is_revoked, s.used_at_ms AS used_at_ms,
       s.expires_at_ms AS expires_at_ms
FROM session s
WHERE s.id = :id AND s.user_id = :user;

-- name: session_rotate
-- The next generation. The one that is asked for stands in the condition too, so that no token is
-- spent twice whatever was read before.
UPDATE session
SET generation = :next, family = :family, spent_hash = token_hash, token_hash = :next_hash,
    kid = :kid, label = :label, address = :address, used_at_ms = :now
WHERE id = :id AND generation = :next - 1 AND is_revoked = 0;

-- name: session_revoke
UPDATE session SET is_revoked = 1
WHERE id = :id AND user_id = :user AND is_revoked = 0;

-- name: session_list
-- Those that a person can still use.
SELECT s.id AS id, s.label AS label, s.address AS address, s.created_at_ms AS created_at_ms,
       s.used_at_ms AS used_at_ms, s.expires_at_ms AS expires_at_ms
FROM session s
WHERE s.user_id = :user AND s.is_revoked = 0 AND s.expires_at_ms > :now
ORDER BY s.used_at_ms DESC, s.id DESC
LIMIT :limit OFFSET :offset;

-- name: session_count
SELECT COUNT(*) AS total
FROM session s
WHERE s.user_id = :user AND s.is_revoked = 0 AND s.expires_at_ms > :now;

-- name: session_revoke_all
UPDATE session SET is_revoked = 1
WHERE user_id = :user AND id <> :except AND is_revoked = 0;

-- name: session_revoke_key
-- scan: an operator's emergency, and the rows of seven days
UPDATE session SET is_revoked = 1
WHERE kid = :kid AND is_revoked = 0;

-- name: session_prove
UPDATE session SET proven_at_ms = :now WHERE id = :id;

-- name: device_insert
INSERT INTO device (name, pair_hash, pair_expires_at_ms, pair_uses_left, created_at_ms)
VALUES (:name, :pair_hash, :expires_at, :uses, :now)
RETURNING id AS id;

-- name: device_set_code
UPDATE device
SET pair_hash = :pair_hash, pair_expires_at_ms = :expires_at, pair_uses_left = :uses
WHERE id = :id
RETURNING name AS name;

-- name: device_pair
-- One use of a code: counted in the statement that checks it.
UPDATE device SET pair_uses_left = pair_uses_left - 1, last_seen_at_ms = :now, revoked_at_ms = NULL
WHERE pair_hash = :pair_hash AND pair_expires_at_ms > :now AND pair_uses_left > 0
RETURNING id AS id, name AS name;

-- name: device_token_insert
INSERT INTO device_token (token_hash, device_id, created_at_ms)
VALUES (:token_hash, :device, :now);

-- name: device_list
-- scan: a site has a few kiosks
SELECT d.id AS id, d.name AS name, d.created_at_ms AS created_at_ms,
       d.last_seen_at_ms AS last_seen_at_ms, d.revoked_at_ms AS revoked_at_ms,
       d.version AS version,
       CASE WHEN EXISTS (SELECT 1 FROM device_token t WHERE t.device_id = d.id)
            THEN 1 ELSE 0 END AS is_paired
FROM device d
ORDER BY d.name, d.id
LIMIT :limit OFFSET :offset;

-- name: device_count
-- scan: with device_list
SELECT COUNT(*) AS total FROM device d;

-- name: device_get
-- Columns as in device_list.
SELECT d.id AS id, d.name AS name, d.created_at_ms AS created_at_ms,
       d.last_seen_at_ms AS last_seen_at_ms, d.revoked_at_ms AS revoked_at_ms,
       d.version AS version,
       CASE WHEN EXISTS (SELECT 1 FROM device_token t WHERE t.device_id = d.id)
            THEN 1 ELSE 0 END AS is_paired
FROM device d
WHERE d.id = :id;

-- name: device_by_name
SELECT d.id AS id
FROM device d
WHERE d.name = :name;

-- name: device_add
-- A kiosk that was confirmed at once and needs no code.
INSERT INTO device (name, created_at_ms)
VALUES (:name, :now)
RETURNING id AS id;

-- name: device_confirmed
UPDATE device SET revoked_at_ms = NULL
WHERE id = :id;

-- name: device_rename
UPDATE device SET name = :name, version = version + 1
WHERE id = :id AND version = :version;

-- name: device_revoke
-- Its code goes too, or whoever has written it down comes back.
UPDATE device
SET revoked_at_ms = :now, pair_hash = NULL, pair_expires_at_ms = NULL, pair_uses_left = 0
WHERE id = :id;

-- name: device_token_delete
DELETE FROM device_token WHERE device_id = :device;

-- name: device_seen
UPDATE device SET last_seen_at_ms = :now WHERE id = :id;

-- 0006: kiosks that are renamed and revoked; badges with a name, a state and an end; how long a PIN must be.

ALTER TABLE device ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE device ADD COLUMN revoked_at_ms INTEGER;

-- As before known only by its keyed hash, now with an id to speak of it. A day card is a badge that the canteen keeps:
-- without a person while it lies in the drawer, lent to one until expires_at_ms.
CREATE TABLE badge_v6 (
  id INTEGER PRIMARY KEY,
  badge_hash BLOB NOT NULL UNIQUE CHECK (length(badge_hash) = 32),
  employee_id INTEGER REFERENCES employee(id),
  kind TEXT NOT NULL DEFAULT 'own' CHECK (kind IN ('own', 'day')),
  label TEXT NOT NULL DEFAULT '' CHECK (length(label) <= 60),
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked')),
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  expires_at_ms INTEGER,
  CHECK (kind = 'day' OR (employee_id IS NOT NULL AND expires_at_ms IS NULL)),
  CHECK ((kind = 'day' AND employee_id IS NOT NULL) = (expires_at_ms IS NOT NULL))
) STRICT;
INSERT INTO badge_v6 (badge_hash, employee_id, created_at_ms)
SELECT b.badge_hash, b.employee_id, b.created_at_ms
FROM badge b
ORDER BY b.created_at_ms, b.badge_hash;
DROP TABLE badge;
ALTER TABLE badge_v6 RENAME TO badge;
CREATE INDEX badge_employee ON badge(employee_id, id) WHERE employee_id IS NOT NULL;
CREATE UNIQUE INDEX badge_day ON badge(label) WHERE kind = 'day';

ALTER TABLE site ADD COLUMN pin_digits INTEGER NOT NULL DEFAULT 4 CHECK (pin_digits BETWEEN 4 AND 8);

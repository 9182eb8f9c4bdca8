ALTER TABLE site DROP COLUMN pin_digits;

-- Day cards and blocked badges go: a program that does not know the state would let them in.
CREATE TABLE badge_v1 (
  badge_hash BLOB PRIMARY KEY CHECK (length(badge_hash) = 32),
  employee_id INTEGER NOT NULL REFERENCES employee(id),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO badge_v1 (badge_hash, employee_id, created_at_ms)
SELECT b.badge_hash, b.employee_id, b.created_at_ms
FROM badge b
WHERE b.kind = 'own' AND b.state = 'active';
DROP TABLE badge;
ALTER TABLE badge_v1 RENAME TO badge;
CREATE INDEX badge_employee ON badge(employee_id);

ALTER TABLE device DROP COLUMN revoked_at_ms;
ALTER TABLE device DROP COLUMN version;

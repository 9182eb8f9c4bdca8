-- 0003: the record of who did or saw what. The guards are in 0003_audit.trigger.sql.

-- seq is gapless and given by the writer; at_ms never goes back. The row before is in the hash, so it is not stored.
-- detail: old values, LF, new values as JSON; sealed under the key of the subject when it is about one (src/domain/audit/seal.c).
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (length(action) BETWEEN 3 AND 40),
  entity TEXT,
  entity_id INTEGER,
  user_id INTEGER,
  employee_id INTEGER,
  device_id INTEGER,
  cli_uid INTEGER,
  address TEXT,
  request_id TEXT,
  reason TEXT,
  subject_kind INTEGER, -- 1: an employee, 2: a user
  subject_id INTEGER,
  detail BLOB,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
-- Where an instant is, to within 256 rows: one row in 256 pays for it.
CREATE INDEX audit_time ON audit(at_ms, seq) WHERE seq % 256 = 0;

-- The key that a person's values are sealed under. NULL: erased, and never made again.
CREATE TABLE subject_key (
  kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
  subject_id INTEGER NOT NULL,
  seal_key BLOB CHECK (length(seal_key) = 32),
  PRIMARY KEY (kind, subject_id)
) STRICT, WITHOUT ROWID;

-- The last row that retention took away: what the rest of the chain stands on. mac is over seq and hash, under the audit key.
CREATE TABLE audit_anchor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

-- The guard row: there only while retention's own transaction runs.
CREATE TABLE audit_purge (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  through_seq INTEGER NOT NULL
) STRICT;

ALTER TABLE site ADD COLUMN audit_days INTEGER NOT NULL DEFAULT 90 CHECK (audit_days BETWEEN 30 AND 3650);

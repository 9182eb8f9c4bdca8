-- What the db layer itself asks.

-- name: ledger_head
-- scan: one row from the end of the table
SELECT id, recorded_at_ms, hash
  FROM journal
 ORDER BY id DESC
 LIMIT 1;

-- The sum of all entries; anything but 0 is damage.
-- name: entry_sum
-- scan: a backup is checked as a whole
SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) AS total
  FROM entry;

-- name: migration_list
SELECT version, name, checksum
  FROM schema_migration
 ORDER BY version;

-- name: migration_add
INSERT INTO schema_migration (version, name, checksum, applied_at_ms)
VALUES (:version, :name, :checksum, :now);

-- name: migration_remove
DELETE FROM schema_migration
 WHERE version = :version;

-- A read that touches the file.
-- name: db_probe
SELECT COUNT(*) AS steps
  FROM schema_migration;

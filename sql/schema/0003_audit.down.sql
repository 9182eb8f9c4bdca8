ALTER TABLE site DROP COLUMN audit_days;
DROP TABLE audit_purge;
DROP TABLE audit_anchor;
DROP TABLE subject_key;
DROP TABLE audit;

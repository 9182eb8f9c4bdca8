-- Takes 0005 back: sessions stay, each with its newest refresh token.
ALTER TABLE session DROP COLUMN address;
ALTER TABLE session DROP COLUMN label;
ALTER TABLE session DROP COLUMN proven_at_ms;
ALTER TABLE session DROP COLUMN kid;
ALTER TABLE session DROP COLUMN spent_hash;
ALTER TABLE session DROP COLUMN generation;
ALTER TABLE session DROP COLUMN family;

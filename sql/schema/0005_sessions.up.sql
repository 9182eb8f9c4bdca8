-- 0005: families of refresh tokens, and what a person is told of their sessions.

-- One session is one family: the token ids of all its generations are derived from `family`; NULL in a session that
-- began before there were families, until its next refresh. Of generation `generation` the hash is token_hash, of the one before
-- it spent_hash.
ALTER TABLE session ADD COLUMN family BLOB CHECK (length(family) = 16);
ALTER TABLE session ADD COLUMN generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0);
ALTER TABLE session ADD COLUMN spent_hash BLOB CHECK (length(spent_hash) = 32);
-- The signing key of its newest tokens; empty: the one from before there was a ring.
ALTER TABLE session ADD COLUMN kid TEXT NOT NULL DEFAULT '' CHECK (length(kid) <= 16);
-- When the password was last proven in it.
ALTER TABLE session ADD COLUMN proven_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN label TEXT NOT NULL DEFAULT '' CHECK (length(label) <= 60);
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '' CHECK (length(address) <= 45);

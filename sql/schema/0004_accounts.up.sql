-- 0004: failed attempts, one-time codes, messages that wait to be sent, versions of accounts.

-- Failures of one name, PIN or device. Who it is is known only by a keyed hash; the key lives outside the database.
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  failed_at BLOB NOT NULL CHECK (length(failed_at) = 240), -- the last 30 times, newest first, 0: none
  locked_at_ms INTEGER, -- NULL: not locked
  touched_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_age ON attempt(touched_at_ms, id);

-- A secret that works once: in a link, on paper, typed at a kiosk. Only its keyed hash is kept.
CREATE TABLE one_time_code (
  code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
  purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'otp', 'invite', 'badge_link')),
  user_id INTEGER REFERENCES user_account(id),
  employee_id INTEGER REFERENCES employee(id),
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER, -- NULL: not yet
  CHECK ((user_id IS NULL) <> (employee_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_code_user ON one_time_code(user_id) WHERE user_id IS NOT NULL;
CREATE INDEX one_time_code_employee ON one_time_code(employee_id) WHERE employee_id IS NOT NULL;

-- What is to be sent: to whom and which kind. The text is put together when it is sent, so no secret waits here, and what
-- was sent leaves nothing.
CREATE TABLE mail_outbox (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('reset', 'register', 'password_changed', 'invite')),
  address TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'failed')),
  tries INTEGER NOT NULL DEFAULT 0,
  due_at_ms INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_outbox_due ON mail_outbox(due_at_ms, id) WHERE state = 'waiting';

ALTER TABLE user_account ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- For the search. An account of before has its name without the folding of accents until it is changed.
ALTER TABLE user_account ADD COLUMN name_fold TEXT NOT NULL DEFAULT '';
UPDATE user_account SET name_fold = lower(name);

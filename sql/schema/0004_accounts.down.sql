ALTER TABLE user_account DROP COLUMN name_fold;
ALTER TABLE user_account DROP COLUMN version;
DROP TABLE mail_outbox;
DROP TABLE one_time_code;
DROP TABLE attempt;

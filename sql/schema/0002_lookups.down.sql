DROP INDEX journal_reverses;
DROP INDEX journal_time;

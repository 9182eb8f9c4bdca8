-- 0017: the guards of a booking, leaner: see 0017_lean_guards.trigger.sql.

-- Whoever writes a journal asks which grant it frees (the foreign key does): without this, of every grant there is.
CREATE INDEX subsidy_grant_freed ON subsidy_grant(freed_by) WHERE freed_by IS NOT NULL;

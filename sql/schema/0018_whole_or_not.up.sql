-- 0018: a booking that fails is undone as a whole, so its statements need not be: see 0018_whole_or_not.trigger.sql.

-- It was for the look of each new journal for the grants that waited for it; none do now.
DROP INDEX subsidy_grant_freed;

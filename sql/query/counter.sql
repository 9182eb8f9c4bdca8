-- Whether anything is sold, the days on which nothing is, and what all kiosks say.

-- name: counter_get
SELECT stopped_at_ms AS stopped_at_ms, stop_message AS stop_message, notice AS notice,
       notice_until_ms AS notice_until_ms
FROM counter
WHERE id = 1;

-- name: counter_switch
UPDATE counter
SET stopped_at_ms = :stopped_at, stop_message = :message
WHERE id = 1;

-- name: counter_notice
UPDATE counter
SET notice = :notice, notice_until_ms = :until
WHERE id = 1;

-- name: closed_day_newest
-- scan: all of them, at start and after a change
SELECT business_date AS date, name AS name
FROM closed_day
ORDER BY business_date DESC
LIMIT :limit;

-- name: closed_day_list
SELECT business_date AS date, name AS name
FROM closed_day
WHERE business_date >= :from
ORDER BY business_date
LIMIT :limit OFFSET :offset;

-- name: closed_day_count
SELECT COUNT(*) AS total
FROM closed_day
WHERE business_date >= :from;

-- name: closed_day_get
SELECT name AS name
FROM closed_day
WHERE business_date = :date;

-- name: closed_day_put
INSERT INTO closed_day (business_date, name)
VALUES (:date, :name)
ON CONFLICT (business_date) DO UPDATE SET name = excluded.name;

-- name: closed_day_delete
DELETE FROM closed_day
WHERE business_date = :date;

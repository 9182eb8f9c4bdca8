-- Settings of this installation: one row.

-- name: site_get
SELECT name AS name, currency AS currency, decimals AS decimals, locale AS locale,
       time_zone AS time_zone, day_start_min AS day_start_min, identify_badge AS identify_badge,
       identify_number AS identify_number, identify_name AS identify_name,
       idle_seconds AS idle_seconds, undo_seconds AS undo_seconds, pin_digits AS pin_digits,
       audit_days AS audit_days, approval_above_minor AS approval_above_minor,
       undo_alert_count AS undo_alert_count, undo_alert_kiosk_count AS undo_alert_kiosk_count,
       undo_alert_hours AS undo_alert_hours,
       overdraft_minor AS overdraft, wallet_max_minor AS wallet_max,
       purchase_limit_minor AS purchase_limit, daily_limit_minor AS daily_limit,
       monthly_limit_minor AS monthly_limit
FROM site
WHERE id = 1;

-- name: site_insert
INSERT INTO site (id, name, currency, decimals, locale, time_zone, day_start_min, identify_badge,
                  identify_number, identify_name, idle_seconds, undo_seconds)
VALUES (1, :name, :currency, :decimals, :locale, :time_zone, :day_start_min, :identify_badge,
        :identify_number, :identify_name, :idle_seconds, :undo_seconds);

-- name: site_update
-- Currency, decimals, time zone and day start stay as `init` fixed them: the ledger stands on them.
UPDATE site
SET name = :name, locale = :locale, identify_badge = :identify_badge,
    identify_number = :identify_number, identify_name = :identify_name,
    idle_seconds = :idle_seconds, undo_seconds = :undo_seconds, pin_digits = :pin_digits,
    audit_days = :audit_days, approval_above_minor = :approval_above,
    undo_alert_count = :undo_alert_count, undo_alert_kiosk_count = :undo_alert_kiosk_count,
    undo_alert_hours = :undo_alert_hours,
    overdraft_minor = :overdraft, wallet_max_minor = :wallet_max,
    purchase_limit_minor = :purchase_limit, daily_limit_minor = :daily_limit,
    monthly_limit_minor = :monthly_limit
WHERE id = 1;

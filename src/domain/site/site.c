/* SPDX-License-Identifier: MIT */
/* site.c - the settings of this installation: loaded once, copied out under a lock, changed through
 * the writer. What they must satisfy is in site_rules.c. */
#include "domain/site/site.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/ledger/ledger.h"
#include "domain/site/site_parts.h"
#include "domain/site/site_rules.h"

enum {
    PIN_DIGITS = 4,
    AUDIT_DAYS = 90,
    UNDO_ALERT_HOURS = 24
}; /* until an admin says else; the columns' defaults too */

int64_t ff_site_next_day(const struct ff_ctx *cx)
{
    return atomic_load(&cx->site->next_day);
}

void ff_site_set_next_day(const struct ff_ctx *cx, int64_t day)
{
    atomic_store(&cx->site->next_day, day);
}

static void copy_text(struct ff_stmt *st, struct ff_ctx *cx, int column, char *out, size_t cap)
{
    const char *text = ff_db_col_text(cx, st, column);
    int n = snprintf(out, cap, "%s", text ? text : "");
    assert(n >= 0 && (size_t)n < cap); /* the table's CHECKs are as narrow */
    (void)n;
}

/* The row of the database. FF_NOT_FOUND before `init`. */
static enum ff_rc read_settings(struct ff_ctx *cx, struct ff_site_settings *out)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SITE_GET, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    if (!row)
        return FF_FAIL(cx, FF_NOT_FOUND, "This database has no site yet; run init first.");
    copy_text(st, cx, FF_C_SITE_GET_NAME, out->name, sizeof out->name);
    copy_text(st, cx, FF_C_SITE_GET_CURRENCY, out->currency, sizeof out->currency);
    copy_text(st, cx, FF_C_SITE_GET_LOCALE, out->locale, sizeof out->locale);
    copy_text(st, cx, FF_C_SITE_GET_TIME_ZONE, out->time_zone, sizeof out->time_zone);
    out->decimals = ff_db_col_int(st, FF_C_SITE_GET_DECIMALS);
    out->day_start_min = ff_db_col_int(st, FF_C_SITE_GET_DAY_START_MIN);
    out->identify_badge = ff_db_col_int(st, FF_C_SITE_GET_IDENTIFY_BADGE);
    out->identify_number = ff_db_col_int(st, FF_C_SITE_GET_IDENTIFY_NUMBER);
    out->identify_name = ff_db_col_int(st, FF_C_SITE_GET_IDENTIFY_NAME);
    out->idle_seconds = ff_db_col_int(st, FF_C_SITE_GET_IDLE_SECONDS);
    out->undo_seconds = ff_db_col_int(st, FF_C_SITE_GET_UNDO_SECONDS);
    out->pin_digits = ff_db_col_int(st, FF_C_SITE_GET_PIN_DIGITS);
    out->audit_days = ff_db_col_int(st, FF_C_SITE_GET_AUDIT_DAYS);
    out->approval_above = ff_db_col_opt_int(st, FF_C_SITE_GET_APPROVAL_ABOVE_MINOR);
    out->undo_alert_count = ff_db_col_opt_int(st, FF_C_SITE_GET_UNDO_ALERT_COUNT);
    out->undo_alert_kiosk_count = ff_db_col_opt_int(st, FF_C_SITE_GET_UNDO_ALERT_KIOSK_COUNT);
    out->undo_alert_hours = ff_db_col_int(st, FF_C_SITE_GET_UNDO_ALERT_HOURS);
    out->overdraft = ff_db_col_int(st, FF_C_SITE_GET_OVERDRAFT);
    out->wallet_max = ff_db_col_int(st, FF_C_SITE_GET_WALLET_MAX);
    out->purchase_limit = ff_db_col_opt_int(st, FF_C_SITE_GET_PURCHASE_LIMIT);
    out->daily_limit = ff_db_col_opt_int(st, FF_C_SITE_GET_DAILY_LIMIT);
    out->monthly_limit = ff_db_col_opt_int(st, FF_C_SITE_GET_MONTHLY_LIMIT);
    return FF_OK;
}

enum ff_rc ff_site_load(struct ff_ctx *cx, struct ff_site **site)
{
    struct ff_site_settings settings = {0};
    struct ff_counter_now *counter = NULL;
    enum ff_rc rc = read_settings(cx, &settings);
    if (rc || (rc = ff_counter_read(cx, &counter)))
        return rc;
    struct ff_site *made = malloc(sizeof *made);
    if (!made) {
        ff_counter_free(counter);
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for the site's settings.");
    }
    *made = (struct ff_site){.settings = settings, .counter = counter};
    int failed = pthread_rwlock_init(&made->lock, NULL);
    assert(!failed);
    (void)failed;
    *site = made;
    return FF_OK;
}

void ff_site_free(struct ff_site *site)
{
    if (!site)
        return;
    (void)pthread_rwlock_destroy(&site->lock);
    ff_counter_free(site->counter);
    free(site);
}

struct ff_site_settings ff_site_get(struct ff_ctx *cx)
{
    (void)pthread_rwlock_rdlock(&cx->site->lock);
    struct ff_site_settings copy = cx->site->settings;
    (void)pthread_rwlock_unlock(&cx->site->lock);
    return copy;
}

void ff_site_set_run(struct ff_site *site, struct ff_run_flags flags)
{
    site->run = flags;
}

struct ff_run_flags ff_site_run(const struct ff_site *site)
{
    return site->run;
}

/* ---- the record ---- */

enum { VALUES = 21 };

static void list_values(const struct ff_site_settings *s, struct ff_audit_value out[VALUES])
{
    const struct ff_audit_value values[VALUES] = {
        {"siteName", s->name, 0},
        {"currency", s->currency, 0},
        {"locale", s->locale, 0},
        {"timeZone", s->time_zone, 0},
        {"dayStartMinutes", NULL, s->day_start_min},
        {"identifyBadge", NULL, s->identify_badge},
        {"identifyNumber", NULL, s->identify_number},
        {"identifyName", NULL, s->identify_name},
        {"idleSeconds", NULL, s->idle_seconds},
        {"undoSeconds", NULL, s->undo_seconds},
        {"pinDigits", NULL, s->pin_digits},
        {"auditDays", NULL, s->audit_days},
        {"approvalAbove", NULL, s->approval_above},
        {"undoAlertCount", NULL, s->undo_alert_count},
        {"undoAlertKioskCount", NULL, s->undo_alert_kiosk_count},
        {"undoAlertHours", NULL, s->undo_alert_hours},
        {"overdraft", NULL, s->overdraft},
        {"walletMax", NULL, s->wallet_max},
        {"purchaseLimit", NULL, s->purchase_limit},
        {"dailyLimit", NULL, s->daily_limit},
        {"monthlyLimit", NULL, s->monthly_limit}};
    memcpy(out, values, sizeof values);
}

/* `before` NULL: there was none. */
static enum ff_rc record(struct ff_ctx *cx, const char *action,
                         const struct ff_site_settings *before,
                         const struct ff_site_settings *after)
{
    struct ff_audit_value was[VALUES], is[VALUES];
    list_values(before ? before : after, was);
    list_values(after, is);
    return ff_audit(cx, &(struct ff_audit){.action = action,
                                           .entity = "site",
                                           .before = was,
                                           .n_before = before ? VALUES : 0,
                                           .after = is,
                                           .n_after = VALUES});
}

/* As it is stored, with what the table adds. */
static enum ff_rc record_init(struct ff_ctx *cx)
{
    struct ff_site_settings s = {0};
    enum ff_rc rc = read_settings(cx, &s);
    return rc ? rc : record(cx, "site.init", NULL, &s);
}

static enum ff_rc insert_site(struct ff_ctx *cx, void *arg)
{
    const struct ff_site_settings *s = arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_SITE_INSERT, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_SITE_INSERT_NAME, s->name);
    ff_db_text(st, FF_P_SITE_INSERT_CURRENCY, s->currency);
    ff_db_int(st, FF_P_SITE_INSERT_DECIMALS, s->decimals);
    ff_db_text(st, FF_P_SITE_INSERT_LOCALE, s->locale);
    ff_db_text(st, FF_P_SITE_INSERT_TIME_ZONE, s->time_zone);
    ff_db_int(st, FF_P_SITE_INSERT_DAY_START_MIN, s->day_start_min);
    ff_db_int(st, FF_P_SITE_INSERT_IDENTIFY_BADGE, s->identify_badge);
    ff_db_int(st, FF_P_SITE_INSERT_IDENTIFY_NUMBER, s->identify_number);
    ff_db_int(st, FF_P_SITE_INSERT_IDENTIFY_NAME, s->identify_name);
    ff_db_int(st, FF_P_SITE_INSERT_IDLE_SECONDS, s->idle_seconds);
    ff_db_int(st, FF_P_SITE_INSERT_UNDO_SECONDS, s->undo_seconds);
    return (rc = ff_db_run(cx, st)) ? rc : record_init(cx);
}

enum ff_rc ff_site_init(struct ff_ctx *cx, const struct ff_site_settings *settings)
{
    struct ff_site_settings copy = *settings;
    copy.pin_digits = PIN_DIGITS;
    copy.audit_days = AUDIT_DAYS;
    copy.approval_above = copy.undo_alert_count = copy.undo_alert_kiosk_count = FF_NULL_INT;
    copy.undo_alert_hours = UNDO_ALERT_HOURS;
    copy.overdraft = 0;
    copy.wallet_max = FF_MONEY_WALLET_MAX;
    copy.purchase_limit = copy.daily_limit = copy.monthly_limit = FF_NULL_INT;
    enum ff_rc rc = ff_site_check(cx, &copy);
    return rc ? rc : ff_db_write(cx, insert_site, &copy);
}

static bool has(const struct ff_site_patch *patch, enum ff_site_field field)
{
    return patch->set >> field & 1;
}

/* The settings with the given fields of the patch in place. */
static void apply(const struct ff_site_patch *patch, struct ff_site_settings *s)
{
    if (has(patch, FF_SITE_NAME))
        (void)snprintf(s->name, sizeof s->name, "%s", patch->name);
    if (has(patch, FF_SITE_LOCALE))
        (void)snprintf(s->locale, sizeof s->locale, "%s", patch->locale);
    if (has(patch, FF_SITE_IDENTIFY_BADGE))
        s->identify_badge = patch->identify_badge;
    if (has(patch, FF_SITE_IDENTIFY_NUMBER))
        s->identify_number = patch->identify_number;
    if (has(patch, FF_SITE_IDENTIFY_NAME))
        s->identify_name = patch->identify_name;
    if (has(patch, FF_SITE_IDLE_SECONDS))
        s->idle_seconds = patch->idle_seconds;
    if (has(patch, FF_SITE_UNDO_SECONDS))
        s->undo_seconds = patch->undo_seconds;
    if (has(patch, FF_SITE_PIN_DIGITS))
        s->pin_digits = patch->pin_digits;
    if (has(patch, FF_SITE_AUDIT_DAYS))
        s->audit_days = patch->audit_days;
    if (has(patch, FF_SITE_APPROVAL_ABOVE))
        s->approval_above = patch->approval_above;
    if (has(patch, FF_SITE_UNDO_ALERT_COUNT))
        s->undo_alert_count = patch->undo_alert_count;
    if (has(patch, FF_SITE_UNDO_ALERT_KIOSK_COUNT))
        s->undo_alert_kiosk_count = patch->undo_alert_kiosk_count;
    if (has(patch, FF_SITE_UNDO_ALERT_HOURS))
        s->undo_alert_hours = patch->undo_alert_hours;
    if (has(patch, FF_SITE_OVERDRAFT))
        s->overdraft = patch->overdraft;
    if (has(patch, FF_SITE_WALLET_MAX))
        s->wallet_max = patch->wallet_max;
    if (has(patch, FF_SITE_PURCHASE_LIMIT))
        s->purchase_limit = patch->purchase_limit;
    if (has(patch, FF_SITE_DAILY_LIMIT))
        s->daily_limit = patch->daily_limit;
    if (has(patch, FF_SITE_MONTHLY_LIMIT))
        s->monthly_limit = patch->monthly_limit;
}

static enum ff_rc update_site(struct ff_ctx *cx, void *arg)
{
    struct ff_site_settings s = {0};
    enum ff_rc rc = read_settings(cx, &s);
    if (rc)
        return rc;
    const struct ff_site_settings before = s;
    apply(arg, &s);
    if ((rc = ff_site_check(cx, &s)))
        return rc;
    FF_STMT *st = NULL;
    if ((rc = ff_db_query(cx, FF_Q_SITE_UPDATE, &st)))
        return rc;
    ff_db_text(st, FF_P_SITE_UPDATE_NAME, s.name);
    ff_db_text(st, FF_P_SITE_UPDATE_LOCALE, s.locale);
    ff_db_int(st, FF_P_SITE_UPDATE_IDENTIFY_BADGE, s.identify_badge);
    ff_db_int(st, FF_P_SITE_UPDATE_IDENTIFY_NUMBER, s.identify_number);
    ff_db_int(st, FF_P_SITE_UPDATE_IDENTIFY_NAME, s.identify_name);
    ff_db_int(st, FF_P_SITE_UPDATE_IDLE_SECONDS, s.idle_seconds);
    ff_db_int(st, FF_P_SITE_UPDATE_UNDO_SECONDS, s.undo_seconds);
    ff_db_int(st, FF_P_SITE_UPDATE_PIN_DIGITS, s.pin_digits);
    ff_db_int(st, FF_P_SITE_UPDATE_AUDIT_DAYS, s.audit_days);
    ff_db_opt_int(st, FF_P_SITE_UPDATE_APPROVAL_ABOVE, s.approval_above);
    ff_db_opt_int(st, FF_P_SITE_UPDATE_UNDO_ALERT_COUNT, s.undo_alert_count);
    ff_db_opt_int(st, FF_P_SITE_UPDATE_UNDO_ALERT_KIOSK_COUNT, s.undo_alert_kiosk_count);
    ff_db_int(st, FF_P_SITE_UPDATE_UNDO_ALERT_HOURS, s.undo_alert_hours);
    ff_db_int(st, FF_P_SITE_UPDATE_OVERDRAFT, s.overdraft);
    ff_db_int(st, FF_P_SITE_UPDATE_WALLET_MAX, s.wallet_max);
    ff_db_opt_int(st, FF_P_SITE_UPDATE_PURCHASE_LIMIT, s.purchase_limit);
    ff_db_opt_int(st, FF_P_SITE_UPDATE_DAILY_LIMIT, s.daily_limit);
    ff_db_opt_int(st, FF_P_SITE_UPDATE_MONTHLY_LIMIT, s.monthly_limit);
    if ((rc = ff_db_run(cx, st)) ||
        (s.overdraft != before.overdraft && (rc = ff_wallet_set_floors(cx, FF_NULL_INT))))
        return rc;
    return record(cx, "site.change", &before, &s);
}

enum ff_rc ff_site_change(struct ff_ctx *cx, const struct ff_site_patch *patch)
{
    struct ff_site_patch copy = *patch;
    enum ff_rc rc = ff_db_write(cx, update_site, &copy);
    if (rc)
        return rc;
    /* Read again under the lock: of two changes at once the later one stays, in memory too. */
    ff_db_release(cx);
    (void)pthread_rwlock_wrlock(&cx->site->lock);
    rc = read_settings(cx, &cx->site->settings);
    (void)pthread_rwlock_unlock(&cx->site->lock);
    return rc;
}

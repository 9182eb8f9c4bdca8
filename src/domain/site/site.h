/* SPDX-License-Identifier: MIT */
/* site.h - the settings of this installation that live in its database: name, currency, languages,
 * kiosk rules. Currency, decimals, time zone and day start are fixed by `init`; the rest an admin
 * may change. The struct is read at start and after each change; readers copy what they need under
 * its lock. */
#ifndef FF_DOMAIN_SITE_SITE_H
#define FF_DOMAIN_SITE_SITE_H

#include "base/ctx.h"
#include "json/schema.h"

enum { FF_SITE_NAME_CAP = 404 }; /* 100 code points */

struct ff_site_settings {
    char name[FF_SITE_NAME_CAP];
    char currency[4];
    int64_t decimals; /* 0, 2 or 3 */
    char locale[3];   /* en hu de */
    char time_zone[64];
    int64_t day_start_min;
    int64_t identify_badge, identify_number, identify_name; /* booleans */
    int64_t idle_seconds, undo_seconds;
    int64_t pin_digits;     /* a PIN has at least so many: 4..8 */
    int64_t audit_days;     /* how long the audit log is kept: 30..3650 */
    int64_t approval_above; /* larger bookings wait for a second person; FF_NULL_INT: none do */
    /* from so many undos of a person, or at a kiosk, within so many hours on the record says so;
     * FF_NULL_INT: never */
    int64_t undo_alert_count, undo_alert_kiosk_count, undo_alert_hours;
    /* of who has none of their own or their group's: minor units */
    int64_t overdraft, wallet_max;                      /* how far below zero; how much by top-up */
    int64_t purchase_limit, daily_limit, monthly_limit; /* FF_NULL_INT: none */
};

struct ff_site;

/* Loads the settings from the database of cx into a new object for cx->site. Free with
 * ff_site_free. */
FF_MUST_CHECK enum ff_rc ff_site_load(struct ff_ctx *cx, struct ff_site **site);
void ff_site_free(struct ff_site *site);

/* A copy of the settings as of now. */
struct ff_site_settings ff_site_get(struct ff_ctx *cx);

/* What this run is. Set once before serving; what is 0 has its default. */
struct ff_run_flags {
    bool demo, test_clock;           /* shown by GET /public */
    int64_t lock_after, lock_for_ms; /* failures until an account must wait, and how long */
    bool mail;                       /* messages can be sent */
    bool registration;               /* people make their own accounts */
};
void ff_site_set_run(struct ff_site *site, struct ff_run_flags flags);
struct ff_run_flags ff_site_run(const struct ff_site *site);

/* The first business date, as the number 20261127, on which something planned begins, so that
 * nobody has to ask the database: kept by catalog/price_due.c. FF_SITE_NOT_KNOWN: look; INT64_MAX:
 * nothing is planned. */
enum { FF_SITE_NOT_KNOWN = 0 };
int64_t ff_site_next_day(const struct ff_ctx *cx);
void ff_site_set_next_day(const struct ff_ctx *cx, int64_t day);

/* Writes all settings into an empty database (by `init`). FF_VALIDATION with fields,
 * FF_ALREADY_EXISTS when it was done before. */
FF_MUST_CHECK enum ff_rc ff_site_init(struct ff_ctx *cx, const struct ff_site_settings *settings);

/* What an admin may change later. Bit i of `set`: field i was given. */
enum ff_site_field {
    FF_SITE_NAME,
    FF_SITE_LOCALE,
    FF_SITE_IDENTIFY_BADGE,
    FF_SITE_IDENTIFY_NUMBER,
    FF_SITE_IDENTIFY_NAME,
    FF_SITE_IDLE_SECONDS,
    FF_SITE_UNDO_SECONDS,
    FF_SITE_PIN_DIGITS,
    FF_SITE_AUDIT_DAYS,
    FF_SITE_APPROVAL_ABOVE,
    FF_SITE_UNDO_ALERT_COUNT,
    FF_SITE_UNDO_ALERT_KIOSK_COUNT,
    FF_SITE_UNDO_ALERT_HOURS,
    FF_SITE_OVERDRAFT,
    FF_SITE_WALLET_MAX,
    FF_SITE_PURCHASE_LIMIT,
    FF_SITE_DAILY_LIMIT,
    FF_SITE_MONTHLY_LIMIT,
    FF_SITE_FIELDS
};
struct ff_site_patch {
    uint64_t set;
    const char *name, *locale;
    int64_t identify_badge, identify_number, identify_name, idle_seconds, undo_seconds, pin_digits,
        audit_days, approval_above;
    int64_t undo_alert_count, undo_alert_kiosk_count, undo_alert_hours;
    int64_t overdraft, wallet_max, purchase_limit, daily_limit, monthly_limit;
};

/* Changes the given settings, here and in the database, and with the overdraft the floor of the
 * wallets that have it from the site. FF_VALIDATION when no way to identify
 * would be left. */
FF_MUST_CHECK enum ff_rc ff_site_change(struct ff_ctx *cx, const struct ff_site_patch *patch);

enum { FF_AMOUNT_CAP = 48 };

/* An amount as a person reads it in the site's language: "1 590 Ft", "-12.05 EUR" ("-12,05 EUR" in
 * hu and de). For sentences; never parsed. */
void ff_site_amount(const struct ff_site_settings *settings, int64_t minor,
                    char out[FF_AMOUNT_CAP]);

#endif

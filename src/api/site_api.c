/* SPDX-License-Identifier: MIT */
/* site_api.c - what everybody may know of this site, and what an admin may change of it. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/schemas.h"
#include "base/money.h"
#include "base/version.h"
#include "domain/site/counter.h"
#include "domain/site/site.h"

struct identify_ways {
    int64_t badge, number, name;
};

struct public_site {
    const char *name, *currency, *locale, *time_zone;
    int64_t decimals;
    struct identify_ways identify;
    int64_t idle_seconds, undo_seconds, pin_digits, demo, test_clock, mail;
    struct ff_counter counter;
    const char *version, *build_id;
};

struct site {
    const char *name, *currency, *locale, *time_zone;
    int64_t decimals, day_start_min;
    int64_t identify_badge, identify_number, identify_name, idle_seconds, undo_seconds, pin_digits,
        audit_days, approval_above, undo_alert_count, undo_alert_kiosk_count, undo_alert_hours;
    int64_t overdraft, wallet_max, purchase_limit, daily_limit, monthly_limit;
};

/* clang-format off */
#define NULLABLE   (FF_F_REQUIRED | FF_F_NULLABLE)
#define OVERDRAFT  "how far below zero one may go who has no overdraft of one's own or one's group"
#define WALLET_MAX "how much a wallet may hold by top-ups"
#define LIMIT(of)  "what " of " may cost who has no limit of one's own or one's group; null: none"

static const char *const locales[] = { "en", "hu", "de", NULL };

#define AT(member) offsetof(struct identify_ways, member)
static const struct ff_field identify_f[] = {
    { "badge",  FF_T_BOOL, AT(badge),  FF_F_REQUIRED, 0, 0, "by badge", NULL, NULL },
    { "number", FF_T_BOOL, AT(number), FF_F_REQUIRED, 0, 0, "by number and PIN", NULL, NULL },
    { "name",   FF_T_BOOL, AT(name),   FF_F_REQUIRED, 0, 0, "by name and PIN", NULL, NULL },
};
#undef AT
static const struct ff_schema identify_schema = {
    .name = "IdentifyWays", .size = sizeof(struct identify_ways), .set_offset = FF_NO_SET,
    FF_FIELDS(identify_f) };

#define AT(member) offsetof(struct public_site, member)
static const struct ff_field public_f[] = {
    { "siteName",    FF_T_TEXT,   AT(name),         FF_F_REQUIRED, 1, 100, "the canteen", NULL, NULL },
    { "currency",    FF_T_TEXT,   AT(currency),     FF_F_REQUIRED, 3, 3, "ISO 4217", NULL, NULL },
    { "decimals",    FF_T_INT,    AT(decimals),     FF_F_REQUIRED, 0, 3,
      "digits of a minor unit", NULL, NULL },
    { "locale",      FF_T_ENUM,   AT(locale),       FF_F_REQUIRED, 0, 0,
      "language of who has chosen none", NULL, locales },
    { "timeZone",    FF_T_TEXT,   AT(time_zone),    FF_F_REQUIRED, 1, 63,
      "of the business dates", NULL, NULL },
    { "identify",    FF_T_OBJECT, AT(identify),     FF_F_REQUIRED, 0, 0,
      "how people identify at a kiosk", &identify_schema, NULL },
    { "idleSeconds", FF_T_INT,    AT(idle_seconds), FF_F_REQUIRED, 15, 600,
      "until a kiosk forgets a person", NULL, NULL },
    { "undoSeconds", FF_T_INT,    AT(undo_seconds), FF_F_REQUIRED, 0, 86400,
      "how long a purchase can be undone", NULL, NULL },
    { "pinDigits",   FF_T_INT,    AT(pin_digits),   FF_F_REQUIRED, 4, 8,
      "a PIN has at least so many", NULL, NULL },
    { "demo",        FF_T_BOOL,   AT(demo),         FF_F_REQUIRED, 0, 0, "sample data", NULL, NULL },
    { "testClock",   FF_T_BOOL,   AT(test_clock),   FF_F_REQUIRED, 0, 0,
      "time is set by hand", NULL, NULL },
    { "mail",        FF_T_BOOL,   AT(mail),         FF_F_REQUIRED, 0, 0,
      "a forgotten password is helped by a message", NULL, NULL },
    { "counter",     FF_T_OBJECT, AT(counter),      FF_F_REQUIRED, 0, 0,
      "whether anything is sold, and what all kiosks say", &ff_schema_counter, NULL },
    { "version",     FF_T_TEXT,   AT(version),      FF_F_REQUIRED, 1, 32, "of the program", NULL, NULL },
    { "buildId",     FF_T_TEXT,   AT(build_id),     FF_F_REQUIRED, 1, 64,
      "state of its source", NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_public_site = {
    .name = "PublicSite", .size = sizeof(struct public_site), .set_offset = FF_NO_SET,
    FF_FIELDS(public_f) };

#define AT(member) offsetof(struct site, member)
static const struct ff_field site_f[] = {
    { "siteName",        FF_T_TEXT, AT(name),            FF_F_REQUIRED, 1, 100, "the canteen", NULL, NULL },
    { "currency",        FF_T_TEXT, AT(currency),        FF_F_REQUIRED, 3, 3,
      "ISO 4217; fixed", NULL, NULL },
    { "decimals",        FF_T_INT,  AT(decimals),        FF_F_REQUIRED, 0, 3, "fixed", NULL, NULL },
    { "locale",          FF_T_ENUM, AT(locale),          FF_F_REQUIRED, 0, 0,
      "language of who has chosen none", NULL, locales },
    { "timeZone",        FF_T_TEXT, AT(time_zone),       FF_F_REQUIRED, 1, 63, "fixed", NULL, NULL },
    { "dayStartMinutes", FF_T_INT,  AT(day_start_min),   FF_F_REQUIRED, 0, 720,
      "after midnight a business day begins; fixed", NULL, NULL },
    { "identifyBadge",   FF_T_BOOL, AT(identify_badge),  FF_F_REQUIRED, 0, 0, "by badge", NULL, NULL },
    { "identifyNumber",  FF_T_BOOL, AT(identify_number), FF_F_REQUIRED, 0, 0,
      "by number and PIN", NULL, NULL },
    { "identifyName",    FF_T_BOOL, AT(identify_name),   FF_F_REQUIRED, 0, 0,
      "by name and PIN: kiosks list names", NULL, NULL },
    { "idleSeconds",     FF_T_INT,  AT(idle_seconds),    FF_F_REQUIRED, 15, 600,
      "until a kiosk forgets a person", NULL, NULL },
    { "undoSeconds",     FF_T_INT,  AT(undo_seconds),    FF_F_REQUIRED, 0, 86400,
      "how long a purchase can be undone", NULL, NULL },
    { "pinDigits",       FF_T_INT,  AT(pin_digits),      FF_F_REQUIRED, 4, 8,
      "a PIN has at least so many", NULL, NULL },
    { "auditDays",       FF_T_INT,  AT(audit_days),      FF_F_REQUIRED, 30, 3650,
      "how long the audit log is kept", NULL, NULL },
    { "approvalAbove",   FF_T_MONEY, AT(approval_above), FF_F_REQUIRED | FF_F_NULLABLE, 0, FF_MONEY_TOTAL_MAX,
      "larger bookings wait for a second person; null: none do", NULL, NULL },
    { "undoAlertCount",      FF_T_INT, AT(undo_alert_count),       FF_F_REQUIRED | FF_F_NULLABLE, 1, 1000,
      "undos of a person that the audit log tells of; null: never", NULL, NULL },
    { "undoAlertKioskCount", FF_T_INT, AT(undo_alert_kiosk_count), FF_F_REQUIRED | FF_F_NULLABLE, 1, 10000,
      "undos at a kiosk that it tells of; null: never", NULL, NULL },
    { "undoAlertHours",      FF_T_INT, AT(undo_alert_hours),       FF_F_REQUIRED, 1, 720,
      "within so many hours", NULL, NULL },
    { "overdraft",       FF_T_MONEY, AT(overdraft),      FF_F_REQUIRED, 0, FF_MONEY_WALLET_MAX,
      OVERDRAFT, NULL, NULL },
    { "walletMax",       FF_T_MONEY, AT(wallet_max),     FF_F_REQUIRED, 1, FF_MONEY_WALLET_MAX,
      WALLET_MAX, NULL, NULL },
    { "purchaseLimit",   FF_T_MONEY, AT(purchase_limit), NULLABLE, 0, FF_MONEY_WALLET_MAX,
      LIMIT("one purchase"), NULL, NULL },
    { "dailyLimit",      FF_T_MONEY, AT(daily_limit),    NULLABLE, 0, FF_MONEY_WALLET_MAX,
      LIMIT("a day"), NULL, NULL },
    { "monthlyLimit",    FF_T_MONEY, AT(monthly_limit),  NULLABLE, 0, FF_MONEY_WALLET_MAX,
      LIMIT("a month"), NULL, NULL },
};
#undef AT
const struct ff_schema ff_schema_site = {
    .name = "Site", .size = sizeof(struct site), .set_offset = FF_NO_SET, FF_FIELDS(site_f) };

#define AT(member) offsetof(struct ff_site_patch, member)
static const struct ff_field patch_f[] = {
    [FF_SITE_NAME]            = { "siteName",       FF_T_NAME, AT(name),            0, 1, 100,
                                  "the canteen", NULL, NULL },
    [FF_SITE_LOCALE]          = { "locale",         FF_T_ENUM, AT(locale),          0, 0, 0,
                                  "language of who has chosen none", NULL, locales },
    [FF_SITE_IDENTIFY_BADGE]  = { "identifyBadge",  FF_T_BOOL, AT(identify_badge),  0, 0, 0,
                                  "by badge", NULL, NULL },
    [FF_SITE_IDENTIFY_NUMBER] = { "identifyNumber", FF_T_BOOL, AT(identify_number), 0, 0, 0,
                                  "by number and PIN", NULL, NULL },
    [FF_SITE_IDENTIFY_NAME]   = { "identifyName",   FF_T_BOOL, AT(identify_name),   0, 0, 0,
                                  "by name and PIN: kiosks list names", NULL, NULL },
    [FF_SITE_IDLE_SECONDS]    = { "idleSeconds",    FF_T_INT,  AT(idle_seconds),    0, 15, 600,
                                  "until a kiosk forgets a person", NULL, NULL },
    [FF_SITE_UNDO_SECONDS]    = { "undoSeconds",    FF_T_INT,  AT(undo_seconds),    0, 0, 86400,
                                  "how long a purchase can be undone", NULL, NULL },
    [FF_SITE_PIN_DIGITS]      = { "pinDigits",      FF_T_INT,  AT(pin_digits),      0, 4, 8,
                                  "a new PIN has at least so many", NULL, NULL },
    [FF_SITE_AUDIT_DAYS]      = { "auditDays",      FF_T_INT,  AT(audit_days),      0, 30, 3650,
                                  "how long the audit log is kept", NULL, NULL },
    [FF_SITE_UNDO_ALERT_COUNT] = { "undoAlertCount", FF_T_INT, AT(undo_alert_count),
                                   FF_F_NULLABLE, 1, 1000,
                                   "undos of a person that the audit log tells of; null: never",
                                   NULL, NULL },
    [FF_SITE_UNDO_ALERT_KIOSK_COUNT] = { "undoAlertKioskCount", FF_T_INT,
                                         AT(undo_alert_kiosk_count), FF_F_NULLABLE, 1, 10000,
                                         "undos at a kiosk that it tells of; null: never",
                                         NULL, NULL },
    [FF_SITE_UNDO_ALERT_HOURS] = { "undoAlertHours", FF_T_INT, AT(undo_alert_hours), 0, 1, 720,
                                   "within so many hours", NULL, NULL },
    [FF_SITE_APPROVAL_ABOVE]  = { "approvalAbove",  FF_T_MONEY, AT(approval_above), FF_F_NULLABLE,
                                  0, FF_MONEY_TOTAL_MAX,
                                  "larger bookings wait for a second person; null: none do",
                                  NULL, NULL },
    [FF_SITE_OVERDRAFT]       = { "overdraft",      FF_T_MONEY, AT(overdraft),      0, 0,
                                  FF_MONEY_WALLET_MAX, OVERDRAFT, NULL, NULL },
    [FF_SITE_WALLET_MAX]      = { "walletMax",      FF_T_MONEY, AT(wallet_max),     0, 1,
                                  FF_MONEY_WALLET_MAX, WALLET_MAX, NULL, NULL },
    [FF_SITE_PURCHASE_LIMIT]  = { "purchaseLimit",  FF_T_MONEY, AT(purchase_limit), FF_F_NULLABLE,
                                  0, FF_MONEY_WALLET_MAX, LIMIT("one purchase"), NULL, NULL },
    [FF_SITE_DAILY_LIMIT]     = { "dailyLimit",     FF_T_MONEY, AT(daily_limit),    FF_F_NULLABLE,
                                  0, FF_MONEY_WALLET_MAX, LIMIT("a day"), NULL, NULL },
    [FF_SITE_MONTHLY_LIMIT]   = { "monthlyLimit",   FF_T_MONEY, AT(monthly_limit),  FF_F_NULLABLE,
                                  0, FF_MONEY_WALLET_MAX, LIMIT("a month"), NULL, NULL },
};
const struct ff_schema ff_schema_site_patch = {
    .name = "SitePatch", .size = sizeof(struct ff_site_patch), .set_offset = AT(set),
    FF_FIELDS(patch_f) };
#undef AT
/* clang-format on */

enum ff_rc ff_api_public(struct ff_req *rq, struct ff_reply *rp)
{
    struct public_site *site = FF_NEW(rq->cx, struct public_site);
    if (!site)
        return rq->cx->err.rc;
    const struct ff_site_settings s = ff_site_get(rq->cx);
    const struct ff_run_flags run = ff_site_run(rq->cx->site);
    *site = (struct public_site){
        .name = ff_strdup(rq->cx, s.name),
        .currency = ff_strdup(rq->cx, s.currency),
        .locale = ff_strdup(rq->cx, s.locale),
        .time_zone = ff_strdup(rq->cx, s.time_zone),
        .decimals = s.decimals,
        .identify = {.badge = s.identify_badge,
                     .number = s.identify_number,
                     .name = s.identify_name},
        .idle_seconds = s.idle_seconds,
        .undo_seconds = s.undo_seconds,
        .pin_digits = s.pin_digits,
        .demo = run.demo,
        .test_clock = run.test_clock,
        .mail = run.mail,
        .version = ff_version(),
        .build_id = ff_build_id(),
    };
    rp->data = site;
    return rq->cx->err.rc ? rq->cx->err.rc : ff_counter_get(rq->cx, &site->counter);
}

enum ff_rc ff_api_site_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct site *site = FF_NEW(rq->cx, struct site);
    if (!site)
        return rq->cx->err.rc;
    const struct ff_site_settings s = ff_site_get(rq->cx);
    *site = (struct site){
        .name = ff_strdup(rq->cx, s.name),
        .currency = ff_strdup(rq->cx, s.currency),
        .locale = ff_strdup(rq->cx, s.locale),
        .time_zone = ff_strdup(rq->cx, s.time_zone),
        .decimals = s.decimals,
        .day_start_min = s.day_start_min,
        .identify_badge = s.identify_badge,
        .identify_number = s.identify_number,
        .identify_name = s.identify_name,
        .idle_seconds = s.idle_seconds,
        .undo_seconds = s.undo_seconds,
        .pin_digits = s.pin_digits,
        .audit_days = s.audit_days,
        .approval_above = s.approval_above,
        .undo_alert_count = s.undo_alert_count,
        .undo_alert_kiosk_count = s.undo_alert_kiosk_count,
        .undo_alert_hours = s.undo_alert_hours,
        .overdraft = s.overdraft,
        .wallet_max = s.wallet_max,
        .purchase_limit = s.purchase_limit,
        .daily_limit = s.daily_limit,
        .monthly_limit = s.monthly_limit,
    };
    rp->data = site;
    return rq->cx->err.rc;
}

enum ff_rc ff_api_site_change(struct ff_req *rq, struct ff_reply *rp)
{
    enum ff_rc rc = ff_site_change(rq->cx, rq->body);
    return rc ? rc : ff_api_site_get(rq, rp);
}

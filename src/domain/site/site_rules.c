/* SPDX-License-Identifier: MIT */
/* site_rules.c - checks of a site's settings, and amounts as its people read them. */
#include "domain/site/site_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/money.h"
#include "base/utf8.h"
#include "domain/site/zone.h"

static bool is_currency(const char *code)
{
    return strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static bool is_locale(const char *locale)
{
    return !strcmp(locale, "en") || !strcmp(locale, "hu") || !strcmp(locale, "de");
}

static void check_range(struct ff_ctx *cx, const char *pointer, int64_t value, int64_t min,
                        int64_t max)
{
    if (value < min || value > max)
        (void)ff_field_range(cx, pointer, "RANGE", min, max);
}

static void check_limit(struct ff_ctx *cx, const char *pointer, int64_t value)
{
    if (value != FF_NULL_INT)
        check_range(cx, pointer, value, 0, FF_MONEY_WALLET_MAX);
}

enum ff_rc ff_site_check(struct ff_ctx *cx, const struct ff_site_settings *s)
{
    if (!ff_utf8_is_name(s->name) || ff_utf8_length(s->name) > 100)
        (void)ff_field_fail(cx, "/siteName", "PATTERN",
                            "a name of 1 to 100 characters without control characters");
    if (!is_currency(s->currency))
        (void)ff_field_fail(cx, "/currency", "PATTERN", "three capital letters of ISO 4217: EUR");
    if (s->decimals != 0 && s->decimals != 2 && s->decimals != 3)
        (void)ff_field_fail(cx, "/decimals", "VALUE", "0, 2 or 3");
    if (!is_locale(s->locale))
        (void)ff_field_fail(cx, "/locale", "VALUE", "en, hu or de");
    if (!ff_zone_valid(s->time_zone))
        (void)ff_field_fail(cx, "/timeZone", "VALUE",
                            "a zone this system knows, like Europe/Budapest, or a POSIX rule, like "
                            "CET-1CEST,M3.5.0,M10.5.0/3");
    check_range(cx, "/dayStartMinutes", s->day_start_min, 0, 720);
    check_range(cx, "/identifyBadge", s->identify_badge, 0, 1);
    check_range(cx, "/identifyNumber", s->identify_number, 0, 1);
    check_range(cx, "/identifyName", s->identify_name, 0, 1);
    check_range(cx, "/idleSeconds", s->idle_seconds, 15, 600);
    check_range(cx, "/undoSeconds", s->undo_seconds, 0, 86400);
    check_range(cx, "/pinDigits", s->pin_digits, 4, 8);
    check_range(cx, "/auditDays", s->audit_days, 30, 3650);
    if (s->undo_alert_count != FF_NULL_INT)
        check_range(cx, "/undoAlertCount", s->undo_alert_count, 1, 1000);
    if (s->undo_alert_kiosk_count != FF_NULL_INT)
        check_range(cx, "/undoAlertKioskCount", s->undo_alert_kiosk_count, 1, 10000);
    check_range(cx, "/undoAlertHours", s->undo_alert_hours, 1, 720);
    if (s->approval_above != FF_NULL_INT)
        check_range(cx, "/approvalAbove", s->approval_above, 0, FF_MONEY_TOTAL_MAX);
    check_range(cx, "/overdraft", s->overdraft, 0, FF_MONEY_WALLET_MAX);
    check_range(cx, "/walletMax", s->wallet_max, 1, FF_MONEY_WALLET_MAX);
    check_limit(cx, "/purchaseLimit", s->purchase_limit);
    check_limit(cx, "/dailyLimit", s->daily_limit);
    check_limit(cx, "/monthlyLimit", s->monthly_limit);
    if (!s->identify_badge && !s->identify_number && !s->identify_name)
        (void)ff_field_fail(cx, "/identifyBadge", "VALUE",
                            "at least one way to identify at a kiosk must stay on");
    return cx->err.rc;
}

/* Digits of the whole part in groups of three. */
static size_t put_grouped(char *out, const char *whole, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            out[at++] = ' ';
        out[at++] = whole[i];
    }
    return at;
}

void ff_site_amount(const struct ff_site_settings *settings, int64_t minor, char out[FF_AMOUNT_CAP])
{
    char plain[FF_MONEY_TEXT_CAP];
    ff_money_format(minor, (int)settings->decimals, plain);
    bool is_negative = plain[0] == '-';
    const char *whole = plain + is_negative;
    size_t n = strcspn(whole, ".");
    char grouped[FF_MONEY_TEXT_CAP + FF_MONEY_TEXT_CAP / 3];
    grouped[put_grouped(grouped, whole, n)] = '\0';
    bool is_english = !strcmp(settings->locale, "en");
    const char *fraction = whole[n] ? whole + n + 1 : "";
    bool is_forint = !strcmp(settings->currency, "HUF");
    (void)snprintf(out, FF_AMOUNT_CAP, "%s%s%s%s %s", is_negative ? "-" : "", grouped,
                   !*fraction   ? ""
                   : is_english ? "."
                                : ",",
                   fraction, is_forint ? "Ft" : settings->currency);
}

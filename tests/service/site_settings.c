/* SPDX-License-Identifier: MIT */
/* site_settings.c - the settings of an installation: what init takes, what an admin may change, and
 * amounts as people read them. */
#include "../lib/canteen.h"
#include "../lib/store.h"
#include "auth/auth.h"
#include "domain/site/site.h"
#include "domain/site/zone.h"

static struct ff_fixture fx;

static const struct ff_site_settings works = {.name = "Works canteen",
                                              .currency = "HUF",
                                              .locale = "hu",
                                              .time_zone = "Europe/Budapest",
                                              .identify_badge = 1,
                                              .idle_seconds = 60,
                                              .undo_seconds = 300};

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

START_TEST(init_writes_what_load_reads)
{
    struct ff_store store;
    struct ff_site *site = NULL;
    ff_store_open(&store);
    ck_assert_int_eq(ff_site_load(&store.cx, &site), FF_NOT_FOUND);
    ff_store_again(&store);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &store.cx.auth), FF_OK);
    ck_assert_int_eq(ff_site_init(&store.cx, &works), FF_OK);
    ck_assert_int_eq(ff_site_load(&store.cx, &site), FF_OK);
    store.cx.site = site;
    struct ff_site_settings s = ff_site_get(&store.cx);
    ck_assert_str_eq(s.name, "Works canteen");
    ck_assert_str_eq(s.currency, "HUF");
    ck_assert_str_eq(s.locale, "hu");
    ck_assert_str_eq(s.time_zone, "Europe/Budapest");
    ck_assert_int_eq(s.decimals, 0);
    ck_assert_int_eq(s.identify_badge, 1);
    ck_assert_int_eq(s.identify_name, 0);
    ck_assert_int_eq(s.undo_seconds, 300);
    ck_assert_int_eq(ff_site_init(&store.cx, &works), FF_ALREADY_EXISTS);
    ff_site_free(site);
    ff_site_free(NULL);
    ff_auth_free(store.cx.auth);
    ff_store_close(&store);
}
END_TEST

struct bad_setting {
    const char *pointer;
    const char *text;
    int64_t number;
    size_t offset, cap; /* cap 0: a number */
};

#define AT(member)  offsetof(struct ff_site_settings, member)
#define CAP(member) sizeof((struct ff_site_settings *)0)->member

static const struct bad_setting bad_settings[] = {
    {"/siteName", "", 0, AT(name), CAP(name)},
    {"/siteName", "  ", 0, AT(name), CAP(name)},
    {"/siteName", "a\nb", 0, AT(name), CAP(name)},
    {"/currency", "eur", 0, AT(currency), CAP(currency)},
    {"/currency", "EU", 0, AT(currency), CAP(currency)},
    {"/locale", "fr", 0, AT(locale), CAP(locale)},
    {"/timeZone", "Europe/Atlantis", 0, AT(time_zone), CAP(time_zone)},
    {"/decimals", NULL, 1, AT(decimals), 0},
    {"/decimals", NULL, -1, AT(decimals), 0},
    {"/dayStartMinutes", NULL, 721, AT(day_start_min), 0},
    {"/dayStartMinutes", NULL, -1, AT(day_start_min), 0},
    {"/identifyNumber", NULL, 2, AT(identify_number), 0},
    {"/identifyName", NULL, -1, AT(identify_name), 0},
    {"/identifyBadge", NULL, 0, AT(identify_badge), 0},
    {"/idleSeconds", NULL, 14, AT(idle_seconds), 0},
    {"/idleSeconds", NULL, 601, AT(idle_seconds), 0},
    {"/undoSeconds", NULL, -1, AT(undo_seconds), 0},
    {"/undoSeconds", NULL, 86401, AT(undo_seconds), 0},
};

START_TEST(a_bad_setting_is_named)
{
    const struct bad_setting *b = &bad_settings[_i];
    struct ff_site_settings s = works;
    if (b->cap)
        snprintf((char *)&s + b->offset, b->cap, "%s", b->text);
    else
        memcpy((char *)&s + b->offset, &b->number, sizeof b->number);
    ck_assert_int_eq(ff_site_init(&fx.cx, &s), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, b->pointer, fx.cx.err.fields[0].code);
    ck_assert_uint_eq(fx.cx.err.n_fields, 1);
}
END_TEST

START_TEST(all_bad_settings_come_at_once)
{
    const struct ff_site_settings none = {0};
    ck_assert_int_eq(ff_site_init(&fx.cx, &none), FF_VALIDATION);
    ck_assert_uint_eq(fx.cx.err.n_fields, 6); /* name currency locale zone badge idle */
}
END_TEST

START_TEST(an_admin_changes_some_and_the_rest_stays)
{
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_NAME | 1u << FF_SITE_IDENTIFY_NAME |
                                               1u << FF_SITE_UNDO_SECONDS,
                                        .name = "Üzemi étkezde",
                                        .identify_name = 0,
                                        .undo_seconds = 30};
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
    struct ff_site_settings s = ff_site_get(&fx.cx);
    ck_assert_str_eq(s.name, "Üzemi étkezde");
    ck_assert_str_eq(s.locale, "en");
    ck_assert_int_eq(s.identify_name, 0);
    ck_assert_int_eq(s.identify_badge, 1);
    ck_assert_int_eq(s.undo_seconds, 30);
    ck_assert_int_eq(s.idle_seconds, 60);
    ff_site_free(fx.site); /* the database says the same */
    ck_assert_int_eq(ff_site_load(&fx.cx, &fx.site), FF_OK);
    fx.cx.site = fx.site;
    ck_assert_int_eq(ff_site_get(&fx.cx).undo_seconds, 30);
}
END_TEST

START_TEST(each_setting_of_an_admin_is_applied)
{
    const struct ff_site_patch patch = {.set = (1u << FF_SITE_FIELDS) - 1,
                                        .name = "X",
                                        .locale = "de",
                                        .identify_number = 1,
                                        .pin_digits = 6,
                                        .audit_days = 400,
                                        .approval_above = 5000,
                                        .undo_alert_count = 3,
                                        .undo_alert_kiosk_count = FF_NULL_INT,
                                        .undo_alert_hours = 12,
                                        .overdraft = 1000,
                                        .wallet_max = 50000,
                                        .purchase_limit = 2000,
                                        .daily_limit = 3000,
                                        .monthly_limit = FF_NULL_INT,
                                        .idle_seconds = 15};
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
    struct ff_site_settings s = ff_site_get(&fx.cx);
    ck_assert_str_eq(s.locale, "de");
    ck_assert_int_eq(s.identify_badge, 0);
    ck_assert_int_eq(s.identify_number, 1);
    ck_assert_int_eq(s.identify_name, 0);
    ck_assert_int_eq(s.idle_seconds, 15);
    ck_assert_int_eq(s.undo_seconds, 0);
    ck_assert_int_eq(s.pin_digits, 6);
    ck_assert_int_eq(s.audit_days, 400);
    ck_assert_int_eq(s.approval_above, 5000);
    ck_assert_int_eq(s.undo_alert_count, 3);
    ck_assert_int_eq(s.undo_alert_kiosk_count, FF_NULL_INT);
    ck_assert_int_eq(s.undo_alert_hours, 12);
    ck_assert_str_eq(s.currency, "EUR");
    ck_assert_int_eq(s.overdraft, 1000);
    ck_assert_int_eq(s.wallet_max, 50000);
    ck_assert_int_eq(s.purchase_limit, 2000);
    ck_assert_int_eq(s.daily_limit, 3000);
    ck_assert_int_eq(s.monthly_limit, FF_NULL_INT);
}
END_TEST

START_TEST(the_last_way_to_identify_stays)
{
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_IDENTIFY_BADGE |
                                               1u << FF_SITE_IDENTIFY_NUMBER |
                                               1u << FF_SITE_IDENTIFY_NAME};
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/identifyBadge", "VALUE");
    ck_assert_int_eq(ff_site_get(&fx.cx).identify_badge, 1);
}
END_TEST

START_TEST(names_are_offered_only_where_the_site_says_so)
{
    const struct ff_site_patch patch = {.set = 1u << FF_SITE_IDENTIFY_NAME, .identify_name = 0};
    const struct ff_list_filter f = {.page = 1, .limit = 10};
    struct ff_list list;
    int64_t total;
    ck_assert_int_eq(ff_face_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(ff_site_change(&fx.cx, &patch), FF_OK);
    ck_assert_int_eq(ff_face_list(&fx.cx, &f, &list, &total), FF_FORBIDDEN);
}
END_TEST

START_TEST(run_flags_are_what_was_set)
{
    ck_assert(!ff_site_run(fx.site).demo);
    ff_site_set_run(fx.site, (struct ff_run_flags){.demo = true});
    ck_assert(ff_site_run(fx.site).demo);
    ck_assert(!ff_site_run(fx.site).test_clock);
}
END_TEST

struct zone {
    const char *name;
    bool is_valid;
};

static const struct zone zones[] = {
    {"UTC", true},
    {"Europe/Budapest", true},
    {"America/Argentina/Buenos_Aires", true},
    {"CET-1CEST,M3.5.0,M10.5.0/3", true},
    {"CET-1", true},
    {"EST5EDT", true},
    {"EST5EDT4,M3.2.0/2,M11.1.0/02:30:15", true},
    {"<+0330>-3:30", true},
    {"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", true},
    {"", false},
    {"Europe", false},
    {"Europe/Atlantis", false},
    {"/Europe/Budapest", false},
    {"../zoneinfo/UTC", false},
    {"Europe/Buda pest", false},
    {"CE-1", false},
    {"CEST", false},
    {"CET-1X", false},
    {"CET-25", false},
    {"CET-1:60", false},
    {"CET-1:", false},
    {"CET-1CEST,", false},
    {"CET-1CEST,M3.5.0", false},
    {"CET-1CEST,M13.5.0,M10.5.0", false},
    {"CET-1CEST,M3.6.0,M10.5.0", false},
    {"CET-1CEST,M3.5.7,M10.5.0", false},
    {"CET-1CEST,M3-5.0,M10.5.0", false},
    {"CET-1CEST,M3", false},
    {"CET-1CEST,J60,J300", false},
    {"CET-1CEST,M3.5.0/168,M10.5.0", false},
    {"CET-1CEST,M3.5.0,M10.5.0x", false},
    {"<+03-3", false},
    {"CET-00000000000001", false},
    {"Europe/Budapest/Europe/Budapest/Europe/Budapest/Europe/Budapest/X", false},
};

START_TEST(a_zone_is_one_that_the_library_follows)
{
    ck_assert_msg(ff_zone_valid(zones[_i].name) == zones[_i].is_valid, "%s", zones[_i].name);
}
END_TEST

struct amount {
    int64_t minor, decimals;
    const char *currency, *locale, *text;
};

static const struct amount amounts[] = {
    {1590, 0, "HUF", "hu", "1 590 Ft"},
    {0, 0, "HUF", "en", "0 Ft"},
    {-25000, 0, "HUF", "en", "-25 000 Ft"},
    {1205, 2, "EUR", "en", "12.05 EUR"},
    {-1205, 2, "EUR", "de", "-12,05 EUR"},
    {5, 2, "GBP", "en", "0.05 GBP"},
    {100000000, 2, "EUR", "hu", "1 000 000,00 EUR"},
    {1234567, 3, "KWD", "en", "1 234.567 KWD"},
    {999, 0, "JPY", "en", "999 JPY"},
    {INT64_MIN + 1, 3, "KWD", "de", "-9 223 372 036 854 775,807 KWD"},
};

START_TEST(an_amount_reads_as_in_the_sites_language)
{
    const struct amount *a = &amounts[_i];
    struct ff_site_settings s = {.decimals = a->decimals};
    char text[FF_AMOUNT_CAP];
    snprintf(s.currency, sizeof s.currency, "%s", a->currency);
    snprintf(s.locale, sizeof s.locale, "%s", a->locale);
    ff_site_amount(&s, a->minor, text);
    ck_assert_str_eq(text, a->text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("site_settings");
    TCase *cases = tcase_create("site");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, init_writes_what_load_reads);
    tcase_add_loop_test(cases, a_bad_setting_is_named, 0, FF_ROWS(bad_settings));
    tcase_add_test(cases, all_bad_settings_come_at_once);
    tcase_add_test(cases, an_admin_changes_some_and_the_rest_stays);
    tcase_add_test(cases, each_setting_of_an_admin_is_applied);
    tcase_add_test(cases, the_last_way_to_identify_stays);
    tcase_add_test(cases, names_are_offered_only_where_the_site_says_so);
    tcase_add_test(cases, run_flags_are_what_was_set);
    suite_add_tcase(suite, cases);
    TCase *pure = tcase_create("rules");
    tcase_add_loop_test(pure, a_zone_is_one_that_the_library_follows, 0, FF_ROWS(zones));
    tcase_add_loop_test(pure, an_amount_reads_as_in_the_sites_language, 0, FF_ROWS(amounts));
    suite_add_tcase(suite, pure);
    return ff_test_run(suite);
}

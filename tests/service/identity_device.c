/* SPDX-License-Identifier: MIT */
/* identity_device.c - kiosks: codes that are good once and for ten minutes, cookies that last. */
#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/identity/device.h"
#include "domain/identity/identity.h"

enum { MINUTE_MS = 60000 };

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* A kiosk and its code, kept beyond the arena. */
static int64_t kiosk(const char *name, const struct ff_pair_rule *rule, char code[FF_PAIR_CODE_CAP])
{
    struct ff_pair_code out;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_device_create(&fx.cx, name, rule, &out), FF_OK);
    ck_assert_str_eq(out.name, name);
    memcpy(code, out.code, FF_PAIR_CODE_CAP);
    return out.id;
}

static enum ff_rc pair(const char *code, struct ff_paired *out)
{
    ff_fixture_again(&fx);
    return ff_device_pair(&fx.cx, code, out);
}

/* Which kiosk a cookie speaks for; 0 for none. */
static int64_t device_of(const char *cookie)
{
    char kept[FF_SECRET_CAP];
    memcpy(kept, cookie, sizeof kept);
    const struct ff_credentials c = {.device_cookie = kept};
    ff_fixture_again(&fx);
    return ff_identity_authenticate(&fx.cx, &c) ? 0 : fx.cx.who.device_id;
}

START_TEST(a_code_is_twelve_plain_characters_in_three_groups)
{
    char code[FF_PAIR_CODE_CAP];
    kiosk("Canteen kiosk", NULL, code);
    ck_assert_uint_eq(strlen(code), 14);
    for (size_t i = 0; i < 14; i++) {
        if (i == 4 || i == 9)
            ck_assert_int_eq(code[i], '-');
        else
            ck_assert_msg(isupper((unsigned char)code[i]) || isdigit((unsigned char)code[i]), "%s",
                          code);
        ck_assert_msg(!strchr("ILOU", code[i]), "%s", code);
    }
}
END_TEST

START_TEST(codes_use_all_characters_and_are_never_alike)
{
    enum { CODES = 64 };
    static char codes[CODES][FF_PAIR_CODE_CAP];
    bool seen[128] = {false};
    int different = 0;
    for (int i = 0; i < CODES; i++) {
        char name[32];
        snprintf(name, sizeof name, "Kiosk %d", i);
        kiosk(name, NULL, codes[i]);
        for (const char *c = codes[i]; *c; c++)
            seen[(unsigned char)*c] = true;
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(codes[i], codes[j]);
    }
    for (int c = 0; c < 128; c++)
        different += seen[c];
    ck_assert_int_eq(different, 32 + 1); /* the alphabet and the dash */
}
END_TEST

START_TEST(a_code_pairs_once)
{
    char code[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    const int64_t id = kiosk("Canteen kiosk", NULL, code);
    ck_assert_int_eq(pair(code, &paired), FF_OK);
    ck_assert_int_eq(paired.id, id);
    ck_assert_str_eq(paired.name, "Canteen kiosk");
    ck_assert_uint_eq(strlen(paired.token), 43);
    ck_assert_int_eq(device_of(paired.token), id);
    ck_assert_int_eq(pair(code, &paired), FF_DEVICE_UNKNOWN);
}
END_TEST

START_TEST(a_code_is_good_for_ten_minutes)
{
    char in_time[FF_PAIR_CODE_CAP], late[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    kiosk("In time", NULL, in_time);
    kiosk("Late", NULL, late);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 10 * MINUTE_MS - 1);
    ck_assert_int_eq(pair(in_time, &paired), FF_OK);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 10 * MINUTE_MS);
    ck_assert_int_eq(pair(late, &paired), FF_DEVICE_UNKNOWN);
}
END_TEST

START_TEST(a_rule_may_allow_more_uses_and_more_time)
{
    const struct ff_pair_rule rule = {.valid_ms = 60 * MINUTE_MS, .uses = 3};
    char code[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    const int64_t id = kiosk("Demo", &rule, code);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 60 * MINUTE_MS - 1);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(pair(code, &paired), FF_OK);
        ck_assert_int_eq(device_of(paired.token), id);
    }
    ck_assert_int_eq(pair(code, &paired), FF_DEVICE_UNKNOWN);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM device_token"), 3);
}
END_TEST

static const char *const typed[] = {"0011-ABCD-EFGH", "0011ABCDEFGH", "oOiL-abcd-efgh",
                                    " 0 0 1 1 abcd efgh ", "00-11-AB-CD-EF-GH-"};

START_TEST(a_code_is_read_as_people_type_it)
{
    char code[FF_PAIR_CODE_CAP], hex[65];
    unsigned char hash[32];
    struct ff_paired paired;
    const int64_t id = kiosk("Canteen kiosk", NULL, code);
    ff_auth_token_hash("0011ABCDEFGH", hash);
    ff_hex(hash, sizeof hash, hex);
    ff_test_change(&fx, ff_arena_printf(fx.arena, "UPDATE device SET pair_hash = x'%s'", hex));
    ck_assert_int_eq(pair(typed[_i], &paired), FF_OK);
    ck_assert_int_eq(paired.id, id);
}
END_TEST

static const char *const no_codes[] = {"",
                                       "-",
                                       "ABCD",
                                       "ABCD-EFGH-JKM",
                                       "ABCD-EFGH-JKMN",
                                       "ABCD-EFGH-JKMNP",
                                       "ABCD-EFGH-JKM!",
                                       "UUUU-UUUU-UUUU",
                                       "ABCD-EFGH-JKM\xc3\xa9",
                                       "                "};

START_TEST(what_is_no_code_pairs_nothing)
{
    char code[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    kiosk("Canteen kiosk", NULL, code);
    ck_assert_int_eq(pair(no_codes[_i], &paired), FF_DEVICE_UNKNOWN);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM device_token"), 0);
}
END_TEST

START_TEST(the_database_holds_neither_code_nor_cookie)
{
    char code[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    kiosk("Canteen kiosk", NULL, code);
    ck_assert_int_eq(pair(code, &paired), FF_OK);
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM device WHERE length(pair_hash) = 32"), 1);
    const char *sql = ff_arena_printf(
        fx.arena, "SELECT COUNT(*) FROM device_token WHERE CAST(token_hash AS TEXT) = '%s'",
        paired.token);
    ck_assert_int_eq(ff_test_number(&fx, sql), 0);
}
END_TEST

START_TEST(a_new_code_replaces_the_old_one_and_leaves_paired_browsers)
{
    char code[FF_PAIR_CODE_CAP], cookie[FF_SECRET_CAP];
    struct ff_paired paired;
    struct ff_pair_code fresh;
    const int64_t id = kiosk("Canteen kiosk", NULL, code);
    ck_assert_int_eq(pair(code, &paired), FF_OK);
    memcpy(cookie, paired.token, sizeof cookie);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_device_new_code(&fx.cx, id, NULL, &fresh), FF_OK);
    ck_assert_str_eq(fresh.name, "Canteen kiosk");
    ck_assert_int_eq(fresh.code_expires_at, FF_TEST_NOW + 10 * MINUTE_MS);
    ck_assert_str_ne(fresh.code, code);
    memcpy(code, fresh.code, sizeof code);
    ck_assert_int_eq(device_of(cookie), id);
    ck_assert_int_eq(pair(code, &paired), FF_OK);
    ck_assert_int_eq(device_of(paired.token), id);
}
END_TEST

START_TEST(a_code_that_was_replaced_is_worth_nothing)
{
    char code[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    struct ff_pair_code fresh;
    const int64_t id = kiosk("Canteen kiosk", NULL, code);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_device_new_code(&fx.cx, id, NULL, &fresh), FF_OK);
    ck_assert_int_eq(pair(code, &paired), FF_DEVICE_UNKNOWN);
}
END_TEST

START_TEST(a_kiosk_that_is_not_there_gets_no_code)
{
    struct ff_pair_code code;
    ck_assert_int_eq(ff_device_new_code(&fx.cx, 999, NULL, &code), FF_NOT_FOUND);
}
END_TEST

START_TEST(a_name_is_given_once)
{
    char code[FF_PAIR_CODE_CAP];
    struct ff_pair_code out;
    kiosk("Canteen kiosk", NULL, code);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_device_create(&fx.cx, "Canteen kiosk", NULL, &out), FF_ALREADY_EXISTS);
    ck_assert_uint_eq(fx.cx.err.n_params, 1);
    ck_assert_str_eq(fx.cx.err.params[0].text, "name");
}
END_TEST

START_TEST(the_list_says_who_is_paired_and_when_they_were_seen)
{
    char code[FF_PAIR_CODE_CAP], other[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    struct ff_list list;
    int64_t total;
    kiosk("North", NULL, code);
    kiosk("East", NULL, other);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 5000);
    ck_assert_int_eq(pair(code, &paired), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_device_list(&fx.cx, 1, 10, &list, &total), FF_OK);
    const struct ff_device *devices = list.items;
    ck_assert_int_eq(total, 2);
    ck_assert_uint_eq(list.n, 2);
    ck_assert_str_eq(devices[0].name, "East");
    ck_assert_int_eq(devices[0].paired, 0);
    ck_assert(devices[0].last_seen_at == FF_NULL_INT);
    ck_assert_str_eq(devices[1].name, "North");
    ck_assert_int_eq(devices[1].paired, 1);
    ck_assert_int_eq(devices[1].created_at, FF_TEST_NOW);
    ck_assert_int_eq(devices[1].last_seen_at, FF_TEST_NOW + 5000);
}
END_TEST

START_TEST(being_seen_is_noted_once_a_minute)
{
    static const char seen[] = "SELECT last_seen_at_ms FROM device";
    char code[FF_PAIR_CODE_CAP];
    struct ff_paired paired;
    kiosk("Canteen kiosk", NULL, code);
    ck_assert_int_eq(pair(code, &paired), FF_OK);
    const char *cookie = ff_test_keep(paired.token);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + MINUTE_MS - 1);
    ck_assert_int_eq(device_of(cookie), 1);
    ck_assert_int_eq(ff_test_number(&fx, seen), FF_TEST_NOW);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + MINUTE_MS);
    ck_assert_int_eq(device_of(cookie), 1);
    ck_assert_int_eq(ff_test_number(&fx, seen), FF_TEST_NOW + MINUTE_MS);
}
END_TEST

enum { TWINS = 8 };

struct twin {
    pthread_t thread;
    const char *code;
    enum ff_rc rc;
};

static void *pair_beside(void *arg)
{
    struct twin *twin = arg;
    struct ff_paired paired;
    struct ff_ctx cx;
    ff_test_caller(&fx, &cx);
    twin->rc = ff_device_pair(&cx, twin->code, &paired);
    ff_test_no_caller(&cx);
    return NULL;
}

START_TEST(of_many_browsers_with_one_code_one_is_paired)
{
    char code[FF_PAIR_CODE_CAP];
    struct twin twins[TWINS];
    int won = 0;
    kiosk("Canteen kiosk", NULL, code);
    for (int i = 0; i < TWINS; i++) {
        twins[i].code = code;
        ck_assert_int_eq(pthread_create(&twins[i].thread, NULL, pair_beside, &twins[i]), 0);
    }
    for (int i = 0; i < TWINS; i++) {
        pthread_join(twins[i].thread, NULL);
        ck_assert(twins[i].rc == FF_OK || twins[i].rc == FF_DEVICE_UNKNOWN);
        won += twins[i].rc == FF_OK;
    }
    ck_assert_int_eq(won, 1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM device_token"), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity_device");
    TCase *cases = tcase_create("device");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_code_is_twelve_plain_characters_in_three_groups);
    tcase_add_test(cases, codes_use_all_characters_and_are_never_alike);
    tcase_add_test(cases, a_code_pairs_once);
    tcase_add_test(cases, a_code_is_good_for_ten_minutes);
    tcase_add_test(cases, a_rule_may_allow_more_uses_and_more_time);
    tcase_add_loop_test(cases, a_code_is_read_as_people_type_it, 0, sizeof typed / sizeof *typed);
    tcase_add_loop_test(cases, what_is_no_code_pairs_nothing, 0,
                        sizeof no_codes / sizeof *no_codes);
    tcase_add_test(cases, the_database_holds_neither_code_nor_cookie);
    tcase_add_test(cases, a_new_code_replaces_the_old_one_and_leaves_paired_browsers);
    tcase_add_test(cases, a_code_that_was_replaced_is_worth_nothing);
    tcase_add_test(cases, a_kiosk_that_is_not_there_gets_no_code);
    tcase_add_test(cases, a_name_is_given_once);
    tcase_add_test(cases, the_list_says_who_is_paired_and_when_they_were_seen);
    tcase_add_test(cases, being_seen_is_noted_once_a_minute);
    tcase_add_test(cases, of_many_browsers_with_one_code_one_is_paired);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

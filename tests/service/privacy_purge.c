/* SPDX-License-Identifier: MIT */
/* privacy_purge.c - what is past its time goes, in small transactions; a clock that jumped makes
 * nothing old until it has run evenly for a day. */
#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/privacy/privacy.h"
#include "domain/privacy/tables.h"

static struct ff_fixture fx;
static struct ff_purge_watch watch;
static struct ff_purge_report report;

enum { SECOND = 1000, HOUR = 3600 * SECOND };
#define DAY (24 * (int64_t)HOUR)

static void setup(void)
{
    ff_fixture_open(&fx);
    watch = (struct ff_purge_watch){0};
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static void pass(void)
{
    ff_fixture_again(&fx);
    ck_assert_msg(ff_privacy_purge(&fx.cx, &watch, &report) == FF_OK, "%s", fx.cx.err.detail);
}

/* Hour by hour, so that the clock does not jump. */
static void live(int64_t days)
{
    for (int64_t hour = 0; hour < 24 * days; hour += 12) {
        ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + 12 * (int64_t)HOUR));
        pass();
    }
}

static int64_t rows(const char *table)
{
    char text[80];
    snprintf(text, sizeof text, "SELECT COUNT(*) FROM %s", table);
    return ff_test_number(&fx, text);
}

static void plant(void)
{
    char text[1200];
    ff_test_change(&fx, "INSERT INTO user_account (id, email, name, role, password_hash, "
                        "created_at_ms) VALUES (1, 'a@example.com', 'A', 'employee', '!', 1)");
    snprintf(
        text, sizeof text,
        "INSERT INTO session (user_id, token_hash, created_at_ms, used_at_ms, expires_at_ms) "
        "VALUES (1, randomblob(32), 1, 1, %lld), (1, randomblob(32), 1, 1, %lld);"
        "INSERT INTO one_time_code (code_hash, purpose, user_id, created_at_ms, expires_at_ms) "
        "VALUES (randomblob(32), 'reset', 1, 1, %lld);"
        "INSERT INTO mail_outbox (kind, address, state, due_at_ms, created_at_ms) VALUES "
        "('reset', 'a@example.com', 'failed', 1, %lld), ('reset', 'a@example.com', 'waiting', 1, "
        "%lld);"
        "INSERT INTO attempt (key_hash, failed_at, touched_at_ms) VALUES (randomblob(32), "
        "zeroblob(240), %lld)",
        (long long)FF_TEST_NOW, (long long)(FF_TEST_NOW + 40 * DAY), (long long)FF_TEST_NOW,
        (long long)FF_TEST_NOW, (long long)FF_TEST_NOW, (long long)FF_TEST_NOW);
    ff_test_change(&fx, text);
}

START_TEST(each_class_goes_after_its_days_and_not_before)
{
    plant();
    pass();
    ck_assert_int_eq(report.rows, 0);
    live(1);
    ck_assert_int_eq(rows("attempt"), 1);
    live(1);
    ck_assert_int_eq(rows("attempt"), 0);
    ck_assert_int_eq(rows("one_time_code"), 1);
    live(6);
    ck_assert_int_eq(rows("one_time_code"), 0);
    ck_assert_int_eq(rows("mail_outbox"), 1); /* the one that waits */
    ck_assert_int_eq(rows("session"), 2);
    live(23);
    ck_assert_int_eq(rows("session"), 1);
}
END_TEST

START_TEST(many_rows_go_in_several_transactions)
{
    struct ff_db_stats before, after;
    ff_test_change(&fx, "INSERT INTO user_account (id, email, name, role, password_hash, "
                        "created_at_ms) VALUES (1, 'a@example.com', 'A', 'employee', '!', 1)");
    ff_test_change(&fx,
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                   "2500) INSERT INTO session (user_id, token_hash, created_at_ms, used_at_ms, "
                   "expires_at_ms) SELECT 1, randomblob(32), 1, 1, 1 FROM n");
    ff_db_get_stats(fx.db, &before);
    pass();
    ff_db_get_stats(fx.db, &after);
    ck_assert_int_eq(report.rows, 2500);
    ck_assert_int_eq(rows("session"), 0);
    ck_assert_int_ge(after.commits - before.commits, 3);
}
END_TEST

/* ---- the clock ---- */

struct jump {
    int64_t wall, mono; /* passed since the last look */
    int64_t distrust_before, distrust_after;
};

static const struct jump jumps[] = {
    {HOUR, HOUR, 0, 0},
    {HOUR - 5 * SECOND, HOUR, 0, 0},             /* corrected by a little */
    {HOUR - 5 * SECOND - 1, HOUR, 0, 24 * HOUR}, /* back */
    {25 * HOUR, HOUR, 0, 0},                     /* a day and no more */
    {25 * HOUR + 1, HOUR, 0, 24 * HOUR},         /* forward */
    {HOUR, HOUR, 24 * HOUR, 23 * HOUR},          /* it runs evenly */
    {HOUR, HOUR, HOUR, 0},
    {HOUR, HOUR, 30 * SECOND, 0},
    {-HOUR, HOUR, 5 * HOUR, 24 * HOUR}, /* again */
};

START_TEST(a_jump_counts_from_its_own_size)
{
    const struct jump *j = &jumps[_i];
    const struct ff_purge_watch seen = {.mono_ms = 1000, .wall_ms = FF_TEST_NOW, .has_seen = true};
    const struct ff_purge_state state = {.seen_at_ms = FF_TEST_NOW,
                                         .distrust_ms = j->distrust_before};
    ck_assert_int_eq(ff_purge_distrust(&seen, &state, FF_TEST_NOW + j->wall, 1000 + j->mono),
                     j->distrust_after);
}
END_TEST

START_TEST(after_a_start_the_last_process_is_what_is_known)
{
    const struct ff_purge_watch fresh = {0};
    struct ff_purge_state state = {.seen_at_ms = FF_TEST_NOW};
    ck_assert_int_eq(ff_purge_distrust(&fresh, &state, FF_TEST_NOW + 10 * HOUR, 7), 0);
    ck_assert_int_eq(ff_purge_distrust(&fresh, &state, FF_TEST_NOW + 3 * DAY, 7), DAY);
    ck_assert_int_eq(ff_purge_distrust(&fresh, &state, FF_TEST_NOW - HOUR, 7), DAY);
    state.distrust_ms = 5 * HOUR; /* a restart forgives nothing */
    ck_assert_int_eq(ff_purge_distrust(&fresh, &state, FF_TEST_NOW + HOUR, 7), 5 * HOUR);
    state = (struct ff_purge_state){0}; /* the first start of all */
    ck_assert_int_eq(ff_purge_distrust(&fresh, &state, FF_TEST_NOW, 7), 0);
}
END_TEST

START_TEST(nothing_is_purged_while_the_clock_is_not_trusted)
{
    char text[160];
    plant();
    pass();
    snprintf(text, sizeof text, "UPDATE housekeeping SET seen_at_ms = %lld",
             (long long)(FF_TEST_NOW - 40 * DAY));
    ff_test_change(&fx, text);
    watch = (struct ff_purge_watch){0}; /* another process, and the clock says 40 days later */
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 2 * DAY));
    pass();
    ck_assert(report.is_suspended);
    ck_assert_int_eq(rows("attempt"), 1);
    for (int hour = 0; hour < 23; hour++) {
        ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + HOUR));
        pass();
        ck_assert(report.is_suspended);
    }
    ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + HOUR));
    pass();
    ck_assert(!report.is_suspended);
    ck_assert_int_eq(rows("attempt"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("privacy_purge");
    TCase *cases = tcase_create("purge");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, each_class_goes_after_its_days_and_not_before);
    tcase_add_test(cases, many_rows_go_in_several_transactions);
    tcase_add_loop_test(cases, a_jump_counts_from_its_own_size, 0, FF_ROWS(jumps));
    tcase_add_test(cases, after_a_start_the_last_process_is_what_is_known);
    tcase_add_test(cases, nothing_is_purged_while_the_clock_is_not_trusted);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

/* SPDX-License-Identifier: MIT */
/* regressions.c - what went wrong in other tills, by name: never here.
 * A slow disk is a writer that is busy: whatever comes meanwhile waits and is decided together. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../lib/canteen.h"
#include "../lib/money.h"

enum { SLOW_MS = 150, PRESSES = 8 };
#define DAY INT64_C(86400000)

static struct ff_fixture fx;
static int64_t anna, soup;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 1000);
    soup = ff_fixture_product(&fx, "Soup", 350);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

/* ---- a slow disk ---- */

static pthread_t disk;
static struct ff_ctx disk_cx;
static pthread_barrier_t is_busy;

static enum ff_rc keep_busy(struct ff_ctx *cx, void *arg)
{
    const struct timespec time = {0, SLOW_MS * 1000000L};
    (void)cx;
    (void)arg;
    pthread_barrier_wait(&is_busy);
    nanosleep(&time, NULL);
    return FF_OK;
}

static void *hold(void *arg)
{
    (void)arg;
    ck_assert_int_eq(ff_db_write(&disk_cx, keep_busy, NULL), FF_OK);
    return NULL;
}

/* From here on nothing is decided for SLOW_MS. */
static void disk_slows_down(void)
{
    ff_test_caller(&fx, &disk_cx);
    pthread_barrier_init(&is_busy, NULL, 2);
    ck_assert_int_eq(pthread_create(&disk, NULL, hold, NULL), 0);
    pthread_barrier_wait(&is_busy);
}

static void disk_recovers(void)
{
    pthread_join(disk, NULL);
    pthread_barrier_destroy(&is_busy);
    ff_test_no_caller(&disk_cx);
}

/* ---- fingers ---- */

struct press {
    struct ff_ctx cx;
    pthread_t thread;
    int64_t purchase; /* to be undone; 0: buys */
    const char *key;
    char own[FF_IDEM_KEY_CAP];
    enum ff_rc rc;
    int64_t id, balance_after, replayed;
};
static struct press presses[PRESSES];

static void *press(void *arg)
{
    struct press *p = arg;
    struct ff_purchase bought = {0};
    struct ff_undo undone = {0};
    if (p->purchase) {
        p->rc = ff_test_undo(&p->cx, p->purchase, p->key, &undone);
        p->id = undone.id;
        p->balance_after = undone.balance_after;
        p->replayed = undone.replayed;
    } else {
        p->rc = ff_test_buy(&p->cx, anna, soup, 1, p->key, &bought);
        p->id = bought.id;
        p->balance_after = bought.balance_after;
        p->replayed = bought.replayed;
    }
    return NULL;
}

/* All at once; each with a key of its own when `key` is NULL. */
static void press_all(int64_t purchase, const char *key)
{
    disk_slows_down();
    for (int i = 0; i < PRESSES; i++) {
        struct press *p = &presses[i];
        p->purchase = purchase;
        snprintf(p->own, sizeof p->own, "press-with-own-key-%d", i);
        p->key = key ? key : p->own;
        ff_test_caller(&fx, &p->cx);
        ck_assert_int_eq(pthread_create(&p->thread, NULL, press, p), 0);
    }
    for (int i = 0; i < PRESSES; i++)
        pthread_join(presses[i].thread, NULL);
    for (int i = 0; i < PRESSES; i++)
        ff_test_no_caller(&presses[i].cx);
    disk_recovers();
}

static int64_t journals(void)
{
    return ff_test_number(&fx, "SELECT COUNT(*) FROM journal");
}

/* strichliste 1.x: an undo that is pressed again while the first one still writes gives the money
 * back twice, and the balance is wrong from then on. */
START_TEST(strichliste_undo_twice_on_a_slow_disk_gives_the_money_back_once)
{
    struct ff_purchase p = {0};
    int done = 0;
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    const int64_t before = journals();
    press_all(p.id, NULL);
    for (int i = 0; i < PRESSES; i++) {
        done += presses[i].rc == FF_OK;
        ck_assert(presses[i].rc == FF_OK || presses[i].rc == FF_ALREADY_UNDONE);
    }
    ck_assert_int_eq(done, 1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 1000);
    ck_assert_int_eq(journals(), before + 1);
    (void)ff_test_books(&fx);
}
END_TEST

/* The same undo sent again by an impatient kiosk: one key, one booking, the same answer for all. */
START_TEST(undo_sent_again_on_a_slow_disk_is_one_undo)
{
    struct ff_purchase p = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &p), FF_OK);
    press_all(p.id, "the-one-key-of-the-undo");
    for (int i = 0; i < PRESSES; i++) {
        ck_assert_int_eq(presses[i].rc, FF_OK);
        ck_assert_int_eq(presses[i].id, presses[0].id);
        ck_assert_int_eq(presses[i].balance_after, 1000);
    }
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 1000);
}
END_TEST

START_TEST(double_press_on_pay_books_once)
{
    int first = 0;
    const int64_t before = journals();
    press_all(0, "the-one-key-of-this-tray");
    for (int i = 0; i < PRESSES; i++) {
        ck_assert_int_eq(presses[i].rc, FF_OK);
        ck_assert_int_eq(presses[i].id, presses[0].id);
        ck_assert_int_eq(presses[i].balance_after, 650);
        first += presses[i].replayed == 0;
    }
    ck_assert_int_eq(first, 1);
    ck_assert_int_eq(journals(), before + 1);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 650);
}
END_TEST

/* The purchase was booked, the answer never came: the kiosk asks by its key, then sends again. */
START_TEST(lost_reply_is_found_by_its_key_and_never_charged_again)
{
    struct ff_purchase lost = {0}, found = {0}, again = {0};
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(1), &found), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &lost), FF_OK);
    const int64_t id = lost.id;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, ff_test_key(1), &found), FF_OK);
    ck_assert_int_eq(found.id, id);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &again), FF_OK);
    ck_assert_int_eq(again.id, id);
    ck_assert_int_eq(again.replayed, 1);
    ck_assert_int_eq(again.balance_after, 650);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 650);
}
END_TEST

/* It still waits for the slow disk when the kiosk asks: the question waits behind it. */
START_TEST(lost_reply_of_a_purchase_that_still_waits_is_seen)
{
    struct ff_purchase found = {0};
    struct ff_db_stats stats = {0};
    struct press *p = &presses[0];
    disk_slows_down();
    *p = (struct press){.key = "the-key-that-still-waits"};
    ff_test_caller(&fx, &p->cx);
    ck_assert_int_eq(pthread_create(&p->thread, NULL, press, p), 0);
    while (stats.queue_length == 0)
        ff_db_get_stats(fx.db, &stats);
    ck_assert_int_eq(ff_purchase_by_key(&fx.cx, p->key, &found), FF_OK);
    pthread_join(p->thread, NULL);
    ck_assert_int_eq(found.id, p->id);
    ff_test_no_caller(&p->cx);
    disk_recovers();
}
END_TEST

/* Sent again long after it was undone, by a kiosk that was off: told as it is, charged never. */
START_TEST(late_retry_of_an_undone_purchase_charges_nothing)
{
    struct ff_purchase first = {0}, again = {0};
    struct ff_undo u = {0};
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &first), FF_OK);
    const int64_t id = first.id;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(2), &u), FF_OK);
    for (int days = 0; days < 3; days++) {
        ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + (1 + 20 * days) * DAY));
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_test_buy(&fx.cx, anna, soup, 1, ff_test_key(1), &again), FF_OK);
        ck_assert_int_eq(again.id, id);
        ck_assert_int_eq(again.undone, 1);
        ck_assert_int_eq(ff_fixture_balance(&fx, anna), 1000);
    }
    ck_assert_int_eq(journals(), 3);
    (void)ff_test_books(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("regressions");
    TCase *t = tcase_create("by_name");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_add_test(t, strichliste_undo_twice_on_a_slow_disk_gives_the_money_back_once);
    tcase_add_test(t, undo_sent_again_on_a_slow_disk_is_one_undo);
    tcase_add_test(t, double_press_on_pay_books_once);
    tcase_add_test(t, lost_reply_is_found_by_its_key_and_never_charged_again);
    tcase_add_test(t, lost_reply_of_a_purchase_that_still_waits_is_seen);
    tcase_add_test(t, late_retry_of_an_undone_purchase_charges_nothing);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}

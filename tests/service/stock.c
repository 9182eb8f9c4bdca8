/* SPDX-License-Identifier: MIT */
/* stock.c - pieces: every level is the sum of its moves, goods may fall below 0 and portions never,
 * what is undone comes back, and 16 who want 5 portions get 5. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/purchase/refund.h"
#include "domain/stock/stock.h"

static struct ff_fixture fx;
static int64_t anna, soup, apple, next_key;

static void open_all(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 100000);
    soup = ff_fixture_product(&fx, "Soup", 300);
    apple = ff_fixture_product(&fx, "Apple", 100);
    next_key = 100;
}

static void close_all(void)
{
    struct ff_stock_finding found;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_verify(&fx.cx, &found), FF_OK);
    ck_assert(found.ok);
    (void)ff_test_books(&fx);
    ff_fixture_close(&fx);
}

static void track(int64_t product, const char *kind, int64_t low)
{
    const struct ff_stock_in in = {
        .set = 1u << FF_STOCK_KIND | 1u << FF_STOCK_LOW_WATER, .kind = kind, .low_water = low};
    struct ff_stock s;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_change(&fx.cx, product, &in, &s), FF_OK);
    ck_assert_int_eq(s.tracked, 1);
    ck_assert_int_eq(s.negative_ok, strcmp(kind, "shelf") == 0);
}

static enum ff_rc receive_by(int64_t product, int64_t n, const char *key)
{
    struct ff_stock_move m = {0};
    struct ff_idem idem;
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, key, "receiveStock", 0, product, &n, sizeof n, &idem);
    return ff_stock_receive(&fx.cx, product, n, FF_NULL_INT, NULL, &idem, &m);
}

static void receive(int64_t product, int64_t n)
{
    ck_assert_int_eq(receive_by(product, n, ff_test_key(next_key++)), FF_OK);
}

static enum ff_rc shrink(int64_t product, int64_t n)
{
    struct ff_stock_move m = {0};
    struct ff_idem idem;
    ff_fixture_again(&fx);
    ff_idem_make(&fx.cx, ff_test_key(next_key++), "shrinkStock", 0, product, &n, sizeof n, &idem);
    return ff_stock_shrink(&fx.cx, product, n, "fell down", &idem, &m);
}

static enum ff_rc buy(int64_t product, int64_t n, int64_t *id)
{
    struct ff_purchase p = {0};
    ff_fixture_again(&fx);
    enum ff_rc rc = ff_test_buy(&fx.cx, anna, product, n, ff_test_key(next_key++), &p);
    *id = p.id;
    return rc;
}

static void sell(int64_t product, int64_t n)
{
    int64_t id;
    ck_assert_int_eq(buy(product, n, &id), FF_OK);
}

static void undo(int64_t id)
{
    struct ff_undo u;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_test_undo(&fx.cx, id, ff_test_key(next_key++), &u), FF_OK);
}

static struct ff_stock stock(int64_t product)
{
    struct ff_stock s = {0};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_get(&fx.cx, product, &s), FF_OK);
    return s;
}

static void check_level(int64_t product, int64_t level, const char *availability)
{
    const struct ff_stock s = stock(product);
    ck_assert_int_eq(s.quantity, level);
    ck_assert_str_eq(s.availability, availability);
    ck_assert_int_eq(s.low, level <= s.low_water);
}

static enum ff_rc limit(int64_t product, const char *date, int64_t n)
{
    struct ff_portions p;
    ff_fixture_again(&fx);
    return ff_portions_set(&fx.cx, product, date, n, &p);
}

/* What kiosks are told is left today; -1: no limit. */
static int64_t left_of(int64_t product)
{
    struct ff_portions_today today;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_portions_list(&fx.cx, &today), FF_OK);
    const struct ff_portions *p = today.portions.items;
    for (size_t i = 0; i < today.portions.n; i++) {
        if (p[i].product_id == product)
            return p[i].left;
    }
    return -1;
}

/* ---- levels ---- */

START_TEST(what_nobody_counts_is_sold_without_a_move)
{
    sell(apple, 99);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM stock_move"), 0);
}
END_TEST

START_TEST(a_level_follows_what_happens_to_it)
{
    struct ff_stock_move m = {0};
    track(apple, "shelf", 5);
    check_level(apple, 0, "out");
    receive(apple, 20);
    check_level(apple, 20, "ok");
    sell(apple, 14);
    check_level(apple, 6, "ok");
    sell(apple, 1);
    check_level(apple, 5, "low");
    ck_assert_int_eq(shrink(apple, 2), FF_OK);
    check_level(apple, 3, "low");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_count(&fx.cx, apple, 12, "counted", &m), FF_OK);
    ck_assert_int_eq(m.delta, 9);
    ck_assert_int_eq(m.level_after, 12);
    check_level(apple, 12, "ok");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_count(&fx.cx, apple, 12, NULL, &m), FF_OK);
    ck_assert_int_eq(m.delta, 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action LIKE 'stock.%'"),
                     5);
}
END_TEST

START_TEST(a_double_press_receives_once)
{
    track(apple, "shelf", 0);
    ck_assert_int_eq(receive_by(apple, 20, "the-one-delivery-1"), FF_OK);
    ck_assert_int_eq(receive_by(apple, 20, "the-one-delivery-1"), FF_OK);
    check_level(apple, 20, "ok");
    ck_assert_int_eq(receive_by(apple, 21, "the-one-delivery-1"), FF_KEY_REUSED);
    check_level(apple, 20, "ok");
}
END_TEST

START_TEST(goods_may_fall_below_nothing_and_say_so_once)
{
    struct ff_list moves;
    int64_t total;
    track(apple, "shelf", 0);
    receive(apple, 2);
    sell(apple, 3);
    sell(apple, 1);
    check_level(apple, -2, "out");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_list_moves(&fx.cx, apple, 1, 10, &moves, &total), FF_OK);
    ck_assert_int_eq(total, 3);
    const struct ff_stock_move *m = moves.items;
    ck_assert_int_eq(m[0].is_short && m[1].is_short && !m[2].is_short, 1);
    ck_assert_int_eq(m[0].level_after, -2);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'stock.short'"),
                     1);
}
END_TEST

START_TEST(portions_never_fall_below_nothing)
{
    int64_t id;
    track(soup, "portion", 0);
    receive(soup, 3);
    sell(soup, 2);
    ck_assert_int_eq(buy(soup, 2, &id), FF_OUT_OF_STOCK);
    ck_assert_int_eq(ff_test_param(&fx.cx, "left"), 1);
    ck_assert_int_eq(ff_test_param(&fx.cx, "productId"), soup);
    ck_assert_str_eq(ff_test_said(&fx.cx, "product"), "Soup");
    check_level(soup, 1, "ok");
    ck_assert_int_eq(shrink(soup, 2), FF_OUT_OF_STOCK);
    sell(soup, 1);
    check_level(soup, 0, "out");
    ck_assert_int_eq(buy(soup, 1, &id), FF_OUT_OF_STOCK);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 100000 - 900);
}
END_TEST

START_TEST(a_level_below_nothing_must_be_counted_before_it_is_strict)
{
    const struct ff_stock_in strict = {.set = 1u << FF_STOCK_NEGATIVE_OK, .negative_ok = 0};
    struct ff_stock_move m;
    struct ff_stock s;
    int64_t id;
    track(apple, "shelf", 0);
    sell(apple, 1);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_change(&fx.cx, apple, &strict, &s), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/negativeOk", "VALUE");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_count(&fx.cx, apple, 1, NULL, &m), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_change(&fx.cx, apple, &strict, &s), FF_OK);
    ck_assert_int_eq(buy(apple, 2, &id), FF_OUT_OF_STOCK);
}
END_TEST

START_TEST(a_product_that_is_no_longer_counted_is_sold_freely)
{
    const struct ff_stock_in off = {.set = 1u << FF_STOCK_TRACKED, .tracked = 0};
    struct ff_stock s;
    track(soup, "portion", 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_change(&fx.cx, soup, &off, &s), FF_OK);
    ck_assert_str_eq(s.availability, "ok");
    sell(soup, 5);
    ck_assert_int_eq(stock(soup).quantity, 0);
    ck_assert_int_eq(receive_by(soup, 1, ff_test_key(1)), FF_NOT_FOUND);
    ck_assert_int_eq(receive_by(apple, 1, ff_test_key(2)), FF_NOT_FOUND);
}
END_TEST

/* ---- a stocktaking ---- */

static enum ff_rc import(const char *text, struct ff_import_result *out)
{
    const struct ff_import_file file = {.text = text, .n = strlen(text)};
    ff_fixture_again(&fx);
    return ff_stock_import(&fx.cx, &file, out);
}

START_TEST(a_stocktaking_counts_what_is_in_the_file)
{
    struct ff_import_result result = {0};
    track(apple, "shelf", 2);
    sell(apple, 3);
    ck_assert_int_eq(
        import("product,kind,quantity,lowWater\nApple,portion,12,\nSoup,,7,9\n", &result), FF_OK);
    ck_assert_int_eq(result.created, 2);
    check_level(apple, 12, "ok");
    check_level(soup, 7, "low");
    ck_assert_str_eq(stock(apple).kind, "portion");
    ck_assert_int_eq(stock(apple).low_water, 2);
    ck_assert_str_eq(stock(soup).kind, "shelf");
}
END_TEST

START_TEST(a_stocktaking_with_bad_rows_changes_nothing)
{
    struct ff_import_result result = {0};
    track(apple, "shelf", 2);
    sell(apple, 3);
    ck_assert_int_eq(
        import("product,kind,quantity\nSoup,,7\nCaviar,,1\nApple,portion,\nSoup,,8\n", &result),
        FF_IMPORT_ROWS);
    ck_assert_uint_eq(fx.cx.err.n_fields, 3);
    ff_test_field(&fx.cx, 0, "/line/3/product", "VALUE");
    ff_test_field(&fx.cx, 1, "/line/4/kind", "VALUE");
    check_level(apple, -3, "out");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM stock_level"), 1);
}
END_TEST

/* ---- back ---- */

START_TEST(an_undo_puts_back_what_was_taken)
{
    int64_t id;
    track(apple, "shelf", 3);
    receive(apple, 4);
    ck_assert_int_eq(buy(apple, 4, &id), FF_OK);
    check_level(apple, 0, "out");
    undo(id);
    check_level(apple, 4, "ok");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM stock_move WHERE kind = 'undo'"), 1);
}
END_TEST

START_TEST(what_was_not_taken_is_not_put_back)
{
    int64_t id;
    ck_assert_int_eq(buy(apple, 4, &id), FF_OK);
    track(apple, "shelf", 0);
    undo(id);
    check_level(apple, 0, "out");
}
END_TEST

static void refund(int64_t id, int64_t pieces, int64_t restock, struct ff_refund *r)
{
    const char *key = ff_test_key(next_key++);
    struct ff_refund_piece piece = {1, pieces};
    const struct ff_refund_new in = {.lines = {&piece, 1}, .reason = "spoilt", .restock = restock};
    for (int i = 0; i < 2; i++) { /* the second is the first, told again */
        struct ff_idem idem;
        ff_fixture_again(&fx);
        ff_idem_make(&fx.cx, key, "createRefund", 0, id, &piece, sizeof piece, &idem);
        ck_assert_int_eq(ff_purchase_refund(&fx.cx, id, &in, &idem, r), FF_OK);
        ck_assert_int_eq(r->replayed, i);
        ck_assert_int_eq(r->restocked, restock == 1 ? pieces : 0);
    }
}

START_TEST(a_refund_restocks_when_it_is_asked_to)
{
    struct ff_refund r = {0};
    int64_t id;
    track(apple, "shelf", 0);
    receive(apple, 10);
    ck_assert_int_eq(buy(apple, 4, &id), FF_OK);
    refund(id, 1, FF_NULL_INT, &r);
    check_level(apple, 6, "ok");
    refund(id, 1, 0, &r);
    check_level(apple, 6, "ok");
    refund(id, 2, 1, &r);
    check_level(apple, 8, "ok");
}
END_TEST

/* ---- portions of a day ---- */

START_TEST(portions_are_of_their_day)
{
    int64_t id;
    ck_assert_int_eq(left_of(soup), -1);
    ck_assert_int_eq(limit(soup, "2026-03-02", 3), FF_OK);
    ck_assert_int_eq(limit(soup, "2026-03-03", 50), FF_OK);
    ck_assert_int_eq(left_of(soup), 3);
    sell(soup, 2);
    ck_assert_int_eq(left_of(soup), 1);
    ck_assert_int_eq(buy(soup, 2, &id), FF_OUT_OF_STOCK);
    ck_assert_int_eq(ff_test_param(&fx.cx, "left"), 1);
    ck_assert_int_eq(buy(soup, 1, &id), FF_OK);
    ck_assert_int_eq(left_of(soup), 0);
    undo(id);
    ck_assert_int_eq(left_of(soup), 1);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 86400000);
    ck_assert_int_eq(left_of(soup), 50);
    sell(soup, 2);
    ck_assert_int_eq(left_of(soup), 48);
    ck_assert_int_eq(limit(soup, "2026-03-02", 9), FF_VALIDATION);
    ck_assert_int_eq(limit(4711, "2026-03-09", 9), FF_NOT_FOUND);
}
END_TEST

START_TEST(what_was_sold_before_the_limit_is_counted_in)
{
    int64_t undone, kept;
    ck_assert_int_eq(buy(soup, 4, &undone), FF_OK);
    ck_assert_int_eq(buy(soup, 5, &kept), FF_OK);
    undo(undone);
    ck_assert_int_eq(limit(soup, "2026-03-02", 4), FF_VALIDATION);
    ck_assert_int_eq(limit(soup, "2026-03-02", 6), FF_OK);
    ck_assert_int_eq(left_of(soup), 1);
    undo(kept);
    ck_assert_int_eq(left_of(soup), 6);
    sell(soup, 6);
    ck_assert_int_eq(limit(soup, "2026-03-02", FF_NULL_INT), FF_OK);
    ck_assert_int_eq(left_of(soup), -1);
    sell(soup, 3);
    ck_assert_int_eq(limit(soup, "2026-03-02", 8), FF_VALIDATION);
    ck_assert_int_eq(limit(soup, "2026-03-02", 10), FF_OK);
    ck_assert_int_eq(left_of(soup), 1);
}
END_TEST

/* ---- many at once ---- */

enum { BUYERS = 16, PORTIONS = 5 };

struct buyer {
    struct ff_ctx cx;
    pthread_t thread;
    int n;
    enum ff_rc rc;
};
static struct buyer buyers[BUYERS];
static pthread_barrier_t gate;

static void *want_one(void *arg)
{
    struct buyer *b = arg;
    struct ff_purchase p = {0};
    pthread_barrier_wait(&gate);
    b->rc = ff_test_buy(&b->cx, anna, soup, 1, ff_test_key(b->n), &p);
    return NULL;
}

static void rush(void)
{
    int sold = 0, refused = 0;
    pthread_barrier_init(&gate, NULL, BUYERS);
    for (int i = 0; i < BUYERS; i++) {
        buyers[i].n = i;
        ff_test_caller(&fx, &buyers[i].cx);
        ck_assert_int_eq(pthread_create(&buyers[i].thread, NULL, want_one, &buyers[i]), 0);
    }
    for (int i = 0; i < BUYERS; i++) {
        pthread_join(buyers[i].thread, NULL);
        sold += buyers[i].rc == FF_OK;
        refused += buyers[i].rc == FF_OUT_OF_STOCK;
        ff_test_no_caller(&buyers[i].cx);
    }
    pthread_barrier_destroy(&gate);
    ck_assert_int_eq(sold, PORTIONS);
    ck_assert_int_eq(refused, BUYERS - PORTIONS);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 100000 - 300 * PORTIONS);
}

START_TEST(sixteen_want_five_portions_of_the_day_and_five_get_one)
{
    ck_assert_int_eq(limit(soup, "2026-03-02", PORTIONS), FF_OK);
    rush();
    ck_assert_int_eq(left_of(soup), 0);
}
END_TEST

START_TEST(sixteen_want_five_portions_of_the_kitchen_and_five_get_one)
{
    track(soup, "portion", 0);
    receive(soup, PORTIONS);
    rush();
    check_level(soup, 0, "out");
}
END_TEST

/* ---- what the database itself refuses ---- */

START_TEST(no_level_moves_without_a_move)
{
    track(apple, "shelf", 0);
    receive(apple, 10);
    ck_assert_int_eq(limit(soup, "2026-03-02", 5), FF_OK);
    ck_assert(!ff_test_try(&fx, "UPDATE stock_level SET quantity = 11"));
    ck_assert(!ff_test_try(&fx, "UPDATE portion_day SET remaining = 6"));
    ck_assert(!ff_test_try(&fx, "DELETE FROM stock_level"));
    ck_assert(!ff_test_try(&fx, "DELETE FROM stock_move"));
    ck_assert(!ff_test_try(&fx, "UPDATE stock_move SET delta = 1"));
    ck_assert(!ff_test_try(&fx,
                           "INSERT INTO stock_move (product_id, kind, delta, level_after, at_ms) "
                           "VALUES (2, 'count', 1, 12, 0)"));
    ck_assert(ff_test_try(&fx,
                          "INSERT INTO stock_move (product_id, kind, delta, level_after, at_ms) "
                          "VALUES (2, 'count', 1, 11, 0)"));
}
END_TEST

START_TEST(a_level_that_was_changed_behind_our_back_is_found)
{
    struct ff_stock_finding found;
    track(apple, "shelf", 0);
    receive(apple, 10);
    ff_test_unguard(&fx, "UPDATE stock_level SET quantity = 9");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_verify(&fx.cx, &found), FF_OK);
    ck_assert(!found.ok);
    ck_assert_int_eq(found.product_id, apple);
    ck_assert_int_eq(found.expected, 10);
    ck_assert_int_eq(found.found, 9);
    ff_test_unguard(&fx, "UPDATE stock_level SET quantity = 10");
}
END_TEST

START_TEST(a_sale_that_was_never_booked_is_found)
{
    struct ff_stock_finding found;
    track(apple, "shelf", 0);
    sell(apple, 2);
    ff_test_unguard(&fx, "UPDATE stock_move SET journal_id = 1");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_stock_verify(&fx.cx, &found), FF_OK);
    ck_assert(!found.ok);
    ck_assert_int_eq(found.found, -2);
    ck_assert_int_eq(found.expected, 0);
    ff_test_unguard(&fx, "UPDATE stock_move SET journal_id = 2");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock");
    TCase *t = tcase_create("stock");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, what_nobody_counts_is_sold_without_a_move);
    tcase_add_test(t, a_level_follows_what_happens_to_it);
    tcase_add_test(t, a_double_press_receives_once);
    tcase_add_test(t, goods_may_fall_below_nothing_and_say_so_once);
    tcase_add_test(t, portions_never_fall_below_nothing);
    tcase_add_test(t, a_level_below_nothing_must_be_counted_before_it_is_strict);
    tcase_add_test(t, a_product_that_is_no_longer_counted_is_sold_freely);
    tcase_add_test(t, a_stocktaking_counts_what_is_in_the_file);
    tcase_add_test(t, a_stocktaking_with_bad_rows_changes_nothing);
    tcase_add_test(t, a_sale_that_was_never_booked_is_found);
    tcase_add_test(t, an_undo_puts_back_what_was_taken);
    tcase_add_test(t, what_was_not_taken_is_not_put_back);
    tcase_add_test(t, a_refund_restocks_when_it_is_asked_to);
    tcase_add_test(t, portions_are_of_their_day);
    tcase_add_test(t, what_was_sold_before_the_limit_is_counted_in);
    tcase_add_test(t, sixteen_want_five_portions_of_the_day_and_five_get_one);
    tcase_add_test(t, sixteen_want_five_portions_of_the_kitchen_and_five_get_one);
    tcase_add_test(t, no_level_moves_without_a_move);
    tcase_add_test(t, a_level_that_was_changed_behind_our_back_is_found);
    suite_add_tcase(suite, t);
    return ff_test_run(suite);
}

/* SPDX-License-Identifier: MIT */
/* cache_lunch.c - the cache of replies under a crowd: a lunch of kiosks and phones, many who ask
 * the same at once, and a start at which the first visitor finds the catalogue made. */
#include <pthread.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "cache/lru.h"
#include "domain/people/badge.h"
#include "http/warm.h"

enum { PRODUCTS = 60 };

static struct ff_fixture fx;
static int64_t products[PRODUCTS];
static const char *admin, *phone, *kiosk, *visit;

static void setup(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(4 << 20);
    for (int i = 0; i < PRODUCTS; i++) {
        products[i] = ff_fixture_product(
            &fx, ff_arena_printf(fx.arena, "%c dish %d", 'A' + i % 26, i), 100 + i);
    }
    int64_t anna = ff_fixture_person(&fx, "E1", "Anna", 100000000);
    (void)ff_test_user(&fx, "admin@x.example", "admin", 0);
    (void)ff_test_user(&fx, "anna@x.example", "employee", anna);
    admin = ff_test_sign_in(&fx, "admin@x.example").access;
    phone = ff_test_sign_in(&fx, "anna@x.example").access;
    kiosk = ff_test_kiosk(&fx, "Kiosk 1");
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    visit = ff_test_visit(&fx, kiosk, "FF-0001");
}

static void teardown(void)
{
    ff_lru_free(fx.cache);
    ff_fixture_close(&fx);
}

/* Who reads: a kiosk, a person at it, a phone. */
static struct ff_answer read_as(int reader, const char *target)
{
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "GET",
                                                        .target = target,
                                                        .device = reader < 2 ? kiosk : NULL,
                                                        .bearer = reader == 0   ? NULL
                                                                  : reader == 1 ? visit
                                                                                : phone});
    ck_assert_msg(a.status == 200, "reader %d: %s", reader, a.body);
    return a;
}

static bool is_hit(struct ff_answer a)
{
    const char *header = ff_answer_header(&fx, &a, "X-Cache");
    ck_assert_ptr_nonnull(header);
    return !strcmp(header, "HIT");
}

static void buy(int n)
{
    struct ff_answer a = ff_call(
        &fx, &(struct ff_call){.method = "POST",
                               .target = "/api/v1/purchases",
                               .bearer = phone,
                               .key = ff_arena_printf(fx.arena, "lunch-purchase-%06d", n),
                               .body = ff_arena_printf(
                                   fx.arena, "{\"items\":[{\"productId\":%lld,\"quantity\":1}]}",
                                   (long long)products[n % PRODUCTS])});
    ck_assert_msg(a.status == 201, "%s", a.body);
}

static void change_price(int n)
{
    const char *target =
        ff_arena_printf(fx.arena, "/api/v1/products/%lld", (long long)products[n % PRODUCTS]);
    struct ff_answer is =
        ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .bearer = admin});
    struct ff_answer a = ff_call(
        &fx, &(struct ff_call){.method = "PATCH",
                               .target = target,
                               .bearer = admin,
                               .if_match = ff_answer_header(&fx, &is, "ETag"),
                               .body = ff_arena_printf(fx.arena, "{\"price\":%d}", 200 + n)});
    ck_assert_msg(a.status == 200, "%s", a.body);
}

/* The product is counted from now on; a sale then writes its stock. */
static void count_pieces(int64_t product)
{
    const char *target = ff_arena_printf(fx.arena, "/api/v1/stock/%lld", (long long)product);
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "PATCH",
                                                        .target = target,
                                                        .bearer = admin,
                                                        .body = "{\"kind\":\"shelf\"}"});
    ck_assert_msg(a.status == 200, "%s", a.body);
    a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                       .target = ff_arena_printf(fx.arena, "%s/receive", target),
                                       .bearer = admin,
                                       .key = "lunch-pieces-came-in",
                                       .body = "{\"quantity\":1000,\"unitCost\":55}"});
    ck_assert_msg(a.status == 201, "%s", a.body);
}

/* What somebody looks at: mostly the catalogue, as the pages of the program do; lists and single
 * products as programs of others do. */
static struct ff_answer look(unsigned chance)
{
    static const char *const lists[] = {"/api/v1/categories", "/api/v1/products?limit=10&page=1",
                                        "/api/v1/products?page=2", "/api/v1/products?sort=-price",
                                        "/api/v1/products?q=dish&limit=20"};
    unsigned kind = chance % 10, more = chance / 10;
    if (kind < 5)
        return read_as((int)(more % 3), "/api/v1/kiosk/catalogue");
    if (kind < 9)
        return read_as((int)(more / 3 % 3), lists[more % 5]);
    return read_as(
        2, ff_arena_printf(fx.arena, "/api/v1/products/%lld", (long long)products[more % 20]));
}

START_TEST(nine_reads_of_ten_are_answered_from_memory_at_lunch)
{
    enum { READS = 2000, READS_A_SALE = 7, READS_A_PRICE = 500 };
    unsigned chance = 20261126;
    int hits = 0;
    count_pieces(products[0]);
    for (int i = 0; i < READS; i++) {
        chance = chance * 1103515245U + 12345U;
        hits += is_hit(look(chance >> 8));
        if (i % READS_A_SALE == 0)
            buy(i);
        if (i % READS_A_PRICE == READS_A_PRICE - 1)
            change_price(i);
        ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + 100);
        ff_fixture_again(&fx);
    }
    ck_assert_msg(hits > READS * 9 / 10, "%d of %d were hits", hits, READS);
}
END_TEST

START_TEST(a_sale_leaves_what_is_kept)
{
    static const char *const targets[] = {"/api/v1/kiosk/catalogue", "/api/v1/categories",
                                          "/api/v1/products", "/api/v1/windows"};
    count_pieces(products[0]);
    for (int i = 0; i < 4; i++)
        (void)read_as(2, targets[i]);
    for (int n = 0; n < 3; n++)
        buy(n);
    for (int i = 0; i < 4; i++)
        ck_assert_msg(is_hit(read_as(2, targets[i])), "%s", targets[i]);
}
END_TEST

START_TEST(every_cacheable_row_that_gives_json_is_kept)
{
    const char *const targets[] = {
        "/api/v1/kiosk/catalogue",
        "/api/v1/categories",
        "/api/v1/categories/1",
        "/api/v1/products",
        "/api/v1/windows",
        ff_arena_printf(fx.arena, "/api/v1/products/%lld", (long long)products[0]),
        ff_arena_printf(fx.arena, "/api/v1/products/%lld/barcodes", (long long)products[0]),
        "/api/v1/products/by-barcode/4006381333931"};
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                                        .target = targets[6],
                                                        .bearer = admin,
                                                        .body = "{\"code\":\"4006381333931\"}"});
    ck_assert_msg(a.status == 201, "%s", a.body);
    for (int i = 0; i < 8; i++) {
        ck_assert_msg(!is_hit(read_as(2, targets[i])), "%s", targets[i]);
        ck_assert_msg(is_hit(read_as(2, targets[i])), "%s", targets[i]);
    }
}
END_TEST

/* ---- many at once ---- */

enum { CROWD = 64 };

struct visitor {
    pthread_barrier_t *start;
    struct ff_fixture fx; /* the same canteen with memory of its own */
    const char *target;
    int status;
    unsigned statements;
};

static void *come(void *arg)
{
    struct visitor *v = arg;
    pthread_barrier_wait(v->start);
    struct ff_answer a =
        ff_call(&v->fx, &(struct ff_call){.method = "GET", .target = v->target, .bearer = phone});
    v->status = a.status;
    v->statements = a.statements;
    return NULL;
}

/* How many of them were answered by more than the look at who asks. */
static int crowd(const char *target, int status)
{
    static struct visitor visitors[CROWD];
    pthread_barrier_t start;
    pthread_t threads[CROWD];
    int makers = 0;
    pthread_barrier_init(&start, NULL, CROWD);
    for (int i = 0; i < CROWD; i++) {
        visitors[i] = (struct visitor){.start = &start, .fx = fx, .target = target};
        visitors[i].fx.arena = ff_arena_new(0);
        ck_assert_int_eq(pthread_create(&threads[i], NULL, come, &visitors[i]), 0);
    }
    for (int i = 0; i < CROWD; i++) {
        pthread_join(threads[i], NULL);
        ff_arena_free(visitors[i].fx.arena);
        ck_assert_int_eq(visitors[i].status, status);
        makers += visitors[i].statements > 1;
    }
    pthread_barrier_destroy(&start);
    return makers;
}

START_TEST(sixty_four_who_ask_the_same_at_once_are_one_query)
{
    ck_assert_int_eq(crowd("/api/v1/products?limit=50", 200), 1);
    struct ff_lru_stats stats = ff_lru_get_stats(fx.cache);
    ck_assert_uint_eq(stats.misses, 1);
    ck_assert_uint_eq(stats.hits, CROWD - 1);
    change_price(3);
    ck_assert_int_eq(crowd("/api/v1/products?limit=50", 200), 1);
}
END_TEST

START_TEST(what_is_not_there_is_said_to_each_of_them)
{
    ck_assert_int_ge(crowd("/api/v1/products/999999", 404), 1);
    ck_assert_uint_eq(ff_lru_get_stats(fx.cache).entries, 0);
}
END_TEST

/* ---- before the first visitor ---- */

START_TEST(the_first_visitor_finds_the_catalogue_made)
{
    struct ff_ctx cx;
    struct ff_arena *arena = ff_arena_new(0);
    ff_ctx_init(&cx, arena, fx.clock);
    cx.db = fx.db;
    cx.site = fx.site;
    ff_warm(&cx); /* nothing to fill */
    cx.cache = fx.cache;
    ff_warm(&cx);
    ff_arena_free(arena);
    for (int reader = 0; reader < 3; reader++)
        ck_assert(is_hit(read_as(reader, "/api/v1/kiosk/catalogue")));
    ck_assert(is_hit(read_as(2, "/api/v1/categories")));
    ck_assert(is_hit(read_as(2, "/api/v1/products?page=1&limit=10")));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cache_lunch");
    TCase *tc = tcase_create("lunch");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, nine_reads_of_ten_are_answered_from_memory_at_lunch);
    tcase_add_test(tc, a_sale_leaves_what_is_kept);
    tcase_add_test(tc, every_cacheable_row_that_gives_json_is_kept);
    tcase_add_test(tc, sixty_four_who_ask_the_same_at_once_are_one_query);
    tcase_add_test(tc, what_is_not_there_is_said_to_each_of_them);
    tcase_add_test(tc, the_first_visitor_finds_the_catalogue_made);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

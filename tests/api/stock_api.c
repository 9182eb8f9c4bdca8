/* SPDX-License-Identifier: MIT */
/* stock_api.c - stock and portions on the wire; and that a sale does not empty the kept lists. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "cache/lru.h"

#define STOCK   "/api/v1/stock"
#define KEY(n)  "stock-key-number-" n
#define BUY_ONE "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":1}"

static struct ff_fixture fx;
static const char *admin, *employee;

static void setup(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(1 << 20);
    (void)ff_fixture_product(&fx, "Soup", 350);
    (void)ff_fixture_product(&fx, "=Apple", 100);
    int64_t anna = ff_fixture_person(&fx, "E1", "Anna", 10000);
    (void)ff_test_user(&fx, "admin@x.example", "admin", 0);
    (void)ff_test_user(&fx, "anna@x.example", "employee", anna);
    admin = ff_test_sign_in(&fx, "admin@x.example").access;
    employee = ff_test_sign_in(&fx, "anna@x.example").access;
}

static void teardown(void)
{
    ff_lru_free(fx.cache);
    ff_fixture_close(&fx);
}

static struct ff_answer get(const char *target)
{
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .bearer = admin});
}

static struct ff_answer send(const char *method, const char *target, const char *key,
                             const char *body)
{
    return ff_call(
        &fx, &(struct ff_call){
                 .method = method, .target = target, .bearer = admin, .key = key, .body = body});
}

static void track(void)
{
    ck_assert_int_eq(send("PATCH", STOCK "/1", NULL, "{\"kind\":\"shelf\",\"lowWater\":2}").status,
                     200);
    ck_assert_int_eq(
        send("POST", STOCK "/1/receive", KEY("1"), "{\"quantity\":10,\"unitCost\":55}").status,
        201);
}

static void check_cache(const char *target, const char *wanted)
{
    struct ff_answer a = get(target);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "X-Cache"), wanted);
}

START_TEST(a_sale_does_not_empty_the_lists_until_it_says_something)
{
    track();
    for (int i = 0; i < 7; i++) { /* 10 to 3: still enough */
        char key[] = "sale-key-number-0";
        key[sizeof key - 2] = (char)('0' + i);
        (void)get("/api/v1/products");
        (void)get("/api/v1/kiosk/catalogue");
        ck_assert_int_eq(send("POST", "/api/v1/purchases", key, BUY_ONE).status, 201);
        check_cache("/api/v1/products", "HIT");
        check_cache("/api/v1/kiosk/catalogue", "HIT");
    }
    struct ff_answer before = get("/api/v1/products/1");
    ck_assert_str_eq(ff_answer_member(&fx, &before, "availability"), "ok");
    ck_assert_int_eq(send("POST", "/api/v1/purchases", KEY("3"), BUY_ONE).status, 201);
    check_cache("/api/v1/products", "MISS");
    struct ff_answer after = get("/api/v1/products/1");
    ck_assert_str_eq(ff_answer_member(&fx, &after, "availability"), "low");
    ck_assert_str_ne(ff_answer_header(&fx, &before, "ETag"), ff_answer_header(&fx, &after, "ETag"));
}
END_TEST

START_TEST(a_sale_that_counts_costs_one_statement_more)
{
    const char *target = "/api/v1/purchases";
    ck_assert_int_eq(send("POST", target, KEY("9"), BUY_ONE).status, 201); /* makes accounts */
    unsigned plain = send("POST", target, KEY("4"), BUY_ONE).statements;
    track();
    ck_assert_uint_eq(send("POST", target, KEY("5"), BUY_ONE).statements, plain + 1);
}
END_TEST

START_TEST(the_stock_is_listed_filtered_and_written_as_csv)
{
    track();
    ck_assert_int_eq(send("PATCH", STOCK "/2", NULL, "{\"kind\":\"portion\"}").status, 200);
    struct ff_answer a = get(STOCK);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 2);
    a = get(STOCK "?low=true");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 1);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "productId"), 2);
    a = get(STOCK "?kind=shelf&q=sou");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 1);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "quantity"), 10);
    a = get(STOCK "?tracked=false");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 0);
    a = ff_call(&fx, &(struct ff_call){
                         .method = "GET", .target = STOCK, .bearer = admin, .accept = "text/csv"});
    ck_assert_str_eq(a.body,
                     "productId,product,category,kind,quantity,lowWater,low,availability\r\n"
                     "2,'=Apple,food,portion,0,0,true,out\r\n"
                     "1,Soup,food,shelf,10,2,false,ok\r\n");
}
END_TEST

START_TEST(moves_tell_who_and_why)
{
    track();
    struct ff_answer a =
        send("POST", STOCK "/1/shrinkage", KEY("6"), "{\"quantity\":3,\"reason\":\"rotten\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "levelAfter"), 7);
    a = send("POST", STOCK "/1/shrinkage", KEY("6"), "{\"quantity\":3,\"reason\":\"rotten\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Idempotency-Replayed"), "true");
    ck_assert_int_eq(
        send("POST", STOCK "/1/shrinkage", NULL, "{\"quantity\":3,\"reason\":\"x\"}").status, 400);
    ck_assert_int_eq(send("POST", STOCK "/1/count", NULL, "{\"quantity\":-1}").status, 400);
    ck_assert_int_eq(send("POST", STOCK "/1/count", NULL, "{\"quantity\":8}").status, 201);
    a = get(STOCK "/1/moves");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 3);
    ck_assert_ptr_nonnull(strstr(a.body, "\"kind\":\"count\""));
    ck_assert_ptr_nonnull(strstr(a.body, "\"reason\":\"rotten\""));
    ck_assert_ptr_nonnull(strstr(a.body, "\"by\":\"Test Person\""));
    ck_assert_ptr_nonnull(strstr(a.body, "\"unitCost\":55"));
    ck_assert_int_eq(get(STOCK "/2/moves").status, 404);
    ck_assert_int_eq(get(STOCK "/2").status, 404);
}
END_TEST

START_TEST(portions_are_told_to_everybody_and_never_kept)
{
    struct ff_call ask = {.method = "GET", .target = "/api/v1/kiosk/portions", .bearer = employee};
    ck_assert_int_eq(
        send("PUT", "/api/v1/products/1/portions", NULL, "{\"date\":\"2026-03-02\",\"quantity\":1}")
            .status,
        200);
    struct ff_answer a = ff_call(&fx, &ask);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "left"), 1);
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "X-Cache"));
    ck_assert_int_eq(send("POST", "/api/v1/purchases", KEY("7"), BUY_ONE).status, 201);
    a = ff_call(&fx, &ask);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "left"), 0);
    a = send("POST", "/api/v1/purchases", KEY("8"), BUY_ONE);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_OUT_OF_STOCK");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "left"), 0);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "product"), "Soup");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stock on the wire");
    TCase *t = tcase_create("stock");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_sale_does_not_empty_the_lists_until_it_says_something);
    tcase_add_test(t, a_sale_that_counts_costs_one_statement_more);
    tcase_add_test(t, the_stock_is_listed_filtered_and_written_as_csv);
    tcase_add_test(t, moves_tell_who_and_why);
    tcase_add_test(t, portions_are_told_to_everybody_and_never_kept);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

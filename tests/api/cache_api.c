/* SPDX-License-Identifier: MIT */
/* cache_api.c - kept replies on the wire: found again, never stale, never somebody else's. */
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "cache/lru.h"

static struct ff_fixture fx;
static int64_t soup;
static const char *admin, *employee;

static void setup(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(1 << 20);
    soup = ff_fixture_product(&fx, "Soup", 350);
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

static struct ff_answer get(const char *target, const char *bearer)
{
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .bearer = bearer});
}

static void check_cache(const struct ff_answer *a, const char *wanted)
{
    const char *header = ff_answer_header(&fx, a, "X-Cache");
    ck_assert_int_eq(a->status, 200);
    ck_assert_ptr_nonnull(header);
    ck_assert_str_eq(header, wanted);
}

static void set_price(int64_t price)
{
    const char *target = ff_arena_printf(fx.arena, "/api/v1/products/%lld", (long long)soup);
    struct ff_answer is = get(target, admin);
    struct ff_answer a = ff_call(
        &fx,
        &(struct ff_call){.method = "PATCH",
                          .target = target,
                          .bearer = admin,
                          .if_match = ff_answer_header(&fx, &is, "ETag"),
                          .body = ff_arena_printf(fx.arena, "{\"price\":%lld}", (long long)price)});
    ck_assert_int_eq(a.status, 200);
}

START_TEST(the_second_reader_is_answered_from_memory_with_the_same_tag)
{
    struct ff_answer first = get("/api/v1/products?limit=5&page=1", employee);
    struct ff_answer again = get("/api/v1/products?page=1&limit=5", employee);
    check_cache(&first, "MISS");
    check_cache(&again, "HIT");
    ck_assert_str_eq(ff_answer_header(&fx, &first, "ETag"), ff_answer_header(&fx, &again, "ETag"));
    ck_assert_uint_eq(again.statements, 0); /* and who asks is known, too */
    ck_assert_int_eq(ff_answer_int(&fx, &again, "price"), 350);
    struct ff_answer known =
        ff_call(&fx, &(struct ff_call){.method = "GET",
                                       .target = "/api/v1/products?limit=5",
                                       .bearer = employee,
                                       .none_match = ff_answer_header(&fx, &first, "ETag")});
    ck_assert_int_eq(known.status, 304);
    ck_assert_uint_eq(known.body_len, 0);
}
END_TEST

START_TEST(a_change_is_read_by_the_very_next_request)
{
    for (int64_t price = 400; price < 405; price++) {
        (void)get("/api/v1/products", employee);
        set_price(price);
        struct ff_answer a = get("/api/v1/products", employee);
        check_cache(&a, "MISS");
        ck_assert_int_eq(ff_answer_int(&fx, &a, "price"), price);
    }
}
END_TEST

START_TEST(roles_never_share_a_kept_reply)
{
    (void)get("/api/v1/products", admin);
    struct ff_answer a = get("/api/v1/products", employee);
    check_cache(&a, "MISS");
    (void)get("/api/v1/products?archived=true", admin);
    a = get("/api/v1/products?archived=true", employee);
    ck_assert(a.status >= 400 || !strstr(a.body, "\"archived\":true"));
    a = get("/api/v1/products", NULL);
    ck_assert_int_eq(a.status, 401);
}
END_TEST

START_TEST(balances_and_purchases_are_never_kept)
{
    static const char *const never[] = {"/api/v1/purchases", "/api/v1/employees/1/balance",
                                        "/api/v1/auth/me"};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        (void)get(never[i], employee);
        struct ff_answer a = get(never[i], employee);
        ck_assert_int_eq(a.status, 200);
        ck_assert_ptr_null(ff_answer_header(&fx, &a, "X-Cache"));
        ck_assert_str_eq(ff_answer_header(&fx, &a, "Cache-Control"), "no-store");
    }
}
END_TEST

START_TEST(csv_goes_past_the_cache)
{
    (void)get("/api/v1/products", admin);
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "GET",
                                                        .target = "/api/v1/products",
                                                        .bearer = admin,
                                                        .accept = "text/csv"});
    check_cache(&a, "BYPASS");
    ck_assert_ptr_nonnull(strstr(a.body, "name,price"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cache_api");
    TCase *tc = tcase_create("cache");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_second_reader_is_answered_from_memory_with_the_same_tag);
    tcase_add_test(tc, a_change_is_read_by_the_very_next_request);
    tcase_add_test(tc, roles_never_share_a_kept_reply);
    tcase_add_test(tc, balances_and_purchases_are_never_kept);
    tcase_add_test(tc, csv_goes_past_the_cache);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

/* SPDX-License-Identifier: MIT */
/* menu_api.c - the calendar on the wire; and a kiosk's catalogue that is kept in memory, yet right
 * in the very second when a window opens or closes. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "cache/lru.h"

#define MINUTE    INT64_C(60000)
#define CATALOGUE "/api/v1/kiosk/catalogue"

static struct ff_fixture fx;
static const char *admin, *employee;

static void setup(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(1 << 20);
    (void)ff_fixture_product(&fx, "Soup", 350);
    (void)ff_fixture_product(&fx, "Apple", 100);
    ff_test_change(&fx, "UPDATE product SET is_menu_only = 1 WHERE id = 1");
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
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .bearer = employee});
}

static struct ff_answer send(const char *method, const char *target, const char *body)
{
    return ff_call(&fx, &(struct ff_call){.method = method,
                                          .target = target,
                                          .bearer = admin,
                                          .key = "menu-api-key-0001",
                                          .if_match = "\"v1\"",
                                          .body = body});
}

/* Soup is served today from 12:48 to 12:50; it is 12:45. */
static void serve(void)
{
    ck_assert_int_eq(
        send("POST", "/api/v1/windows", "{\"name\":\"Lunch\",\"from\":\"12:48\",\"to\":\"12:50\"}")
            .status,
        201);
    ck_assert_int_eq(send("PUT", "/api/v1/menu/2026-03-02",
                          "{\"entries\":[{\"windowId\":1,\"productId\":1,\"portions\":40}]}")
                         .status,
                     200);
}

/* One reading: from memory or not, and whether soup can be bought. */
static const char *check(const char *cache, bool served, const char *until)
{
    struct ff_answer a = get(CATALOGUE);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "X-Cache"), cache);
    ck_assert_msg((strstr(a.body, "\"notServed\":[]") != NULL) == served, "%s", a.body);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "validUntil"), until);
    return ff_test_keep(ff_answer_header(&fx, &a, "ETag"));
}

START_TEST(a_kept_catalogue_is_right_when_a_window_opens_and_closes)
{
    static const char opens[] = "2026-03-02T11:48:00.000Z", closes[] = "2026-03-02T11:50:00.000Z",
                      ends[] = "2026-03-02T23:00:00.000Z";
    serve();
    const char *before = check("MISS", false, opens);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 3 * MINUTE - 1));
    ck_assert_str_eq(check("HIT", false, opens), before);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 3 * MINUTE));
    const char *open = check("MISS", true, closes);
    ck_assert_str_ne(open, before);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 4 * MINUTE));
    ck_assert_str_eq(check("HIT", true, closes), open);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 5 * MINUTE));
    (void)check("MISS", false, ends);
    (void)check("HIT", false, ends);
    struct ff_answer a = get(CATALOGUE);
    ck_assert_ptr_nonnull(strstr(a.body, "\"opensAt\":null"));
}
END_TEST

START_TEST(what_is_not_served_is_refused_with_its_next_time)
{
    serve();
    struct ff_answer a = send("POST", "/api/v1/purchases",
                              "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":1}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_NOT_SERVED_NOW");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "product"), "Soup");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "window"), "Lunch");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "from"), "12:48");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 3 * MINUTE));
    a = send("POST", "/api/v1/purchases",
             "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":1}");
    ck_assert_int_eq(a.status, 201);
    a = get("/api/v1/menu");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "left"), 39);
    ck_assert_ptr_nonnull(strstr(a.body, "\"open\":true"));
}
END_TEST

START_TEST(bad_days_and_times_are_named)
{
    static const struct {
        const char *method, *target, *body, *pointer;
    } rows[] = {
        {"PUT", "/api/v1/menu/yesterday", "{\"entries\":[]}", "/date"},
        {"PUT", "/api/v1/menu/2026-03-01", "{\"entries\":[]}", "/date"},
        {"PUT", "/api/v1/menu/2026-03-02", "{\"entries\":[{\"windowId\":9,\"productId\":1}]}",
         "/entries/0/windowId"},
        {"POST", "/api/v1/windows", "{\"name\":\"X\",\"from\":\"12:00\",\"to\":\"11:00\"}", "/to"},
        {"POST", "/api/v1/windows",
         "{\"name\":\"X\",\"from\":\"12:00\",\"to\":\"13:00\",\"weekdays\":[]}", "/weekdays"},
        {"POST", "/api/v1/menu/copy", "{\"from\":\"2026-03-02\",\"to\":\"2026-03-03\"}", "/to"},
        {"GET", "/api/v1/menu?from=2026-03-02&to=2026-04-09", NULL, "?to"},
    };
    serve();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ff_answer a = send(rows[i].method, rows[i].target, rows[i].body);
        ck_assert_int_eq(a.status, 400);
        ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), rows[i].pointer);
    }
}
END_TEST

START_TEST(the_week_is_given_as_a_file)
{
    serve();
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "GET",
                                                        .target = "/api/v1/menu",
                                                        .bearer = employee,
                                                        .accept = "text/csv"});
    ck_assert_str_eq(a.body, "date,window,product,portions\r\n2026-03-02,Lunch,Soup,40\r\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("menu on the wire");
    TCase *t = tcase_create("menu");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_kept_catalogue_is_right_when_a_window_opens_and_closes);
    tcase_add_test(t, what_is_not_served_is_refused_with_its_next_time);
    tcase_add_test(t, bad_days_and_times_are_named);
    tcase_add_test(t, the_week_is_given_as_a_file);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

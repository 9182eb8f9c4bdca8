/* SPDX-License-Identifier: MIT */
/* limits.c - how many requests each caller may make: the exact end of every class, its headers, and
 * that a lunch at a busy canteen never meets one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "http/limit.h"

static struct ff_fixture fx;
static struct ff_limits limits;
static const char *kiosk, *anna_token;
static int64_t anna;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Test", 100000000);
    ff_test_user(&fx, "anna@canteen.example", "employee", anna);
    anna_token = ff_test_sign_in(&fx, "anna@canteen.example").access;
    kiosk = ff_test_kiosk(&fx, "Hall");
    ff_fixture_product(&fx, "Soup", 350);
    limits = (struct ff_limits){.rate = ff_rate_new(), .factor = 1};
    ck_assert_ptr_nonnull(limits.rate);
}

static void teardown(void)
{
    ff_rate_free(limits.rate);
    ff_fixture_close(&fx);
}

static struct ff_answer ask(struct ff_call call)
{
    call.limits = &limits;
    return ff_call(&fx, &call);
}

static int64_t header(const struct ff_answer *a, const char *name)
{
    const char *text = ff_answer_header(&fx, a, name);
    return text ? strtoll(text, NULL, 10) : -1;
}

/* Sends `call` until it is refused; how many went through. */
static int passed(const struct ff_call *call, int at_most)
{
    for (int i = 0; i < at_most; i++) {
        struct ff_answer a = ask(*call);
        bool over = a.status == 429;
        if (over)
            ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_RATE_LIMITED");
        ff_fixture_again(&fx);
        if (over)
            return i;
    }
    return at_most;
}

START_TEST(an_address_without_a_name_has_a_hundred)
{
    const struct ff_call call = {.method = "GET", .target = "/api/v1/products"};
    ck_assert_int_eq(passed(&call, 200), 100);
    struct ff_answer a = ask((struct ff_call){.method = "GET", .target = "/api/v1/openapi.json"});
    ck_assert_int_eq(a.status, 429);
    ck_assert_int_eq(header(&a, "RateLimit-Limit"), 100);
    ck_assert_int_eq(header(&a, "RateLimit-Remaining"), 0);
    ck_assert_int_eq(header(&a, "RateLimit-Reset"), 900);
    ck_assert_int_eq(header(&a, "Retry-After"), 900);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "seconds"), 900);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "retry"), "after");
    /* Another address, and an address that is not there, have counters of their own. */
    ck_assert_int_eq(
        ask((struct ff_call){.method = "GET", .target = "/api/v1/openapi.json", .peer = "10.0.0.2"})
            .status,
        200);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + FF_RATE_WINDOW_MS);
    ck_assert_int_eq(passed(&call, 200), 100);
}
END_TEST

START_TEST(what_is_not_there_counts_and_open_pages_do_not)
{
    const struct ff_call stray = {.method = "GET", .target = "/api/v1/nothing"};
    static const char *const free_ones[] = {"/health", "/health/live", "/health/ready",
                                            "/api/v1/public", "/"};
    ck_assert_int_eq(passed(&stray, 200), 100);
    for (size_t i = 0; i < sizeof free_ones / sizeof free_ones[0]; i++) {
        struct ff_answer a = ask((struct ff_call){.method = "GET", .target = free_ones[i]});
        ck_assert_int_ne(a.status, 429);
        ck_assert_int_eq(header(&a, "RateLimit-Limit"), -1);
    }
    ck_assert_int_eq(
        ask((struct ff_call){.method = "OPTIONS", .target = "/api/v1/products"}).status, 204);
    ck_assert_int_eq(ask((struct ff_call){.method = "PUT", .target = "/api/v1/products"}).status,
                     429);
    ck_assert_int_eq(
        ask((struct ff_call){.method = "GET", .target = "/api/v1/products", .bearer = "a.b.c"})
            .status,
        429);
}
END_TEST

START_TEST(ipv6_neighbours_share_a_counter)
{
    char peer[40];
    int through = 0;
    for (int i = 0; i < 150; i++) {
        snprintf(peer, sizeof peer, "2001:db8:1:2::%x", i + 1);
        through +=
            ask((struct ff_call){.method = "GET", .target = "/api/v1/products", .peer = peer})
                .status != 429;
        ff_fixture_again(&fx);
    }
    ck_assert_int_eq(through, 100);
    ck_assert_uint_eq(ff_rate_keys(limits.rate), 1);
}
END_TEST

START_TEST(somebody_signed_in_has_six_hundred_from_wherever)
{
    struct ff_call call = {.method = "GET", .target = "/api/v1/auth/me", .bearer = anna_token};
    struct ff_answer first = ask(call);
    ck_assert_int_eq(first.status, 200);
    ck_assert_int_eq(header(&first, "RateLimit-Limit"), 600);
    ck_assert_int_eq(header(&first, "RateLimit-Remaining"), 599);
    ck_assert_int_eq(passed(&call, 300), 300);
    call.peer = "10.0.0.2";
    call.target = "/api/v1/users"; /* refused attempts count like others */
    ck_assert_int_eq(passed(&call, 700), 299);
}
END_TEST

START_TEST(a_kiosk_has_six_thousand_with_and_without_a_person)
{
    const struct ff_call call = {
        .method = "GET", .target = "/api/v1/kiosk/catalogue", .device = kiosk};
    ck_assert_int_eq(passed(&call, 7000), 6000);
}
END_TEST

START_TEST(sign_ins_have_ten_an_account_and_three_hundred_an_address)
{
    char body[96], peer[16];
    /* No account: refused before one is looked at or counted. */
    const struct ff_call hollow = {.method = "POST", .target = "/api/v1/auth/login", .body = "{}"};
    for (int i = 0; i < 12; i++) {
        snprintf(peer, sizeof peer, "10.0.1.%d", i + 1);
        snprintf(body, sizeof body, "{\"email\":\"%s\",\"password\":\"Wrong-Word-1\"}",
                 i % 2 ? "Anna@Canteen.example" : "anna@canteen.example");
        struct ff_answer a = ask((struct ff_call){
            .method = "POST", .target = "/api/v1/auth/login", .body = body, .peer = peer});
        ck_assert_msg((a.status == 429) == (i >= 10), "sign-in %d: %d", i + 1, a.status);
        if (i < 10)
            ck_assert_int_eq(header(&a, "RateLimit-Remaining"), 9 - i);
        ff_fixture_again(&fx);
    }
    ck_assert_int_eq(passed(&hollow, 400), 300);
    /* Those who are signed in already do not notice. */
    ck_assert_int_eq(
        ask((struct ff_call){.method = "GET", .target = "/api/v1/auth/me", .bearer = anna_token})
            .status,
        200);
}
END_TEST

START_TEST(the_command_line_is_never_counted)
{
    const struct ff_call call = {.method = "GET", .target = "/api/v1/users", .cli = true};
    ck_assert_int_eq(passed(&call, 1000), 1000);
    ck_assert_uint_eq(ff_rate_keys(limits.rate), 0);
}
END_TEST

START_TEST(the_operators_factor_multiplies_every_class)
{
    const struct ff_call call = {.method = "GET", .target = "/api/v1/products"};
    limits.factor = 3;
    ck_assert_int_eq(passed(&call, 400), 300);
}
END_TEST

START_TEST(a_row_that_takes_a_name_from_a_stranger_counts_the_name)
{
    for (size_t i = 0; i < ff_n_routes; i++) {
        const struct ff_schema *in = ff_routes[i].in;
        bool names = false;
        for (size_t k = 0; in && k < in->n_fields; k++)
            names |= in->fields[k].type == FF_T_EMAIL;
        if ((ff_routes[i].flags & FF_R_OPEN) && names)
            ck_assert_msg(ff_routes[i].rate == FF_RATE_SIGN_IN, "%s", ff_routes[i].operation);
    }
}
END_TEST

START_TEST(every_counted_reply_tells_where_the_caller_stands)
{
    static const struct {
        struct ff_call call;
        int status, limit;
    } calls[] = {
        {{.method = "GET", .target = "/api/v1/products"}, 401, 100},
        {{.method = "GET", .target = "/api/v1/nothing"}, 404, 100},
        {{.method = "PUT", .target = "/api/v1/products"}, 405, 100},
        {{.method = "POST", .target = "/api/v1/auth/login", .body = "{}"}, 400, 300},
        {{.method = "POST", .target = "/api/v1/auth/refresh", .body = "{}"}, 401, 3000},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        struct ff_answer a = ask(calls[i].call);
        ck_assert_msg(a.status == calls[i].status, "%s: %d", calls[i].call.target, a.status);
        ck_assert_int_eq(header(&a, "RateLimit-Limit"), calls[i].limit);
        ck_assert_int_ge(header(&a, "RateLimit-Remaining"), calls[i].limit - 3);
        ck_assert_int_eq(header(&a, "RateLimit-Reset"), 900);
        ff_fixture_again(&fx);
    }
}
END_TEST

/* ---- lunch ---- */

static void serve_one(int i)
{
    char badge[40], key[40];
    snprintf(badge, sizeof badge, "{\"badge\":\"FF-%04d\"}", i % 20);
    snprintf(key, sizeof key, "lunch-rush-person-%04d", i);
    struct ff_answer a = ask((struct ff_call){
        .method = "POST", .target = "/api/v1/kiosk/identify", .device = kiosk, .body = badge});
    ck_assert_msg(a.status == 200, "%d %s", a.status, a.body);
    const char *person = ff_answer_member(&fx, &a, "token");
    const char *by_key = ff_arena_printf(fx.arena, "/api/v1/purchases/by-key/%s", key);
    const char *buy = "{\"items\":[{\"productId\":1,\"quantity\":1}]}";
    const struct {
        struct ff_call call;
        int status;
    } visit[] = {
        {{.method = "GET", .target = "/api/v1/kiosk/catalogue"}, 200},
        {{.method = "GET", .target = "/api/v1/kiosk/me"}, 200},
        {{.method = "POST", .target = "/api/v1/purchases", .body = buy, .key = key}, 201},
        {{.method = "GET", .target = by_key}, 200},
        {{.method = "POST", .target = "/api/v1/kiosk/leave"}, 204},
    };
    for (size_t k = 0; k < sizeof visit / sizeof visit[0]; k++) {
        struct ff_call call = visit[k].call;
        call.device = kiosk;
        call.bearer = person;
        a = ask(call);
        ck_assert_msg(a.status == visit[k].status, "person %d, %s: %d %s", i, call.target, a.status,
                      a.body);
    }
    ff_fixture_again(&fx);
}

START_TEST(three_hundred_people_at_one_kiosk_meet_no_limit)
{
    for (int i = 0; i < 20; i++) {
        char number[16], badge[16];
        snprintf(number, sizeof number, "P%04d", i);
        snprintf(badge, sizeof badge, "FF-%04d", i);
        int64_t id = ff_fixture_person(&fx, number, "Guest", 100000000);
        ck_assert_int_eq(ff_badge_add(&fx.cx, id, badge, NULL, NULL), FF_OK);
        ff_fixture_again(&fx);
    }
    for (int i = 0; i < 300; i++)
        serve_one(i);
}
END_TEST

/* A phone at noon: the page, a token that ended in the morning, a renewal, and what it looks at. */
static void look_from_a_phone(int i, const char *ended)
{
    const struct {
        struct ff_call call;
        int status;
    } calls[] = {
        {{.method = "GET", .target = "/api/v1/public"}, 200},
        {{.method = "GET", .target = "/api/v1/auth/me", .bearer = ended}, 401},
        {{.method = "POST", .target = "/api/v1/auth/refresh", .browser = true}, 401},
    };
    for (size_t k = 0; k < sizeof calls / sizeof calls[0]; k++) {
        struct ff_answer a = ask(calls[k].call);
        ck_assert_msg(a.status == calls[k].status, "phone %d, %s: %d %s", i, calls[k].call.target,
                      a.status, a.body);
        ff_fixture_again(&fx);
    }
}

START_TEST(a_whole_house_behind_one_address_meets_no_limit_at_noon)
{
    char body[96];
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 16 * 60 * 1000);
    for (int i = 0; i < 200; i++)
        look_from_a_phone(i, anna_token);
    for (int i = 0; i < 150; i++) {
        /* Ten of them for real: each costs the time of a password's hash. */
        snprintf(body, sizeof body, "{\"email\":\"p%d@canteen.example\"%s}", i,
                 i % 15 ? "" : ",\"password\":\"Any-Password-1\"");
        struct ff_answer a =
            ask((struct ff_call){.method = "POST", .target = "/api/v1/auth/login", .body = body});
        ck_assert_msg(a.status == (i % 15 ? 400 : 401), "sign-in %d: %d %s", i, a.status, a.body);
        ff_fixture_again(&fx);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("limits");
    TCase *t = tcase_create("limits");
    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, an_address_without_a_name_has_a_hundred);
    tcase_add_test(t, what_is_not_there_counts_and_open_pages_do_not);
    tcase_add_test(t, ipv6_neighbours_share_a_counter);
    tcase_add_test(t, somebody_signed_in_has_six_hundred_from_wherever);
    tcase_add_test(t, a_kiosk_has_six_thousand_with_and_without_a_person);
    tcase_add_test(t, sign_ins_have_ten_an_account_and_three_hundred_an_address);
    tcase_add_test(t, the_command_line_is_never_counted);
    tcase_add_test(t, the_operators_factor_multiplies_every_class);
    tcase_add_test(t, a_row_that_takes_a_name_from_a_stranger_counts_the_name);
    tcase_add_test(t, every_counted_reply_tells_where_the_caller_stands);
    tcase_add_test(t, three_hundred_people_at_one_kiosk_meet_no_limit);
    tcase_add_test(t, a_whole_house_behind_one_address_meets_no_limit_at_noon);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}

/* SPDX-License-Identifier: MIT */
/* metrics_api.c - the counters on the wire: what is counted, in a form that monitors read, for whom
 * the operator lets; and the statistics of the cache. */
#define _GNU_SOURCE /* memrchr, memmem */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "api/route.h"
#include "base/metrics.h"
#include "cache/lru.h"

#define TOKEN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct ff_fixture fx;
static const char *admin, *employee;
static int64_t soup;

static void setup(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(1 << 20);
    fx.metrics = ff_metrics_new(ff_n_routes);
    soup = ff_fixture_product(&fx, "Soup", 350);
    int64_t anna = ff_fixture_person(&fx, "E1", "Anna", 1000);
    (void)ff_test_user(&fx, "admin@x.example", "admin", 0);
    (void)ff_test_user(&fx, "anna@x.example", "employee", anna);
    admin = ff_test_sign_in(&fx, "admin@x.example").access;
    employee = ff_test_sign_in(&fx, "anna@x.example").access;
}

static void teardown(void)
{
    ff_metrics_free(fx.metrics);
    ff_lru_free(fx.cache);
    ff_fixture_close(&fx);
}

static struct ff_answer get(const char *target, const char *bearer)
{
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .bearer = bearer});
}

static int buy(int64_t pieces, const char *key)
{
    const char *body =
        ff_arena_printf(fx.arena, "{\"items\":[{\"productId\":%lld,\"quantity\":%lld}]}",
                        (long long)soup, (long long)pieces);
    return ff_call(&fx, &(struct ff_call){.method = "POST",
                                          .target = "/api/v1/purchases",
                                          .bearer = employee,
                                          .key = key,
                                          .body = body})
        .status;
}

/* The value of a line of the text; -1: there is no such line. */
static long long value(const char *text, const char *series)
{
    size_t n = strlen(series);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (!strncmp(line, series, n) && line[n] == ' ')
            return strtoll(line + n, NULL, 10);
    }
    return -1;
}

START_TEST(requests_and_refusals_are_counted_by_what_they_were)
{
    ck_assert_int_eq(get("/api/v1/products", employee).status, 200);
    ck_assert_int_eq(get("/api/v1/products", employee).status, 200);
    ck_assert_int_eq(get("/api/v1/nowhere", employee).status, 404);
    ck_assert_int_eq(buy(1, "aaaaaaaaaaaaaaaa"), 201);
    ck_assert_int_eq(buy(99, "bbbbbbbbbbbbbbbb"), 409);
    ck_assert_int_eq(buy(0, "cccccccccccccccc"), 400);
    const char *text = get("/metrics", NULL).body;
#define REQUESTS "feastfrenzy_http_requests_total{operation="
#define REFUSED  "feastfrenzy_purchase_refusals_total{code="
    ck_assert_int_eq(value(text, REQUESTS "\"listProducts\",class=\"2xx\"}"), 2);
    ck_assert_int_eq(value(text, REQUESTS "\"createPurchase\",class=\"2xx\"}"), 1);
    ck_assert_int_eq(value(text, REQUESTS "\"createPurchase\",class=\"4xx\"}"), 2);
    ck_assert_int_eq(value(text, REQUESTS "\"none\",class=\"4xx\"}"), 1);
    ck_assert_int_eq(value(text, REFUSED "\"ERR_INSUFFICIENT_BALANCE\"}"), 1);
    ck_assert_int_eq(value(text, REFUSED "\"ERR_VALIDATION\"}"), 1);
    ck_assert_int_eq(value(text, "feastfrenzy_http_request_duration_seconds_count{kind=\"hit\"}"),
                     1);
    ck_assert_int_eq(value(text, "feastfrenzy_cache_hits_total"), 1);
    ck_assert_int_eq(value(text, "feastfrenzy_ledger_height"), 2); /* opening and purchase */
    ck_assert_int_gt(value(text, "feastfrenzy_writer_commit_seconds_count"), 1);
    ck_assert_int_gt(value(text, "feastfrenzy_writer_sync_seconds_count"), 1);
    ck_assert_int_ge(value(text, "feastfrenzy_writer_queue_seconds_count"),
                     value(text, "feastfrenzy_writer_commit_seconds_count"));
    ck_assert_ptr_nonnull(strstr(text, "feastfrenzy_checkpoint_seconds_count"));
}
END_TEST

/* Every line is a comment or "series number"; the buckets of a histogram only grow to its count. */
START_TEST(the_text_is_what_monitors_read)
{
    struct ff_answer a = get("/metrics", NULL);
    long long last = 0;
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Content-Type"),
                     "text/plain; version=0.0.4; charset=utf-8");
    ck_assert_int_eq(a.body[a.body_len - 1], '\n');
    for (const char *line = a.body; *line; line = strchr(line, '\n') + 1) {
        size_t n = strcspn(line, "\n");
        if (!strncmp(line, "# HELP ", 7) || !strncmp(line, "# TYPE ", 7))
            continue;
        const char *space = memrchr(line, ' ', n);
        ck_assert_msg(space && strspn(space + 1, "0123456789.") == n - (size_t)(space + 1 - line),
                      "not a value: %.*s", (int)n, line);
        if (!memmem(line, n, "_bucket{", 8)) {
            last = 0;
            continue;
        }
        ck_assert_int_ge(strtoll(space, NULL, 10), last);
        last = strtoll(space, NULL, 10);
    }
}
END_TEST

static const struct {
    const char *name, *peer, *bearer;
    struct ff_scrape scrape;
    int status;
} readers[] = {
    {"off", "127.0.0.1", NULL, {FF_SCRAPE_OFF, NULL}, 404},
    {"the machine itself", "127.0.0.1", NULL, {FF_SCRAPE_LOOPBACK, NULL}, 200},
    {"the machine itself, IPv6", "::1", NULL, {FF_SCRAPE_LOOPBACK, NULL}, 200},
    {"another machine", "10.0.0.7", NULL, {FF_SCRAPE_LOOPBACK, NULL}, 403},
    {"the right token", "10.0.0.7", TOKEN, {FF_SCRAPE_TOKEN, TOKEN}, 200},
    {"no token", "10.0.0.7", NULL, {FF_SCRAPE_TOKEN, TOKEN}, 401},
    {"no token, here", "127.0.0.1", NULL, {FF_SCRAPE_TOKEN, TOKEN}, 401},
    {"another token", "10.0.0.7", TOKEN "0", {FF_SCRAPE_TOKEN, TOKEN}, 401},
    {"a shorter token", "10.0.0.7", "0", {FF_SCRAPE_TOKEN, TOKEN}, 401},
};

START_TEST(only_whom_the_operator_lets_may_read)
{
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "GET",
                                                        .target = "/metrics",
                                                        .peer = readers[_i].peer,
                                                        .bearer = readers[_i].bearer,
                                                        .scrape = &readers[_i].scrape});
    ck_assert_msg(a.status == readers[_i].status, "%s: %d", readers[_i].name, a.status);
}
END_TEST

START_TEST(an_administrator_sees_and_empties_the_cache)
{
    (void)get("/api/v1/products", employee);
    (void)get("/api/v1/products", employee);
    struct ff_answer a = get("/api/v1/admin/cache", admin);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "hits"), 1);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "hitPercent"), 50);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "entries"), 1);
    ck_assert_int_gt(ff_answer_int(&fx, &a, "bytes"), 100);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "budget"), 1 << 20);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "waits"), 0);
    ck_assert_ptr_nonnull(
        strstr(a.body, "{\"operation\":\"listProducts\",\"found\":1,\"made\":1}"));
    a = ff_call(&fx, &(struct ff_call){
                         .method = "DELETE", .target = "/api/v1/admin/cache", .bearer = admin});
    ck_assert_int_eq(a.status, 204);
    a = get("/api/v1/admin/cache", admin);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "entries"), 0);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "bytes"), 0);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "evictions"), 0);
    a = get("/api/v1/products", employee);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "X-Cache"), "MISS");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("metrics_api");
    TCase *t = tcase_create("metrics");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, requests_and_refusals_are_counted_by_what_they_were);
    tcase_add_test(t, the_text_is_what_monitors_read);
    tcase_add_loop_test(t, only_whom_the_operator_lets_may_read, 0,
                        (int)(sizeof readers / sizeof readers[0]));
    tcase_add_test(t, an_administrator_sees_and_empties_the_cache);
    suite_add_tcase(suite, t);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

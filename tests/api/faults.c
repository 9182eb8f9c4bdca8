/* SPDX-License-Identifier: MIT */
/* faults.c - every row of the route table is asked as an admin, again and again, while the n-th
 * allocation or database call of the request fails. What the caller then reads is one of a few
 * sentences of ours: no SQL, no path, no text of the system, no place in the source. Afterwards the
 * books prove. The linker gives us the calls (--wrap). Source: security.md S94. */
#include "../lib/body.h"
#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "api/route.h"
#include "base/log.h"
#include "db/db.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CALLS = 800, WANTED_ERRORS = 500 };

/* ---- failing the n-th call of a request ---- */

static atomic_int left; /* calls until one fails; 0: none will */
static atomic_bool is_inside;

static bool is_due(void)
{
    return atomic_load(&is_inside) && atomic_load(&left) > 0 && atomic_fetch_sub(&left, 1) == 1;
}

/* clang-format off */
#define WRAP(type, name, parameters, arguments, failure) \
    type __real_##name parameters; \
    type __wrap_##name parameters; \
    type __wrap_##name parameters \
    { return is_due() ? (failure) : __real_##name arguments; }

static const char inner[] = "near \"SELECT\": /var/lib/feastfrenzy/feastfrenzy.db: disk I/O error (10) src/db/sq.c";

WRAP(struct ff_arena *, ff_arena_new, (size_t cap), (cap), NULL)
WRAP(void *, ff_arena_alloc, (struct ff_arena *arena, size_t n), (arena, n), NULL)
WRAP(char *, ff_arena_strndup, (struct ff_arena *arena, const char *text, size_t n), (arena, text, n), NULL)
WRAP(enum ff_rc, ff_db_query, (struct ff_ctx *cx, enum ff_query q, struct ff_stmt **st), (cx, q, st),
     FF_FAIL(cx, FF_INTERNAL, "%s", inner))
WRAP(enum ff_rc, ff_db_row, (struct ff_ctx *cx, struct ff_stmt *st, bool *row), (cx, st, row),
     FF_FAIL(cx, FF_STORAGE_FAULT, "%s", inner))
WRAP(enum ff_rc, ff_db_run, (struct ff_ctx *cx, struct ff_stmt *st), (cx, st),
     FF_FAIL(cx, FF_INTERNAL, "%s", inner))
/* clang-format on */

void __real_ff_dispatch(struct ff_ctx *cx, const struct ff_message *m, struct ff_response *rp);
void __wrap_ff_dispatch(struct ff_ctx *cx, const struct ff_message *m, struct ff_response *rp);
void __wrap_ff_dispatch(struct ff_ctx *cx, const struct ff_message *m, struct ff_response *rp)
{
    atomic_store(&is_inside, true);
    __real_ff_dispatch(cx, m, rp);
    atomic_store(&is_inside, false);
}

/* ---- the canteen ---- */

static struct ff_fixture fx;
static const char *admin;
static int errors_seen;

static void start(void)
{
    ff_fixture_open(&fx);
    ff_fixture_person(&fx, "F-1", "Anna Nagy", 1000000);
    ff_fixture_person(&fx, "F-2", "Béla Left", 0);
    ff_fixture_product(&fx, "Soup", 100);
    ff_fixture_product(&fx, "Cake", 100);
    ff_test_user(&fx, "admin@example.com", "admin", 0);
    ff_fixture_again(&fx);
}

/* Some rows end the session; then the next one begins with another. */
static void come_in(void)
{
    const struct ff_call who = {.method = "GET", .target = "/api/v1/auth/me", .bearer = admin};
    if (admin && ff_call(&fx, &who).status == 200)
        return;
    ff_fixture_again(&fx);
    admin = ff_test_sign_in(&fx, "admin@example.com").access;
}

static void stop(void)
{
    ff_test_books(&fx);
    ff_fixture_close(&fx);
    ck_assert_msg(errors_seen >= WANTED_ERRORS, "only %d errors were provoked", errors_seen);
}

/* ---- one request ---- */

/* The rows that do away with something get another one. */
static const char *target_of(const struct ff_route *route)
{
    const char *text = route->path;
    bool ends = !strcmp(route->method, "DELETE") || !strcmp(route->operation, "eraseEmployee");
    for (const char *brace; (brace = strchr(text, '{'));)
        text = ff_arena_printf(fx.arena, "%.*s%s%s", (int)(brace - text), text, ends ? "2" : "1",
                               strchr(brace, '}') + 1);
    return route->flags & FF_R_CSV_BODY ? ff_arena_printf(fx.arena, "%s?amounts=minor", text)
                                        : text;
}

/* What a schema alone does not make good, or what is looked at only when it is. */
static const char *body_of(const struct ff_route *route)
{
    static const char *const bodies[][2] = {
        {"createPurchase", "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":1}"},
        {"createProduct", "{\"name\":\"Stew\",\"price\":100,\"category\":\"food\"}"},
        {"changeProduct", "{\"price\":100}"},
        {"changeEmployee", "{\"name\":\"Anna Nagy\"}"},
        {"changeSite", "{\"siteName\":\"Ours\"}"},
    };
    struct ff_buf buf;
    if (route->flags & FF_R_CSV_BODY)
        return "name,price,category\nPie,100,food\n";
    if (!route->in)
        return NULL;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (!strcmp(bodies[i][0], route->operation))
            return bodies[i][1];
    ff_buf_init(&buf, 1 << 16);
    ff_test_body(&buf, route->in, NULL);
    const char *body = ff_arena_strndup(fx.arena, buf.data, buf.len);
    ff_buf_free(&buf);
    return body;
}

static struct ff_answer ask(const struct ff_route *route, int nth)
{
    const struct ff_call call = {
        .method = route->method,
        .target = target_of(route),
        .bearer = admin,
        .body = body_of(route),
        .type = route->flags & FF_R_CSV_BODY ? "text/csv" : NULL,
        .if_match = "\"v1\"",
        .key = ff_arena_printf(fx.arena, "faults-%s-%d", route->operation, nth)};
    return ff_call(&fx, &call);
}

static const char *const sentences[] = {
    "The request was not carried out. If it happens again, give the request id to the operator.",
    "It is not known whether the request was carried out: send it again with the same key, or give "
    "the request id to the operator.",
};

static const char *const inner_words[] = {
    "SELECT", "INSERT", "near ", "sqlite", "SQLITE", "/var/", "/tmp/", ".db",
    "src/",   ".c:",    "errno", "I/O",    "memory", "arena", "0x"};

static void check(const struct ff_route *route, int nth, const struct ff_answer *a)
{
    if (a->status < 500)
        return;
    errors_seen++;
    const char *detail = ff_answer_member(&fx, a, "detail");
    bool ours = false;
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        ours |= !strcmp(detail, sentences[i]);
    ck_assert_msg(ours, "%s, call %d: %s", route->operation, nth, a->body);
    for (size_t i = 0; i < sizeof inner_words / sizeof inner_words[0]; i++)
        ck_assert_msg(!strstr(a->body, inner_words[i]) && !strstr(a->head, inner_words[i]),
                      "%s, call %d: tells \"%s\"\n%s%s", route->operation, nth, inner_words[i],
                      a->head, a->body);
    ck_assert_msg(!strstr(a->body, fx.dir), "%s", a->body);
}

START_TEST(a_fault_inside_stays_inside)
{
    const struct ff_route *route = &ff_routes[_i];
    if (route->flags & FF_R_TEST)
        return;
    ff_fixture_again(&fx);
    come_in();
    for (int nth = 1; nth < MOST_CALLS; nth++) {
        ff_fixture_again(&fx);
        atomic_store(&left, nth);
        const struct ff_answer a = ask(route, nth);
        bool spent = atomic_exchange(&left, 0) == 0;
        check(route, nth, &a);
        if (!spent)
            return; /* fewer calls than that */
    }
    ck_abort_msg("%s makes more than %d calls", route->operation, MOST_CALLS);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *cases = tcase_create("faults");
    tcase_set_timeout(cases, 60);
    tcase_add_unchecked_fixture(cases, start, stop);
    tcase_add_loop_test(cases, a_fault_inside_stays_inside, 0, (int)ff_n_routes);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK); /* one canteen serves all */
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: MIT */
/* standing.c - who asks is known from memory while nothing changes, and whatever takes a right away
 * is seen by the very next request, also with many asking at once. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "../lib/ask.h"
#include "../lib/call.h"
#include "../lib/identity.h"
#include "cache/lru.h"
#include "domain/people/badge.h"

#define LIST "/api/v1/products?limit=5"
#define ME   "/api/v1/kiosk/me"

static struct ff_fixture fx;
static int64_t person;
static const char *root, *anna, *device;

static void setup(void)
{
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(1 << 20);
    (void)ff_fixture_product(&fx, "Soup", 350);
    person = ff_fixture_person(&fx, "E1", "Anna", 10000);
    (void)ff_test_user(&fx, "root@x.example", "admin", 0);
    (void)ff_test_user(&fx, "anna@x.example", "manager", person);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_badge_add(&fx.cx, person, "FF-0001", NULL, NULL), FF_OK);
    root = ff_test_sign_in(&fx, "root@x.example").access;
    anna = ff_test_sign_in(&fx, "anna@x.example").access;
    device = ff_test_kiosk(&fx, "Canteen kiosk");
}

static void teardown(void)
{
    ff_lru_free(fx.cache);
    ff_fixture_close(&fx);
}

static struct ff_answer ask(const char *method, const char *target, const char *bearer,
                            const char *at)
{
    const struct ff_call call = {
        .method = method, .target = target, .bearer = bearer, .device = at};
    return ff_call(&fx, &call);
}

static int patch(const char *target, const char *body)
{
    const struct ff_answer is = ask("GET", target, root, NULL);
    const struct ff_call call = {.method = "PATCH",
                                 .target = target,
                                 .bearer = root,
                                 .if_match = ff_answer_header(&fx, &is, "ETag"),
                                 .body = body};
    return ff_call(&fx, &call).status;
}

static int operate(const char *method, const char *target)
{
    const struct ff_call call = {.method = method, .target = target, .cli = true};
    return ff_call(&fx, &call).status;
}

/* ---- no statement ---- */

START_TEST(a_hit_of_a_known_caller_runs_no_statement)
{
    (void)ask("GET", LIST, anna, NULL);
    for (int i = 0; i < 3; i++) {
        const struct ff_answer a = ask("GET", LIST, anna, NULL);
        ck_assert_int_eq(a.status, 200);
        ck_assert_str_eq(ff_answer_header(&fx, &a, "X-Cache"), "HIT");
        ck_assert_uint_eq(a.statements, 0);
    }
}
END_TEST

START_TEST(a_known_kiosk_and_who_stands_before_it_cost_no_statement)
{
    static const char target[] = "/api/v1/kiosk/catalogue";
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    (void)ask("GET", target, NULL, device);
    (void)ask("GET", target, token, device);
    const struct ff_answer alone = ask("GET", target, NULL, device);
    const struct ff_answer with = ask("GET", target, token, device);
    ck_assert_int_eq(alone.status, 200);
    ck_assert_int_eq(with.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &with, "X-Cache"), "HIT");
    ck_assert_uint_eq(alone.statements, 0);
    ck_assert_uint_eq(with.statements, 0);
}
END_TEST

START_TEST(another_caller_is_looked_up_and_not_taken_for_the_first)
{
    (void)ask("GET", LIST, root, NULL);
    ck_assert_int_eq(ask("GET", "/api/v1/users", root, NULL).status, 200);
    ck_assert_int_eq(ask("GET", "/api/v1/users", anna, NULL).status, 403);
    ck_assert_int_eq(ask("GET", "/api/v1/users", anna, NULL).status, 403);
    ck_assert_int_eq(ask("GET", "/api/v1/users", root, NULL).status, 200);
}
END_TEST

/* ---- changes ---- */

/* Each is done to Anna, whom memory knows, and answered before she asks again. */
static const struct {
    const char *method, *target, *body;
    int done, then; /* status of the change, and of Anna's next request */
} losses[] = {
    {"POST", "/api/v1/users/2/deactivate", NULL, 200, 401},
    {"POST", "/api/v1/users/2/sessions/end", NULL, 200, 401},
    {"PATCH", "/api/v1/employees/1", "{\"active\":false}", 200, 403},
    {"PATCH", "/api/v1/users/2", "{\"role\":\"employee\"}", 200, 403},
};

START_TEST(what_takes_a_right_away_is_seen_by_the_next_request)
{
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(ask("GET", "/api/v1/employees", anna, NULL).status, 200);
    const int done = losses[_i].body ? patch(losses[_i].target, losses[_i].body)
                                     : operate(losses[_i].method, losses[_i].target);
    ck_assert_int_eq(done, losses[_i].done);
    ck_assert_int_eq(ask("GET", "/api/v1/employees", anna, NULL).status, losses[_i].then);
}
END_TEST

START_TEST(signing_out_ends_the_token_that_memory_knows)
{
    const struct ff_test_tokens phone = ff_test_sign_in(&fx, "anna@x.example");
    ck_assert_int_eq(ask("GET", LIST, phone.access, NULL).status, 200);
    ck_assert_int_eq(ask("GET", LIST, phone.access, NULL).statements, 0);
    const struct ff_call leave = {
        .method = "POST",
        .target = "/api/v1/auth/logout",
        .body = ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}", phone.refresh)};
    ck_assert_int_eq(ff_call(&fx, &leave).status, 204);
    ck_assert_int_eq(ask("GET", LIST, phone.access, NULL).status, 401);
    ck_assert_int_eq(ask("GET", LIST, anna, NULL).status, 200);
}
END_TEST

START_TEST(a_revoked_kiosk_and_its_visitor_are_out_at_once)
{
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    ck_assert_int_eq(ask("GET", ME, token, device).status, 200);
    ck_assert_int_eq(ask("GET", ME, token, device).status, 200);
    ck_assert_int_eq(operate("POST", "/api/v1/kiosks/1/revoke"), 204);
    ck_assert_int_eq(ask("GET", ME, token, device).status, 401);
    ck_assert_int_eq(ask("GET", "/api/v1/kiosk/catalogue", NULL, device).status, 401);
}
END_TEST

START_TEST(a_visitor_who_is_switched_off_is_out_at_once)
{
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    ck_assert_int_eq(ask("GET", ME, token, device).status, 200);
    ck_assert_int_eq(patch("/api/v1/employees/1", "{\"active\":false}"), 200);
    ck_assert_int_eq(ask("GET", ME, token, device).status, 403);
}
END_TEST

START_TEST(a_proof_is_known_at_once_and_runs_out_by_the_clock)
{
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 301000);
    ck_assert_int_eq(ask("POST", "/api/v1/users/2/unlock", root, NULL).status, 403);
    const struct ff_call prove = {.method = "POST",
                                  .target = "/api/v1/auth/step-up",
                                  .bearer = root,
                                  .body = "{\"password\":\"" FF_TEST_PASSWORD "\"}"};
    ck_assert_int_eq(ff_call(&fx, &prove).status, 200);
    ck_assert_int_eq(ask("POST", "/api/v1/users/2/unlock", root, NULL).status, 204);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 602000);
    ck_assert_int_eq(ask("POST", "/api/v1/users/2/unlock", root, NULL).status, 403);
}
END_TEST

/* ---- many at once ---- */

enum { THREADS = 4, TURNS = 25 };
static atomic_int turn; /* changes under way or done: odd while one is; its half tells the role */

/* Anna may list people in even halves, not in odd ones. Asks until the last turn; an answer counts
 * when no change was under way from before the question until after it. */
static void *keep_asking(void *arg)
{
    struct ff_asker asker;
    bool well = true;
    ff_asker_open(&asker, &fx);
    for (int before = 0; before < 2 * TURNS; before = atomic_load(&turn)) {
        const int status =
            ff_ask(&asker, &(struct ff_ask){.target = "/api/v1/employees", .bearer = anna});
        if (before % 2 == 0 && atomic_load(&turn) == before)
            well &= status == (before / 2 % 2 ? 403 : 200);
    }
    ff_asker_close(&asker);
    return well ? arg : NULL;
}

START_TEST(nobody_keeps_a_role_that_was_taken_while_many_ask)
{
    pthread_t threads[THREADS];
    atomic_store(&turn, 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, keep_asking, &fx), 0);
    for (int i = 0; i < TURNS; i++) {
        atomic_fetch_add(&turn, 1);
        const int done =
            patch("/api/v1/users/2", i % 2 ? "{\"role\":\"manager\"}" : "{\"role\":\"employee\"}");
        atomic_fetch_add(&turn, 1);
        ck_assert_int_eq(done, 200);
        ck_assert_int_eq(ask("GET", "/api/v1/employees", anna, NULL).status, i % 2 ? 200 : 403);
    }
    for (int i = 0; i < THREADS; i++) {
        void *well = NULL;
        pthread_join(threads[i], &well);
        ck_assert_ptr_nonnull(well);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("standing");
    TCase *tc = tcase_create("standing");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_hit_of_a_known_caller_runs_no_statement);
    tcase_add_test(tc, a_known_kiosk_and_who_stands_before_it_cost_no_statement);
    tcase_add_test(tc, another_caller_is_looked_up_and_not_taken_for_the_first);
    tcase_add_loop_test(tc, what_takes_a_right_away_is_seen_by_the_next_request, 0,
                        (int)(sizeof losses / sizeof losses[0]));
    tcase_add_test(tc, signing_out_ends_the_token_that_memory_knows);
    tcase_add_test(tc, a_revoked_kiosk_and_its_visitor_are_out_at_once);
    tcase_add_test(tc, a_visitor_who_is_switched_off_is_out_at_once);
    tcase_add_test(tc, a_proof_is_known_at_once_and_runs_out_by_the_clock);
    tcase_add_test(tc, nobody_keeps_a_role_that_was_taken_while_many_ask);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}

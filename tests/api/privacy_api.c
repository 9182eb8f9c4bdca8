/* SPDX-License-Identifier: MIT */
/* privacy_api.c - export and erasure on the wire: who gets what, in which form, and what an erased
 * person's tokens are worth. */
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"

static struct ff_fixture fx;
static int64_t anna, bela;
static const char *admin, *anna_token;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E-1", "Ács Anna", 1200);
    bela = ff_fixture_person(&fx, "E-2", "Ábel Béla", 0);
    ff_fixture_product(&fx, "Soup", 300);
    ff_test_user(&fx, "admin@example.com", "admin", 0);
    ff_test_user(&fx, "anna@example.com", "employee", anna);
    admin = ff_test_sign_in(&fx, "admin@example.com").access;
    anna_token = ff_test_sign_in(&fx, "anna@example.com").access;
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer get(const char *bearer, const char *target, const char *accept)
{
    return ff_call(
        &fx,
        &(struct ff_call){
            .method = "GET", .target = target, .bearer = bearer, .accept = accept, .cli = !bearer});
}

static struct ff_answer erase(const char *bearer, const char *target, const char *body)
{
    return ff_call(
        &fx,
        &(struct ff_call){
            .method = "POST", .target = target, .bearer = bearer, .body = body, .cli = !bearer});
}

static const char *code_of(struct ff_answer a)
{
    return ff_answer_member(&fx, &a, "code");
}

static bool has(struct ff_answer a, const char *text)
{
    return strstr(a.body, text) != NULL;
}

static const char *header(struct ff_answer a, const char *name)
{
    const char *value = ff_answer_header(&fx, &a, name);
    return value ? value : "";
}

START_TEST(everybody_gets_their_own_in_both_forms)
{
    struct ff_answer a = get(anna_token, "/api/v1/me/export", NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(header(a, "Content-Type"), "application/json");
    ck_assert_str_eq(header(a, "Cache-Control"), "no-store");
    ck_assert(has(a, "\"name\":\"Ács Anna\"") && has(a, "\"email\":\"anna@example.com\""));
    ck_assert(!has(a, "Béla") && !has(a, "admin@example.com"));
    a = get(anna_token, "/api/v1/me/export", "text/csv");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(header(a, "Content-Type"), "text/csv; charset=utf-8");
    ck_assert(has(a, "\r\nwallet\r\nbalance,floor,state,"));
    a = get(admin, "/api/v1/me/export", NULL);
    ck_assert(has(a, "\"person\":[]") && has(a, "\"email\":\"admin@example.com\""));
    a = get(NULL, "/api/v1/me/export", NULL);
    ck_assert_int_eq(a.status, 404);
}
END_TEST

START_TEST(an_admin_gets_anybodys)
{
    struct ff_answer a = get(admin, "/api/v1/employees/1/export", NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert(has(a, "\"number\":\"E-1\"") && has(a, "\"email\":\"anna@example.com\""));
    ck_assert_str_eq(code_of(get(anna_token, "/api/v1/employees/1/export", NULL)), "ERR_FORBIDDEN");
    ck_assert_int_eq(get(admin, "/api/v1/employees/99/export", NULL).status, 404);
    ck_assert_str_eq(code_of(get(admin, "/api/v1/employees/x/export", NULL)), "ERR_INVALID_ID");
    ck_assert_str_eq(code_of(get(admin, "/api/v1/me/export?all=1", NULL)), "ERR_UNKNOWN_FIELD");
}
END_TEST

START_TEST(a_copy_and_an_erasure_need_the_password_again)
{
    ff_test_change(&fx, "UPDATE session SET proven_at_ms = proven_at_ms - 301000");
    ck_assert_str_eq(code_of(get(admin, "/api/v1/employees/1/export", NULL)),
                     "ERR_STEP_UP_REQUIRED");
    ck_assert_str_eq(code_of(erase(admin, "/api/v1/employees/1/erase",
                                   "{\"reason\":\"left\",\"settle\":\"payout\"}")),
                     "ERR_STEP_UP_REQUIRED");
    ck_assert_str_eq(code_of(get(anna_token, "/api/v1/me/export", NULL)), "ERR_STEP_UP_REQUIRED");
}
END_TEST

/* More than a request's own memory. */
START_TEST(a_large_export_goes_out_whole)
{
    ff_test_unguard(
        &fx, "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) "
             "INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, "
             "period_id, idem_scope, idem_key, request_fp, prev_hash, hash) "
             "SELECT i, 'topup', 1600000000000 + i, 0, '2026-03-02', (SELECT MIN(id) FROM period), "
             "0, 'a-large-export-' || i, zeroblob(16), zeroblob(32), zeroblob(32) FROM n;"
             "INSERT INTO entry SELECT j.id, a.id, 1, 1 FROM journal j, account a WHERE j.id >= "
             "1000 AND a.employee_id = 1");
    struct ff_arena *own = fx.arena; /* too small to keep this reply for looking at it */
    fx.arena = ff_arena_new(32 << 20);
    struct ff_answer a = get(admin, "/api/v1/employees/1/export", NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_gt(a.body_len, 1 << 20);
    ck_assert(has(a, "\"id\":1000,") && has(a, "\"id\":9000,"));
    ck_assert_str_eq(a.body + a.body_len - 3, "]}\n");
    ff_arena_free(fx.arena);
    fx.arena = own;
}
END_TEST

START_TEST(an_erasure_asks_for_the_money_first)
{
    struct ff_answer a =
        erase(admin, "/api/v1/employees/1/erase", "{\"reason\":\"left the company\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code_of(a), "ERR_ERASURE_BALANCE");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balance"), 1200);
    a = erase(admin, "/api/v1/employees/1/erase",
              "{\"reason\":\"left the company\",\"settle\":\"payout\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "settle"), "payout");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "replayed"), "false");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "scrubbed"), "true");
    const int64_t journal = ff_answer_int(&fx, &a, "journalId");
    a = erase(admin, "/api/v1/employees/1/erase", "{\"reason\":\"asked again\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "replayed"), "true");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "journalId"), journal);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "reason"), "left the company");
}
END_TEST

struct bad {
    const char *body, *code, *pointer;
};

static const struct bad bad[] = {
    {"{}", "ERR_VALIDATION", "/reason"},
    {"{\"reason\":\"ab\"}", "ERR_VALIDATION", "/reason"},
    {"{\"reason\":\"left\",\"settle\":\"gift\"}", "ERR_VALIDATION", "/settle"},
    {"{\"reason\":\"left\",\"settle\":null}", "ERR_VALIDATION", "/settle"},
    {"{\"reason\":\"left\",\"keep\":true}", "ERR_UNKNOWN_FIELD", "/keep"},
    {"{\"reason\":\"Anna left\",\"settle\":\"payout\"}", "ERR_VALIDATION", "/reason"},
};

START_TEST(a_bad_request_erases_nobody)
{
    struct ff_answer a = erase(admin, "/api/v1/employees/1/erase", bad[_i].body);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(code_of(a), bad[_i].code);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), bad[_i].pointer);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM erasure"), 0);
}
END_TEST

START_TEST(tokens_and_visits_of_an_erased_person_end)
{
    const char *device = ff_test_kiosk(&fx, "Canteen kiosk");
    struct ff_badge badge;
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, &badge), FF_OK);
    const char *visit = ff_test_visit(&fx, device, "FF-0001");
    const struct ff_call me = {
        .method = "GET", .target = "/api/v1/kiosk/me", .bearer = visit, .device = device};
    ck_assert_int_eq(ff_call(&fx, &me).status, 200);
    ck_assert_int_eq(get(anna_token, "/api/v1/auth/me", NULL).status, 200);
    ck_assert_int_eq(erase(NULL, "/api/v1/employees/1/erase",
                           "{\"reason\":\"left the company\",\"settle\":\"payout\"}")
                         .status,
                     200);
    ck_assert_int_ge(ff_call(&fx, &me).status, 401);
    ck_assert_int_eq(get(anna_token, "/api/v1/auth/me", NULL).status, 401);
    const struct ff_call login = {
        .method = "POST",
        .target = "/api/v1/auth/login",
        .body = "{\"email\":\"anna@example.com\",\"password\":\"" FF_TEST_PASSWORD "\"}"};
    ck_assert_str_eq(code_of(ff_call(&fx, &login)), "ERR_INVALID_CREDENTIALS");
    ck_assert_int_eq(get(admin, "/api/v1/employees/1", NULL).status, 404);
    ck_assert_int_eq(get(admin, "/api/v1/employees/1/balance", NULL).status, 404);
    ck_assert_int_eq(get(admin, "/api/v1/employees/2", NULL).status, 200);
}
END_TEST

START_TEST(only_admins_erase_and_nobody_themselves)
{
    const char *body = "{\"reason\":\"left the company\",\"settle\":\"payout\"}";
    ff_test_user(&fx, "bela@example.com", "manager", bela);
    ff_test_user(&fx, "second@example.com", "admin", ff_fixture_person(&fx, "E-3", "Cili", 0));
    const char *manager = ff_test_sign_in(&fx, "bela@example.com").access;
    const char *second = ff_test_sign_in(&fx, "second@example.com").access;
    ck_assert_str_eq(code_of(erase(manager, "/api/v1/employees/1/erase", body)), "ERR_FORBIDDEN");
    ck_assert_str_eq(code_of(erase(anna_token, "/api/v1/employees/1/erase", body)),
                     "ERR_FORBIDDEN");
    ck_assert_str_eq(code_of(erase(second, "/api/v1/employees/3/erase", body)), "ERR_SELF_ACTION");
    ck_assert_int_eq(erase(second, "/api/v1/employees/99/erase", body).status, 404);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("privacy_api");
    TCase *cases = tcase_create("privacy");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, everybody_gets_their_own_in_both_forms);
    tcase_add_test(cases, an_admin_gets_anybodys);
    tcase_add_test(cases, a_copy_and_an_erasure_need_the_password_again);
    tcase_add_test(cases, a_large_export_goes_out_whole);
    tcase_add_test(cases, an_erasure_asks_for_the_money_first);
    tcase_add_loop_test(cases, a_bad_request_erases_nobody, 0, FF_ROWS(bad));
    tcase_add_test(cases, tokens_and_visits_of_an_erased_person_end);
    tcase_add_test(cases, only_admins_erase_and_nobody_themselves);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

/* SPDX-License-Identifier: MIT */
/* audit_api.c - the audit log over the API: what lands in it, who may read which entries, filters,
 * pages, files, the proof. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/audit/queue.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"

#define AUDIT "/api/v1/audit"

static struct ff_fixture fx;
static const char *admin, *manager, *annas, *kiosk;
static int64_t anna, bela;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Kovács", 5000);
    bela = ff_fixture_person(&fx, "E2", "Béla Szabó", 5000);
    ff_fixture_product(&fx, "Soup", 300);
    ff_test_user(&fx, "admin@example.com", "admin", 0);
    ff_test_user(&fx, "manager@example.com", "manager", bela);
    ff_test_change(&fx, "UPDATE user_account SET is_site_wide = 1 WHERE role = 'manager'");
    ff_test_user(&fx, "anna@example.com", "employee", anna);
    admin = ff_test_sign_in(&fx, "admin@example.com").access;
    manager = ff_test_sign_in(&fx, "manager@example.com").access;
    annas = ff_test_sign_in(&fx, "anna@example.com").access;
    kiosk = ff_test_kiosk(&fx, "Kiosk 1");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_audit_flush(&fx.cx), FF_OK);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer get(const char *bearer, const char *target)
{
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .bearer = bearer});
}

static struct ff_answer get_as(const char *bearer, const char *target, const char *accept)
{
    return ff_call(&fx, &(struct ff_call){
                            .method = "GET", .target = target, .bearer = bearer, .accept = accept});
}

static void flush(void)
{
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_audit_flush(&fx.cx), FF_OK);
}

static int64_t count(const char *where)
{
    return ff_test_number(&fx,
                          ff_arena_printf(fx.arena, "SELECT COUNT(*) FROM audit WHERE %s", where));
}

static int times(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
        n++;
    return n;
}

/* ---- what lands in it ---- */

struct reading {
    const char *target, *action;
    int64_t of_anna; /* the entry is about her */
};

static const struct reading readings[] = {
    {"/api/v1/employees/1", "employee.read", 1},
    {"/api/v1/employees/1/balance", "wallet.read", 1},
    {"/api/v1/employees", "employee.list", 0},
    {"/api/v1/purchases?employeeId=1", "purchase.list", 1},
    {"/api/v1/purchases", "purchase.list", 0},
    {"/api/v1/audit", "audit.list", 0},
    {"/api/v1/audit/1", "audit.read", 0},
    {"/api/v1/users", "user.list", 0},
};

START_TEST(reading_another_persons_data_is_recorded)
{
    const struct reading *r = &readings[_i];
    struct ff_answer a = get(admin, r->target);
    ck_assert_msg(a.status == 200, "%s: %s", r->target, a.body);
    flush();
    ck_assert_int_eq(count(ff_arena_printf(fx.arena,
                                           "action = '%s' AND user_id = 1 AND address = "
                                           "'127.0.0.1' AND (subject_id IS 1) = %d",
                                           r->action, (int)r->of_anna)),
                     1);
}
END_TEST

START_TEST(an_export_says_so)
{
    ck_assert_int_eq(get_as(admin, "/api/v1/employees", "text/csv").status, 200);
    flush();
    ck_assert_int_eq(count("action = 'employee.export'"), 1);
}
END_TEST

START_TEST(reading_the_own_data_is_nobodys_business)
{
    int64_t before = count("1 = 1");
    ck_assert_int_eq(get(annas, "/api/v1/employees/1").status, 200);
    ck_assert_int_eq(get(manager, "/api/v1/employees/2/balance").status, 200); /* Béla's own */
    ck_assert_int_eq(get(annas, "/api/v1/products").status, 200);
    flush();
    ck_assert_int_eq(count("1 = 1"), before);
    ck_assert_int_eq(get(manager, "/api/v1/employees/1/balance").status, 200);
    flush();
    ck_assert_int_eq(count("1 = 1"), before + 1);
}
END_TEST

START_TEST(a_caller_who_is_refused_is_recorded_and_a_stranger_is_not)
{
    int64_t before = count("1 = 1");
    ck_assert_int_eq(get(NULL, "/api/v1/users").status, 401);
    ck_assert_int_eq(get("no.such.token", "/api/v1/users").status, 401);
    flush();
    ck_assert_int_eq(count("1 = 1"), before);
    ck_assert_int_eq(get(annas, "/api/v1/users").status, 403);
    ck_assert_int_eq(get(annas, "/api/v1/employees/2").status, 404);
    ck_assert_int_eq(get(annas, "/api/v1/products/999").status, 404); /* no person's */
    struct ff_answer a =
        ff_call(&fx, &(struct ff_call){.method = "GET", .target = "/api/v1/site", .device = kiosk});
    ck_assert_int_eq(a.status, 403);
    flush();
    ck_assert_int_eq(count("action = 'access.refused' AND user_id = 3"), 2);
    ck_assert_int_eq(count("action = 'access.refused' AND device_id = 1"), 1);
    ck_assert_int_eq(count("1 = 1"), before + 3);
}
END_TEST

START_TEST(sign_ins_good_and_bad_are_recorded_without_the_password)
{
    static const char *const tries[] = {
        "{\"email\":\"admin@example.com\",\"password\":\"Canary-Secret-77\"}",
        "{\"email\":\"nobody@example.com\",\"password\":\"Canary-Secret-77\"}",
    };
    for (size_t i = 0; i < 2; i++) {
        struct ff_answer a = ff_call(
            &fx,
            &(struct ff_call){.method = "POST", .target = "/api/v1/auth/login", .body = tries[i]});
        ck_assert_int_eq(a.status, 401);
    }
    flush();
    ck_assert_int_eq(count("action = 'auth.login_failed'"), 2);
    ck_assert_int_eq(count("action = 'auth.login_failed' AND subject_kind = 2 AND subject_id = 1"),
                     1);
    ck_assert_int_eq(count("action = 'auth.login' AND subject_id = 1"), 1);
    ck_assert_int_eq(count("instr(detail, 'Canary') > 0 OR instr(reason, 'Canary') > 0"), 0);
}
END_TEST

/* ---- reading it ---- */

START_TEST(filters_find_and_the_cursor_goes_on)
{
    struct ff_answer a = get(admin, AUDIT "?action=employee.create");
    ck_assert_int_eq(times(a.body, "\"action\":\"employee.create\""), 2);
    ck_assert_int_eq(times(a.body, "\"seq\":"), 2);
    a = get(admin, AUDIT "?entityType=employee&entityId=2");
    ck_assert_int_eq(times(a.body, "\"entityId\":2"), times(a.body, "\"seq\":"));
    ck_assert_int_ge(times(a.body, "\"seq\":"), 1);
    a = get(admin, AUDIT "?userId=999");
    ck_assert_int_eq(times(a.body, "\"seq\":"), 0);
    a = get(admin, AUDIT "?from=2026-03-03T00:00:00Z");
    ck_assert_int_eq(times(a.body, "\"seq\":"), 0);
    a = get(admin, AUDIT "?to=2026-03-03T00:00:00Z&limit=100");
    int all = times(a.body, "\"seq\":"), seen = 0;
    ck_assert_ptr_nonnull(strstr(a.body, "\"next\":null"));
    const char *after = "999999";
    for (int i = 0; i < all; i++) {
        a = get(admin, ff_arena_printf(fx.arena, AUDIT "?to=2026-03-03T00:00:00Z&limit=3&after=%s",
                                       after));
        ck_assert_int_eq(a.status, 200);
        seen += times(a.body, "\"seq\":");
        ck_assert_uint_le(a.statements, 3); /* the caller, the range, the rows with their keys */
        if (strstr(a.body, "\"next\":null"))
            break;
        after = ff_answer_member(&fx, &a, "next");
    }
    ck_assert_int_eq(seen, all);
}
END_TEST

START_TEST(an_employee_sees_what_was_done_by_and_about_the_own_person)
{
    ck_assert_int_eq(get(admin, "/api/v1/employees/1").status, 200);
    ck_assert_int_eq(get(admin, "/api/v1/employees/2").status, 200);
    flush();
    struct ff_answer a = get(annas, AUDIT "?limit=100");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(times(a.body, "\"action\":\"employee.read\""), 1);
    ck_assert_int_eq(times(a.body, "\"entityType\":\"product\""), 0);
    ck_assert_int_ge(times(a.body, "Anna Kov"), 1);
    ck_assert_int_eq(times(a.body, "Szab"), 0);
    ck_assert_int_eq(times(a.body, "\"action\":\"auth.login\""), 1);
    int64_t foreign = ff_test_number(&fx, "SELECT seq FROM audit WHERE action = 'product.create'");
    ck_assert_int_eq(get(annas, ff_arena_printf(fx.arena, AUDIT "/%" PRId64, foreign)).status, 404);
    ck_assert_int_eq(get(manager, AUDIT).status, 403);
}
END_TEST

START_TEST(files_hold_the_chain_values_one_line_an_entry)
{
    int64_t rows = count("1 = 1");
    struct ff_answer csv = get_as(admin, AUDIT, "text/csv");
    ck_assert_int_eq(csv.status, 200);
    ck_assert_int_eq(times(csv.body, "\r\n"), (int)rows + 1);
    ck_assert_ptr_nonnull(strstr(csv.body, "seq,timestamp,action,"));
    flush();
    struct ff_answer lines = get_as(admin, AUDIT "?limit=5", "application/x-ndjson");
    ck_assert_int_eq(lines.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &lines, "Content-Type"), "application/x-ndjson");
    ck_assert_int_eq(times(lines.body, "\n"), 5);
    ck_assert_int_eq(times(lines.body, "\"hash\":\""), 5);
    ck_assert_int_eq(get(admin, AUDIT "?limit=101").status, 400);
    ck_assert_int_eq(get_as(admin, AUDIT "?limit=101", "text/csv").status, 200);
    flush();
    ck_assert_int_eq(count("action = 'audit.export'"), 3);
}
END_TEST

static struct ff_answer prove(void)
{
    return ff_call(&fx,
                   &(struct ff_call){.method = "POST", .target = AUDIT "/verify", .bearer = admin});
}

START_TEST(the_proof_answers_and_names_the_bad_entry)
{
    struct ff_answer a = prove();
    ck_assert_msg(a.status == 200, "%s", a.body);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "entries"), count("1 = 1"));
    ck_assert_int_eq(ff_answer_int(&fx, &a, "firstSeq"), 1);
    ff_test_unguard(&fx, "UPDATE audit SET entity_id = 77 WHERE seq = 4");
    a = prove();
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_AUDIT_CHAIN_BROKEN");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "entry"), 4);
}
END_TEST

/* ---- secrets ---- */

START_TEST(no_secret_is_in_any_row)
{
    static const char *const canaries[] = {"Canary-Pass-1", "918273", "CANARY-BADGE-5"};
    static const char *const calls[][3] = {
        {"POST", "/api/v1/users",
         "{\"email\":\"new@example.com\",\"name\":\"New\",\"role\":\"employee\","
         "\"password\":\"Canary-Pass-1\"}"},
        {"PUT", "/api/v1/employees/1/pin", "{\"pin\":\"918273\"}"},
        {"POST", "/api/v1/employees/1/badges", "{\"badge\":\"CANARY-BADGE-5\"}"},
    };
    for (size_t i = 0; i < 3; i++) {
        struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = calls[i][0],
                                                            .target = calls[i][1],
                                                            .bearer = admin,
                                                            .body = calls[i][2]});
        ck_assert_msg(a.status < 300, "%s: %s", calls[i][1], a.body);
    }
    flush();
    struct ff_answer a = get_as(admin, AUDIT, "text/csv"); /* what is sealed is read in clear */
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(times(a.body, canaries[i]), 0);
    ck_assert_int_eq(times(a.body, admin), 0);
    ck_assert_int_eq(times(a.body, kiosk), 0);
    ck_assert_int_eq(times(a.body, "$argon2"), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("audit_api");
    TCase *tc = tcase_create("audit");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, reading_another_persons_data_is_recorded, 0, FF_ROWS(readings));
    tcase_add_test(tc, an_export_says_so);
    tcase_add_test(tc, reading_the_own_data_is_nobodys_business);
    tcase_add_test(tc, a_caller_who_is_refused_is_recorded_and_a_stranger_is_not);
    tcase_add_test(tc, sign_ins_good_and_bad_are_recorded_without_the_password);
    tcase_add_test(tc, filters_find_and_the_cursor_goes_on);
    tcase_add_test(tc, an_employee_sees_what_was_done_by_and_about_the_own_person);
    tcase_add_test(tc, files_hold_the_chain_values_one_line_an_entry);
    tcase_add_test(tc, the_proof_answers_and_names_the_bad_entry);
    tcase_add_test(tc, no_secret_is_in_any_row);
    suite_add_tcase(suite, tc);
    return ff_test_run(suite);
}

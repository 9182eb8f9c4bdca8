/* SPDX-License-Identifier: MIT */
/* account_api.c - accounts and their passwords over the API: who may change what of whom, and what
 * a new password ends. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/identity/password.h"
#include "domain/site/site.h"

#define NEW_PASSWORD "Correct-Horse-7"

enum { ROOT = 1, ANNA = 2, HOUR_MS = 3600000 };

static struct ff_fixture fx;
static struct ff_test_tokens root, anna;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_test_user(&fx, "root@example.com", "admin", 0);
    ff_test_user(&fx, "anna@example.com", "manager", 0);
    ff_fixture_again(&fx);
    root = ff_test_sign_in(&fx, "root@example.com");
    anna = ff_test_sign_in(&fx, "anna@example.com");
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1, 'Kitchen', "
                        "'kitchen')");
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer ask(const char *method, const char *target, const char *bearer,
                            const char *body)
{
    const struct ff_call call = {
        .method = method, .target = target, .bearer = bearer, .body = body};
    return ff_call(&fx, &call);
}

static struct ff_answer operate(const char *method, const char *target, const char *body)
{
    const struct ff_call call = {.method = method, .target = target, .body = body, .cli = true};
    return ff_call(&fx, &call);
}

static struct ff_answer patch(const char *target, const char *tag, const char *bearer,
                              const char *body)
{
    const struct ff_call call = {
        .method = "PATCH", .target = target, .if_match = tag, .bearer = bearer, .body = body};
    return ff_call(&fx, &call);
}

static bool is(const struct ff_answer *a, int status, const char *code)
{
    return a->status == status && strcmp(ff_answer_member(&fx, a, "code"), code) == 0;
}

static int me(const char *bearer)
{
    return ask("GET", "/api/v1/auth/me", bearer, NULL).status;
}

static struct ff_answer login(const char *email, const char *password)
{
    return ask(
        "POST", "/api/v1/auth/login", NULL,
        ff_arena_printf(fx.arena, "{\"email\":\"%s\",\"password\":\"%s\"}", email, password));
}

/* ---- changing accounts ---- */

START_TEST(a_change_needs_the_version_and_gives_the_next)
{
    struct ff_answer a = ask("GET", "/api/v1/users/2", root.access, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "ETag"), "\"v1\"");
    a = patch("/api/v1/users/2", NULL, root.access, "{\"name\":\"Anna Kovács\"}");
    ck_assert(is(&a, 428, "ERR_PRECONDITION_REQUIRED"));
    a = patch("/api/v1/users/2", "\"v1\"", root.access, "{\"name\":\"Anna Kovács\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), "Anna Kovács");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "version"), 2);
    a = patch("/api/v1/users/2", "\"v1\"", root.access, "{\"name\":\"Anna\"}");
    ck_assert(is(&a, 412, "ERR_VERSION_CONFLICT"));
    a = ask("GET", "/api/v1/users/99", root.access, NULL);
    ck_assert(is(&a, 404, "ERR_NOT_FOUND"));
}
END_TEST

START_TEST(a_demotion_acts_on_the_next_request_of_the_same_token)
{
    ck_assert_int_eq(ask("POST", "/api/v1/products", anna.access,
                         "{\"name\":\"Soup\",\"price\":1,\"category\":\"food\"}")
                         .status,
                     201);
    ck_assert_int_eq(
        patch("/api/v1/users/2", "\"v1\"", root.access, "{\"role\":\"employee\"}").status, 200);
    const struct ff_answer a = ask("POST", "/api/v1/products", anna.access,
                                   "{\"name\":\"Stew\",\"price\":1,\"category\":\"food\"}");
    ck_assert(is(&a, 403, "ERR_FORBIDDEN"));
    ck_assert_int_eq(me(anna.access), 200);
}
END_TEST

START_TEST(department_reach_and_person_are_set_and_taken_away)
{
    const int64_t person = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 0);
    struct ff_answer a = patch(
        "/api/v1/users/2", "\"v1\"", root.access,
        ff_arena_printf(fx.arena, "{\"departmentId\":1,\"siteWide\":true,\"employeeId\":%lld}",
                        (long long)person));
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "departmentId"), 1);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "siteWide"), "true");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "employeeId"), person);
    a = patch("/api/v1/users/1", "\"v1\"", root.access,
              ff_arena_printf(fx.arena, "{\"employeeId\":%lld}", (long long)person));
    ck_assert(is(&a, 409, "ERR_ALREADY_EXISTS"));
    a = patch("/api/v1/users/2", "\"v2\"", root.access,
              "{\"role\":\"employee\",\"departmentId\":null,\"employeeId\":null}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "departmentId"), "null");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "siteWide"), "false");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "employeeId"), "null");
}
END_TEST

static const struct {
    const char *body, *code;
} bad_patches[] = {
    {"{\"role\":\"boss\"}", "ERR_VALIDATION"},
    {"{\"departmentId\":77}", "ERR_VALIDATION"},
    {"{\"employeeId\":77}", "ERR_VALIDATION"},
    {"{\"role\":\"employee\",\"siteWide\":true}", "ERR_VALIDATION"},
    {"{\"name\":\"\"}", "ERR_VALIDATION"},
    {"{\"name\":null}", "ERR_VALIDATION"},
    {"{\"email\":\"other@example.com\"}", "ERR_UNKNOWN_FIELD"},
    {"{\"active\":false}", "ERR_UNKNOWN_FIELD"},
    {"{\"password\":\"Correct-Horse-7\"}", "ERR_UNKNOWN_FIELD"},
    {"{\"tokenVersion\":7}", "ERR_UNKNOWN_FIELD"},
};

START_TEST(what_is_not_to_be_changed_so_is_refused)
{
    const struct ff_answer a =
        patch("/api/v1/users/2", "\"v1\"", root.access, bad_patches[_i].body);
    ck_assert_msg(is(&a, 400, bad_patches[_i].code), "%s: %s", bad_patches[_i].body, a.body);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT version FROM user_account WHERE id = 2"), 1);
}
END_TEST

static const char *const own_power[] = {
    "{\"role\":\"employee\"}",
    "{\"departmentId\":1}",
    "{\"role\":\"manager\",\"siteWide\":true}",
};

START_TEST(nobody_changes_the_own_power)
{
    ff_test_user(&fx, "second@example.com", "admin", 0);
    struct ff_answer a = patch("/api/v1/users/1", "\"v1\"", root.access, own_power[_i]);
    ck_assert(is(&a, 403, "ERR_SELF_ACTION"));
    a = ask("POST", "/api/v1/users/1/deactivate", root.access, NULL);
    ck_assert(is(&a, 403, "ERR_SELF_ACTION"));
    a = patch("/api/v1/users/1", "\"v1\"", root.access,
              "{\"role\":\"admin\",\"name\":\"Root\"}"); /* the name, and the role as it is */
    ck_assert_int_eq(a.status, 200);
}
END_TEST

START_TEST(the_last_active_admin_stays)
{
    struct ff_answer a = operate("POST", "/api/v1/users/1/deactivate", NULL);
    ck_assert(is(&a, 409, "ERR_LAST_ADMIN"));
    const struct ff_call demote = {.method = "PATCH",
                                   .target = "/api/v1/users/1",
                                   .if_match = "\"v1\"",
                                   .cli = true,
                                   .body = "{\"role\":\"manager\"}"};
    a = ff_call(&fx, &demote);
    ck_assert(is(&a, 409, "ERR_LAST_ADMIN"));
    ff_test_user(&fx, "second@example.com", "admin", 0);
    ck_assert_int_eq(operate("POST", "/api/v1/users/1/deactivate", NULL).status, 200);
    a = operate("POST", "/api/v1/users/3/deactivate", NULL);
    ck_assert(is(&a, 409, "ERR_LAST_ADMIN"));
    ck_assert_int_eq(operate("POST", "/api/v1/users/1/activate", NULL).status, 200);
    ck_assert_int_eq(operate("POST", "/api/v1/users/3/deactivate", NULL).status, 200);
}
END_TEST

START_TEST(the_last_admins_person_stays_active_too)
{
    const int64_t person = ff_fixture_person(&fx, "EMP001", "Root Person", 0);
    ff_test_change(&fx, "UPDATE user_account SET employee_id = 1 WHERE id = 1");
    const struct ff_call off = {
        .method = "PATCH",
        .target = ff_arena_printf(fx.arena, "/api/v1/employees/%lld", (long long)person),
        .if_match = "\"v1\"",
        .cli = true,
        .body = "{\"active\":false}"};
    struct ff_answer a = ff_call(&fx, &off);
    ck_assert(is(&a, 409, "ERR_LAST_ADMIN"));
    a = operate("POST", "/api/v1/employees/1/erase", "{\"reason\":\"has left us\"}");
    ck_assert(is(&a, 409, "ERR_LAST_ADMIN"));
    ff_test_user(&fx, "second@example.com", "admin", 0);
    a = ff_call(&fx, &off);
    ck_assert_int_eq(a.status, 200);
}
END_TEST

START_TEST(who_is_switched_off_is_out_at_once_and_comes_back_by_signing_in)
{
    struct ff_answer a = ask("POST", "/api/v1/users/2/deactivate", root.access, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "active"), "false");
    ck_assert_int_eq(me(anna.access), 401);
    a = login("anna@example.com", FF_TEST_PASSWORD);
    ck_assert(is(&a, 403, "ERR_EMPLOYEE_INACTIVE"));
    ck_assert_int_eq(ask("POST", "/api/v1/users/2/activate", root.access, NULL).status, 200);
    ck_assert_int_eq(me(anna.access), 401); /* the old sessions stay ended */
    const char *refresh = ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}", anna.refresh);
    ck_assert_int_eq(ask("POST", "/api/v1/auth/refresh", NULL, refresh).status, 401);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD).status, 200);
}
END_TEST

static const struct {
    const char *query;
    int64_t total;
} filters[] = {
    {"", 4},
    {"?role=admin", 1},
    {"?role=manager", 2},
    {"?active=false", 1},
    {"?active=true&role=manager", 1},
    {"?departmentId=1", 1},
    {"?q=bela", 1},
    {"?q=SZAB%C3%93", 1},
    {"?q=example%20anna", 1},
    {"?q=nobody", 0},
    {"?email=Anna@Example.com", 1},
    {"?email=nna@example.com", 0},
};

START_TEST(the_list_is_filtered)
{
    ff_test_user(&fx, "bela@example.com", "employee", 0);
    ff_test_user(&fx, "cili@example.com", "manager", 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(patch("/api/v1/users/3", "\"v1\"", root.access,
                           "{\"name\":\"Béla Szabó\",\"departmentId\":1}")
                         .status,
                     200);
    ck_assert_int_eq(ask("POST", "/api/v1/users/4/deactivate", root.access, NULL).status, 200);
    const struct ff_answer a = ask(
        "GET", ff_arena_printf(fx.arena, "/api/v1/users%s", filters[_i].query), root.access, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), filters[_i].total);
    ck_assert_uint_eq(a.statements, 3);
}
END_TEST

START_TEST(an_admin_ends_a_lock_out)
{
    for (int i = 0; i < 6; i++)
        login("anna@example.com", "x");
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD).status, 423);
    ck_assert_int_eq(ask("POST", "/api/v1/users/2/unlock", anna.access, NULL).status, 403);
    ck_assert_int_eq(ask("POST", "/api/v1/users/2/unlock", root.access, NULL).status, 204);
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD).status, 200);
    ck_assert_int_eq(ask("POST", "/api/v1/users/99/unlock", root.access, NULL).status, 404);
}
END_TEST

/* ---- the own password ---- */

static struct ff_answer change_password(const char *bearer, const char *current, const char *fresh)
{
    return ask("PUT", "/api/v1/auth/password", bearer,
               ff_arena_printf(fx.arena, "{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}",
                               current, fresh));
}

START_TEST(a_new_password_ends_all_other_sessions)
{
    const struct ff_test_tokens phone = ff_test_sign_in(&fx, "anna@example.com");
    struct ff_answer a = change_password(anna.access, FF_TEST_PASSWORD, NEW_PASSWORD);
    ck_assert_int_eq(a.status, 200);
    const char *access = ff_answer_member(&fx, &a, "accessToken");
    const char *refresh = ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}",
                                          ff_answer_member(&fx, &a, "refreshToken"));
    ck_assert_int_eq(me(access), 200);
    ck_assert_int_eq(me(anna.access), 401);
    ck_assert_int_eq(me(phone.access), 401);
    ck_assert_int_eq(ask("POST", "/api/v1/auth/refresh", NULL, refresh).status, 200);
    refresh = ff_arena_printf(fx.arena, "{\"refreshToken\":\"%s\"}", phone.refresh);
    ck_assert_int_eq(ask("POST", "/api/v1/auth/refresh", NULL, refresh).status, 401);
    ck_assert_int_eq(me(root.access), 200);
    a = login("anna@example.com", FF_TEST_PASSWORD);
    ck_assert(is(&a, 401, "ERR_INVALID_CREDENTIALS"));
    ck_assert_int_eq(login("anna@example.com", NEW_PASSWORD).status, 200);
}
END_TEST

static const struct {
    const char *current, *fresh, *code;
    int status;
} bad_changes[] = {
    {"Wrong-Horse-7", NEW_PASSWORD, "ERR_INVALID_CREDENTIALS", 401},
    {FF_TEST_PASSWORD, "short", "ERR_PASSWORD_TOO_WEAK", 400},
    {FF_TEST_PASSWORD, "Password123", "ERR_PASSWORD_TOO_COMMON", 400},
    {FF_TEST_PASSWORD, "Anna-2026-xyz", "ERR_PASSWORD_TOO_COMMON", 400},
    {FF_TEST_PASSWORD, FF_TEST_PASSWORD, "ERR_VALIDATION", 400},
};

START_TEST(a_refused_change_ends_nothing)
{
    const struct ff_answer a =
        change_password(anna.access, bad_changes[_i].current, bad_changes[_i].fresh);
    ck_assert_msg(is(&a, bad_changes[_i].status, bad_changes[_i].code), "%s", a.body);
    ck_assert_int_eq(me(anna.access), 200);
}
END_TEST

START_TEST(guessing_the_current_password_locks_like_signing_in)
{
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(change_password(anna.access, "Wrong-Horse-7", NEW_PASSWORD).status, 401);
    const struct ff_answer a = change_password(anna.access, FF_TEST_PASSWORD, NEW_PASSWORD);
    ck_assert(is(&a, 423, "ERR_ACCOUNT_LOCKED"));
    ck_assert_int_eq(login("anna@example.com", FF_TEST_PASSWORD).status, 423);
}
END_TEST

START_TEST(a_browsers_new_refresh_token_is_in_its_cookie)
{
    const struct ff_call call = {.method = "PUT",
                                 .target = "/api/v1/auth/password",
                                 .bearer = anna.access,
                                 .browser = true,
                                 .body = "{\"currentPassword\":\"" FF_TEST_PASSWORD
                                         "\",\"newPassword\":\"" NEW_PASSWORD "\"}"};
    const struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "refreshToken"), "null");
    ck_assert_ptr_nonnull(strstr(ff_answer_header(&fx, &a, "Set-Cookie"), "ff_refresh="));
}
END_TEST

/* ---- a forgotten one ---- */

static void send_mail(void)
{
    ff_site_set_run(fx.site, (struct ff_run_flags){.mail = true, .registration = true});
}

START_TEST(asking_for_a_link_is_answered_alike_for_everybody)
{
    static const char *const names[] = {"anna@example.com", "none@example.com"};
    unsigned statements[2];
    send_mail();
    for (int i = 0; i < 2; i++) {
        const struct ff_answer a = ask("POST", "/api/v1/auth/forgot-password", NULL,
                                       ff_arena_printf(fx.arena, "{\"email\":\"%s\"}", names[i]));
        ck_assert_int_eq(a.status, 204);
        ck_assert_uint_eq(a.body_len, 0);
        statements[i] = a.statements;
    }
    ck_assert_uint_eq(statements[0], statements[1]);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM mail_outbox"), 2);
}
END_TEST

START_TEST(three_links_in_a_quarter_of_an_hour_are_enough)
{
    send_mail();
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(
            ask("POST", "/api/v1/auth/forgot-password", NULL, "{\"email\":\"anna@example.com\"}")
                .status,
            204);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM mail_outbox"), 3);
}
END_TEST

START_TEST(a_site_without_mail_answers_the_same_and_keeps_nothing)
{
    ck_assert_int_eq(
        ask("POST", "/api/v1/auth/forgot-password", NULL, "{\"email\":\"anna@example.com\"}")
            .status,
        204);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM mail_outbox"), 0);
}
END_TEST

static const char *link_code(void)
{
    const struct ff_code_new in = {
        .purpose = FF_CODE_RESET, .holder = {.user_id = ANNA}, .valid_ms = HOUR_MS};
    struct ff_code code;
    ck_assert_int_eq(ff_code_issue(&fx.cx, &in, &code), FF_OK);
    return ff_arena_printf(fx.arena, "%s", code.text);
}

static struct ff_answer reset(const char *token, const char *password)
{
    return ask(
        "POST", "/api/v1/auth/reset-password", NULL,
        ff_arena_printf(fx.arena, "{\"token\":\"%s\",\"password\":\"%s\"}", token, password));
}

START_TEST(a_link_sets_a_password_once_and_ends_sessions_and_lock_out)
{
    for (int i = 0; i < 6; i++)
        login("anna@example.com", "x");
    const char *token = link_code();
    struct ff_answer a = reset(token, "short");
    ck_assert(is(&a, 400, "ERR_PASSWORD_TOO_WEAK")); /* and the link stays good */
    ck_assert_int_eq(reset(token, NEW_PASSWORD).status, 204);
    ck_assert_int_eq(me(anna.access), 401);
    ck_assert_int_eq(login("anna@example.com", NEW_PASSWORD).status, 200);
    a = reset(token, "Another-Horse-8");
    ck_assert(is(&a, 400, "ERR_CODE_INVALID"));
    ck_assert_int_eq(login("anna@example.com", NEW_PASSWORD).status, 200);
}
END_TEST

START_TEST(a_link_is_good_for_an_hour_and_an_active_account)
{
    const char *token = link_code();
    ff_test_change(&fx, "UPDATE user_account SET is_active = 0 WHERE id = 2");
    struct ff_answer a = reset(token, NEW_PASSWORD);
    ck_assert(is(&a, 400, "ERR_CODE_INVALID"));
    const char *inactive = a.body;
    ff_test_change(&fx, "UPDATE user_account SET is_active = 1 WHERE id = 2");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + HOUR_MS));
    a = reset(token, NEW_PASSWORD);
    ck_assert(is(&a, 400, "ERR_CODE_INVALID"));
    ck_assert_uint_eq(strlen(inactive), a.body_len);
    a = reset("nonsense", NEW_PASSWORD);
    ck_assert(is(&a, 400, "ERR_CODE_INVALID"));
    ck_assert_uint_eq(strlen(inactive), a.body_len);
}
END_TEST

START_TEST(registration_is_not_there_unless_it_is_switched_on)
{
    struct ff_answer a =
        ask("POST", "/api/v1/auth/register", NULL, "{\"email\":\"new@example.com\"}");
    ck_assert(is(&a, 404, "ERR_NOT_FOUND"));
    send_mail();
    a = ask("POST", "/api/v1/auth/register", NULL, "{\"email\":\"new@example.com\"}");
    ck_assert_int_eq(a.status, 204);
    a = ask("POST", "/api/v1/auth/register", NULL, "{\"email\":\"anna@example.com\"}");
    ck_assert_int_eq(a.status, 204);
}
END_TEST

/* ---- the operator ---- */

START_TEST(the_operator_sets_a_password)
{
    const char *body = "{\"password\":\"" NEW_PASSWORD "\"}";
    ck_assert_int_eq(ask("PUT", "/api/v1/users/2/password", root.access, body).status, 403);
    ck_assert_int_eq(operate("PUT", "/api/v1/users/2/password", body).status, 204);
    ck_assert_int_eq(me(anna.access), 401);
    ck_assert_int_eq(login("anna@example.com", NEW_PASSWORD).status, 200);
    ck_assert_int_eq(operate("PUT", "/api/v1/users/99/password", body).status, 404);
}
END_TEST

static struct ff_answer login_by(const char *email, const char *code)
{
    return ask("POST", "/api/v1/auth/login", NULL,
               ff_arena_printf(fx.arena, "{\"email\":\"%s\",\"code\":\"%s\"}", email, code));
}

START_TEST(a_one_time_code_lets_a_locked_out_admin_in_once)
{
    for (int i = 0; i < 6; i++)
        login("root@example.com", "x");
    ck_assert_int_eq(ask("POST", "/api/v1/users/1/otp", root.access, NULL).status, 403);
    struct ff_answer a = operate("POST", "/api/v1/users/1/otp", NULL);
    ck_assert_int_eq(a.status, 200);
    const char *code = ff_answer_member(&fx, &a, "code");
    a = login_by("anna@example.com", code);
    ck_assert(is(&a, 401, "ERR_INVALID_CREDENTIALS")); /* it is not hers, and stays good */
    a = login_by("root@example.com", code);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(me(ff_answer_member(&fx, &a, "accessToken")), 200);
    a = login_by("root@example.com", code);
    ck_assert(is(&a, 401, "ERR_INVALID_CREDENTIALS"));
    ck_assert_int_eq(login("root@example.com", FF_TEST_PASSWORD).status, 200); /* unlocked */
}
END_TEST

START_TEST(codes_are_guessed_five_times_whether_or_not_the_account_exists)
{
    static const char *const names[] = {"root@example.com", "none@example.com"};
    struct ff_answer a = operate("POST", "/api/v1/users/1/otp", NULL);
    const char *code = ff_answer_member(&fx, &a, "code");
    for (int n = 0; n < 2; n++) {
        for (int i = 0; i < 5; i++) {
            a = login_by(names[n], "AAAA-BBBB-CCCC");
            ck_assert(is(&a, 401, "ERR_INVALID_CREDENTIALS"));
        }
        a = login_by(names[n], code);
        ck_assert(is(&a, 423, "ERR_ACCOUNT_LOCKED"));
    }
    ck_assert_int_eq(login("root@example.com", FF_TEST_PASSWORD).status, 200); /* counted apart */
}
END_TEST

START_TEST(a_code_ends_after_a_quarter_of_an_hour_and_with_a_new_password)
{
    struct ff_answer a = operate("POST", "/api/v1/users/2/otp", NULL);
    const char *code = ff_answer_member(&fx, &a, "code");
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 900000));
    ck_assert_int_eq(login_by("anna@example.com", code).status, 401);
    a = operate("POST", "/api/v1/users/2/otp", NULL);
    code = ff_answer_member(&fx, &a, "code");
    ck_assert_int_eq(
        operate("PUT", "/api/v1/users/2/password", "{\"password\":\"" NEW_PASSWORD "\"}").status,
        204);
    ck_assert_int_eq(login_by("anna@example.com", code).status, 401);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("account_api");
    TCase *users = tcase_create("users"), *passwords = tcase_create("passwords");
    tcase_set_timeout(users, 60);
    tcase_add_checked_fixture(users, setup, teardown);
    tcase_add_test(users, a_change_needs_the_version_and_gives_the_next);
    tcase_add_test(users, a_demotion_acts_on_the_next_request_of_the_same_token);
    tcase_add_test(users, department_reach_and_person_are_set_and_taken_away);
    tcase_add_loop_test(users, what_is_not_to_be_changed_so_is_refused, 0, FF_ROWS(bad_patches));
    tcase_add_loop_test(users, nobody_changes_the_own_power, 0, FF_ROWS(own_power));
    tcase_add_test(users, the_last_active_admin_stays);
    tcase_add_test(users, the_last_admins_person_stays_active_too);
    tcase_add_test(users, who_is_switched_off_is_out_at_once_and_comes_back_by_signing_in);
    tcase_add_loop_test(users, the_list_is_filtered, 0, FF_ROWS(filters));
    tcase_add_test(users, an_admin_ends_a_lock_out);
    suite_add_tcase(suite, users);
    tcase_set_timeout(passwords, 60);
    tcase_add_checked_fixture(passwords, setup, teardown);
    tcase_add_test(passwords, a_new_password_ends_all_other_sessions);
    tcase_add_loop_test(passwords, a_refused_change_ends_nothing, 0, FF_ROWS(bad_changes));
    tcase_add_test(passwords, guessing_the_current_password_locks_like_signing_in);
    tcase_add_test(passwords, a_browsers_new_refresh_token_is_in_its_cookie);
    tcase_add_test(passwords, asking_for_a_link_is_answered_alike_for_everybody);
    tcase_add_test(passwords, three_links_in_a_quarter_of_an_hour_are_enough);
    tcase_add_test(passwords, a_site_without_mail_answers_the_same_and_keeps_nothing);
    tcase_add_test(passwords, a_link_sets_a_password_once_and_ends_sessions_and_lock_out);
    tcase_add_test(passwords, a_link_is_good_for_an_hour_and_an_active_account);
    tcase_add_test(passwords, registration_is_not_there_unless_it_is_switched_on);
    tcase_add_test(passwords, the_operator_sets_a_password);
    tcase_add_test(passwords, a_one_time_code_lets_a_locked_out_admin_in_once);
    tcase_add_test(passwords, codes_are_guessed_five_times_whether_or_not_the_account_exists);
    tcase_add_test(passwords, a_code_ends_after_a_quarter_of_an_hour_and_with_a_new_password);
    suite_add_tcase(suite, passwords);
    return ff_test_run(suite);
}

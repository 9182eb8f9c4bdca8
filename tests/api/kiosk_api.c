/* SPDX-License-Identifier: MIT */
/* kiosk_api.c - a kiosk over the wire: made, paired, a person identifies, looks and leaves. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "auth/pairing.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"

#define PAIR     "/api/v1/kiosk/pair"
#define IDENTIFY "/api/v1/kiosk/identify"
#define ME       "/api/v1/kiosk/me"
#define LEAVE    "/api/v1/kiosk/leave"

static struct ff_fixture fx;
static int64_t anna;
static const char *device;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 2500);
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    ck_assert_int_eq(ff_employee_set_pin(&fx.cx, anna, "1397"), FF_OK);
    device = ff_test_kiosk(&fx, "Canteen kiosk");
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer send(const char *method, const char *target, const char *cookie,
                             const char *bearer, const char *body)
{
    const struct ff_call call = {
        .method = method, .target = target, .device = cookie, .bearer = bearer, .body = body};
    return ff_call(&fx, &call);
}

static const char *code(const struct ff_answer *a)
{
    return ff_answer_member(&fx, a, "code");
}

static struct ff_answer as_operator(const char *method, const char *target, const char *body)
{
    const struct ff_call call = {.method = method, .target = target, .cli = true, .body = body};
    return ff_call(&fx, &call);
}

START_TEST(a_kiosk_is_named_paired_and_listed)
{
    struct ff_answer a = as_operator("POST", "/api/v1/kiosks", "{\"name\":\"North\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), "/api/v1/kiosks/2");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "codeExpiresAt"), "2026-03-02T11:55:00.000Z");
    const char *body =
        ff_arena_printf(fx.arena, "{\"code\":\"%s\"}", ff_answer_member(&fx, &a, "code"));
    a = send("POST", PAIR, NULL, NULL, body);
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "id"), 2);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), "North");
    const char *cookie = ff_answer_header(&fx, &a, "Set-Cookie");
    ck_assert_ptr_nonnull(cookie);
    ck_assert_str_eq(cookie + strlen("ff_device=") + 43,
                     "; Path=/api/v1; Max-Age=34560000; HttpOnly; SameSite=Strict");
    ck_assert_ptr_null(strstr(a.body, "token"));
    const char *token = ff_arena_strndup(fx.arena, cookie + strlen("ff_device="), 43);
    ck_assert_int_eq(send("GET", "/api/v1/kiosk/catalogue", token, NULL, NULL).status, 200);
    a = as_operator("GET", "/api/v1/kiosks", NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 2);
    ck_assert_ptr_nonnull(strstr(a.body, "\"name\":\"North\",\"paired\":true"));
}
END_TEST

START_TEST(a_code_that_is_wrong_or_used_pairs_nothing)
{
    struct ff_answer a = as_operator("POST", "/api/v1/kiosks/1/code", NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), "Canteen kiosk");
    const char *body =
        ff_arena_printf(fx.arena, "{\"code\":\"%s\"}", ff_answer_member(&fx, &a, "code"));
    ck_assert_int_eq(send("POST", PAIR, NULL, NULL, body).status, 201);
    a = send("POST", PAIR, NULL, NULL, body);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_DEVICE_UNKNOWN");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
    a = send("POST", PAIR, NULL, NULL, "{\"code\":\"ABCD-EFGH-JKMN\"}");
    ck_assert_str_eq(code(&a), "ERR_DEVICE_UNKNOWN");
}
END_TEST

START_TEST(a_kiosk_with_a_lost_registration_can_be_paired_again)
{
    ff_test_change(&fx, "DELETE FROM device_token");
    struct ff_answer a = as_operator("POST", "/api/v1/kiosks/1/code", NULL);
    const char *body =
        ff_arena_printf(fx.arena, "{\"code\":\"%s\"}", ff_answer_member(&fx, &a, "code"));
    ck_assert_int_eq(send("POST", PAIR, device, NULL, body).status, 201);
}
END_TEST

START_TEST(a_name_in_use_and_a_kiosk_that_is_not_there_are_refused)
{
    struct ff_answer a = as_operator("POST", "/api/v1/kiosks", "{\"name\":\"Canteen kiosk\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_ALREADY_EXISTS");
    a = as_operator("POST", "/api/v1/kiosks/99/code", NULL);
    ck_assert_int_eq(a.status, 404);
}
END_TEST

START_TEST(a_person_identifies_looks_and_leaves)
{
    struct ff_answer a = send("POST", IDENTIFY, device, NULL, "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "idleSeconds"), 60);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "employeeId"), anna);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "firstName"), "Anna");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "initials"), "AK");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "spendable"), 2500);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "monthlyLimit"), "null");
    const char *token = ff_answer_member(&fx, &a, "token");
    a = send("GET", ME, device, token, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balance"), 2500);
    ck_assert_int_eq(send("POST", LEAVE, device, token, NULL).status, 204);
    a = send("GET", ME, device, token, NULL);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_INVALID");
}
END_TEST

/* ---- too many tries: kiosk and web apart (T20) ---- */

static struct ff_answer sign_in(const char *password)
{
    const struct ff_call call = {
        .method = "POST",
        .target = "/api/v1/auth/login",
        .body = ff_arena_printf(fx.arena, "{\"email\":\"anna@example.com\",\"password\":\"%s\"}",
                                password)};
    return ff_call(&fx, &call);
}

static struct ff_answer by_pin(const char *pin)
{
    return send("POST", IDENTIFY, device, NULL,
                ff_arena_printf(fx.arena, "{\"number\":\"EMP001\",\"pin\":\"%s\"}", pin));
}

START_TEST(a_locked_web_login_leaves_the_kiosk_open)
{
    ff_test_user(&fx, "anna@example.com", "employee", anna);
    const int64_t soup = ff_fixture_product(&fx, "Soup", 100);
    for (int i = 0; i < 6; i++)
        sign_in("Wrong2026");
    struct ff_answer a = sign_in(FF_TEST_PASSWORD);
    ck_assert_int_eq(a.status, 423);
    a = by_pin("1397");
    ck_assert_int_eq(a.status, 200);
    const struct ff_call buy = {
        .method = "POST",
        .target = "/api/v1/purchases",
        .device = device,
        .bearer = ff_answer_member(&fx, &a, "token"),
        .key = "kiosk-t20-purchase",
        .body = ff_arena_printf(fx.arena, "{\"items\":[{\"productId\":%d,\"quantity\":1}]}",
                                (int)soup)};
    ck_assert_int_eq(ff_call(&fx, &buy).status, 201);
}
END_TEST

START_TEST(wrong_pins_lock_the_pin_and_leave_the_web_and_the_badge_open)
{
    ff_test_user(&fx, "anna@example.com", "employee", anna);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(by_pin("1398").status, 401);
    struct ff_answer a = by_pin("1397");
    ck_assert_int_eq(a.status, 423);
    ck_assert_str_eq(code(&a), "ERR_ACCOUNT_LOCKED");
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Retry-After"), "900");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "minutes"), 15);
    ck_assert_int_eq(sign_in(FF_TEST_PASSWORD).status, 200);
    a = send("POST", IDENTIFY, device, NULL, "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 200);
}
END_TEST

START_TEST(a_badge_is_linked_at_the_kiosk_by_a_code_from_the_manager)
{
    struct ff_answer a = as_operator("POST", "/api/v1/employees/1/badge-code", NULL);
    ck_assert_int_eq(a.status, 200);
    const char *body =
        ff_arena_printf(fx.arena, "{\"code\":\"%s\",\"badge\":\"FF-0001\"}", code(&a));
    ff_fixture_person(&fx, "EMP002", "Béla", 0);
    a = as_operator("POST", "/api/v1/employees/2/badge-code", NULL);
    const char *belas = code(&a);
    const char *taken = ff_arena_printf(fx.arena, "{\"code\":\"%s\",\"badge\":\"FF-0001\"}", belas);
    a = send("POST", "/api/v1/kiosk/badges", device, NULL, taken);
    ck_assert_int_eq(a.status, 409); /* and the code is still good */
    a = send("POST", "/api/v1/kiosk/badges", device, NULL,
             ff_arena_printf(fx.arena, "{\"code\":\"%s\",\"badge\":\"FF-0777\"}", belas));
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), "Béla");
    ck_assert_int_eq(send("POST", IDENTIFY, device, NULL, "{\"badge\":\"FF-0777\"}").status, 200);
    a = send("POST", "/api/v1/kiosk/badges", device, NULL, taken);
    ck_assert_str_eq(code(&a), "ERR_CODE_INVALID");
    ck_assert_int_eq(send("POST", "/api/v1/kiosk/badges", device, NULL, body).status, 200);
}
END_TEST

START_TEST(wrong_codes_at_a_kiosk_are_counted)
{
    struct ff_answer a;
    for (int i = 0; i < 30; i++)
        a = send("POST", "/api/v1/kiosk/badges", device, NULL,
                 "{\"code\":\"ABCD-EFGH-JKMN\",\"badge\":\"FF-0777\"}");
    ck_assert_str_eq(code(&a), "ERR_CODE_INVALID");
    a = send("POST", "/api/v1/kiosk/badges", device, NULL,
             "{\"code\":\"ABCD-EFGH-JKMN\",\"badge\":\"FF-0777\"}");
    ck_assert_int_eq(a.status, 423);
}
END_TEST

/* ---- a kiosk shows a code, an administrator confirms it ---- */

#define ASK   "/api/v1/kiosk/pair-requests"
#define CLAIM ASK "/claim"

static struct ff_answer confirm(const char *shown, const char *name)
{
    return as_operator("POST", "/api/v1/kiosks/pairings",
                       ff_arena_printf(fx.arena, "{\"code\":\"%s\",\"name\":\"%s\"}", shown, name));
}

static struct ff_answer claim(const char *secret)
{
    return send("POST", CLAIM, NULL, NULL,
                ff_arena_printf(fx.arena, "{\"secret\":\"%s\"}", secret));
}

static const char *cookie_of(const struct ff_answer *a)
{
    const char *cookie = ff_answer_header(&fx, a, "Set-Cookie");
    ck_assert_ptr_nonnull(cookie);
    return ff_arena_strndup(fx.arena, cookie + strlen("ff_device="), 43);
}

static const char *state(const struct ff_answer *a)
{
    return ff_answer_member(&fx, a, "state");
}

START_TEST(a_code_on_the_screen_is_confirmed_and_the_kiosk_fetches_its_cookie)
{
    struct ff_answer a = send("POST", ASK, NULL, NULL, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.statements, 0);
    const char *shown = ff_answer_member(&fx, &a, "code");
    const char *secret = ff_answer_member(&fx, &a, "secret");
    ck_assert_uint_eq(strlen(shown), 9);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "expiresIn"), 600);
    a = claim(secret);
    ck_assert_str_eq(state(&a), "waiting");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
    a = confirm(shown, "West");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), "/api/v1/kiosks/2");
    ck_assert_ptr_nonnull(strstr(a.body, "\"paired\":true"));
    a = claim(secret);
    ck_assert_str_eq(state(&a), "paired");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), "West");
    ck_assert_ptr_null(strstr(a.body, "token"));
    const char *cookie = cookie_of(&a);
    ck_assert_int_eq(send("GET", "/api/v1/kiosk/catalogue", cookie, NULL, NULL).status, 200);
    a = claim(secret); /* the reply was lost */
    ck_assert_str_eq(cookie_of(&a), cookie);
}
END_TEST

START_TEST(an_unconfirmed_code_ends_after_ten_minutes_and_a_fetched_cookie_after_one)
{
    struct ff_answer a = send("POST", ASK, NULL, NULL, NULL);
    const char *shown = ff_answer_member(&fx, &a, "code");
    const char *secret = ff_answer_member(&fx, &a, "secret");
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 599999);
    a = claim(secret);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "expiresIn"), 1);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 600000);
    a = claim(secret);
    ck_assert_str_eq(state(&a), "expired");
    ck_assert_int_eq(confirm(shown, "West").status, 400);
    a = send("POST", ASK, NULL, NULL, NULL);
    shown = ff_answer_member(&fx, &a, "code");
    secret = ff_answer_member(&fx, &a, "secret");
    ck_assert_int_eq(confirm(shown, "West").status, 201);
    a = claim(secret);
    ck_assert_str_eq(state(&a), "paired");
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 600000 + 60000);
    a = claim(secret);
    ck_assert_str_eq(state(&a), "expired");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Set-Cookie"));
}
END_TEST

START_TEST(a_code_nobody_shows_or_shown_twice_and_a_name_in_use_are_refused)
{
    struct ff_answer a = confirm("ABCD-EFGH", "West");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(code(&a), "ERR_VALIDATION");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), "/code");
    a = send("POST", ASK, NULL, NULL, NULL);
    const char *shown = ff_answer_member(&fx, &a, "code");
    a = confirm(shown, "Canteen kiosk");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "field"), "name");
    ck_assert_int_eq(confirm(shown, "West").status, 201); /* a refusal uses no code up */
    a = confirm(shown, "East");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "field"), "code");
}
END_TEST

START_TEST(one_address_can_wait_with_four_browsers_and_all_with_sixty_four)
{
    struct ff_answer a = send("POST", ASK, NULL, NULL, NULL);
    const char *first = ff_answer_member(&fx, &a, "secret");
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(send("POST", ASK, NULL, NULL, NULL).status, 200);
    a = claim(first);
    ck_assert_str_eq(state(&a), "expired"); /* gave way to the fifth */
    char shown[FF_SHOWN_SHORT_CAP], secret[FF_SECRET_CAP];
    for (int i = 4; i < FF_PAIRINGS_MAX; i++)
        ck_assert(ff_pairing_begin(fx.auth, ff_arena_printf(fx.arena, "10.0.0.%d", i),
                                   ff_clock_mono_ms(fx.clock), shown, secret));
    ck_assert(!ff_pairing_begin(fx.auth, "10.0.1.1", ff_clock_mono_ms(fx.clock), shown, secret));
    ck_assert_int_eq(send("POST", ASK, NULL, NULL, NULL).status, 200); /* own places are left */
}
END_TEST

START_TEST(a_revoked_kiosk_is_unknown_at_once_with_everybody_at_it)
{
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    struct ff_answer a = as_operator("POST", "/api/v1/kiosks/1/code", NULL);
    const char *fresh = code(&a);
    ck_assert_int_eq(as_operator("POST", "/api/v1/kiosks/1/revoke", NULL).status, 204);
    a = send("GET", "/api/v1/kiosk/catalogue", device, NULL, NULL);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_DEVICE_UNKNOWN");
    a = send("GET", ME, device, token, NULL);
    ck_assert_int_eq(a.status, 401);
    a = send("POST", PAIR, NULL, NULL, ff_arena_printf(fx.arena, "{\"code\":\"%s\"}", fresh));
    ck_assert_str_eq(code(&a), "ERR_DEVICE_UNKNOWN");
    a = as_operator("GET", "/api/v1/kiosks/1", NULL);
    ck_assert_ptr_nonnull(strstr(a.body, "\"paired\":false"));
    ck_assert_str_eq(ff_answer_member(&fx, &a, "revokedAt"), "2026-03-02T11:45:00.000Z");
    ck_assert_int_eq(as_operator("POST", "/api/v1/kiosks/99/revoke", NULL).status, 404);
}
END_TEST

START_TEST(a_visit_does_not_outlive_the_kiosk_it_began_at)
{
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    ck_assert_int_eq(as_operator("POST", "/api/v1/kiosks/1/revoke", NULL).status, 204);
    struct ff_answer a = send("POST", ASK, NULL, NULL, NULL);
    const char *secret = ff_answer_member(&fx, &a, "secret");
    a = confirm(ff_answer_member(&fx, &a, "code"), "Canteen kiosk");
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "id"), 1); /* the same kiosk again */
    ck_assert_str_eq(ff_answer_member(&fx, &a, "revokedAt"), "null");
    a = claim(secret);
    a = send("GET", ME, cookie_of(&a), token, NULL);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_INVALID");
}
END_TEST

START_TEST(a_kiosk_is_renamed_by_who_has_read_it)
{
    struct ff_call call = {.method = "PATCH",
                           .target = "/api/v1/kiosks/1",
                           .cli = true,
                           .body = "{\"name\":\"Entrance\"}",
                           .if_match = "\"v1\""};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), "Entrance");
    ck_assert_str_eq(ff_answer_header(&fx, &a, "ETag"), "\"v2\"");
    a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 412);
    ff_test_kiosk(&fx, "Second kiosk");
    call.body = "{\"name\":\"Second kiosk\"}";
    call.if_match = "\"v2\"";
    a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "field"), "name");
}
END_TEST

static const struct {
    const char *body;
    int status;
    const char *code;
} tries[] = {
    {"{\"number\":\"EMP001\",\"pin\":\"1397\"}", 200, ""},
    {"{\"employeeId\":1,\"pin\":\"1397\"}", 200, ""},
    {"{\"number\":\"EMP001\",\"pin\":\"1398\"}", 401, "ERR_PIN_INVALID"},
    {"{\"number\":\"EMP999\",\"pin\":\"1397\"}", 401, "ERR_PIN_INVALID"},
    {"{\"employeeId\":999,\"pin\":\"1397\"}", 401, "ERR_PIN_INVALID"},
    {"{\"badge\":\"FF-0002\"}", 401, "ERR_BADGE_UNKNOWN"},
    {"{}", 400, "ERR_VALIDATION"},
    {"{\"pin\":\"1397\"}", 400, "ERR_VALIDATION"},
    {"{\"number\":\"EMP001\"}", 400, "ERR_VALIDATION"},
    {"{\"number\":\"EMP001\",\"pin\":\"139\"}", 400, "ERR_VALIDATION"},
    {"{\"badge\":\"FF-0001\",\"pin\":\"1397\"}", 400, "ERR_VALIDATION"},
    {"{\"badge\":\"FF-0001\",\"number\":\"EMP001\",\"pin\":\"1397\"}", 400, "ERR_VALIDATION"},
    {"{\"badge\":\"FF-0001\",\"balance\":1000000}", 400, "ERR_UNKNOWN_FIELD"},
};

START_TEST(each_way_to_say_who_one_is_has_its_answer)
{
    const struct ff_answer a = send("POST", IDENTIFY, device, NULL, tries[_i].body);
    ck_assert_msg(a.status == tries[_i].status, "%s: %s", tries[_i].body, a.body);
    if (a.status != 200)
        ck_assert_str_eq(code(&a), tries[_i].code);
}
END_TEST

START_TEST(only_a_paired_kiosk_may_ask_who_it_is)
{
    struct ff_answer a = send("POST", IDENTIFY, NULL, NULL, "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_UNAUTHENTICATED");
    a = send("POST", IDENTIFY, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE", NULL,
             "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_DEVICE_UNKNOWN");
    a = as_operator("POST", IDENTIFY, "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 403);
}
END_TEST

START_TEST(a_kiosk_cookie_without_our_page_identifies_nobody)
{
    const struct ff_call call = {
        .method = "POST",
        .target = IDENTIFY,
        .body = "{\"badge\":\"FF-0001\"}",
        .more = {{"Cookie", ff_arena_printf(fx.arena, "ff_device=%s", device)}}};
    const struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_CSRF");
}
END_TEST

START_TEST(a_visit_is_worth_nothing_at_another_kiosk_and_after_idling)
{
    const char *other = ff_test_kiosk(&fx, "Second kiosk");
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    struct ff_answer a = send("GET", ME, other, token, NULL);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_INVALID");
    ck_assert_int_eq(send("GET", ME, device, token, NULL).status, 200);
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + 60000);
    a = send("GET", ME, device, token, NULL);
    ck_assert_int_eq(a.status, 401);
    ck_assert_str_eq(code(&a), "ERR_TOKEN_EXPIRED");
}
END_TEST

START_TEST(a_person_who_was_switched_off_cannot_go_on)
{
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    ff_test_change(&fx, "UPDATE employee SET is_active = 0");
    struct ff_answer a = send("GET", ME, device, token, NULL);
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_EMPLOYEE_INACTIVE");
    a = send("POST", IDENTIFY, device, NULL, "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(code(&a), "ERR_EMPLOYEE_INACTIVE");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kiosk_api");
    TCase *cases = tcase_create("kiosk");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_kiosk_is_named_paired_and_listed);
    tcase_add_test(cases, a_code_that_is_wrong_or_used_pairs_nothing);
    tcase_add_test(cases, a_kiosk_with_a_lost_registration_can_be_paired_again);
    tcase_add_test(cases, a_name_in_use_and_a_kiosk_that_is_not_there_are_refused);
    tcase_add_test(cases, a_locked_web_login_leaves_the_kiosk_open);
    tcase_add_test(cases, wrong_pins_lock_the_pin_and_leave_the_web_and_the_badge_open);
    tcase_add_test(cases, a_badge_is_linked_at_the_kiosk_by_a_code_from_the_manager);
    tcase_add_test(cases, wrong_codes_at_a_kiosk_are_counted);
    tcase_add_test(cases, a_code_on_the_screen_is_confirmed_and_the_kiosk_fetches_its_cookie);
    tcase_add_test(cases,
                   an_unconfirmed_code_ends_after_ten_minutes_and_a_fetched_cookie_after_one);
    tcase_add_test(cases, a_code_nobody_shows_or_shown_twice_and_a_name_in_use_are_refused);
    tcase_add_test(cases, one_address_can_wait_with_four_browsers_and_all_with_sixty_four);
    tcase_add_test(cases, a_revoked_kiosk_is_unknown_at_once_with_everybody_at_it);
    tcase_add_test(cases, a_visit_does_not_outlive_the_kiosk_it_began_at);
    tcase_add_test(cases, a_kiosk_is_renamed_by_who_has_read_it);
    tcase_add_test(cases, a_person_identifies_looks_and_leaves);
    tcase_add_loop_test(cases, each_way_to_say_who_one_is_has_its_answer, 0,
                        sizeof tries / sizeof *tries);
    tcase_add_test(cases, only_a_paired_kiosk_may_ask_who_it_is);
    tcase_add_test(cases, a_kiosk_cookie_without_our_page_identifies_nobody);
    tcase_add_test(cases, a_visit_is_worth_nothing_at_another_kiosk_and_after_idling);
    tcase_add_test(cases, a_person_who_was_switched_off_cannot_go_on);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

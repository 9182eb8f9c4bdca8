/* SPDX-License-Identifier: MIT */
/* invite_api.c - an invitation over the wire: made, printed, looked at, accepted once. */
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "base/typed_code.h"
#include "domain/mail/mail.h"
#include "domain/site/site.h"

#define INVITE "/api/v1/users/invitations"
#define LOOK   "/api/v1/auth/invitation"
#define ACCEPT "/api/v1/auth/accept"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_fixture_person(&fx, "EMP001", "Anna Kovács", 0);
    ff_fixture_person(&fx, "EMP002", "Béla Szabó", 0);
    ff_test_change(&fx, "UPDATE employee SET email = 'anna@example.com' WHERE id = 1");
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer post(bool cli, const char *target, const char *type, const char *body)
{
    const struct ff_call call = {
        .method = "POST", .target = target, .cli = cli, .type = type, .body = body};
    return ff_call(&fx, &call);
}

static const char *member(const struct ff_answer *a, const char *name)
{
    return ff_answer_member(&fx, a, name);
}

/* A fresh code for a person; its text stays until the next but one. */
static const char *invite(int id)
{
    static char codes[2][FF_SHOWN_CODE_CAP];
    static int turn;
    char *code = codes[turn = !turn];
    struct ff_answer a =
        post(true, INVITE, NULL, ff_arena_printf(fx.arena, "{\"employeeId\":%d}", id));
    ck_assert_msg(a.status == 200, "%s", a.body);
    (void)snprintf(code, FF_SHOWN_CODE_CAP, "%s", member(&a, "code"));
    return code;
}

static struct ff_answer accept(const char *code, const char *more)
{
    return post(false, ACCEPT, NULL, ff_arena_printf(fx.arena, "{\"code\":\"%s\"%s}", code, more));
}

static struct ff_answer sign_in(const char *email)
{
    return post(
        false, "/api/v1/auth/login", NULL,
        ff_arena_printf(fx.arena, "{\"email\":\"%s\",\"password\":\"Gulyas-2026\"}", email));
}

START_TEST(an_invited_person_makes_the_own_account_once)
{
    const char *code = invite(1);
    struct ff_answer a =
        post(false, LOOK, NULL, ff_arena_printf(fx.arena, "{\"code\":\"%s\"}", code));
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(&a, "name"), "Anna Kovács");
    ck_assert_str_eq(member(&a, "email"), "anna@example.com");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "pinDigits"), 4);
    a = accept(code, ",\"password\":\"Gulyas-2026\",\"pin\":\"1397\"");
    ck_assert_msg(a.status == 200, "%s", a.body);
    ck_assert_str_eq(member(&a, "email"), "anna@example.com");
    a = sign_in("anna@example.com");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "employeeId"), 1);
    ck_assert_str_eq(member(&a, "role"), "employee");
    int64_t id;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_by_pin(&fx.cx, "EMP001", 0, "1397", &id), FF_OK);
    a = accept(code, ",\"password\":\"Gulyas-2026\"");
    ck_assert_str_eq(member(&a, "code"), "ERR_CODE_INVALID");
    a = post(true, INVITE, NULL, "{\"employeeId\":1}");
    ck_assert_int_eq(a.status, 409);
}
END_TEST

START_TEST(who_has_no_address_gives_one_that_is_free)
{
    ff_test_user(&fx, "taken@example.com", "employee", 0);
    const char *code = invite(2);
    struct ff_answer a = accept(code, ",\"password\":\"Gulyas-2026\"");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(&a, "pointer"), "/email");
    a = accept(code, ",\"password\":\"Gulyas-2026\",\"email\":\"taken@example.com\"");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(&a, "field"), "email");
    a = accept(code, ",\"password\":\"Gulyas-2026\",\"email\":\"Bela@example.com\"");
    ck_assert_msg(a.status == 200, "%s", a.body);
    ck_assert_int_eq(sign_in("bela@example.com").status, 200);
}
END_TEST

static const struct {
    const char *more, *code;
} refusals[] = {
    {",\"password\":\"short\"", "ERR_PASSWORD_TOO_WEAK"},
    {",\"password\":\"Password1\"", "ERR_PASSWORD_TOO_COMMON"},
    {",\"password\":\"Gulyas-2026\",\"pin\":\"1234\"", "ERR_VALIDATION"},
    {",\"password\":\"Gulyas-2026\",\"pin\":\"12\"", "ERR_VALIDATION"},
    {",\"password\":\"Gulyas-2026\",\"role\":\"admin\"", "ERR_UNKNOWN_FIELD"},
};

START_TEST(a_refused_choice_leaves_the_code_good)
{
    const char *code = invite(1);
    for (int i = 0; i < FF_ROWS(refusals); i++) {
        const struct ff_answer a = accept(code, refusals[i].more);
        ck_assert_msg(strstr(a.body, refusals[i].code) != NULL, "%s: %s", refusals[i].more, a.body);
    }
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account"), 0);
    ck_assert_int_eq(accept(code, ",\"password\":\"Gulyas-2026\"").status, 200);
}
END_TEST

START_TEST(a_code_ends_after_a_week_and_with_the_next_one)
{
    const char *first = invite(1);
    const char *second = invite(1);
    struct ff_answer a = accept(first, ",\"password\":\"Gulyas-2026\"");
    ck_assert_str_eq(member(&a, "code"), "ERR_CODE_INVALID");
    ff_clock_advance_to(fx.clock, FF_TEST_NOW + INT64_C(604800000));
    a = accept(second, ",\"password\":\"Gulyas-2026\"");
    ck_assert_str_eq(member(&a, "code"), "ERR_CODE_INVALID");
}
END_TEST

START_TEST(a_person_who_left_cannot_accept)
{
    const char *code = invite(1);
    ff_test_change(&fx, "UPDATE employee SET is_active = 0 WHERE id = 1");
    const struct ff_answer a = accept(code, ",\"password\":\"Gulyas-2026\"");
    ck_assert_str_eq(member(&a, "code"), "ERR_CODE_INVALID");
}
END_TEST

START_TEST(thirty_wrong_codes_from_an_address_must_wait)
{
    struct ff_answer a;
    for (int i = 0; i < 30; i++)
        a = post(false, LOOK, NULL, "{\"code\":\"ABCD-EFGH-JKMN\"}");
    ck_assert_str_eq(member(&a, "code"), "ERR_CODE_INVALID");
    a = post(false, LOOK, NULL, "{\"code\":\"ABCD-EFGH-JKMN\"}");
    ck_assert_int_eq(a.status, 423);
}
END_TEST

START_TEST(a_sheet_has_a_card_for_everybody_without_account)
{
    ff_test_user(&fx, "anna@example.com", "employee", 1);
    struct ff_answer a = post(true, INVITE "/sheet?address=https%3A%2F%2Fcanteen.lan", NULL, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Content-Type"), "text/html; charset=utf-8");
    ck_assert_ptr_null(strstr(a.body, "EMP001"));
    ck_assert_ptr_nonnull(strstr(a.body, "EMP002"));
    ck_assert_ptr_nonnull(strstr(a.body, ">https://canteen.lan/welcome<"));
    ck_assert_ptr_nonnull(strstr(a.body, "<path "));
    const char *at = strstr(a.body, "font-size=\"700\"");
    if (!at)
        at = strstr(strstr(a.body, "EMP002"), "font-weight=\"700\"");
    ck_assert_ptr_nonnull(at);
    const char *code = ff_arena_strndup(fx.arena, strchr(at, '>') + 1, 14);
    a = accept(code, ",\"password\":\"Gulyas-2026\",\"email\":\"bela@example.com\"");
    ck_assert_msg(a.status == 200, "%s", a.body);
    a = post(true, INVITE "/sheet?address=javascript%3Aalert", NULL, NULL);
    ck_assert_int_eq(a.status, 400);
}
END_TEST

/* What the mailer would hand on next: the message's text, in the arena. */
static const char *next_letter(void)
{
    const struct ff_mail_site site = {.url = "https://canteen.lan", .from = "canteen@canteen.lan"};
    struct ff_letter letter;
    bool found = false;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_mail_take(&fx.cx, &site, &letter, &found), FF_OK);
    ck_assert(found);
    ck_assert_str_eq(letter.to, "anna@example.com");
    return letter.text;
}

START_TEST(a_message_holds_a_code_that_is_good)
{
    const char *by_mail = "{\"employeeId\":1,\"byMail\":true}";
    struct ff_answer a = post(true, INVITE, NULL, by_mail);
    ck_assert_int_eq(a.status, 400); /* no mail is sent here */
    ck_assert_str_eq(member(&a, "pointer"), "/byMail");
    ff_site_set_run(fx.site, (struct ff_run_flags){.mail = true});
    a = post(true, INVITE, NULL, "{\"employeeId\":2,\"byMail\":true}");
    ck_assert_int_eq(a.status, 400); /* no e-mail */
    a = post(true, INVITE, NULL, by_mail);
    ck_assert_msg(a.status == 200, "%s", a.body);
    ck_assert_ptr_nonnull(strstr(a.body, "\"code\":null"));
    const char *link = strstr(next_letter(), "/welcome#");
    ck_assert_ptr_nonnull(link);
    link += strlen("/welcome#");
    const char *code = ff_arena_strndup(fx.arena, link, strcspn(link, "\n"));
    a = accept(code, ",\"password\":\"Gulyas-2026\"");
    ck_assert_msg(a.status == 200, "%s %s", code, a.body);
}
END_TEST

START_TEST(by_mail_the_sheet_is_for_the_others)
{
    ck_assert_int_eq(post(true, INVITE "/sheet?byMail=true", NULL, NULL).status, 400);
    ff_site_set_run(fx.site, (struct ff_run_flags){.mail = true});
    struct ff_answer a = post(true, INVITE "/sheet?byMail=true", NULL, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_ptr_null(strstr(a.body, "EMP001"));
    ck_assert_ptr_nonnull(strstr(a.body, "EMP002"));
    ck_assert_ptr_nonnull(strstr(next_letter(), "/welcome#"));
}
END_TEST

START_TEST(a_file_names_whom_to_invite_all_or_none)
{
    struct ff_answer a =
        post(true, INVITE "/import", "text/csv", "employeeNumber\nEMP002\nEMP999\n");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(&a, "code"), "ERR_IMPORT_ROWS");
    ck_assert_str_eq(member(&a, "pointer"), "/line/3/employeeNumber");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM one_time_code"), 0);
    a = post(true, INVITE "/import", "text/csv", "employeeNumber\nEMP002\n");
    ck_assert_int_eq(a.status, 200);
    ck_assert_ptr_nonnull(strstr(a.body, "EMP002"));
    ck_assert_ptr_null(strstr(a.body, "EMP001"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("invite_api");
    TCase *cases = tcase_create("invite");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_invited_person_makes_the_own_account_once);
    tcase_add_test(cases, who_has_no_address_gives_one_that_is_free);
    tcase_add_test(cases, a_refused_choice_leaves_the_code_good);
    tcase_add_test(cases, a_code_ends_after_a_week_and_with_the_next_one);
    tcase_add_test(cases, a_person_who_left_cannot_accept);
    tcase_add_test(cases, thirty_wrong_codes_from_an_address_must_wait);
    tcase_add_test(cases, a_sheet_has_a_card_for_everybody_without_account);
    tcase_add_test(cases, a_message_holds_a_code_that_is_good);
    tcase_add_test(cases, by_mail_the_sheet_is_for_the_others);
    tcase_add_test(cases, a_file_names_whom_to_invite_all_or_none);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

/* SPDX-License-Identifier: MIT */
/* identity_user.c - accounts: the password rule at its borders, who may be linked, what is taken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/identity/user.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_user_new someone(void)
{
    return (struct ff_user_new){.email = "anna@example.com",
                                .name = "Anna Kovács",
                                .role = "employee",
                                .password = FF_TEST_PASSWORD,
                                .employee_id = FF_NULL_INT,
                                .department_id = FF_NULL_INT,
                                .site_wide = FF_NULL_INT};
}

static enum ff_rc create(const struct ff_user_new *in, struct ff_user *out)
{
    ff_fixture_again(&fx);
    return ff_user_create(&fx.cx, in, out);
}

/* The text of a parameter of the error, "" for none. */
static const char *param(const char *name)
{
    for (size_t i = 0; i < fx.cx.err.n_params; i++)
        if (strcmp(fx.cx.err.params[i].name, name) == 0)
            return fx.cx.err.params[i].text;
    return "";
}

/* ---- passwords ---- */

/* `n` characters of `filler` after "Aa1". */
static const char *password(const char *filler, size_t n)
{
    char *out = ff_alloc(&fx.cx, 4 * n + 4);
    size_t at = 3;
    memcpy(out, "Aa1", 3);
    for (size_t i = 3; i < n; i++) {
        memcpy(out + at, filler, strlen(filler));
        at += strlen(filler);
    }
    return out;
}

static const struct {
    const char *filler;
    size_t characters;
    bool ok;
} lengths[] = {
    {"x", 7, false},           {"x", 8, true},
    {"x", 128, true},          {"x", 129, false},
    {"ű", 7, false},           {"ű", 8, true},
    {"ű", 128, true},          {"ű", 129, false},
    {"\U0001F372", 7, false},  {"\U0001F372", 8, true},
    {"\U0001F372", 128, true}, {"\U0001F372", 129, false},
};

START_TEST(a_password_is_measured_in_characters)
{
    const char *text = password(lengths[_i].filler, lengths[_i].characters);
    const enum ff_rc rc = ff_password_check(&fx.cx, text);
    ck_assert_int_eq(rc, lengths[_i].ok ? FF_OK : FF_PASSWORD_TOO_WEAK);
    if (rc) {
        ck_assert_int_eq(ff_test_param(&fx.cx, "min"), 8);
        ck_assert_int_eq(ff_test_param(&fx.cx, "max"), 128);
    }
}
END_TEST

static const struct {
    const char *text;
    bool ok;
} kinds[] = {
    {"", false},         {"aaaaaaa1", false}, {"AAAAAAA1", false}, {"Aaaaaaaa", false},
    {"12345678", false}, {"Aaaaaaa1", true},  {"1aaaaaaZ", true},  {"Zz0 Zz0 ", true},
    {"ÁÁáá1111", false}, {"@[`{/:Aa", false}, {"Aa0@[`{/", true},
};

START_TEST(a_password_has_three_kinds_of_characters)
{
    ck_assert_int_eq(ff_password_check(&fx.cx, kinds[_i].text),
                     kinds[_i].ok ? FF_OK : FF_PASSWORD_TOO_WEAK);
}
END_TEST

START_TEST(a_weak_password_makes_no_account)
{
    struct ff_user_new in = someone();
    struct ff_user out;
    in.password = "lunch2026";
    ck_assert_int_eq(create(&in, &out), FF_PASSWORD_TOO_WEAK);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account"), 0);
}
END_TEST

START_TEST(the_database_holds_no_password)
{
    ff_test_user(&fx, "anna@example.com", "employee", 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account WHERE password_hash "
                                         "LIKE '$argon2id$v=19$m=65536,t=2,p=1$%'"),
                     1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account WHERE password_hash "
                                         "LIKE '%" FF_TEST_PASSWORD "%'"),
                     0);
}
END_TEST

/* ---- making accounts ---- */

START_TEST(an_account_without_a_person_is_complete)
{
    const struct ff_user_new in = someone();
    struct ff_user made, read;
    ck_assert_int_eq(create(&in, &made), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_user_by_email(&fx.cx, "anna@example.com", &read), FF_OK);
    ck_assert_int_eq(read.id, made.id);
    ck_assert_str_eq(read.name, "Anna Kovács");
    ck_assert_str_eq(read.role, "employee");
    ck_assert(read.employee_id == FF_NULL_INT && read.department_id == FF_NULL_INT);
    ck_assert_int_eq(read.site_wide, 0);
    ck_assert_int_eq(read.active, 1);
    ck_assert_int_eq(read.created_at, FF_TEST_NOW);
    ck_assert(read.last_login_at == FF_NULL_INT);
}
END_TEST

START_TEST(a_person_is_named_by_number_or_by_id)
{
    const int64_t anna = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 0);
    const int64_t bela = ff_fixture_person(&fx, "EMP002", "Béla Nagy", 0);
    struct ff_user_new in = someone();
    struct ff_user out;
    in.employee_number = "EMP001";
    ck_assert_int_eq(create(&in, &out), FF_OK);
    ck_assert_int_eq(out.employee_id, anna);
    in = someone();
    in.email = "bela@example.com";
    in.employee_id = bela;
    ck_assert_int_eq(create(&in, &out), FF_OK);
    ck_assert_int_eq(out.employee_id, bela);
}
END_TEST

static const struct {
    const char *number;
    int64_t id;
    const char *pointer;
} nobody[] = {
    {"EMP999", 0, "/employeeNumber"},
    {NULL, 999, "/employeeId"},
    {"EMP001", 1, "/employeeId"},
};

START_TEST(a_person_that_is_not_there_is_a_field_error)
{
    struct ff_user_new in = someone();
    struct ff_user out;
    in.employee_number = nobody[_i].number;
    in.employee_id = nobody[_i].id;
    ck_assert_int_eq(create(&in, &out), FF_VALIDATION);
    ck_assert_uint_eq(fx.cx.err.n_fields, 1);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, nobody[_i].pointer);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account"), 0);
}
END_TEST

START_TEST(an_email_and_a_person_have_one_account_each)
{
    const int64_t anna = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 0);
    struct ff_user_new in = someone();
    struct ff_user out;
    in.employee_id = anna;
    ck_assert_int_eq(create(&in, &out), FF_OK);
    ck_assert_int_eq(create(&in, &out), FF_ALREADY_EXISTS);
    ck_assert_str_eq(param("field"), "email");
    in.email = "anna.again@example.com";
    ck_assert_int_eq(create(&in, &out), FF_ALREADY_EXISTS);
    ck_assert_str_eq(param("field"), "employee");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM user_account"), 1);
}
END_TEST

START_TEST(only_a_manager_is_site_wide)
{
    struct ff_user_new in = someone();
    struct ff_user out;
    in.site_wide = 1;
    ck_assert_int_eq(create(&in, &out), FF_VALIDATION);
    ck_assert_str_eq(fx.cx.err.fields[0].pointer, "/siteWide");
    in.role = "manager";
    ck_assert_int_eq(create(&in, &out), FF_OK);
    ck_assert_int_eq(out.site_wide, 1);
}
END_TEST

START_TEST(the_department_is_the_accounts_own_or_that_of_its_person)
{
    const int64_t anna = ff_fixture_person(&fx, "EMP001", "Anna Kovács", 0);
    struct ff_user_new in = someone();
    struct ff_user out;
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES "
                        "(1, 'Kitchen', 'kitchen'), (2, 'Finance', 'finance')");
    ff_test_change(&fx, "UPDATE employee SET department_id = 1");
    in.role = "manager";
    in.employee_id = anna;
    ck_assert_int_eq(create(&in, &out), FF_OK);
    ck_assert_int_eq(out.department_id, 1);
    in.email = "bela@example.com";
    in.employee_id = 0;
    in.department_id = 2;
    ck_assert_int_eq(create(&in, &out), FF_OK);
    ck_assert_int_eq(out.department_id, 2);
}
END_TEST

/* ---- reading them ---- */

static enum ff_rc list(int64_t page, int64_t limit, struct ff_list *out, int64_t *total)
{
    const struct ff_user_filter filter = {.page = page, .limit = limit, .active = FF_NULL_INT};
    return ff_user_list(&fx.cx, &filter, out, total);
}

START_TEST(the_list_has_pages_in_the_order_of_emails)
{
    struct ff_list page;
    int64_t total;
    ff_test_user(&fx, "c@example.com", "admin", 0);
    ff_test_user(&fx, "a@example.com", "employee", 0);
    ff_test_user(&fx, "b@example.com", "manager", 0);
    ff_fixture_again(&fx);
    ck_assert_int_eq(list(1, 2, &page, &total), FF_OK);
    ck_assert_int_eq(total, 3);
    ck_assert_uint_eq(page.n, 2);
    const struct ff_user *users = page.items;
    ck_assert_str_eq(users[0].email, "a@example.com");
    ck_assert_str_eq(users[1].email, "b@example.com");
    ck_assert_int_eq(list(2, 2, &page, &total), FF_OK);
    users = page.items;
    ck_assert_uint_eq(page.n, 1);
    ck_assert_str_eq(users[0].email, "c@example.com");
    ck_assert_int_eq(list(3, 2, &page, &total), FF_OK);
    ck_assert_uint_eq(page.n, 0);
}
END_TEST

START_TEST(who_is_not_there_is_not_found)
{
    struct ff_user out;
    ck_assert_int_eq(ff_user_get(&fx.cx, 999, &out), FF_NOT_FOUND);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_user_by_email(&fx.cx, "nobody@example.com", &out), FF_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identity_user");
    TCase *cases = tcase_create("user");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_password_is_measured_in_characters, 0, ROWS(lengths));
    tcase_add_loop_test(cases, a_password_has_three_kinds_of_characters, 0, ROWS(kinds));
    tcase_add_test(cases, a_weak_password_makes_no_account);
    tcase_add_test(cases, the_database_holds_no_password);
    tcase_add_test(cases, an_account_without_a_person_is_complete);
    tcase_add_test(cases, a_person_is_named_by_number_or_by_id);
    tcase_add_loop_test(cases, a_person_that_is_not_there_is_a_field_error, 0, ROWS(nobody));
    tcase_add_test(cases, an_email_and_a_person_have_one_account_each);
    tcase_add_test(cases, only_a_manager_is_site_wide);
    tcase_add_test(cases, the_department_is_the_accounts_own_or_that_of_its_person);
    tcase_add_test(cases, the_list_has_pages_in_the_order_of_emails);
    tcase_add_test(cases, who_is_not_there_is_not_found);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: MIT */
/* import_update.c - files about what is there already: looked at before, changed to the cell, and
 * whatever a file may not do named with its line. */
#include <time.h>

#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/identity/user.h"

#define HEAD "employeeNumber,name,email,department,monthlyLimit,openingBalance,group,active\n"

static struct ff_fixture fx;

static enum ff_rc import_text(const char *text, bool updates, bool dry_run,
                              struct ff_import_result *out)
{
    const struct ff_import_file file = {.text = text,
                                        .n = strlen(text),
                                        .amounts = FF_AMOUNTS_MINOR,
                                        .dry_run = dry_run,
                                        .updates = updates};
    ff_fixture_again(&fx);
    return ff_employee_import(&fx.cx, &file, out);
}

static void must(const char *text, bool updates, bool dry_run, struct ff_import_result *out)
{
    ck_assert_msg(import_text(text, updates, dry_run, out) == FF_OK, "%s", fx.cx.err.detail);
}

static void setup(void)
{
    struct ff_import_result r;
    ff_fixture_open(&fx);
    must(HEAD "E1,Anna Nagy,anna@x.example,Kitchen,20000,5000,,\n"
              "E2,Béla Kis,,Kitchen,,,Guests,\nE3,Csaba Tóth,,,,700,,\n",
         false, false, &r);
    ck_assert_int_eq(r.created, 3);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* The i-th line that does something. */
static const struct ff_import_change *line(const struct ff_import_result *r, size_t i)
{
    const struct ff_import_change *all = r->changes.items;
    for (size_t k = 0; k < r->changes.n; k++)
        if (strcmp(all[k].what, "same") != 0 && i-- == 0)
            return &all[k];
    ck_abort_msg("no such line");
    return all;
}

static void cell_is(const struct ff_import_change *l, size_t i, const char *column,
                    const char *before, const char *after)
{
    ck_assert_uint_gt(l->values.n, i);
    const struct ff_import_value *cell = (const struct ff_import_value *)l->values.items + i;
    ck_assert_str_eq(cell->column, column);
    ck_assert_pstr_eq(cell->before, before);
    ck_assert_pstr_eq(cell->after, after);
}

/* A name is a must: a row that leaves it out is bad, so E3 says it. */
static const char changes[] = HEAD "E1,Anna Nagy,anna@x.example,kitchen,20000,5000,,\n"
                                   "E2,Béla Kiss,bela@x.example,Office,15000,,,\n"
                                   "E4,Dóra Új,,,,,,\nE3,Csaba Tóth,,,,700,,false\n";

START_TEST(a_dry_run_tells_each_line_with_old_and_new)
{
    struct ff_import_result r;
    must(changes, true, true, &r);
    ck_assert_int_eq(r.rows, 4);
    ck_assert_int_eq(r.created, 1);
    ck_assert_int_eq(r.changed, 2);
    ck_assert_int_eq(r.same, 1); /* spelled otherwise, the kitchen is the same */
    ck_assert_int_eq(r.departments_created, 1);
    ck_assert_uint_eq(r.changes.n, 4);
    ck_assert_int_eq(line(&r, 0)->line, 3);
    ck_assert_str_eq(line(&r, 0)->name, "Béla Kis");
    ck_assert_str_eq(line(&r, 0)->what, "changed");
    ck_assert_uint_eq(line(&r, 0)->values.n, 4);
    cell_is(line(&r, 0), 0, "name", "Béla Kis", "Béla Kiss");
    cell_is(line(&r, 0), 1, "email", NULL, "bela@x.example");
    cell_is(line(&r, 0), 2, "monthlyLimit", NULL, "15000");
    cell_is(line(&r, 0), 3, "department", "Kitchen", "Office");
    ck_assert_str_eq(line(&r, 1)->what, "added");
    ck_assert_str_eq(line(&r, 1)->name, "Dóra Új");
    cell_is(line(&r, 2), 0, "active", "true", "false");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM employee"), 3);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM department"), 1);
}
END_TEST

START_TEST(an_update_does_what_the_dry_run_told)
{
    struct ff_import_result r;
    must(changes, true, false, &r);
    ck_assert_int_eq(r.created + r.changed, 3);
    ck_assert_int_eq(ff_test_number(&fx,
                                    "SELECT COUNT(*) FROM employee WHERE number = 'E2' AND name "
                                    "= 'Béla Kiss' AND email = 'bela@x.example' AND "
                                    "monthly_limit_minor = 15000 AND group_id = 1"),
                     1);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT is_active FROM employee WHERE number = 'E3'"), 0);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = "
                                         "'employee.change'"),
                     2);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM wallet"), 4);
    must(changes, true, false, &r); /* once more: nothing is left to do */
    ck_assert_int_eq(r.same, 4);
    ck_assert_uint_eq(r.changes.n, 4);
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(an_export_read_back_as_an_update_changes_nothing)
{
    struct ff_import_result r;
    const struct ff_employee_filter f = ff_test_staff(1, 10);
    struct ff_text text, again;
    must("employeeNumber,name,department\nE5,\"=1+1, \"\"Kft\"\"\",Árvíztűrő\n", true, false, &r);
    ck_assert_int_eq(ff_employee_export(&fx.cx, &f, 0, &text), FF_OK);
    ck_assert_ptr_nonnull(strstr(text.text, "\"'=1+1, \"\"Kft\"\"\",,Árvíztűrő"));
    char *kept = ff_test_keep(text.text);
    must(kept, true, false, &r);
    ck_assert_int_eq(r.same, 4);
    ck_assert_int_eq(r.created + r.changed, 0);
    ck_assert_int_eq(ff_employee_export(&fx.cx, &f, 0, &again), FF_OK);
    ck_assert_str_eq(again.text, kept);
}
END_TEST

/* What a file may not do to who is there. */
static const struct {
    const char *text, *pointer;
    bool updates;
} refusals[] = {
    {HEAD "E1,Anna Nagy,,,,5001,,\n", "/line/2/openingBalance", true},
    {HEAD "E2,Béla Kis,,,,1,,\n", "/line/2/openingBalance", true},
    {HEAD "E3,Csaba Tóth,anna@x.example,,,,,\n", "/line/2/email", true},
    {HEAD "E9,Nobody,,,,,,false\n", "/line/2/active", true},
    {HEAD "E1,Anna Nagy,,,,,,\nE1,Anna Nagy,,,,,,\n", "/line/3/employeeNumber", true},
    {HEAD "E1,Anna Nagy,,,,5000,,\n", "/line/2/employeeNumber", false},
};

START_TEST(what_a_file_may_not_do_is_named)
{
    struct ff_import_result r;
    const int64_t before = ff_test_number(&fx, "SELECT MAX(seq) FROM audit");
    ck_assert_int_eq(import_text(refusals[_i].text, refusals[_i].updates, false, &r),
                     FF_IMPORT_ROWS);
    ff_test_field(&fx.cx, 0, refusals[_i].pointer, "VALUE");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT MAX(seq) FROM audit"), before);
}
END_TEST

START_TEST(nobody_moves_or_switches_off_themselves_by_a_file)
{
    struct ff_import_result r;
    fx.cx.who =
        (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .user_id = 7, .employee_id = 1};
    ck_assert_int_eq(import_text(HEAD "E1,Anna Nagy,,Office,,,,\n", true, false, &r),
                     FF_IMPORT_ROWS);
    ff_test_field(&fx.cx, 0, "/line/2/department", "VALUE");
}
END_TEST

enum { MANY = 10000, ROW_BYTES = 96 };

/* Everybody anew, three rows spoilt, on lines 2, 5002 and 10001. */
static char *many(void)
{
    char *text = malloc((MANY + 2) * ROW_BYTES);
    ck_assert_ptr_nonnull(text);
    size_t n = (size_t)snprintf(text, ROW_BYTES, "employeeNumber,name,email,monthlyLimit\n");
    for (int i = 1; i <= MANY; i++) {
        const char *limit = i == 1 ? "12.5" : "1000";
        const char *mail = i == MANY ? "no address" : "";
        n += (size_t)snprintf(text + n, ROW_BYTES,
                              i == 5001 ? ",Nobody %d,%s,%s\n" : "M%d,P,%s,%s\n", i, mail, limit);
    }
    return text;
}

#if defined(FF_SANITIZED)
enum { BUDGET_MS = 20000 };
#else
enum { BUDGET_MS = 2000 };
#endif

static int64_t worked_ms(void)
{
    struct timespec now;
    ck_assert_int_eq(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now), 0);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

START_TEST(three_bad_rows_in_ten_thousand_are_named_and_nothing_changes)
{
    struct ff_import_result r;
    char *text = many();
    const int64_t began = worked_ms();
    ck_assert_int_eq(import_text(text, _i == 1, false, &r), FF_IMPORT_ROWS);
    ck_assert_int_lt(worked_ms() - began, BUDGET_MS);
    ck_assert_int_eq(ff_test_param(&fx.cx, "rows"), MANY);
    ck_assert_int_eq(ff_test_param(&fx.cx, "bad"), 3);
    ck_assert_uint_eq(fx.cx.err.n_fields, 3);
    ff_test_field(&fx.cx, 0, "/line/2/monthlyLimit", "MONEY_FORMAT");
    ff_test_field(&fx.cx, 1, "/line/5002/employeeNumber", "REQUIRED");
    ff_test_field(&fx.cx, 2, "/line/10001/email", "PATTERN");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM employee"), 3);
    free(text);
}
END_TEST

/* ---- departments ---- */

START_TEST(departments_go_out_and_in)
{
    struct ff_import_result r;
    const struct ff_list_filter all = {.page = 1, .limit = 10};
    struct ff_text text;
    static const char file[] = "name\nKITCHEN\n\"=Büro, 1\"\n";
    struct ff_import_file in = {.text = file, .n = sizeof file - 1};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_department_import(&fx.cx, &in, &r), FF_IMPORT_ROWS);
    ff_test_field(&fx.cx, 0, "/line/2/name", "VALUE");
    in.updates = true;
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_department_import(&fx.cx, &in, &r), FF_OK);
    ck_assert_int_eq(r.created, 1);
    ck_assert_int_eq(r.changed, 1);
    cell_is(line(&r, 0), 0, "name", "Kitchen", "KITCHEN");
    ck_assert_int_eq(ff_department_export(&fx.cx, &all, &text), FF_OK);
    ck_assert_str_eq(text.text, "name\r\n\"'=Büro, 1\"\r\nKITCHEN\r\n");
    char *kept = ff_test_keep(text.text);
    in = (struct ff_import_file){.text = kept, .n = strlen(kept), .updates = true};
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_department_import(&fx.cx, &in, &r), FF_OK);
    ck_assert_int_eq(r.same, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("import_update");
    TCase *cases = tcase_create("update");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_dry_run_tells_each_line_with_old_and_new);
    tcase_add_test(cases, an_update_does_what_the_dry_run_told);
    tcase_add_test(cases, an_export_read_back_as_an_update_changes_nothing);
    tcase_add_loop_test(cases, what_a_file_may_not_do_is_named, 0, FF_ROWS(refusals));
    tcase_add_test(cases, nobody_moves_or_switches_off_themselves_by_a_file);
    tcase_add_loop_test(cases, three_bad_rows_in_ten_thousand_are_named_and_nothing_changes, 0, 2);
    tcase_add_test(cases, departments_go_out_and_in);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

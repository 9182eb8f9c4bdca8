/* SPDX-License-Identifier: MIT */
/* people_employee.c - people and departments: made, read and changed, and the border of each
 * caller: the own row, the own department, all. */
#include "../lib/canteen.h"
#include "domain/ledger/ledger.h"

static struct ff_fixture fx;

enum { KITCHEN = 1, OFFICE = 2 }; /* departments */
enum { ANNA = 1, BELA = 2, CILI = 3, DORA = 4 };

static enum ff_rc make(const char *name, struct ff_department *d)
{
    const struct ff_department_in in = {.set = 1u << FF_DEPARTMENT_NAME, .name = name};
    return ff_department_create(&fx.cx, &in, d);
}

/* `name` NULL: nothing is said. */
static enum ff_rc rename_to(int64_t id, int64_t version, const char *name, struct ff_department *d)
{
    const struct ff_department_in in = {.set = name ? 1u << FF_DEPARTMENT_NAME : 0, .name = name};
    return ff_department_change(&fx.cx, id, version, &in, d);
}

static void person(const char *number, const char *name, int64_t department)
{
    struct ff_employee e = {
        .number = number, .name = name, .department_id = department, .monthly_limit = FF_NULL_INT};
    ck_assert_msg(ff_test_employee(&fx.cx, &e) == FF_OK, "%s", fx.cx.err.detail);
}

static void setup(void)
{
    struct ff_department d;
    ff_fixture_open(&fx);
    ck_assert_int_eq(make("Konyha", &d), FF_OK);
    ck_assert_int_eq(make("Iroda", &d), FF_OK);
    person("E-3", "Ács Anna", KITCHEN);
    person("E-1", "Ábel Béla", OFFICE);
    person("E-2", "Zoltai Cili", KITCHEN);
    person("E-10", "Adler Dóra", FF_NULL_INT);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static void as(enum ff_role role, enum ff_scope scope, int64_t employee_id, int64_t department_id)
{
    ff_fixture_again(&fx);
    ff_fixture_as(&fx, role, scope, employee_id);
    fx.cx.who.department_id = department_id;
}

/* The ids of a page as digits, and "/total". */
static const char *ids(const struct ff_employee_filter *f)
{
    static char out[64];
    struct ff_list list;
    int64_t total;
    ck_assert_msg(ff_employee_list(&fx.cx, f, &list, &total) == FF_OK, "%s", fx.cx.err.detail);
    const struct ff_employee *items = list.items;
    size_t at = 0;
    for (size_t i = 0; i < list.n; i++)
        out[at++] = (char)('0' + items[i].id);
    snprintf(out + at, sizeof out - at, "/%d", (int)total);
    return out;
}

START_TEST(a_person_is_read_back_whole_and_has_a_wallet)
{
    struct ff_employee e = {.number = "EMP001",
                            .name = "Kovács Péter",
                            .email = "kovacs.peter@feastfrenzy.example",
                            .department_id = FF_NULL_INT,
                            .department = "KONYHA",
                            .monthly_limit = 25000};
    struct ff_wallet wallet;
    ck_assert_int_eq(ff_test_employee(&fx.cx, &e), FF_OK);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_employee_get(&fx.cx, 5, &e), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 1);
    ck_assert_str_eq(e.number, "EMP001");
    ck_assert_str_eq(e.name, "Kovács Péter");
    ck_assert_str_eq(e.email, "kovacs.peter@feastfrenzy.example");
    ck_assert_int_eq(e.department_id, KITCHEN);
    ck_assert_str_eq(e.department, "Konyha");
    ck_assert_int_eq(e.monthly_limit, 25000);
    ck_assert_int_eq(e.active, 1);
    ck_assert_int_eq(e.has_pin, 0);
    ck_assert_int_eq(e.badges, 0);
    ck_assert_int_eq(e.version, 1);
    ck_assert_int_eq(e.created_at, FF_TEST_NOW);
    ck_assert_int_eq(ff_wallet_get(&fx.cx, 5, &wallet), FF_OK);
    ck_assert_int_eq(wallet.balance, 0);
    ck_assert_int_eq(wallet.floor, 0);
}
END_TEST

START_TEST(a_person_without_department_and_limit_has_none)
{
    struct ff_employee e;
    ck_assert_int_eq(ff_employee_get(&fx.cx, DORA, &e), FF_OK);
    ck_assert_int_eq(e.department_id, FF_NULL_INT);
    ck_assert_ptr_null(e.department);
    ck_assert_ptr_null(e.email);
    ck_assert_int_eq(e.monthly_limit, FF_NULL_INT);
}
END_TEST

START_TEST(number_and_address_are_given_once)
{
    struct ff_employee e = {.number = "X", .name = "Y", .email = "y@x.hu"};
    e.monthly_limit = FF_NULL_INT;
    ck_assert_int_eq(ff_test_employee(&fx.cx, &e), FF_OK);
    struct ff_employee number = {.number = "X", .name = "Z", .monthly_limit = FF_NULL_INT};
    ck_assert_int_eq(ff_test_employee(&fx.cx, &number), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "number");
    struct ff_employee email = {.number = "Z", .name = "Z", .email = "y@x.hu"};
    email.monthly_limit = FF_NULL_INT;
    ck_assert_int_eq(ff_test_employee(&fx.cx, &email), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "email");
    const struct ff_employee_in in = {.set = 1u << FF_EMPLOYEE_EMAIL, .email = "y@x.hu"};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 1, &in, &e), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "email");
    struct ff_employee_filter f = ff_test_staff(1, 10);
    f.q = "z";
    ff_fixture_again(&fx);
    ck_assert_str_eq(ids(&f), "3/1"); /* Zoltai: nothing of the refused ones is left */
}
END_TEST

START_TEST(the_department_must_be_there)
{
    struct ff_employee named = {.number = "X", .name = "Y", .department = "Raktár"};
    struct ff_employee by_id = {.number = "X", .name = "Y", .department_id = 99};
    ck_assert_int_eq(ff_test_employee(&fx.cx, &named), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/department", "VALUE");
    ck_assert_int_eq(ff_test_employee(&fx.cx, &by_id), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/departmentId", "VALUE");
}
END_TEST

struct order {
    const char *sort, *q, *ids;
};

static const struct order orders[] = {
    {NULL, NULL, "2143/4"}, /* Ábel, Ács, Adler, Zoltai */
    {"-name", NULL, "3412/4"},
    {"number", NULL, "2431/4"},
    {"-number", NULL, "1342/4"},
    {"id", NULL, "1234/4"},
    {"-id", NULL, "4321/4"},
    {"department,name", NULL, "4213/4"},
    {"-department,-name", NULL, "3124/4"},
    {NULL, "anna", "1/1"},
    {NULL, "e-1", "24/2"},
    {NULL, "E-10", "4/1"},
    {NULL, "acs anna", "1/1"},
    {NULL, "bela abel e-1", "2/1"},
    {NULL, "nobody", "/0"},
    {"id", "a", "1234/4"},
};

START_TEST(each_order_and_search_is_what_it_says)
{
    struct ff_employee_filter f = ff_test_staff(1, 10);
    f.sort = orders[_i].sort;
    f.q = orders[_i].q;
    ck_assert_str_eq(ids(&f), orders[_i].ids);
    ck_assert_uint_eq(fx.cx.statements, 2);
}
END_TEST

START_TEST(an_order_that_is_not_ours_is_refused)
{
    struct ff_employee_filter f = ff_test_staff(1, 10);
    struct ff_list list;
    int64_t total;
    f.sort = "email";
    ck_assert_int_eq(ff_employee_list(&fx.cx, &f, &list, &total), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "?sort", "VALUE");
}
END_TEST

START_TEST(filters_and_pages_cut_and_count)
{
    struct ff_employee_filter f = ff_test_staff(2, 3);
    ck_assert_str_eq(ids(&f), "3/4");
    f = ff_test_staff(1, 10);
    f.department_id = KITCHEN;
    ck_assert_str_eq(ids(&f), "13/2");
    struct ff_employee e;
    const struct ff_employee_in off = {.set = 1u << FF_EMPLOYEE_ACTIVE, .active = 0};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 1, &off, &e), FF_OK);
    f.active = 1;
    ck_assert_str_eq(ids(&f), "3/1");
    f.active = 0;
    ck_assert_str_eq(ids(&f), "1/1");
}
END_TEST

struct border {
    enum ff_role role;
    enum ff_scope scope;
    bool site_wide;
    int64_t own, department;
    const char *seen, *listed; /* by get, by list */
};

static const struct border borders[] = {
    {FF_ROLE_ADMIN, FF_ALL, false, 0, 0, "1234", "2143/4"},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, "13", "13/2"},
    {FF_ROLE_MANAGER, FF_DEPT, false, BELA, OFFICE, "2", "2/1"},
    {FF_ROLE_MANAGER, FF_DEPT, false, DORA, 0, "", "/0"},
    {FF_ROLE_MANAGER, FF_DEPT, true, ANNA, KITCHEN, "1234", "2143/4"},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, BELA, OFFICE, "2", "/0"},
    {FF_ROLE_PERSON, FF_SELF, false, CILI, 0, "3", "/0"},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, 0, 0, "", "/0"}, /* an account of nobody */
    {FF_ROLE_ANON, FF_NONE, false, 0, 0, "", "/0"},
};

START_TEST(nobody_sees_beyond_the_border)
{
    const struct border *b = &borders[_i];
    struct ff_employee_filter f = ff_test_staff(1, 10);
    char seen[8] = "";
    for (int64_t id = ANNA; id <= DORA + 1; id++) {
        struct ff_employee e;
        as(b->role, b->scope, b->own, b->department);
        fx.cx.who.site_wide = b->site_wide;
        enum ff_rc rc = ff_employee_get(&fx.cx, id, &e);
        ck_assert(rc == FF_OK || rc == FF_NOT_FOUND);
        if (!rc)
            seen[strlen(seen)] = (char)('0' + id);
        else
            ck_assert_str_eq(fx.cx.err.detail, "There is no such person.");
    }
    ck_assert_str_eq(seen, b->seen);
    ff_fixture_again(&fx);
    ck_assert_str_eq(ids(&f), b->listed);
    f.sort = "name,id"; /* the other query, which takes any order */
    ff_fixture_again(&fx);
    ck_assert_str_eq(ids(&f), b->listed);
}
END_TEST

START_TEST(a_manager_cannot_ask_for_another_department)
{
    struct ff_employee_filter f = ff_test_staff(1, 10);
    as(FF_ROLE_MANAGER, FF_DEPT, ANNA, KITCHEN);
    f.department_id = OFFICE;
    ck_assert_str_eq(ids(&f), "/0");
    f.department_id = KITCHEN;
    ck_assert_str_eq(ids(&f), "13/2");
}
END_TEST

START_TEST(a_managers_new_people_are_in_the_managers_department)
{
    struct ff_employee own = {.number = "N1", .name = "Új", .monthly_limit = FF_NULL_INT};
    struct ff_employee foreign = {.number = "N2", .name = "Új", .department_id = OFFICE};
    struct ff_employee named = {.number = "N3", .name = "Új", .department = "Iroda"};
    as(FF_ROLE_MANAGER, FF_DEPT, ANNA, KITCHEN);
    ck_assert_int_eq(ff_test_employee(&fx.cx, &own), FF_OK);
    ck_assert_int_eq(own.department_id, KITCHEN);
    ck_assert_int_eq(ff_test_employee(&fx.cx, &foreign), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/departmentId", "VALUE"); /* as if it were not there */
    ck_assert_int_eq(ff_test_employee(&fx.cx, &named), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/department", "VALUE");
}
END_TEST

struct right {
    enum ff_role role;
    enum ff_scope scope;
    bool site_wide;
    int64_t own, department, whom;
    uint64_t set;
    enum ff_rc rc;
};

enum {
    NAME = 1 << FF_EMPLOYEE_NAME,
    LIMIT = 1 << FF_EMPLOYEE_MONTHLY_LIMIT,
    NUMBER = 1 << FF_EMPLOYEE_NUMBER,
    MAIL = 1 << FF_EMPLOYEE_EMAIL,
    PLACE = 1 << FF_EMPLOYEE_DEPARTMENT_ID,
    PLACE_NAME = 1 << FF_EMPLOYEE_DEPARTMENT,
    ACTIVE = 1 << FF_EMPLOYEE_ACTIVE,
    OVERDRAFT = 1 << FF_EMPLOYEE_OVERDRAFT
};

static const struct right rights[] = {
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, NAME, FF_OK},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, LIMIT, FF_FORBIDDEN},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, OVERDRAFT, FF_FORBIDDEN},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, NUMBER, FF_FORBIDDEN},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, MAIL, FF_FORBIDDEN},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, PLACE, FF_FORBIDDEN},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, ANNA, ACTIVE, FF_FORBIDDEN},
    {FF_ROLE_EMPLOYEE, FF_SELF, false, ANNA, KITCHEN, CILI, NAME, FF_NOT_FOUND},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, CILI, NAME | LIMIT | NUMBER | MAIL, FF_OK},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, ANNA, LIMIT, FF_SELF_ACTION},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, CILI, OVERDRAFT, FF_FORBIDDEN},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, CILI, PLACE, FF_FORBIDDEN},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, CILI, PLACE_NAME, FF_FORBIDDEN},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, CILI, ACTIVE, FF_FORBIDDEN},
    {FF_ROLE_MANAGER, FF_DEPT, false, ANNA, KITCHEN, BELA, NAME, FF_NOT_FOUND},
    {FF_ROLE_MANAGER, FF_DEPT, true, ANNA, KITCHEN, BELA, NAME, FF_OK},
    {FF_ROLE_MANAGER, FF_DEPT, true, ANNA, KITCHEN, BELA, ACTIVE, FF_FORBIDDEN},
    {FF_ROLE_MANAGER, FF_ALL, true, ANNA, KITCHEN, BELA, ACTIVE, FF_FORBIDDEN},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, BELA, PLACE | ACTIVE | NAME, FF_OK},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, ANNA, PLACE, FF_SELF_ACTION},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, ANNA, ACTIVE, FF_SELF_ACTION},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, ANNA, NAME, FF_OK},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, ANNA, LIMIT, FF_SELF_ACTION},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, ANNA, OVERDRAFT, FF_SELF_ACTION},
    {FF_ROLE_ADMIN, FF_ALL, false, ANNA, KITCHEN, BELA, LIMIT | OVERDRAFT, FF_OK},
    {FF_ROLE_ADMIN, FF_ALL, false, 0, 0, ANNA, ACTIVE, FF_OK}, /* an account of nobody */
    {FF_ROLE_ADMIN, FF_ALL, false, 0, 0, 99, NAME, FF_NOT_FOUND},
};

START_TEST(each_role_changes_what_it_may)
{
    const struct right *r = &rights[_i];
    const struct ff_employee_in in = {.set = r->set,
                                      .number = "N-9",
                                      .name = "Másik Név",
                                      .email = "n@x.hu",
                                      .department_id = OFFICE,
                                      .department = "Iroda",
                                      .monthly_limit = 100,
                                      .overdraft = 700};
    struct ff_employee e;
    as(r->role, r->scope, r->own, r->department);
    fx.cx.who.site_wide = r->site_wide;
    ck_assert_int_eq(ff_employee_change(&fx.cx, r->whom, 1, &in, &e), r->rc);
    if (r->rc)
        return;
    ck_assert_int_eq(e.version, 2);
    ck_assert_int_eq(strcmp(e.name, "Másik Név") == 0, (r->set & NAME) != 0);
    ck_assert_int_eq(strcmp(e.number, "N-9") == 0, (r->set & NUMBER) != 0);
    ck_assert_int_eq(e.email != NULL, (r->set & MAIL) != 0);
    ck_assert_int_eq(e.monthly_limit == 100, (r->set & LIMIT) != 0);
    ck_assert_int_eq(e.active == 0, (r->set & ACTIVE) != 0);
    ck_assert_int_eq(e.overdraft == 700, (r->set & OVERDRAFT) != 0);
}
END_TEST

START_TEST(a_department_is_changed_by_name_and_cleared)
{
    struct ff_employee e;
    struct ff_employee_in in = {.set = PLACE_NAME, .department = "iroda"};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 1, &in, &e), FF_OK);
    ck_assert_int_eq(e.department_id, OFFICE);
    in = (struct ff_employee_in){.set = PLACE, .department_id = FF_NULL_INT};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 2, &in, &e), FF_OK);
    ck_assert_int_eq(e.department_id, FF_NULL_INT);
    in = (struct ff_employee_in){
        .set = PLACE | PLACE_NAME, .department_id = OFFICE, .department = "Iroda"};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 3, &in, &e), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/department", "VALUE");
    in = (struct ff_employee_in){.set = PLACE, .department_id = 99};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 3, &in, &e), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/departmentId", "VALUE");
}
END_TEST

START_TEST(who_was_slower_is_told)
{
    struct ff_employee e;
    const struct ff_employee_in in = {.set = NAME, .name = "Új Név"};
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 1, &in, &e), FF_OK);
    ck_assert_int_eq(ff_employee_change(&fx.cx, ANNA, 1, &in, &e), FF_VERSION_CONFLICT);
}
END_TEST

/* ---- departments ---- */

START_TEST(a_manager_sees_the_own_department_only)
{
    const struct ff_list_filter f = {.page = 1, .limit = 10};
    struct ff_list list;
    struct ff_department d;
    int64_t total;
    ck_assert_int_eq(ff_department_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_uint_eq(fx.cx.statements, 2);
    ck_assert_int_eq(total, 2);
    ck_assert_str_eq(((struct ff_department *)list.items)[0].name, "Iroda");
    as(FF_ROLE_MANAGER, FF_DEPT, ANNA, KITCHEN);
    ck_assert_int_eq(ff_department_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    ck_assert_uint_eq(list.n, 1);
    ck_assert_int_eq(((struct ff_department *)list.items)[0].id, KITCHEN);
    ck_assert_int_eq(ff_department_get(&fx.cx, KITCHEN, &d), FF_OK);
    ck_assert_int_eq(ff_department_get(&fx.cx, OFFICE, &d), FF_NOT_FOUND);
}
END_TEST

START_TEST(departments_sort_and_search)
{
    struct ff_list_filter f = {.page = 1, .limit = 1, .sort = "-name"};
    struct ff_list list;
    int64_t total;
    ck_assert_int_eq(ff_department_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(((struct ff_department *)list.items)[0].id, KITCHEN);
    ck_assert_uint_eq(list.n, 1);
    f.sort = "id";
    f.q = "irod";
    ck_assert_int_eq(ff_department_list(&fx.cx, &f, &list, &total), FF_OK);
    ck_assert_int_eq(total, 1);
    f.sort = "people";
    ck_assert_int_eq(ff_department_list(&fx.cx, &f, &list, &total), FF_VALIDATION);
}
END_TEST

START_TEST(a_department_is_renamed_by_version)
{
    struct ff_department d;
    ck_assert_int_eq(rename_to(KITCHEN, 1, "Nagykonyha", &d), FF_OK);
    ck_assert_str_eq(d.name, "Nagykonyha");
    ck_assert_int_eq(rename_to(KITCHEN, 2, NULL, &d), FF_OK);
    ck_assert_str_eq(d.name, "Nagykonyha");
    ck_assert_int_eq(d.version, 3);
    ck_assert_int_eq(rename_to(KITCHEN, 2, "X", &d), FF_VERSION_CONFLICT);
    ck_assert_int_eq(rename_to(KITCHEN, 3, "IRODA", &d), FF_ALREADY_EXISTS);
    ck_assert_str_eq(ff_test_said(&fx.cx, "field"), "name");
    ck_assert_int_eq(rename_to(99, 1, "X", &d), FF_NOT_FOUND);
    struct ff_department_in in = {.set = 1u << FF_DEPARTMENT_COST_CENTRE, .cost_centre_id = 9};
    ck_assert_int_eq(ff_department_change(&fx.cx, KITCHEN, 3, &in, &d), FF_VALIDATION);
    ff_test_field(&fx.cx, 0, "/costCentreId", "VALUE");
    in.cost_centre_id = 1;
    ck_assert_int_eq(ff_department_change(&fx.cx, KITCHEN, 3, &in, &d), FF_OK);
    ck_assert_int_eq(d.cost_centre_id, 1);
    ck_assert_str_eq(d.name, "Nagykonyha");
    ck_assert_int_eq(make("iroda", &d), FF_ALREADY_EXISTS);
}
END_TEST

START_TEST(only_an_empty_department_is_deleted)
{
    struct ff_department d;
    ck_assert_int_eq(make("Raktár", &d), FF_OK);
    ck_assert_int_eq(ff_department_delete(&fx.cx, KITCHEN, 1), FF_IN_USE);
    ck_assert_int_eq(ff_department_delete(&fx.cx, d.id, 2), FF_VERSION_CONFLICT);
    ck_assert_int_eq(ff_department_delete(&fx.cx, d.id, 1), FF_OK);
    ck_assert_int_eq(ff_department_delete(&fx.cx, d.id, 1), FF_NOT_FOUND);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("people_employee");
    TCase *cases = tcase_create("employee");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_person_is_read_back_whole_and_has_a_wallet);
    tcase_add_test(cases, a_person_without_department_and_limit_has_none);
    tcase_add_test(cases, number_and_address_are_given_once);
    tcase_add_test(cases, the_department_must_be_there);
    tcase_add_loop_test(cases, each_order_and_search_is_what_it_says, 0, FF_ROWS(orders));
    tcase_add_test(cases, an_order_that_is_not_ours_is_refused);
    tcase_add_test(cases, filters_and_pages_cut_and_count);
    tcase_add_loop_test(cases, nobody_sees_beyond_the_border, 0, FF_ROWS(borders));
    tcase_add_test(cases, a_manager_cannot_ask_for_another_department);
    tcase_add_test(cases, a_managers_new_people_are_in_the_managers_department);
    tcase_add_loop_test(cases, each_role_changes_what_it_may, 0, FF_ROWS(rights));
    tcase_add_test(cases, a_department_is_changed_by_name_and_cleared);
    tcase_add_test(cases, who_was_slower_is_told);
    tcase_add_test(cases, a_manager_sees_the_own_department_only);
    tcase_add_test(cases, departments_sort_and_search);
    tcase_add_test(cases, a_department_is_renamed_by_version);
    tcase_add_test(cases, only_an_empty_department_is_deleted);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

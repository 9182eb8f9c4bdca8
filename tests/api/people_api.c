/* SPDX-License-Identifier: MIT */
/* people_api.c - people, departments and the site on the wire: bodies and their bounds, versions,
 * what each caller may see and change, files, credentials. */
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"

static struct ff_fixture fx;

enum { KITCHEN = 1, OFFICE = 2 };
enum { ANNA = 1, BELA = 2 }; /* in the kitchen; in the office */

static void setup(void)
{
    struct ff_department d;
    ff_fixture_open(&fx);
    ck_assert_int_eq(
        ff_department_create(&fx.cx, &(struct ff_department_in){.set = 1, .name = "Konyha"}, &d),
        FF_OK);
    ck_assert_int_eq(
        ff_department_create(&fx.cx, &(struct ff_department_in){.set = 1, .name = "Iroda"}, &d),
        FF_OK);
    struct ff_employee anna = {.number = "E-1", .name = "Ács Anna", .department_id = KITCHEN};
    struct ff_employee bela = {.number = "E-2", .name = "Ábel Béla", .department_id = OFFICE};
    anna.monthly_limit = bela.monthly_limit = FF_NULL_INT;
    ck_assert_int_eq(ff_test_employee(&fx.cx, &anna), FF_OK);
    ck_assert_int_eq(ff_test_employee(&fx.cx, &bela), FF_OK);
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

/* As the command line; `bearer` NULL. */
static struct ff_answer send_as(const char *bearer, const char *method, const char *target,
                                const char *version, const char *body)
{
    return ff_call(&fx, &(struct ff_call){.method = method,
                                          .target = target,
                                          .if_match = version,
                                          .body = body,
                                          .bearer = bearer,
                                          .cli = !bearer});
}

static struct ff_answer get(const char *target)
{
    return send_as(NULL, "GET", target, NULL, NULL);
}

static struct ff_answer post(const char *target, const char *body)
{
    return send_as(NULL, "POST", target, NULL, body);
}

static const char *member(struct ff_answer a, const char *name)
{
    return ff_answer_member(&fx, &a, name);
}

static const char *header(struct ff_answer a, const char *name)
{
    const char *value = ff_answer_header(&fx, &a, name);
    return value ? value : "";
}

static const char *account(const char *email, const char *role, int64_t employee_id)
{
    ff_test_user(&fx, email, role, employee_id);
    return ff_test_sign_in(&fx, email).access;
}

START_TEST(a_person_is_made_read_and_changed)
{
    struct ff_answer a =
        post("/api/v1/employees", "{\"number\":\"EMP001\",\"name\":\"Kovács Péter\",\"email\":"
                                  "\"Kovacs.Peter@feastfrenzy.example\",\"department\":\"konyha\","
                                  "\"monthlyLimit\":25000}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(header(a, "Location"), "/api/v1/employees/3");
    ck_assert_str_eq(header(a, "ETag"), "\"v1\"");
    ck_assert_str_eq(member(a, "email"), "kovacs.peter@feastfrenzy.example");
    ck_assert_str_eq(member(a, "departmentId"), "1");
    ck_assert_str_eq(member(a, "department"), "Konyha");
    ck_assert_str_eq(member(a, "active"), "true");
    ck_assert_str_eq(member(a, "hasPin"), "false");
    a = send_as(NULL, "PATCH", "/api/v1/employees/3", "\"v1\"",
                "{\"monthlyLimit\":null,\"active\":false,\"departmentId\":null}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "monthlyLimit"), "null");
    ck_assert_str_eq(member(a, "active"), "false");
    ck_assert_str_eq(member(a, "department"), "null");
    ck_assert_str_eq(member(a, "name"), "Kovács Péter");
    ck_assert_str_eq(header(a, "ETag"), "\"v2\"");
    ck_assert_str_eq(member(get("/api/v1/employees?active=false"), "total"), "1");
    a = send_as(NULL, "PATCH", "/api/v1/employees/3", "\"v1\"", "{\"name\":\"X\"}");
    ck_assert_int_eq(a.status, 412);
    a = send_as(NULL, "PATCH", "/api/v1/employees/3", NULL, "{\"name\":\"X\"}");
    ck_assert_int_eq(a.status, 428);
    a = get("/api/v1/employees/3");
    ck_assert_uint_eq(a.statements, 1);
    a = get("/api/v1/employees?limit=2&sort=-number&q=e");
    ck_assert_uint_eq(a.statements, 2);
    ck_assert_str_eq(member(a, "totalPages"), "2");
    ck_assert_str_eq(member(a, "number"), "EMP001");
}
END_TEST

struct bad_body {
    const char *body, *code, *pointer, *field;
};

#define NEW(more) "{\"number\":\"N1\",\"name\":\"Új Név\"" more "}"

static const struct bad_body bad_people[] = {
    {"{}", "ERR_VALIDATION", "/number", "REQUIRED"},
    {"{\"number\":\"\",\"name\":\"X\"}", "ERR_VALIDATION", "/number", "LENGTH"},
    {"{\"number\":\"123456789012345678901\",\"name\":\"X\"}", "ERR_VALIDATION", "/number",
     "LENGTH"},
    {"{\"number\":\"a b\",\"name\":\"X\"}", "ERR_VALIDATION", "/number", "PATTERN"},
    {"{\"number\":\"N1\",\"name\":\"\\u200b\"}", "ERR_VALIDATION", "/name", "PATTERN"},
    {"{\"number\":\"N1\",\"name\":\"\"}", "ERR_VALIDATION", "/name", "LENGTH"},
    {NEW(",\"email\":\"nobody\""), "ERR_VALIDATION", "/email", "PATTERN"},
    {NEW(",\"monthlyLimit\":-1"), "ERR_AMOUNT_OUT_OF_RANGE", "/monthlyLimit", "RANGE"},
    {NEW(",\"monthlyLimit\":100000001"), "ERR_AMOUNT_OUT_OF_RANGE", "/monthlyLimit", "RANGE"},
    {NEW(",\"monthlyLimit\":1.5"), "ERR_MONEY_FORMAT", "/monthlyLimit", "MONEY_FORMAT"},
    {NEW(",\"departmentId\":99"), "ERR_VALIDATION", "/departmentId", "VALUE"},
    {NEW(",\"department\":\"Raktár\""), "ERR_VALIDATION", "/department", "VALUE"},
    {NEW(",\"active\":true"), "ERR_UNKNOWN_FIELD", "/active", "UNKNOWN"},
    {NEW(",\"balance\":100"), "ERR_UNKNOWN_FIELD", "/balance", "UNKNOWN"},
    {NEW(",\"role\":\"admin\""), "ERR_UNKNOWN_FIELD", "/role", "UNKNOWN"},
    {NEW(",\"pin\":\"1397\""), "ERR_UNKNOWN_FIELD", "/pin", "UNKNOWN"},
    {NEW(",\"hasPin\":true"), "ERR_UNKNOWN_FIELD", "/hasPin", "UNKNOWN"},
};

START_TEST(a_bad_person_is_refused_with_the_place)
{
    const struct bad_body *b = &bad_people[_i];
    struct ff_answer a = post("/api/v1/employees", b->body);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "code"), b->code);
    const char *expected =
        ff_arena_printf(fx.arena, "\"pointer\":\"%s\",\"code\":\"%s\"", b->pointer, b->field);
    ck_assert_msg(strstr(a.body, expected) != NULL, "%s", a.body);
    ck_assert_str_eq(member(get("/api/v1/employees"), "total"), "2");
}
END_TEST

START_TEST(a_taken_number_is_a_conflict)
{
    struct ff_answer a = post("/api/v1/employees", "{\"number\":\"E-1\",\"name\":\"X\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "code"), "ERR_ALREADY_EXISTS");
    ck_assert_str_eq(member(a, "field"), "number");
}
END_TEST

static const char *const own_paths[] = {"/api/v1/employees/%d", "/api/v1/employees/%d/pin",
                                        "/api/v1/employees/%d/badges", "/api/v1/departments/%d"};

static struct ff_answer ask(const char *who, int path, int id)
{
    static const char *const methods[] = {"GET", "PUT", "POST", "GET"};
    static const char *const bodies[] = {NULL, "{\"pin\":\"1397\"}", "{\"badge\":\"B1\"}", NULL};
    char target[64];
    /* the templates above, one number each */
    size_t before = strcspn(own_paths[path], "%");
    snprintf(target, sizeof target, "%.*s%d%s", (int)before, own_paths[path], id,
             own_paths[path] + before + 2);
    return send_as(who, methods[path], target, NULL, bodies[path]);
}

START_TEST(a_foreign_person_answers_like_a_missing_one)
{
    struct ff_employee cili = {.number = "E-3", .name = "Cili", .department_id = KITCHEN};
    cili.monthly_limit = FF_NULL_INT;
    ck_assert_int_eq(ff_test_employee(&fx.cx, &cili), FF_OK);
    const char *manager = account("manager@example.com", "manager", cili.id);
    const char *employee = account("employee@example.com", "employee", ANNA);
    for (int path = 0; path < FF_ROWS(own_paths); path++) {
        const char *callers[] = {manager, path < 2 ? employee : NULL};
        for (int i = 0; i < 2 && callers[i]; i++) {
            struct ff_answer foreign = ask(callers[i], path, BELA); /* also the office's id */
            struct ff_answer missing = ask(callers[i], path, 9);
            ck_assert_int_eq(foreign.status, 404);
            ck_assert_int_eq(missing.status, 404);
            ck_assert_uint_eq(foreign.body_len, missing.body_len);
            ck_assert_str_eq(member(foreign, "detail"), member(missing, "detail"));
            ck_assert_str_eq(member(foreign, "params"), member(missing, "params"));
            ck_assert_int_lt(ask(callers[i], path, ANNA).status, 300); /* the own one is there */
        }
    }
}
END_TEST

START_TEST(each_caller_changes_what_is_theirs_to_change)
{
    const char *manager = account("manager@example.com", "manager", ANNA);
    const char *admin = account("admin@example.com", "admin", BELA);
    struct ff_answer a =
        send_as(manager, "PATCH", "/api/v1/employees/1", "\"v1\"", "{\"active\":false}");
    ck_assert_int_eq(a.status, 403);
    a = send_as(manager, "PATCH", "/api/v1/employees/1", "\"v1\"", "{\"name\":\"Ács Anna Mária\"}");
    ck_assert_int_eq(a.status, 200);
    a = send_as(admin, "PATCH", "/api/v1/employees/2", "\"v1\"", "{\"departmentId\":1}");
    ck_assert_int_eq(a.status, 403);
    ck_assert_str_eq(member(a, "code"), "ERR_SELF_ACTION");
    a = send_as(admin, "PATCH", "/api/v1/employees/1", "\"v2\"", "{\"departmentId\":2}");
    ck_assert_int_eq(a.status, 200);
    a = send_as(manager, "POST", "/api/v1/employees", NULL, "{\"number\":\"N1\",\"name\":\"Új\"}");
    ck_assert_int_eq(a.status, 201); /* the manager moved with her department */
    ck_assert_str_eq(member(a, "departmentId"), "2");
    ck_assert_str_eq(member(send_as(manager, "GET", "/api/v1/employees", NULL, NULL), "total"),
                     "3");
}
END_TEST

START_TEST(a_department_is_made_renamed_and_deleted)
{
    struct ff_answer a = post("/api/v1/departments", "{\"name\":\"Raktár\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(header(a, "Location"), "/api/v1/departments/3");
    a = send_as(NULL, "PATCH", "/api/v1/departments/3", "\"v1\"", "{\"name\":\"Nagyraktár\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "name"), "Nagyraktár");
    ck_assert_int_eq(post("/api/v1/departments", "{\"name\":\"NAGYRAKTÁR\"}").status, 409);
    a = send_as(NULL, "DELETE", "/api/v1/departments/1", "\"v1\"", NULL);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "code"), "ERR_IN_USE");
    a = send_as(NULL, "DELETE", "/api/v1/departments/3", "\"v2\"", NULL);
    ck_assert_int_eq(a.status, 204);
    a = get("/api/v1/departments?sort=-name&q=o");
    ck_assert_uint_eq(a.statements, 2);
    ck_assert_str_eq(member(a, "total"), "2");
    ck_assert_str_eq(member(a, "name"), "Konyha");
    ck_assert_uint_eq(get("/api/v1/departments/1").statements, 1);
    ck_assert_int_eq(get("/api/v1/departments/3").status, 404);
}
END_TEST

START_TEST(a_group_is_made_filled_and_deleted)
{
    struct ff_answer a = post("/api/v1/groups", "{\"name\":\"Vendégek\",\"overdraft\":2000}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(header(a, "Location"), "/api/v1/groups/1");
    ck_assert_str_eq(header(a, "ETag"), "\"v1\"");
    ck_assert_str_eq(member(a, "overdraft"), "2000");
    ck_assert_int_eq(post("/api/v1/groups", "{\"name\":\"VENDEGEK\"}").status, 409);
    ck_assert_int_eq(post("/api/v1/groups", "{\"name\":\"X\",\"overdraft\":-1}").status, 400);
    a = send_as(NULL, "PATCH", "/api/v1/employees/1", "\"v1\"", "{\"group\":\"vendegek\"}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "groupId"), "1");
    ck_assert_str_eq(member(a, "group"), "Vendégek");
    ck_assert_str_eq(member(get("/api/v1/employees?groupId=1"), "total"), "1");
    a = send_as(NULL, "PATCH", "/api/v1/groups/1", "\"v1\"", "{\"overdraft\":null}");
    ck_assert_str_eq(member(a, "overdraft"), "null");
    a = send_as(NULL, "DELETE", "/api/v1/groups/1", "\"v2\"", NULL);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "code"), "ERR_IN_USE");
    a = send_as(NULL, "PATCH", "/api/v1/employees/1", "\"v2\"", "{\"groupId\":null}");
    ck_assert_str_eq(member(a, "group"), "null");
    ck_assert_int_eq(send_as(NULL, "DELETE", "/api/v1/groups/1", "\"v2\"", NULL).status, 204);
    ck_assert_int_eq(get("/api/v1/groups/1").status, 404);
}
END_TEST

START_TEST(only_an_admin_puts_people_into_groups)
{
    const char *manager = account("boss@example.com", "manager", BELA);
    ck_assert_int_eq(post("/api/v1/groups", "{\"name\":\"Guests\"}").status, 201);
    ff_test_change(&fx, "UPDATE user_account SET department_id = 1");
    struct ff_answer a = send_as(manager, "GET", "/api/v1/groups", NULL, NULL);
    ck_assert_str_eq(member(a, "total"), "1");
    a = send_as(manager, "PATCH", "/api/v1/employees/1", "\"v1\"", "{\"groupId\":1}");
    ck_assert_int_eq(a.status, 403);
    a = send_as(manager, "POST", "/api/v1/employees", NULL,
                "{\"number\":\"N1\",\"name\":\"Új\",\"groupId\":1}");
    ck_assert_int_eq(a.status, 403);
    a = post("/api/v1/employees", "{\"number\":\"N1\",\"name\":\"Új\",\"group\":\"nobody\"}");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "pointer"), "/group");
    a = post("/api/v1/employees", "{\"number\":\"N1\",\"name\":\"Új\",\"groupId\":1}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(member(a, "group"), "Guests");
}
END_TEST

START_TEST(a_pin_and_a_badge_are_set_and_never_shown)
{
    struct ff_answer a =
        send_as(NULL, "PUT", "/api/v1/employees/1/pin", NULL, "{\"pin\":\"1234\"}");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "pointer"), "/pin");
    ck_assert_ptr_null(strstr(a.body, "1234"));
    a = send_as(NULL, "PUT", "/api/v1/employees/1/pin", NULL, "{\"pin\":\"1397\"}");
    ck_assert_int_eq(a.status, 204);
    a = post("/api/v1/employees/1/badges", "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_ptr_null(strstr(a.body, "FF-0001"));
    a = post("/api/v1/employees/2/badges", "{\"badge\":\"FF-0001\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "field"), "badge");
    ck_assert_ptr_null(strstr(a.body, "FF-0001"));
    a = get("/api/v1/employees/1");
    ck_assert_str_eq(member(a, "hasPin"), "true");
    ck_assert_str_eq(member(a, "badges"), "1");
    ck_assert_ptr_null(strstr(a.body, "argon2"));
}
END_TEST

START_TEST(the_staff_goes_in_and_comes_out_as_a_file)
{
    size_t n;
    char *csv = ff_test_file(FF_GOLDEN "employees.csv", &n);
    struct ff_call call = {.method = "POST",
                           .target = "/api/v1/employees/import?amounts=minor&dryRun=true",
                           .type = "text/csv",
                           .body = csv,
                           .cli = true};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "departmentsCreated"), "4");
    ck_assert_str_eq(member(get("/api/v1/employees"), "total"), "2");
    call.target = "/api/v1/employees/import?amounts=minor";
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
    ck_assert_str_eq(member(get("/api/v1/employees"), "total"), "22");
    ck_assert_int_eq(ff_call(&fx, &call).status, 400); /* all of them are there already */
    a = ff_call(&fx, &(struct ff_call){.method = "GET",
                                       .target = "/api/v1/employees?q=EMP&amounts=minor",
                                       .accept = "text/csv",
                                       .cli = true});
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.body_len, n);
    ck_assert_mem_eq(a.body, csv, n);
    free(csv);
    a = get("/api/v1/employees/3/balance");
    ck_assert_str_eq(member(a, "balance"), "25000");
}
END_TEST

START_TEST(a_kiosk_gets_names_only_where_the_site_says_so)
{
    struct ff_call call = {.method = "GET",
                           .target = "/api/v1/kiosk/people?limit=1&q=anna",
                           .device = ff_test_kiosk(&fx, "Hall")};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_ptr_nonnull(
        strstr(a.body, "{\"data\":[{\"id\":1,\"name\":\"Ács Anna\",\"initials\":\"ÁA\",\"recent\":"
                       "false}],\"pagination\":{\"page\":1,\"limit\":1,\"total\":1,"));
    a = send_as(NULL, "PATCH", "/api/v1/site", NULL, "{\"identifyName\":false}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_call(&fx, &call).status, 403);
    call.target = "/api/v1/kiosk/people?sort=name";
    ck_assert_int_eq(ff_call(&fx, &call).status, 400);
}
END_TEST

/* ---- the site ---- */

START_TEST(everybody_may_know_the_site)
{
    struct ff_answer a =
        ff_call(&fx, &(struct ff_call){.method = "GET", .target = "/api/v1/public"});
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.statements, 0);
    ck_assert_str_eq(member(a, "siteName"), "Test canteen");
    ck_assert_str_eq(member(a, "currency"), "EUR");
    ck_assert_str_eq(member(a, "decimals"), "2");
    ck_assert_ptr_nonnull(
        strstr(a.body, "\"identify\":{\"badge\":true,\"number\":true,\"name\":true}"));
    ck_assert_str_eq(member(a, "demo"), "false");
    ck_assert_str_eq(member(a, "testClock"), "false");
}
END_TEST

START_TEST(an_admin_changes_the_settings)
{
    struct ff_answer a = send_as(NULL, "PATCH", "/api/v1/site", NULL,
                                 "{\"siteName\":\"Üzemi étkezde\",\"locale\":\"hu\","
                                 "\"undoSeconds\":0}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "siteName"), "Üzemi étkezde");
    ck_assert_str_eq(member(a, "undoSeconds"), "0");
    a = get("/api/v1/site");
    ck_assert_str_eq(member(a, "locale"), "hu");
    ck_assert_str_eq(member(a, "timeZone"), "Europe/Budapest");
    a = get("/api/v1/public");
    ck_assert_str_eq(member(a, "siteName"), "Üzemi étkezde");
}
END_TEST

static const struct bad_body bad_sites[] = {
    {"{\"currency\":\"HUF\"}", "ERR_UNKNOWN_FIELD", "/currency", "UNKNOWN"},
    {"{\"decimals\":0}", "ERR_UNKNOWN_FIELD", "/decimals", "UNKNOWN"},
    {"{\"timeZone\":\"UTC\"}", "ERR_UNKNOWN_FIELD", "/timeZone", "UNKNOWN"},
    {"{\"locale\":\"fr\"}", "ERR_VALIDATION", "/locale", "VALUE"},
    {"{\"locale\":null}", "ERR_VALIDATION", "/locale", "NULL"},
    {"{\"siteName\":\"\"}", "ERR_VALIDATION", "/siteName", "LENGTH"},
    {"{\"idleSeconds\":14}", "ERR_VALIDATION", "/idleSeconds", "RANGE"},
    {"{\"undoSeconds\":86401}", "ERR_VALIDATION", "/undoSeconds", "RANGE"},
    {"{\"identifyBadge\":false,\"identifyNumber\":false,\"identifyName\":false}", "ERR_VALIDATION",
     "/identifyBadge", "VALUE"},
};

START_TEST(a_bad_setting_is_refused_with_the_place)
{
    const struct bad_body *b = &bad_sites[_i];
    struct ff_answer a = send_as(NULL, "PATCH", "/api/v1/site", NULL, b->body);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(member(a, "code"), b->code);
    const char *expected =
        ff_arena_printf(fx.arena, "\"pointer\":\"%s\",\"code\":\"%s\"", b->pointer, b->field);
    ck_assert_msg(strstr(a.body, expected) != NULL, "%s", a.body);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("people_api");
    TCase *cases = tcase_create("people");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_person_is_made_read_and_changed);
    tcase_add_loop_test(cases, a_bad_person_is_refused_with_the_place, 0, FF_ROWS(bad_people));
    tcase_add_test(cases, a_taken_number_is_a_conflict);
    tcase_add_test(cases, a_foreign_person_answers_like_a_missing_one);
    tcase_add_test(cases, each_caller_changes_what_is_theirs_to_change);
    tcase_add_test(cases, a_department_is_made_renamed_and_deleted);
    tcase_add_test(cases, a_group_is_made_filled_and_deleted);
    tcase_add_test(cases, only_an_admin_puts_people_into_groups);
    tcase_add_test(cases, a_pin_and_a_badge_are_set_and_never_shown);
    tcase_add_test(cases, the_staff_goes_in_and_comes_out_as_a_file);
    tcase_add_test(cases, a_kiosk_gets_names_only_where_the_site_says_so);
    tcase_add_test(cases, everybody_may_know_the_site);
    tcase_add_test(cases, an_admin_changes_the_settings);
    tcase_add_loop_test(cases, a_bad_setting_is_refused_with_the_place, 0, FF_ROWS(bad_sites));
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

/* SPDX-License-Identifier: MIT */
/* bad_body.c - the lists of JSON texts, amounts, strings and bounds in tests/golden/bad, through
 * the whole API: the exact status and code of each, and books that add up at the end. And on every
 * row of the route table that takes a body: the members that nobody may send. */
#include "../lib/body.h"
#include "../lib/call.h"
#include "../lib/cases.h"
#include "../lib/money.h"
#include "api/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_CAP = 1 << 17 };

static struct ff_fixture fx;
static char text[TEXT_CAP];

static void start(void)
{
    ff_fixture_open(&fx);
    ff_fixture_person(&fx, "EMP001", "Anna Nagy", 100000000);
    ff_fixture_person(&fx, "EMP002", "Béla Kis", 0);
    ff_fixture_product(&fx, "Soup", 350);
    ff_fixture_product(&fx, "Feast", 1000000);
}

static void stop(void)
{
    ff_test_books(&fx);
    ff_fixture_close(&fx);
}

static struct ff_answer send_text(const char *method, const char *target, size_t n)
{
    return ff_call(&fx, &(struct ff_call){.method = method,
                                          .target = target,
                                          .cli = true,
                                          .body = n ? text : NULL,
                                          .body_len = n});
}

static void expect(const char *list, const struct ff_case *c, const struct ff_answer *a)
{
    ck_assert_msg(a->status == c->status &&
                      (!*c->code || !strcmp(ff_answer_member(&fx, a, "code"), c->code)),
                  "%s:%d: %s: %d, not %d %s\n%s", list, c->line, c->name, a->status, c->status,
                  c->code, a->body);
}

/* Puts a case between two texts; the length of it all. */
static size_t wrap(const char *before, const struct ff_case *c, const char *after)
{
    size_t head = strlen(before), tail = strlen(after);
    ck_assert_uint_lt(head + c->n + tail, TEXT_CAP);
    memcpy(text, before, head);
    memcpy(text + head, c->text, c->n);
    memcpy(text + head + c->n, after, tail + 1);
    return head + c->n + tail;
}

#define JSON    "json.txt"
#define AMOUNTS "amounts.txt"
#define UTF8    "utf8.txt"
#define BOUNDS  "bounds.txt"

static struct ff_cases json, amounts, strings, bounds;

START_TEST(a_text_is_json_or_goes_no_further)
{
    const struct ff_case *c = &json.at[_i];
    struct ff_answer a;
    size_t n = wrap("", c, "");
    ff_fixture_again(&fx);
    a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                       .target = "/api/v1/employees",
                                       .cli = true,
                                       .body = text,
                                       .body_len = n});
    expect(JSON, c, &a);
}
END_TEST

START_TEST(an_amount_is_read_from_its_own_digits)
{
    char before[96];
    ff_fixture_again(&fx);
    (void)snprintf(before, sizeof before,
                   "{\"name\":\"Dish %d\",\"category\":\"food\",\"price\":", _i);
    const struct ff_answer a =
        send_text("POST", "/api/v1/products", wrap(before, &amounts.at[_i], "}"));
    expect(AMOUNTS, &amounts.at[_i], &a);
    if (a.status == 201)
        ck_assert_str_eq(ff_answer_member(&fx, &a, "price"), amounts.at[_i].text);
}
END_TEST

/* What is taken comes back as it was sent. */
START_TEST(a_name_can_be_read_or_is_refused)
{
    char before[96], location[160];
    const struct ff_case *c = &strings.at[_i];
    ff_fixture_again(&fx);
    (void)snprintf(before, sizeof before, "{\"number\":\"U-%d\",\"name\":\"", _i);
    struct ff_answer a = send_text("POST", "/api/v1/employees", wrap(before, c, "\"}"));
    expect(UTF8, c, &a);
    if (a.status != 201)
        return;
    (void)snprintf(location, sizeof location, "%s", ff_answer_header(&fx, &a, "Location"));
    a = send_text("GET", location, 0);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "name"), c->text);
}
END_TEST

/* METHOD TARGET BODY of a case. */
START_TEST(what_is_out_of_bounds_is_refused)
{
    const struct ff_case *c = &bounds.at[_i];
    char *method = strdup(c->text), key[40];
    ck_assert_ptr_nonnull(method);
    char *target = strchr(method, ' '), *body = target ? strchr(target + 1, ' ') : NULL;
    ck_assert_msg(target != NULL, "%s:%d: no address", BOUNDS, c->line);
    *target++ = '\0';
    if (body)
        *body++ = '\0';
    (void)snprintf(key, sizeof key, "bounds-line-%06d", c->line);
    ff_fixture_again(&fx);
    const struct ff_answer a = ff_call(
        &fx, &(struct ff_call){
                 .method = method, .target = target, .cli = true, .body = body, .key = key});
    expect(BOUNDS, c, &a);
    free(method);
}
END_TEST

/* A body of exactly the bound of its row is read, one of a byte more is not. */
START_TEST(a_body_is_bounded_to_the_byte)
{
    static const struct {
        const char *target, *type, *start;
        size_t n;
        bool fits;
    } bodies[] = {
        {"/api/v1/categories", NULL, "{\"name\":\"wide\"}", 65536, true},
        {"/api/v1/categories", NULL, "{\"name\":\"wider\"}", 65537, false},
        {"/api/v1/products/import?amounts=minor&dryRun=true", "text/csv", "name,price,category\n",
         4194304, true},
        {"/api/v1/products/import?amounts=minor&dryRun=true", "text/csv", "name,price,category\n",
         4194305, false},
    };
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        char *body = malloc(bodies[i].n + 1);
        ck_assert_ptr_nonnull(body);
        memset(body, '\n', bodies[i].n);
        memcpy(body, bodies[i].start, strlen(bodies[i].start));
        body[bodies[i].n] = '\0';
        ff_fixture_again(&fx);
        const struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                                                  .target = bodies[i].target,
                                                                  .cli = true,
                                                                  .body = body,
                                                                  .type = bodies[i].type});
        free(body);
        ck_assert_msg(bodies[i].fits == (a.status < 300) && bodies[i].fits == (a.status != 413),
                      "%zu bytes: %d\n%s", bodies[i].n, a.status, a.body);
    }
}
END_TEST

/* ---- methods ---- */

static const char *target_of(const struct ff_route *route);

static bool takes(const char *path, const char *method)
{
    for (size_t i = 0; i < ff_n_routes; i++)
        if (!strcmp(ff_routes[i].path, path) && !strcmp(ff_routes[i].method, method))
            return true;
    return false;
}

/* True when Allow names the method, whole. */
static bool allows(const char *allow, const char *method)
{
    size_t n = strlen(method);
    for (const char *at = allow; (at = strstr(at, method)); at += n)
        if ((at == allow || at[-1] == ' ') && (!at[n] || at[n] == ','))
            return true;
    return false;
}

START_TEST(an_address_takes_the_methods_of_its_rows_and_names_them)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    const struct ff_route *route = &ff_routes[_i];
    if (route->flags & FF_R_TEST)
        return;
    ff_fixture_again(&fx);
    for (size_t i = 0; i < 5; i++) {
        if (takes(route->path, methods[i]))
            continue;
        const struct ff_answer a = send_text(methods[i], target_of(route), 0);
        const char *allow = ff_answer_header(&fx, &a, "Allow");
        ck_assert_msg(a.status == 405 && allow, "%s %s: %d\n%s", methods[i], route->path, a.status,
                      a.body);
        for (size_t k = 0; k < 5; k++)
            ck_assert_msg(allows(allow, methods[k]) == takes(route->path, methods[k]),
                          "%s: Allow: %s", route->path, allow);
        ck_assert(allows(allow, "OPTIONS") && allows(allow, "HEAD") == takes(route->path, "GET"));
    }
}
END_TEST

/* ---- members that a body must not have ---- */

/* Names that mean power, money or identity somewhere, with values that would give it. */
static const char *const injected[] = {
    "\"role\":\"admin\"",
    "\"roles\":[\"admin\"]",
    "\"isAdmin\":true",
    "\"admin\":1",
    "\"is_admin\":true",
    "\"siteWide\":true",
    "\"site_wide\":true",
    "\"scope\":\"all\"",
    "\"permissions\":[\"*\"]",
    "\"balance\":1000000",
    "\"balanceAfter\":1000000",
    "\"balance_minor\":1000000",
    "\"total\":1",
    "\"unitPrice\":1",
    "\"floor\":-1000000",
    "\"employee_id\":2",
    "\"userId\":1",
    "\"id\":1",
    "\"departmentID\":2",
    "\"department_id\":2",
    "\"version\":99",
    "\"createdAt\":\"2020-01-01T00:00:00Z\"",
    "\"updatedAt\":\"2020-01-01T00:00:00Z\"",
    "\"passwordHash\":\"$argon2id$\"",
    "\"password_hash\":\"x\"",
    "\"pinHash\":\"x\"",
    "\"hasPin\":true",
    "\"tokenVersion\":0",
    "\"failedAttempts\":0",
    "\"lockedUntil\":null",
    "\"undone\":false",
    "\"replayed\":true",
    "\"recordedAt\":\"2020-01-01T00:00:00Z\"",
    "\"businessDate\":\"2020-01-01\"",
    "\"deviceId\":1",
    "\"__proto__\":{\"role\":\"admin\"}",
    "\"constructor\":{\"prototype\":{\"role\":\"admin\"}}",
    "\"ROLE\":\"admin\"",
    "\" role\":\"admin\"",
    "\"role.name\":\"admin\"",
    "\"$set\":{\"role\":\"admin\"}",
    "\"_method\":\"DELETE\"",
};

enum { N_INJECTED = sizeof injected / sizeof injected[0], INJECTED_AT_LEAST = 30 };

/* True when the row itself takes a member of that name. */
static bool is_own(const struct ff_schema *schema, const char *member)
{
    size_t n = strcspn(member + 1, "\"");
    for (size_t i = 0; i < schema->n_fields; i++) {
        const char *name = schema->fields[i].name;
        if (strlen(name) == n && !strncmp(name, member + 1, n))
            return true;
    }
    return false;
}

static const char *target_of(const struct ff_route *route)
{
    const char *brace = strchr(route->path, '{');
    if (!brace)
        return route->path;
    const char *end = strchr(brace, '}');
    return ff_arena_printf(fx.arena, "%.*s1%s", (int)(brace - route->path), route->path, end + 1);
}

static struct ff_answer send_body(const struct ff_route *route, const char *more)
{
    struct ff_buf buf;
    ff_buf_init(&buf, TEXT_CAP);
    ff_fixture_again(&fx);
    ff_test_body(&buf, route->in, more);
    const struct ff_answer a =
        ff_call(&fx, &(struct ff_call){.method = route->method,
                                       .target = target_of(route),
                                       .cli = true,
                                       .browser = (route->flags & FF_R_COOKIE) != 0,
                                       .if_match = "\"v1\"",
                                       .key = "injected-members-1",
                                       .body = buf.data});
    ff_buf_free(&buf);
    return a;
}

static void inject(const struct ff_route *route, const char *member)
{
    const struct ff_answer a = send_body(route, member);
    ck_assert_msg(a.status == 400 &&
                      !strcmp(ff_answer_member(&fx, &a, "code"), "ERR_UNKNOWN_FIELD"),
                  "%s with %s: %d\n%s", route->operation, member, a.status, a.body);
}

/* Whom an admin may not call at all, no body of theirs is read. */
static bool takes_a_body(const struct ff_route *route)
{
    return route->in && !(route->flags & (FF_R_TEST | FF_R_CSV_BODY)) &&
           (route->scope[FF_ROLE_ADMIN] != FF_NONE || route->flags & FF_R_OPEN);
}

START_TEST(no_row_takes_a_member_that_it_does_not_name)
{
    const struct ff_route *route = &ff_routes[_i];
    int tried = 0;
    if (!takes_a_body(route))
        return;
    for (size_t i = 0; i < N_INJECTED; i++) {
        if (is_own(route->in, injected[i]))
            continue;
        inject(route, injected[i]);
        tried++;
    }
    ck_assert_int_ge(tried, INJECTED_AT_LEAST);
    /* and it was the member, not the rest */
    const struct ff_answer a = send_body(route, NULL);
    ck_assert_str_ne(ff_answer_member(&fx, &a, "code"), "ERR_UNKNOWN_FIELD");
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("bad_body");
    TCase *t = tcase_create("lists");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, a_text_is_json_or_goes_no_further, 0, (int)json.n);
    tcase_add_loop_test(t, an_amount_is_read_from_its_own_digits, 0, (int)amounts.n);
    tcase_add_loop_test(t, a_name_can_be_read_or_is_refused, 0, (int)strings.n);
    tcase_add_loop_test(t, what_is_out_of_bounds_is_refused, 0, (int)bounds.n);
    tcase_add_test(t, a_body_is_bounded_to_the_byte);
    tcase_add_loop_test(t, an_address_takes_the_methods_of_its_rows_and_names_them, 0,
                        (int)ff_n_routes);
    tcase_set_timeout(t, 120);
    suite_add_tcase(s, t);
    t = tcase_create("members");
    tcase_add_unchecked_fixture(t, start, stop);
    tcase_add_loop_test(t, no_row_takes_a_member_that_it_does_not_name, 0, (int)ff_n_routes);
    tcase_set_timeout(t, 120);
    suite_add_tcase(s, t);
    return s;
}

int main(void)
{
    json = ff_cases_read(JSON, NULL);
    amounts = ff_cases_read(AMOUNTS, NULL);
    strings = ff_cases_read(UTF8, NULL);
    bounds = ff_cases_read(BOUNDS, NULL);
    SRunner *runner = srunner_create(suite());
    /* One canteen serves all lines. */
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: MIT */
/* subsidy_api.c - the employer's money on the wire: rules, cost centres, allowances, a quote, who
 * paid what. */
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/audit/audit.h"
#include "domain/audit/queue.h"

static struct ff_fixture fx;
static int64_t next_key;

static void setup(void)
{
    ff_fixture_open(&fx);
    (void)ff_fixture_person(&fx, "E1", "Anna Nagy", 10000);
    (void)ff_fixture_product(&fx, "Soup", 333);
    next_key = 10;
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    (void)ff_test_books(&fx);
    ff_fixture_close(&fx);
}

/* As the command line. */
static struct ff_answer send(const char *method, const char *target, const char *version,
                             const char *body)
{
    return ff_call(&fx, &(struct ff_call){.method = method,
                                          .target = target,
                                          .if_match = version,
                                          .body = body,
                                          .key = ff_test_key(next_key++),
                                          .cli = true});
}

static struct ff_answer get(const char *target)
{
    return ff_call(&fx, &(struct ff_call){.method = "GET", .target = target, .cli = true});
}

static struct ff_answer keyed(const char *target, const char *key, const char *body)
{
    return ff_call(&fx,
                   &(struct ff_call){
                       .method = "POST", .target = target, .key = key, .body = body, .cli = true});
}

static struct ff_answer post(const char *target, const char *body)
{
    return keyed(target, ff_test_key(next_key++), body);
}

static const char *member(struct ff_answer a, const char *name)
{
    return ff_answer_member(&fx, &a, name);
}

#define RULES  "/api/v1/subsidy-rules"
#define SOUP_2 "{\"items\":[{\"productId\":1,\"quantity\":2}],\"employeeId\":1}"

START_TEST(a_rule_is_made_changed_and_switched_off)
{
    struct ff_answer a =
        send("POST", RULES, NULL,
             "{\"name\":\"Ebéd\",\"kind\":\"percent\",\"value\":500000,\"cap\":300,"
             "\"weekdays\":\"12345\",\"slotFrom\":\"11:00\",\"slotTo\":\"14:30\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), RULES "/1");
    ck_assert_str_eq(member(a, "slotTo"), "14:30");
    ck_assert_str_eq(member(a, "validTo"), "null");
    ck_assert_int_eq(
        send("POST", RULES, NULL, "{\"name\":\"EBED\",\"kind\":\"fixed\",\"value\":1}").status,
        409);
    a = send("PATCH", RULES "/1", "\"v1\"", "{\"active\":false,\"cap\":null,\"categoryId\":1}");
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "cap"), "null");
    ck_assert_str_eq(member(a, "category"), "food");
    ck_assert_int_eq(send("PATCH", RULES "/1", "\"v1\"", "{\"value\":1}").status, 412);
    ck_assert_int_eq(send("DELETE", RULES "/1", "\"v2\"", NULL).status, 204);
}
END_TEST

START_TEST(what_cannot_be_a_rule_is_named)
{
    static const struct {
        const char *body, *pointer;
    } rows[] = {
        {"\"value\":1000001,\"kind\":\"percent\"", "/value"},
        {"\"value\":0,\"kind\":\"fixed\"", "/value"},
        {"\"value\":1,\"kind\":\"half\"", "/kind"},
        {"\"value\":1,\"kind\":\"fixed\",\"weekdays\":\"18\"", "/weekdays"},
        {"\"value\":1,\"kind\":\"fixed\",\"weekdays\":\"11\"", "/weekdays"},
        {"\"value\":1,\"kind\":\"fixed\",\"slotFrom\":\"24:00\"", "/slotFrom"},
        {"\"value\":1,\"kind\":\"fixed\",\"slotFrom\":\"9:000\"", "/slotFrom"},
        {"\"value\":1,\"kind\":\"fixed\",\"slotTo\":\"00:00\"", "/slotTo"},
        {"\"value\":1,\"kind\":\"fixed\",\"slotFrom\":\"10:00\",\"slotTo\":\"10:00\"", "/slotTo"},
        {"\"value\":1,\"kind\":\"fixed\",\"validFrom\":\"2026-02-02\",\"validTo\":\"2026-02-01\"",
         "/validTo"},
        {"\"value\":1,\"kind\":\"fixed\",\"groupId\":9", "/groupId"},
        {"\"value\":1,\"kind\":\"fixed\",\"categoryId\":99", "/categoryId"},
        {"\"value\":1,\"kind\":\"fixed\",\"costCentreId\":99", "/costCentreId"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char body[200];
        snprintf(body, sizeof body, "{\"name\":\"R\",%s}", rows[i].body);
        ff_fixture_again(&fx);
        const struct ff_answer a = send("POST", RULES, NULL, body);
        ck_assert_msg(a.status == 400, "%s: %d", rows[i].body, a.status);
        ck_assert_str_eq(member(a, "pointer"), rows[i].pointer);
    }
}
END_TEST

START_TEST(the_own_part_is_told_before_and_after)
{
    ck_assert_int_eq(
        send("POST", RULES, NULL, "{\"name\":\"L\",\"kind\":\"fixed\",\"value\":150}").status, 201);
    ck_assert_int_eq(post("/api/v1/allowances",
                          "{\"amount\":100,\"expiresOn\":\"2026-03-31\",\"employeeIds\":[1]}")
                         .status,
                     201);
    struct ff_answer a = post("/api/v1/purchases/quote", SOUP_2);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "own"), 416);
    a = post("/api/v1/purchases", SOUP_2);
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 666);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "subsidy"), 150);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "allowance"), 100);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "own"), 416);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balanceAfter"), 10000 - 416);
    a = get("/api/v1/purchases");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "own"), 416);
    a = get("/api/v1/reports/subsidy?by=rule&from=2026-03-01&to=2026-04-01");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "amount"), 100); /* the first row: the allowance */
    a = post("/api/v1/purchases/3/undo", "{}");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "amount"), 416);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "subsidy"), 150);
    a = get("/api/v1/employees/1/balance");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "allowance"), 100);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "spendable"), 10100);
    a = get("/api/v1/employees/1/statement");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "allowance"), 100);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "closing"), 10000);
}
END_TEST

START_TEST(a_quote_refuses_what_the_purchase_would)
{
    struct ff_answer a = post("/api/v1/purchases/quote",
                              "{\"items\":[{\"productId\":1,\"quantity\":99}],\"employeeId\":1}");
    ck_assert_str_eq(member(a, "code"), "ERR_INSUFFICIENT_BALANCE");
    a = post("/api/v1/purchases/quote",
             "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":1,\"expectedTotal\":1}");
    ck_assert_str_eq(member(a, "code"), "ERR_PRICE_CHANGED");
    a = post("/api/v1/purchases/quote",
             "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":9}");
    ck_assert_int_eq(a.status, 404);
}
END_TEST

/* It tells what is left of somebody's balance. */
START_TEST(a_quote_for_another_person_is_recorded)
{
    static const char own[] = "{\"items\":[{\"productId\":1,\"quantity\":1}]}";
    const int64_t boss = ff_fixture_person(&fx, "E2", "Bela Kis", 1000);
    (void)ff_test_user(&fx, "boss@example.com", "admin", boss);
    const char *bearer = ff_test_keep(ff_test_sign_in(&fx, "boss@example.com").access);
    for (int i = 0; i < 2; i++) {
        ff_fixture_again(&fx);
        const struct ff_answer a =
            ff_call(&fx, &(struct ff_call){.method = "POST",
                                           .target = "/api/v1/purchases/quote",
                                           .bearer = bearer,
                                           .body = i ? SOUP_2 : own});
        ck_assert_int_eq(a.status, 200);
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_audit_flush(&fx.cx), FF_OK);
        ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = "
                                             "'wallet.quote'"),
                         i);
    }
}
END_TEST

START_TEST(an_allowance_says_who_and_is_given_once)
{
    static const char all[] = "{\"amount\":100,\"expiresOn\":\"2026-03-31\",\"all\":true}";
    ck_assert_int_eq(
        post("/api/v1/allowances", "{\"amount\":100,\"expiresOn\":\"2026-03-31\"}").status, 400);
    ck_assert_int_eq(post("/api/v1/allowances", "{\"amount\":100,\"expiresOn\":\"2026-03-31\","
                                                "\"all\":true,\"groupId\":1}")
                         .status,
                     400);
    ck_assert_int_eq(post("/api/v1/allowances", "{\"amount\":100,\"expiresOn\":\"2026-03-31\","
                                                "\"employeeIds\":[9]}")
                         .status,
                     400);
    ck_assert_int_eq(post("/api/v1/allowances", "{\"amount\":100,\"expiresOn\":\"2026-03-31\","
                                                "\"employeeIds\":[1,1]}")
                         .status,
                     400);
    struct ff_answer a = keyed("/api/v1/allowances", ff_test_key(1), all);
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "people"), 1);
    a = keyed("/api/v1/allowances", ff_test_key(1), all);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(member(a, "replayed"), "true");
    a = get("/api/v1/allowances");
    ck_assert_str_eq(member(a, "total"), "100");
    a = get("/api/v1/employees/1/balance");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "allowance"), 100);
}
END_TEST

START_TEST(a_cost_centre_keeps_its_code)
{
    struct ff_answer a =
        send("POST", "/api/v1/cost-centres", NULL, "{\"code\":\"4711\",\"name\":\"Works\"}");
    ck_assert_int_eq(a.status, 201);
    a = send("POST", "/api/v1/cost-centres", NULL, "{\"code\":\"4711\",\"name\":\"Other\"}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(member(a, "field"), "code");
    a = send("POST", "/api/v1/cost-centres", NULL, "{\"code\":\"4712\",\"name\":\"WORKS\"}");
    ck_assert_str_eq(member(a, "field"), "name");
    a = send("PATCH", "/api/v1/cost-centres/2", "\"v1\"", "{\"code\":\"1\"}");
    ck_assert_int_eq(a.status, 400);
    a = send("PATCH", "/api/v1/cost-centres/2", "\"v1\"", "{\"name\":\"The works\"}");
    ck_assert_str_eq(member(a, "name"), "The works");
    ck_assert_int_eq(send("DELETE", "/api/v1/cost-centres/1", "\"v1\"", NULL).status, 409);
    ck_assert_int_eq(send("DELETE", "/api/v1/cost-centres/2", "\"v2\"", NULL).status, 204);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("subsidy_api");
    TCase *cases = tcase_create("subsidy");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_rule_is_made_changed_and_switched_off);
    tcase_add_test(cases, what_cannot_be_a_rule_is_named);
    tcase_add_test(cases, the_own_part_is_told_before_and_after);
    tcase_add_test(cases, a_quote_refuses_what_the_purchase_would);
    tcase_add_test(cases, a_quote_for_another_person_is_recorded);
    tcase_add_test(cases, an_allowance_says_who_and_is_given_once);
    tcase_add_test(cases, a_cost_centre_keeps_its_code);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

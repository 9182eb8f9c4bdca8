/* SPDX-License-Identifier: MIT */
/* limits_api.c - what people may spend and buy, over the wire: who sets it, what the codes are,
 * what the balance and the kiosk tell, and an override that is recorded. */
#include <stdio.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/people/badge.h"

#define BUY "/api/v1/purchases"

static struct ff_fixture fx;
static const char *annas, *boss, *admin;
static int next_key;

enum { ANNA = 1, BOSS = 2 };

static void setup(void)
{
    ff_fixture_open(&fx);
    ck_assert_int_eq(ff_fixture_person(&fx, "E1", "Anna Nagy", 2500), ANNA);
    ck_assert_int_eq(ff_fixture_person(&fx, "E2", "Bela Kis", 2500), BOSS);
    ck_assert_int_eq(ff_fixture_product(&fx, "Soup", 350), 1);
    ff_test_user(&fx, "anna@example.com", "employee", ANNA);
    ff_test_user(&fx, "boss@example.com", "manager", BOSS);
    ff_test_user(&fx, "admin@example.com", "admin", 0);
    ff_test_change(&fx, "INSERT INTO department (id, name, name_fold) VALUES (1, 'K', 'k')");
    ff_test_change(&fx, "UPDATE employee SET department_id = 1");
    ff_test_change(&fx, "UPDATE user_account SET department_id = 1");
    annas = ff_test_sign_in(&fx, "anna@example.com").access;
    boss = ff_test_sign_in(&fx, "boss@example.com").access;
    admin = ff_test_sign_in(&fx, "admin@example.com").access;
    ff_fixture_again(&fx);
    next_key = 500;
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer ask(const char *bearer, const char *method, const char *target,
                            const char *body)
{
    const bool is_buying = strcmp(target, BUY) == 0;
    return ff_call(&fx, &(struct ff_call){.method = method,
                                          .target = target,
                                          .bearer = bearer,
                                          .key = is_buying ? ff_test_key(next_key++) : NULL,
                                          .body = body});
}

static struct ff_answer tray(const char *bearer, const char *more)
{
    char body[256];
    (void)snprintf(body, sizeof body, "{\"items\":[{\"productId\":1,\"quantity\":1}]%s}", more);
    return ask(bearer, "POST", BUY, body);
}

static void is(struct ff_answer a, int status, const char *member, const char *value)
{
    ck_assert_msg(a.status == status, "%d %s", a.status, a.body);
    if (member)
        ck_assert_str_eq(ff_answer_member(&fx, &a, member), value);
}

START_TEST(a_manager_sets_limits_and_the_balance_tells_what_is_left)
{
    const struct ff_call change = {.method = "PATCH",
                                   .target = "/api/v1/employees/1",
                                   .bearer = boss,
                                   .if_match = "\"v1\"",
                                   .body = "{\"dailyLimit\":600,\"purchaseLimit\":400}"};
    is(ff_call(&fx, &change), 200, "dailyLimit", "600");
    is(tray(annas, ""), 201, NULL, NULL);
    is(tray(annas, ""), 409, "code", "ERR_DAILY_LIMIT");
    struct ff_answer a = ask(annas, "GET", "/api/v1/employees/1/balance", NULL);
    is(a, 200, "leftToday", "250");
    is(a, 200, "purchaseLimit", "400");
    is(a, 200, "daySpent", "350");
    is(a, 200, "leftThisMonth", "null");
    ck_assert_int_le((int)a.statements, 2);
}
END_TEST

START_TEST(only_an_admin_gives_an_overdraft)
{
    struct ff_call change = {.method = "PATCH",
                             .target = "/api/v1/employees/1",
                             .bearer = boss,
                             .if_match = "\"v1\"",
                             .body = "{\"overdraft\":1000}"};
    is(ff_call(&fx, &change), 403, "code", "ERR_FORBIDDEN");
    change.bearer = admin;
    is(ff_call(&fx, &change), 200, "overdraft", "1000");
    is(ask(annas, "GET", "/api/v1/employees/1/balance", NULL), 200, "floor", "-1000");
    is(ask(boss, "GET", "/api/v1/employees/2/balance", NULL), 200, "floor", "0");
}
END_TEST

START_TEST(people_set_their_own_lower_limits)
{
    static const char own[] = "/api/v1/employees/1/own-limits";
    struct ff_answer a = ask(annas, "PUT", own, "{\"dailyLimit\":300}");
    is(a, 200, "dailyLimit", "300");
    is(a, 200, "nextFrom", "null");
    is(tray(annas, ""), 409, "code", "ERR_DAILY_LIMIT");
    a = ask(annas, "PUT", own, "{}");
    is(a, 200, "dailyLimit", "300");
    is(a, 200, "nextDailyLimit", "null");
    is(a, 200, "nextFrom", "2026-03-03");
    is(ask(boss, "GET", own, NULL), 200, "dailyLimit", "300");
    is(ask(boss, "PUT", own, "{\"dailyLimit\":1}"), 404, NULL, NULL);
    is(ask(annas, "PATCH", "/api/v1/employees/1", "{\"monthlyLimit\":1}"), 428, NULL, NULL);
}
END_TEST

START_TEST(blocked_people_and_bans_are_refused_by_name)
{
    is(ask(boss, "POST", "/api/v1/employees/1/block", "{\"reason\":\"x\"}"), 400, NULL, NULL);
    is(ask(boss, "POST", "/api/v1/employees/2/block", "{\"reason\":\"myself\"}"), 403, "code",
       "ERR_SELF_ACTION");
    is(ask(boss, "POST", "/api/v1/employees/1/block", "{\"reason\":\"card was lost\"}"), 200,
       "blockedReason", "card was lost");
    is(tray(annas, ""), 403, "code", "ERR_EMPLOYEE_BLOCKED");
    is(ask(boss, "POST", "/api/v1/employees/1/unblock", NULL), 200, "blocked", "false");
    struct ff_answer a = ask(boss, "POST", "/api/v1/employees/1/bans",
                             "{\"categoryId\":1,\"reason\":\"asked for it\"}");
    is(a, 201, "category", "food");
    is(tray(annas, ""), 409, "code", "ERR_PRODUCT_BANNED");
    is(ask(annas, "GET", "/api/v1/employees/1/bans", NULL), 200, "total", "1");
    is(ask(annas, "DELETE", "/api/v1/employees/1/bans/1", NULL), 403, NULL, NULL);
    is(ask(boss, "DELETE", "/api/v1/employees/1/bans/1", NULL), 204, NULL, NULL);
    is(tray(annas, ""), 201, NULL, NULL);
}
END_TEST

START_TEST(a_cap_bounds_the_pieces_of_one_person)
{
    is(ask(boss, "PUT", "/api/v1/products/1/caps", "{\"maxPerDay\":0}"), 400, NULL, NULL);
    is(ask(boss, "PUT", "/api/v1/products/99/caps", "{\"maxPerDay\":1}"), 404, NULL, NULL);
    is(ask(boss, "PUT", "/api/v1/products/1/caps", "{\"maxPerDay\":1}"), 200, "maxPerDay", "1");
    is(tray(annas, ""), 201, NULL, NULL);
    struct ff_answer a = tray(annas, "");
    is(a, 409, "code", "ERR_QUANTITY_CAP");
    is(a, 409, "left", "0");
    is(ask(boss, "PUT", "/api/v1/products/1/caps", "{}"), 200, "maxPerDay", "null");
    is(tray(annas, ""), 201, NULL, NULL);
}
END_TEST

START_TEST(a_manager_overrides_for_somebody_else_with_a_reason)
{
    is(ask(boss, "POST", "/api/v1/employees/1/block", "{\"reason\":\"card was lost\"}"), 200, NULL,
       NULL);
    is(tray(boss, ",\"employeeId\":1"), 403, "code", "ERR_EMPLOYEE_BLOCKED");
    is(tray(boss, ",\"employeeId\":1,\"override\":{\"reason\":\"x\"}"), 400, NULL, NULL);
    is(tray(boss, ",\"employeeId\":2,\"override\":{\"reason\":\"hungry\"}"), 403, "code",
       "ERR_SELF_ACTION");
    is(tray(annas, ",\"override\":{\"reason\":\"hungry\"}"), 403, "code", "ERR_FORBIDDEN");
    is(tray(boss, ",\"employeeId\":1,\"override\":{\"reason\":\"new card tomorrow\"}"), 201,
       "balanceAfter", "2150");
    struct ff_answer a = ask(admin, "GET", "/api/v1/audit?action=purchase.override", NULL);
    ck_assert_msg(strstr(a.body, "\"reason\":\"new card tomorrow\"") != NULL, "%s", a.body);
}
END_TEST

START_TEST(a_kiosk_tells_the_person_and_takes_no_override)
{
    struct ff_badge badge;
    ck_assert_int_eq(ff_badge_add(&fx.cx, ANNA, "FF-0001", NULL, &badge), FF_OK);
    ff_test_change(&fx, "UPDATE site SET monthly_limit_minor = 1000");
    const char *device = ff_test_kiosk(&fx, "Hall");
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                                        .target = "/api/v1/kiosk/identify",
                                                        .device = device,
                                                        .body = "{\"badge\":\"FF-0001\"}"});
    is(a, 200, "leftThisMonth", "1000");
    const char *visit = ff_answer_member(&fx, &a, "token");
    a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                       .target = BUY,
                                       .device = device,
                                       .bearer = visit,
                                       .key = ff_test_key(next_key++),
                                       .body = "{\"items\":[{\"productId\":1,\"quantity\":1}],"
                                               "\"override\":{\"reason\":\"hungry\"}}"});
    is(a, 403, "code", "ERR_FORBIDDEN");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limits_api");
    TCase *cases = tcase_create("limits");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_manager_sets_limits_and_the_balance_tells_what_is_left);
    tcase_add_test(cases, only_an_admin_gives_an_overdraft);
    tcase_add_test(cases, people_set_their_own_lower_limits);
    tcase_add_test(cases, blocked_people_and_bans_are_refused_by_name);
    tcase_add_test(cases, a_cap_bounds_the_pieces_of_one_person);
    tcase_add_test(cases, a_manager_overrides_for_somebody_else_with_a_reason);
    tcase_add_test(cases, a_kiosk_tells_the_person_and_takes_no_override);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

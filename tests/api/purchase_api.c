/* SPDX-License-Identifier: MIT */
/* purchase_api.c - buying, reading, undoing, balances and top-ups over the wire: statuses, headers,
 * errors with their pointers and params, and how many statements a request may make. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "domain/people/badge.h"
#include "domain/people/employee.h"

#define BUY  "/api/v1/purchases"
#define KEY1 "purchase-key-0001"
#define KEY2 "purchase-key-0002"
#define KEY3 "purchase-key-0003"
#define SOUP "{\"items\":[{\"productId\":1,\"quantity\":1}]}"

static struct ff_fixture fx;
static int64_t anna, bela;
static const char *annas, *belas, *admin;

static void setup(void)
{
    ff_fixture_open(&fx);
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 2500);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 2500);
    ck_assert_int_eq(ff_fixture_product(&fx, "Soup", 350), 1);
    ck_assert_int_eq(ff_fixture_product(&fx, "Roll", 60), 2);
    (void)ff_test_user(&fx, "anna@example.com", "employee", anna);
    (void)ff_test_user(&fx, "bela@example.com", "employee", bela);
    (void)ff_test_user(&fx, "admin@example.com", "admin", 0);
    annas = ff_test_sign_in(&fx, "anna@example.com").access;
    belas = ff_test_sign_in(&fx, "bela@example.com").access;
    admin = ff_test_sign_in(&fx, "admin@example.com").access;
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer post(const char *bearer, const char *target, const char *key,
                             const char *body)
{
    const struct ff_call call = {
        .method = "POST", .target = target, .bearer = bearer, .key = key, .body = body};
    return ff_call(&fx, &call);
}

static struct ff_answer get(const char *bearer, const char *target)
{
    const struct ff_call call = {.method = "GET", .target = target, .bearer = bearer};
    return ff_call(&fx, &call);
}

static const char *code(const struct ff_answer *a)
{
    return ff_answer_member(&fx, a, "code");
}

static void assert_has(const struct ff_answer *a, const char *text)
{
    ck_assert_msg(strstr(a->body, text) != NULL, "no %s in %s", text, a->body);
}

/* ---- buying ---- */

START_TEST(purchase_is_created_and_found)
{
    struct ff_answer a = post(annas, BUY, KEY1,
                              "{\"items\":[{\"productId\":1,\"quantity\":2},"
                              "{\"productId\":2,\"quantity\":1}],\"expectedTotal\":760}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), "/api/v1/purchases/3");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "Idempotency-Replayed"));
    ck_assert_int_eq(ff_answer_int(&fx, &a, "total"), 760);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balanceAfter"), 1740);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "receiptCode"), "P-3");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "recordedAt"), "2026-03-02T11:45:00.000Z");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "undoUntil"), "2026-03-02T11:50:00.000Z");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "undoSeconds"), 300);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "businessDate"), "2026-03-02");
    assert_has(&a, "\"undone\":false");
    assert_has(&a, "\"replayed\":false");
    assert_has(&a, "\"device\":null");
    ck_assert_int_eq(get(annas, BUY "/3").status, 200);
    a = get(annas, BUY "/by-key/" KEY1);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "id"), 3);
    ck_assert_int_eq(get(annas, BUY "/by-key/" KEY2).status, 404);
    ck_assert_int_eq(get(belas, BUY "/by-key/" KEY1).status, 404);
}
END_TEST

START_TEST(repeated_purchase_is_answered_again)
{
    struct ff_answer a = post(annas, BUY, KEY1, SOUP);
    ck_assert_int_eq(a.status, 201);
    a = post(annas, BUY, KEY1, SOUP);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Idempotency-Replayed"), "true");
    assert_has(&a, "\"replayed\":true");
    a = post(annas, BUY, KEY1, "{\"items\":[{\"productId\":1,\"quantity\":2}]}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_IDEMPOTENCY_KEY_REUSED");
    ck_assert_int_eq(post(belas, BUY, KEY1, SOUP).status, 201); /* another's keys are others */
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 2150);
    a = post(annas, BUY "/3/undo", KEY2, "{}");
    ck_assert_int_eq(a.status, 201);
    a = post(annas, BUY, KEY1, SOUP);
    ck_assert_int_eq(a.status, 200);
    assert_has(&a, "\"undone\":true");
    assert_has(&a, "\"undoUntil\":null");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 2500);
}
END_TEST

START_TEST(key_is_required_and_has_a_form)
{
    static const char *const bad[] = {NULL,
                                      "",
                                      "short",
                                      "fifteen-letters",
                                      "has a space in the middle",
                                      "semi;colon;semi;colon",
                                      "0123456789012345678901234567890123456789012345678901234567"
                                      "890123456"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct ff_answer a = post(annas, BUY, bad[i], SOUP);
        ck_assert_msg(a.status == 400, "%s: %d", bad[i] ? bad[i] : "none", a.status);
        ck_assert_str_eq(code(&a), "ERR_IDEMPOTENCY_KEY_REQUIRED");
    }
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 2500);
}
END_TEST

static const struct bad_body {
    const char *body, *code, *pointer;
} bad_bodies[] = {
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":1.5}", "ERR_MONEY_FORMAT",
     "/expectedTotal"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":\"3\"}", "ERR_MONEY_FORMAT",
     "/expectedTotal"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":1e3}", "ERR_MONEY_FORMAT",
     "/expectedTotal"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":-1}", NULL, "/expectedTotal"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":1000000000000000}", NULL,
     "/expectedTotal"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":10000001}", NULL,
     "/expectedTotal"},
    {"{\"items\":[{\"productId\":1,\"quantity\":0}]}", "ERR_VALIDATION", "/items/0/quantity"},
    {"{\"items\":[{\"productId\":1,\"quantity\":100}]}", "ERR_VALIDATION", "/items/0/quantity"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1.5}]}", "ERR_VALIDATION", "/items/0/quantity"},
    {"{\"items\":[{\"productId\":1,\"quantity\":60},{\"productId\":1,\"quantity\":60}]}",
     "ERR_VALIDATION", "/items/1/quantity"},
    {"{\"items\":[{\"productId\":1}]}", "ERR_VALIDATION", "/items/0/quantity"},
    {"{\"items\":[{\"productId\":0,\"quantity\":1}]}", "ERR_VALIDATION", "/items/0/productId"},
    {"{\"items\":[]}", "ERR_VALIDATION", "/items"},
    {"{}", "ERR_VALIDATION", "/items"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1,\"price\":1}]}", "ERR_UNKNOWN_FIELD",
     "/items/0/price"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"total\":1}", "ERR_UNKNOWN_FIELD", "/total"},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}],\"items\":[]}", "ERR_MALFORMED_JSON", NULL},
    {"{\"items\":[{\"productId\":1,\"quantity\":1}]", "ERR_MALFORMED_JSON", NULL},
};

/* One test for all: signing in costs more than the cases. */
START_TEST(bad_body_is_named_by_its_pointer)
{
    for (size_t i = 0; i < sizeof bad_bodies / sizeof bad_bodies[0]; i++) {
        const struct bad_body *c = &bad_bodies[i];
        struct ff_answer a = post(annas, BUY, KEY1, c->body);
        ck_assert_msg(a.status == 400, "%s: %s", c->body, a.body);
        if (c->code)
            ck_assert_msg(strcmp(code(&a), c->code) == 0, "%s: %s", c->body, a.body);
        if (c->pointer)
            ck_assert_msg(strcmp(ff_answer_member(&fx, &a, "pointer"), c->pointer) == 0, "%s: %s",
                          c->body, a.body);
    }
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 2500);
    ck_assert_int_eq(post(annas, BUY, KEY1, SOUP).status, 201); /* the key is still free */
}
END_TEST

START_TEST(refusals_carry_what_a_client_needs)
{
    struct ff_answer a = post(annas, BUY, KEY1, "{\"items\":[{\"productId\":1,\"quantity\":8}]}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_INSUFFICIENT_BALANCE");
    assert_has(&a, "\"params\":{\"balance\":2500,\"required\":2800,\"missing\":300}");
    assert_has(&a, "\"retry\":\"no\"");
    a = post(annas, BUY, KEY1,
             "{\"items\":[{\"productId\":1,\"quantity\":1}],\"expectedTotal\":300}");
    ck_assert_str_eq(code(&a), "ERR_PRICE_CHANGED");
    assert_has(&a, "\"params\":{\"expected\":300,\"total\":350}");
    ff_test_change(&fx, "UPDATE product SET is_available = 0 WHERE id = 1");
    a = post(annas, BUY, KEY1, SOUP);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_OUT_OF_STOCK");
    assert_has(&a, "\"params\":{\"productId\":1,\"product\":\"Soup\"}");
    ff_test_change(&fx, "UPDATE product SET is_archived = 1 WHERE id = 1");
    a = post(annas, BUY, KEY1, SOUP);
    ck_assert_str_eq(code(&a), "ERR_PRODUCT_INACTIVE");
    ff_test_change(&fx, "UPDATE employee SET monthly_limit_minor = 59");
    a = post(annas, BUY, KEY1, "{\"items\":[{\"productId\":2,\"quantity\":1}]}");
    ck_assert_str_eq(code(&a), "ERR_MONTHLY_LIMIT");
    assert_has(&a, "\"params\":{\"limit\":59,\"spent\":0,\"required\":60}");
    ck_assert_int_eq(ff_test_books(&fx), 2);
}
END_TEST

START_TEST(foreign_person_is_like_a_missing_one)
{
    char body[120];
    snprintf(body, sizeof body,
             "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":%lld}", (long long)bela);
    struct ff_answer a = post(annas, BUY, KEY1, body);
    ck_assert_int_eq(a.status, 404);
    ck_assert_str_eq(code(&a), "ERR_NOT_FOUND");
    a = post(annas, BUY, KEY1, "{\"items\":[{\"productId\":1,\"quantity\":1}],\"employeeId\":777}");
    ck_assert_int_eq(a.status, 404);
    ck_assert_int_eq(post(admin, BUY, KEY1, body).status, 201);
    a = post(admin, BUY, KEY2, SOUP);
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), "/employeeId");
    ck_assert_int_eq(get(annas, BUY "/3").status, 404);
    ck_assert_int_eq(get(annas, BUY "/999").status, 404);
    ck_assert_int_eq(get(belas, BUY "/3").status, 200);
    ck_assert_int_eq(post(annas, BUY "/3/undo", KEY2, NULL).status, 404);
    ck_assert_int_eq(get(annas, "/api/v1/employees/2/balance").status, 404);
    ck_assert_int_eq(get(NULL, BUY "/3").status, 401);
}
END_TEST

START_TEST(purchase_is_never_changed)
{
    static const char *const methods[] = {"PUT", "PATCH", "DELETE"};
    ck_assert_int_eq(post(annas, BUY, KEY1, SOUP).status, 201);
    for (int i = 0; i < 3; i++) {
        const struct ff_call call = {.method = methods[i],
                                     .target = BUY "/3",
                                     .bearer = admin,
                                     .body = i == 2 ? NULL : "{}"};
        struct ff_answer a = ff_call(&fx, &call);
        ck_assert_int_eq(a.status, 405);
        ck_assert_str_eq(code(&a), "ERR_METHOD_NOT_ALLOWED");
        ck_assert_ptr_nonnull(strstr(ff_answer_header(&fx, &a, "Allow"), "GET"));
        assert_has(&a, "undo");
    }
}
END_TEST

/* ---- undoing ---- */

START_TEST(undo_over_the_wire)
{
    ck_assert_int_eq(post(annas, BUY, KEY1, SOUP).status, 201);
    struct ff_answer a = post(annas, BUY "/3/undo", KEY2, NULL);
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), "/api/v1/purchases/3");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "id"), 4);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "purchaseId"), 3);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "amount"), 350);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balanceAfter"), 2500);
    a = post(annas, BUY "/3/undo", KEY2, NULL);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Idempotency-Replayed"), "true");
    a = post(annas, BUY "/3/undo", KEY3, "{}");
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_ALREADY_UNDONE");
    a = post(annas, BUY "/3/undo", NULL, NULL);
    ck_assert_str_eq(code(&a), "ERR_IDEMPOTENCY_KEY_REQUIRED");
    a = post(annas, BUY "/3/undo", KEY3, "{\"reason\":\"x\"}");
    ck_assert_str_eq(code(&a), "ERR_UNKNOWN_FIELD");
    a = post(annas, BUY "/x/undo", KEY3, NULL);
    ck_assert_int_eq(a.status, 400);
}
END_TEST

START_TEST(late_undo_is_refused)
{
    ck_assert_int_eq(post(annas, BUY, KEY1, SOUP).status, 201);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 300000));
    struct ff_answer a = post(annas, BUY "/3/undo", KEY2, NULL);
    ck_assert_int_eq(a.status, 409);
    ck_assert_str_eq(code(&a), "ERR_UNDO_WINDOW");
    ck_assert_int_eq(post(admin, BUY "/3/undo", KEY2, NULL).status, 201);
}
END_TEST

/* ---- lists ---- */

static void buy_some(int n)
{
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(
            post(i % 2 ? belas : annas, BUY, ff_test_key(i),
                 "{\"items\":[{\"productId\":2,\"quantity\":1},{\"productId\":1,\"quantity\":1}]}")
                .status,
            201);
}

START_TEST(lists_by_page_and_by_cursor)
{
    char target[80];
    buy_some(8);
    struct ff_answer a = get(admin, BUY "?limit=3&page=2");
    ck_assert_int_eq(a.status, 200);
    assert_has(&a, "\"pagination\":{\"page\":2,\"limit\":3,\"total\":8,\"totalPages\":3}");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "id"), 7);
    a = get(admin, BUY "?limit=5&after=0");
    assert_has(&a, "\"pagination\":{\"limit\":5,\"next\":\"6\"}");
    a = get(admin, BUY "?limit=5&after=6");
    assert_has(&a, "\"pagination\":{\"limit\":5,\"next\":null}");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "id"), 5);
    a = get(annas, BUY);
    assert_has(&a, "\"total\":4,");
    snprintf(target, sizeof target, BUY "?employeeId=%lld", (long long)bela);
    a = get(annas, target);
    assert_has(&a, "\"data\":[],\"pagination\":{\"page\":1,\"limit\":10,\"total\":0");
    a = get(admin, target);
    assert_has(&a, "\"total\":4,");
    a = get(admin, BUY "?from=2026-03-02&to=2026-03-03");
    assert_has(&a, "\"total\":8,");
    a = get(admin, BUY "?from=2026-03-03");
    assert_has(&a, "\"total\":0,");
}
END_TEST

START_TEST(list_queries_are_checked)
{
    static const char *const bad[] = {"?page=0",        "?limit=101",
                                      "?limit=x",       "?after=-1",
                                      "?after=abc",     "?from=2026-02-30",
                                      "?to=yesterday",  "?sort=total",
                                      "?page=1&page=2", "?color=red",
                                      "?employeeId=0",  "?from=20260302",
                                      "?page=10001",    "?after=99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char target[96];
        snprintf(target, sizeof target, BUY "%s", bad[i]);
        struct ff_answer a = get(admin, target);
        ck_assert_msg(a.status == 400, "%s: %d %s", target, a.status, a.body);
    }
}
END_TEST

START_TEST(statements_do_not_grow_with_rows)
{
    buy_some(4);
    ff_fixture_again(&fx);
    (void)get(admin, BUY "?limit=1"); /* who asks is known from now on */
    unsigned few = get(admin, BUY "?limit=1").statements;
    unsigned many = get(admin, BUY "?limit=4").statements;
    ck_assert_int_eq((int)few, (int)many);
    ck_assert_int_le((int)many, 4); /* the caller, the total, the rows, the items */
    ck_assert_int_le((int)get(annas, BUY).statements, 4);
    ck_assert_int_le((int)get(annas, BUY "?after=0").statements, 3);
    ck_assert_int_le((int)get(annas, BUY "/3").statements, 3);
    ck_assert_int_le((int)get(annas, "/api/v1/employees/1/balance").statements, 2);
    ck_assert_int_le((int)post(annas, BUY, KEY1, SOUP).statements, 12);
    ck_assert_int_le((int)post(annas, BUY, KEY1, SOUP).statements, 4);
    ck_assert_int_le((int)post(annas, BUY "/7/undo", KEY2, NULL).statements, 10);
}
END_TEST

/* ---- kiosk ---- */

START_TEST(person_buys_at_the_kiosk)
{
    ck_assert_int_eq(ff_badge_add(&fx.cx, anna, "FF-0001", NULL, NULL), FF_OK);
    const char *device = ff_test_kiosk(&fx, "Canteen kiosk");
    const char *token = ff_test_visit(&fx, device, "FF-0001");
    struct ff_call call = {.method = "POST",
                           .target = BUY,
                           .device = device,
                           .bearer = token,
                           .key = KEY1,
                           .body = SOUP};
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "device"), "Canteen kiosk");
    call = (struct ff_call){
        .method = "GET", .target = BUY "/by-key/" KEY1, .device = device, .bearer = token};
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
    ck_assert_int_eq(get(annas, BUY "/by-key/" KEY1).status, 404); /* that is the kiosk's key */
    ck_assert_int_eq(get(annas, BUY "/3").status, 200);
    call.bearer = NULL; /* the kiosk alone is nobody */
    ck_assert_int_ne(ff_call(&fx, &call).status, 200);
    call = (struct ff_call){
        .method = "POST", .target = BUY "/3/undo", .device = device, .bearer = token, .key = KEY2};
    ck_assert_int_eq(ff_call(&fx, &call).status, 201);
}
END_TEST

/* ---- wallet ---- */

START_TEST(balance_now_and_then)
{
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 60000));
    ck_assert_int_eq(post(annas, BUY, KEY1, SOUP).status, 201);
    struct ff_answer a = get(annas, "/api/v1/employees/1/balance");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balance"), 2150);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "spendable"), 2150);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "monthSpent"), 350);
    assert_has(&a, "\"monthlyLimit\":null");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "at"), "2026-03-02T11:46:00.000Z");
    a = get(annas, "/api/v1/employees/1/balance?at=2026-03-02T11:45:30Z");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balance"), 2500);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "monthSpent"), 0);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "at"), "2026-03-02T11:45:30.000Z");
    ck_assert_int_eq(get(annas, "/api/v1/employees/1/balance?at=noon").status, 400);
    ck_assert_int_eq(get(admin, "/api/v1/employees/999/balance").status, 404);
}
END_TEST

START_TEST(topup_over_the_wire)
{
    const char *to = "/api/v1/employees/1/topups";
    struct ff_answer a = post(admin, to, KEY1, "{\"amount\":1000,\"source\":\"cash\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Location"), "/api/v1/employees/1/statement");
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balanceAfter"), 3500);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "employeeId"), 1);
    a = post(admin, to, KEY1, "{\"amount\":1000,\"source\":\"cash\"}");
    ck_assert_int_eq(a.status, 200);
    assert_has(&a, "\"replayed\":true");
    a = post(admin, to, KEY1, "{\"amount\":1001,\"source\":\"cash\"}");
    ck_assert_int_eq(a.status, 409);
    a = post(admin, "/api/v1/employees/999/topups", KEY2, "{\"amount\":1,\"source\":\"bank\"}");
    ck_assert_int_eq(a.status, 404);
    a = post(annas, to, KEY2, "{\"amount\":1,\"source\":\"bank\"}");
    ck_assert_int_eq(a.status, 403);
    a = post(admin, to, KEY2, "{\"amount\":0,\"source\":\"bank\"}");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), "/amount");
    a = post(admin, to, KEY2, "{\"amount\":1,\"source\":\"gift\"}");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), "/source");
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 3500);
    ck_assert_int_eq(ff_test_books(&fx), 3);
}
END_TEST

START_TEST(money_goes_out_and_comes_back_over_the_wire)
{
    struct ff_answer a = post(admin, "/api/v1/employees/1/payouts", KEY1,
                              "{\"amount\":500,\"destination\":\"cash\",\"note\":\"leaves\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "amount"), -500);
    const int64_t payout = ff_answer_int(&fx, &a, "id");
    const char *target = ff_arena_printf(fx.arena, "/api/v1/ledger/journals/%d/void", (int)payout);
    a = post(annas, target, KEY2, "{\"reason\":\"wrong_person\"}");
    ck_assert_int_eq(a.status, 403);
    a = post(admin, target, KEY2, "{\"reason\":\"no_reason\"}");
    ck_assert_int_eq(a.status, 400);
    a = post(admin, target, KEY2, "{\"reason\":\"wrong_person\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "reversesId"), payout);
    ck_assert_int_eq(post(admin, target, KEY3, "{\"reason\":\"wrong_person\"}").status, 409);
    ck_assert_int_eq(ff_fixture_balance(&fx, anna), 2500);
}
END_TEST

START_TEST(an_adjustment_needs_its_reason_and_a_note)
{
    const char *to = "/api/v1/employees/2/adjustments";
    struct ff_answer a = post(admin, to, KEY1, "{\"amount\":-10,\"reason\":\"correction\"}");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "pointer"), "/note");
    a = post(admin, to, KEY1, "{\"amount\":0,\"reason\":\"correction\",\"note\":\"x\"}");
    ck_assert_str_eq(code(&a), "ERR_AMOUNT_OUT_OF_RANGE");
    a = post(admin, to, KEY1, "{\"amount\":-10,\"reason\":\"correction\",\"note\":\"x\"}");
    ck_assert_int_eq(a.status, 201);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "balanceAfter"), 2490);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "reason"), "correction");
    a = post(admin, to, KEY2, "{\"amount\":-2491,\"reason\":\"correction\",\"note\":\"x\"}");
    ck_assert_str_eq(code(&a), "ERR_INSUFFICIENT_BALANCE");
}
END_TEST

START_TEST(a_statement_over_the_wire)
{
    ck_assert_int_eq(post(annas, BUY, KEY1, SOUP).status, 201);
    struct ff_answer a = get(annas, "/api/v1/employees/1/statement?from=2026-03-01&to=2026-04-01");
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "opening"), 0);
    ck_assert_int_eq(ff_answer_int(&fx, &a, "closing"), 2150);
    assert_has(&a, "\"kind\":\"purchase\"");
    ck_assert_int_eq(get(annas, "/api/v1/employees/2/statement").status, 404);
    ck_assert_int_eq(get(annas, "/api/v1/employees/1/statement?from=2026-03-01").status, 400);
    const struct ff_call csv = {.method = "GET",
                                .target = "/api/v1/employees/1/statement?amounts=decimal",
                                .bearer = annas,
                                .accept = "text/csv"};
    a = ff_call(&fx, &csv);
    ck_assert_int_eq(a.status, 200);
    assert_has(&a, ",purchase,3,-3.50,21.50,\r\n");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("purchase_api");
    TCase *t = tcase_create("purchases");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, purchase_is_created_and_found);
    tcase_add_test(t, repeated_purchase_is_answered_again);
    tcase_add_test(t, key_is_required_and_has_a_form);
    tcase_add_test(t, bad_body_is_named_by_its_pointer);
    tcase_add_test(t, refusals_carry_what_a_client_needs);
    tcase_add_test(t, foreign_person_is_like_a_missing_one);
    tcase_add_test(t, purchase_is_never_changed);
    tcase_add_test(t, undo_over_the_wire);
    tcase_add_test(t, late_undo_is_refused);
    tcase_add_test(t, lists_by_page_and_by_cursor);
    tcase_add_test(t, list_queries_are_checked);
    tcase_add_test(t, statements_do_not_grow_with_rows);
    tcase_add_test(t, person_buys_at_the_kiosk);
    tcase_add_test(t, balance_now_and_then);
    tcase_add_test(t, topup_over_the_wire);
    tcase_add_test(t, money_goes_out_and_comes_back_over_the_wire);
    tcase_add_test(t, an_adjustment_needs_its_reason_and_a_note);
    tcase_add_test(t, a_statement_over_the_wire);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

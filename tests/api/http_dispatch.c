/* SPDX-License-Identifier: MIT */
/* http_dispatch.c - the way of a request through the dispatcher, against a real database and
 * without a socket: caller, fence, query, conditions, negotiation, caching, ids, health. */
#include "../lib/call.h"
#include "../lib/identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/health.h"

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define KEY         "0123456789abcdef"
#define GET(address)                                                                               \
    {                                                                                              \
        .method = "GET", .target = address                                                         \
    }

static struct ff_fixture fx;
static const char *admin, *employee, *kiosk;

static void setup(void)
{
    ff_fixture_open(&fx);
    int64_t anna = ff_fixture_person(&fx, "E1", "Anna Test", 1000);
    ff_test_user(&fx, "admin@canteen.example", "admin", 0);
    ff_test_user(&fx, "anna@canteen.example", "employee", anna);
    admin = ff_test_sign_in(&fx, "admin@canteen.example").access;
    employee = ff_test_sign_in(&fx, "anna@canteen.example").access;
    kiosk = ff_test_kiosk(&fx, "Hall");
    ff_fixture_product(&fx, "Soup", 350);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static void expect(const struct ff_answer *a, int status, const char *code)
{
    ck_assert_msg(a->status == status && strstr(a->body, code), "%d, not %d %s\n%s", a->status,
                  status, code, a->body);
}

/* ---- who asks ---- */

static const struct {
    const char *name;
    struct ff_header header;
    int status;
    const char *code;
} strangers[] = {
    {"nobody", {NULL, NULL}, 401, "ERR_UNAUTHENTICATED"},
    {"another scheme", {"Authorization", "Basic YTpi"}, 401, "ERR_TOKEN_INVALID"},
    {"no token", {"Authorization", "Bearer "}, 401, "ERR_TOKEN_INVALID"},
    {"two words", {"Authorization", "Bearer a b"}, 401, "ERR_TOKEN_INVALID"},
    {"nonsense", {"Authorization", "Bearer nonsense"}, 401, "ERR_TOKEN_INVALID"},
    {"an unknown kiosk", {"Cookie", "ff_device=nonsense"}, 401, "ERR_DEVICE_UNKNOWN"},
    {"two kiosks", {"Cookie", "ff_device=a; ff_device=b"}, 400, "ERR_BAD_REQUEST"},
    {"another cookie", {"Cookie", "x_ff_device=a; ff_devices=b"}, 401, "ERR_UNAUTHENTICATED"},
    {"an empty cookie", {"Cookie", "ff_device="}, 401, "ERR_UNAUTHENTICATED"},
};

START_TEST(a_stranger_is_told_to_sign_in)
{
    struct ff_call call = GET("/api/v1/products");
    call.more[0] = strangers[_i].header;
    struct ff_answer a = ff_call(&fx, &call);
    expect(&a, strangers[_i].status, strangers[_i].code);
    ck_assert_pstr_eq(ff_answer_header(&fx, &a, "WWW-Authenticate"),
                      a.status == 401 ? "Bearer" : NULL);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(an_open_address_does_not_mind_a_bad_token)
{
    struct ff_call call = {.method = "GET", .target = "/api/v1/public", .bearer = "nonsense"};
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
    call.more[0] = (struct ff_header){"Cookie", "ff_device=nonsense"};
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(a_role_without_scope_is_forbidden)
{
    struct ff_answer a = ff_call(
        &fx, &(struct ff_call){.method = "GET", .target = "/api/v1/users", .bearer = employee});
    expect(&a, 403, "ERR_FORBIDDEN");
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(the_callers_rights_are_checked_before_the_body)
{
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                                        .target = "/api/v1/products",
                                                        .bearer = employee,
                                                        .body = "nonsense",
                                                        .type = "text/plain"});
    expect(&a, 403, "ERR_FORBIDDEN");
    ff_fixture_again(&fx);
}
END_TEST

/* ---- the fence ---- */

static const struct {
    const char *name;
    struct ff_header headers[3];
    int status;
    const char *code;
} fences[] = {
    {"cookie alone", {{"Cookie", "ff_refresh=x"}}, 403, "ERR_CSRF"},
    {"no origin", {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}}, 403, "ERR_CSRF"},
    {"another site",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Sec-Fetch-Site", "cross-site"}},
     403,
     "ERR_CSRF"},
    {"the same site is not the same origin",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Sec-Fetch-Site", "same-site"}},
     403,
     "ERR_CSRF"},
    {"another origin",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Origin", "http://evil.example"}},
     403,
     "ERR_CSRF"},
    {"no origin at all",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Origin", "null"}},
     403,
     "ERR_CSRF"},
    {"another scheme",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Origin", "https://127.0.0.1"}},
     403,
     "ERR_CSRF"},
    {"another value",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "yes"}, {"Origin", "http://127.0.0.1"}},
     403,
     "ERR_CSRF"},
    {"our page by origin",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Origin", "http://127.0.0.1"}},
     401,
     "ERR_TOKEN_INVALID"},
    {"our page by site",
     {{"Cookie", "ff_refresh=x"}, {"X-FF-Request", "1"}, {"Sec-Fetch-Site", "same-origin"}},
     401,
     "ERR_TOKEN_INVALID"},
};

START_TEST(a_cookie_works_from_our_pages_only)
{
    struct ff_call call = {.method = "POST", .target = "/api/v1/auth/refresh", .body = "{}"};
    memcpy(call.more, fences[_i].headers, sizeof fences[_i].headers);
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_msg(a.status == fences[_i].status && strstr(a.body, fences[_i].code), "%s: %d %s",
                  fences[_i].name, a.status, a.body);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(a_kiosk_changes_things_from_its_page_only)
{
    const char *cookie = ff_arena_printf(fx.arena, "ff_device=%s", kiosk);
    struct ff_call call = {
        .method = "POST", .target = "/api/v1/kiosk/identify", .body = "{\"badge\":\"x\"}"};
    call.more[0] = (struct ff_header){"Cookie", cookie};
    struct ff_answer a = ff_call(&fx, &call);
    expect(&a, 403, "ERR_CSRF");
    call.more[1] = (struct ff_header){"X-FF-Request", "1"};
    a = ff_call(&fx, &call);
    expect(&a, 401, "ERR_BADGE_UNKNOWN");
    call.more[2] = (struct ff_header){"Origin", "http://evil.example"};
    a = ff_call(&fx, &call);
    expect(&a, 403, "ERR_CSRF");
    /* Looking changes nothing. */
    call = (struct ff_call)GET("/api/v1/kiosk/catalogue");
    call.more[0] = (struct ff_header){"Cookie", cookie};
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
    ff_fixture_again(&fx);
}
END_TEST

/* ---- what a row asks for ---- */

static const struct {
    const char *name;
    struct ff_call call;
    int status;
    const char *code;
} demands[] = {
    {"unknown query", GET("/api/v1/products?nothing=1"), 400, "ERR_UNKNOWN_FIELD"},
    {"query where none is taken", GET("/api/v1/products/1?a=b"), 400, "\"?a\""},
    {"empty query", GET("/api/v1/products/1?"), 200, "Soup"},
    {"bad escape in the query", GET("/api/v1/products?q=%zz"), 400, "ERR_BAD_REQUEST"},
    {"page 0", GET("/api/v1/products?page=0"), 400, "ERR_VALIDATION"},
    {"limit 101", GET("/api/v1/products?limit=101"), 400, "ERR_VALIDATION"},
    {"page and limit", GET("/api/v1/products?page=1&limit=100"), 200, "\"limit\":100"},
    {"their defaults", GET("/api/v1/products"), 200, "\"page\":1,\"limit\":10,\"total\":1"},
    {"id that is none", GET("/api/v1/products/abc"), 400, "ERR_INVALID_ID"},
    {"no body", {.method = "POST", .target = "/api/v1/products"}, 415, "ERR_UNSUPPORTED"},
    {"no If-Match",
     {.method = "PATCH", .target = "/api/v1/products/1", .body = "{}"},
     428,
     "ERR_PRECONDITION_REQUIRED"},
    {"If-Match that is no version",
     {.method = "PATCH", .target = "/api/v1/products/1", .body = "{}", .if_match = "\"x\""},
     400,
     "ERR_BAD_REQUEST"},
    {"weak If-Match",
     {.method = "PATCH", .target = "/api/v1/products/1", .body = "{}", .if_match = "W/\"v1\""},
     400,
     "ERR_BAD_REQUEST"},
    {"any If-Match",
     {.method = "PATCH", .target = "/api/v1/products/1", .body = "{}", .if_match = "*"},
     400,
     "ERR_BAD_REQUEST"},
    {"If-Match out of range",
     {.method = "PATCH", .target = "/api/v1/products/1", .body = "{}", .if_match = "\"v0\""},
     400,
     "ERR_BAD_REQUEST"},
    {"old If-Match",
     {.method = "PATCH",
      .target = "/api/v1/products/1",
      .body = "{\"price\":400}",
      .if_match = "\"v77\""},
     412,
     "ERR_VERSION_CONFLICT"},
    {"html only",
     {.method = "GET", .target = "/api/v1/products", .accept = "text/html"},
     406,
     "ERR_NOT_ACCEPTABLE"},
    {"anything",
     {.method = "GET", .target = "/api/v1/products", .accept = "text/html,*/*;q=0.1"},
     200,
     "{\"data\""},
    {"csv", {.method = "GET", .target = "/api/v1/products", .accept = "text/csv"}, 200, "Soup"},
    {"csv rather than json",
     {.method = "GET", .target = "/api/v1/products", .accept = "text/csv;q=0.4, */*;q=0.9"},
     200,
     "{\"data\""},
    {"csv where there is none",
     {.method = "GET", .target = "/api/v1/users/1/sessions", .accept = "text/csv"},
     406,
     "ERR_NOT_ACCEPTABLE"},
    {"no key",
     {.method = "POST",
      .target = "/api/v1/employees/1/topups",
      .body = "{\"amount\":100,\"source\":\"cash\"}"},
     400,
     "ERR_IDEMPOTENCY_KEY_REQUIRED"},
    {"short key",
     {.method = "POST",
      .target = "/api/v1/employees/1/topups",
      .body = "{\"amount\":100,\"source\":\"cash\"}",
      .key = "0123456789abcde"},
     400,
     "ERR_IDEMPOTENCY_KEY_REQUIRED"},
    {"key with a space",
     {.method = "POST",
      .target = "/api/v1/employees/1/topups",
      .body = "{\"amount\":100,\"source\":\"cash\"}",
      .key = KEY " 0"},
     400,
     "ERR_IDEMPOTENCY_KEY_REQUIRED"},
    {"key of 65",
     {.method = "POST",
      .target = "/api/v1/employees/1/topups",
      .body = "{\"amount\":100,\"source\":\"cash\"}",
      .key = KEY KEY KEY KEY "x"},
     400,
     "ERR_IDEMPOTENCY_KEY_REQUIRED"},
    {"key of 64",
     {.method = "POST",
      .target = "/api/v1/employees/1/topups",
      .body = "{\"amount\":100,\"source\":\"cash\"}",
      .key = KEY KEY KEY KEY},
     201,
     "balanceAfter"},
    {"the command line's own",
     {.method = "POST", .target = "/api/v1/admin/backups", .body = "{}"},
     403,
     "ERR_FORBIDDEN"},
    {"clock of another day",
     {.method = "POST", .target = "/api/v1/test/clock", .body = "{}"},
     404,
     "ERR_NOT_FOUND"},
    {"import of JSON",
     {.method = "POST", .target = "/api/v1/products/import?amounts=minor", .body = "{}"},
     415,
     "ERR_UNSUPPORTED_MEDIA_TYPE"},
};

START_TEST(each_row_gets_what_it_asks_for)
{
    struct ff_call call = demands[_i].call;
    call.bearer = admin;
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_msg(a.status == demands[_i].status && strstr(a.body, demands[_i].code), "%s: %d %s",
                  demands[_i].name, a.status, a.body);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(what_is_made_has_an_address)
{
    struct ff_answer a = ff_call(&fx, &(struct ff_call){.method = "POST",
                                                        .target = "/api/v1/departments",
                                                        .bearer = admin,
                                                        .body = "{\"name\":\"Night shift\"}"});
    ck_assert_int_eq(a.status, 201);
    const char *location = ff_answer_header(&fx, &a, "Location");
    ck_assert_str_eq(location, ff_arena_printf(fx.arena, "/api/v1/departments/%s",
                                               ff_answer_member(&fx, &a, "id")));
    a = ff_call(&fx, &(struct ff_call){.method = "GET", .target = location, .bearer = admin});
    ck_assert_int_eq(a.status, 200);
    ff_fixture_again(&fx);
}
END_TEST

/* ---- caching ---- */

START_TEST(a_list_that_did_not_change_is_not_sent_again)
{
    struct ff_call call = {.method = "GET", .target = "/api/v1/products", .bearer = employee};
    struct ff_answer a = ff_call(&fx, &call);
    const char *etag = ff_answer_header(&fx, &a, "ETag");
    ck_assert_ptr_nonnull(etag);
    ck_assert_int_eq(strncmp(etag, "W/\"", 3), 0);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Cache-Control"), "private, no-cache");
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Vary"), "Accept");
    call.none_match = etag;
    a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 304);
    ck_assert_uint_eq(a.body_len, 0);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "ETag"), etag);
    ff_fixture_product(&fx, "Bread", 90);
    a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_ne(ff_answer_header(&fx, &a, "ETag"), etag);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(what_is_not_cacheable_says_so)
{
    struct ff_answer a = ff_call(
        &fx, &(struct ff_call){.method = "GET", .target = "/api/v1/auth/me", .bearer = employee});
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Cache-Control"), "no-store");
    ck_assert_ptr_null(ff_answer_header(&fx, &a, "ETag"));
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(head_has_the_length_of_get)
{
    struct ff_call call = {.method = "GET", .target = "/api/v1/products/1", .bearer = employee};
    struct ff_answer got = ff_call(&fx, &call);
    call.method = "HEAD";
    struct ff_answer head = ff_call(&fx, &call);
    ck_assert_int_eq(head.status, 200);
    ck_assert_uint_eq(head.body_len, 0);
    ck_assert_str_eq(ff_answer_header(&fx, &head, "Content-Length"),
                     ff_answer_header(&fx, &got, "Content-Length"));
    ff_fixture_again(&fx);
}
END_TEST

/* ---- ids ---- */

static const struct {
    const char *given;
    bool echoed;
} ids[] = {{"abcd1234", true},   {"A.b_c-9.", true},      {"short", false},
           {"has space", false}, {"quote\"quote", false}, {"", false}};

START_TEST(a_request_id_is_echoed_when_it_is_one)
{
    struct ff_call call = GET("/api/v1/nothing");
    call.more[0] = (struct ff_header){"X-Request-Id", ids[_i].given};
    struct ff_answer a = ff_call(&fx, &call);
    const char *id = ff_answer_header(&fx, &a, "X-Request-Id");
    ck_assert_ptr_nonnull(id);
    ck_assert_int_eq(!strcmp(id, ids[_i].given), ids[_i].echoed);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "requestId"), id);
    ff_fixture_again(&fx);
}
END_TEST

/* ---- the document ---- */

START_TEST(the_document_is_served_and_cached)
{
    struct ff_call call = GET("/api/v1/openapi.json");
    struct ff_answer a = ff_call(&fx, &call);
    ck_assert_int_eq(a.status, 200);
    ck_assert_int_eq(strncmp(a.body, "{\"openapi\":\"3.1.0\"", 18), 0);
    ck_assert_ptr_nonnull(strstr(a.body, "\"operationId\":\"createPurchase\""));
    call.none_match = ff_answer_header(&fx, &a, "ETag");
    ck_assert_int_eq(ff_call(&fx, &call).status, 304);
    ff_fixture_again(&fx);
}
END_TEST

/* ---- with a context of our own ---- */

static struct ff_health health;
static struct ff_response rp;

static int dispatch(struct ff_arena *arena, const char *target, bool tls, int refused)
{
    struct ff_message m = {
        .method = "GET", .target = target, .version = "1.1", .peer = "127.0.0.1", .is_tls = tls};
    struct ff_ctx cx;
    ck_assert(ff_message_add(&m, "Host", "localhost"));
    ff_ctx_init(&cx, arena, fx.clock);
    cx.db = fx.db;
    cx.site = fx.site;
    cx.health = &health;
    ff_response_clear(&rp);
    if (refused)
        ff_dispatch_refused(&cx, &m, refused, &rp);
    else
        ff_dispatch(&cx, &m, &rp);
    return rp.status;
}

static const struct {
    int ledger, stopping;
    const char *target;
    int status;
    const char *text;
} states[] = {
    {FF_LEDGER_OK, 0, "/health", 200, "\"status\":\"healthy\""},
    {FF_LEDGER_CHECKING, 0, "/health", 200, "\"ledger\":\"checking\""},
    {FF_LEDGER_FAILED, 0, "/health", 503, "\"status\":\"degraded\""},
    {FF_LEDGER_OK, 0, "/health/ready", 200, "\"ready\""},
    {FF_LEDGER_CHECKING, 0, "/health/ready", 200, "\"ready\""},
    {FF_LEDGER_FAILED, 0, "/health/ready", 503, "\"not_ready\""},
    {FF_LEDGER_OK, 1, "/health/ready", 503, "\"not_ready\""},
    {FF_LEDGER_FAILED, 1, "/health/live", 200, "\"alive\""},
    {FF_LEDGER_OK, 1, "/api/v1/public", 503, "ERR_SHUTTING_DOWN"},
};

START_TEST(health_tells_the_state)
{
    atomic_store(&health.ledger, states[_i].ledger);
    atomic_store(&health.stopping, states[_i].stopping);
    ff_response_init(&rp);
    ck_assert_int_eq(dispatch(fx.arena, states[_i].target, false, 0), states[_i].status);
    ck_assert_ptr_nonnull(strstr(rp.body.data, states[_i].text));
    ff_response_free(&rp);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(each_part_counts_for_readiness)
{
    _Atomic int *parts[] = {&health.database, &health.disk, &health.clock};
    atomic_store(&health.ledger, FF_LEDGER_OK);
    atomic_store(&health.stopping, 0);
    for (int i = 0; i < 3; i++) {
        atomic_store(parts[i], FF_PART_WARN);
        ff_response_init(&rp);
        ck_assert_int_eq(dispatch(fx.arena, "/health/ready", false, 0), 200);
        ff_fixture_again(&fx);
        atomic_store(parts[i], FF_PART_FAILED);
        ck_assert_int_eq(dispatch(fx.arena, "/health/ready", false, 0), 503);
        ff_fixture_again(&fx);
        ck_assert_int_eq(dispatch(fx.arena, "/health/live", false, 0), 200);
        ff_response_free(&rp);
        ff_fixture_again(&fx);
        atomic_store(parts[i], FF_PART_OK);
    }
}
END_TEST

START_TEST(nobody_looking_any_more_is_a_failure)
{
    atomic_store(&health.looked_ms, ff_clock_machine_ms() - FF_HEALTH_STALE_MS - 1000);
    ff_response_init(&rp);
    ck_assert_int_eq(dispatch(fx.arena, "/health", false, 0), 503);
    ck_assert_ptr_nonnull(strstr(rp.body.data, "\"database\":\"failed\""));
    ff_response_free(&rp);
    ff_fixture_again(&fx);
    atomic_store(&health.looked_ms, 0);
}
END_TEST

START_TEST(a_failure_inside_stays_inside)
{
    struct ff_arena *small = ff_arena_new(32);
    atomic_store(&health.stopping, 0);
    ck_assert_ptr_nonnull(small);
    ff_response_init(&rp);
    ck_assert_int_eq(dispatch(small, "/api/v1/public", false, 0), 500);
    ck_assert_ptr_nonnull(strstr(rp.body.data, "ERR_INTERNAL"));
    ck_assert_ptr_null(strstr(rp.body.data, "memory"));
    ck_assert_ptr_null(strstr(rp.body.data, ".c"));
    ff_response_free(&rp);
    ff_arena_free(small);
}
END_TEST

START_TEST(strict_transport_only_over_tls)
{
    char value[64];
    atomic_store(&health.stopping, 0);
    ff_response_init(&rp);
    dispatch(fx.arena, "/health/live", true, 0);
    ck_assert(ff_response_header(&rp, "Strict-Transport-Security", value, sizeof value));
    ck_assert_str_eq(value, "max-age=31536000");
    dispatch(fx.arena, "/health/live", false, 0);
    ck_assert(!ff_response_header(&rp, "Strict-Transport-Security", value, sizeof value));
    ff_response_free(&rp);
    ff_fixture_again(&fx);
}
END_TEST

START_TEST(what_the_parser_refuses_looks_like_ours)
{
    static const struct {
        int from, to;
    } statuses[] = {{400, 400}, {404, 404}, {408, 408}, {411, 400}, {413, 431},
                    {431, 431}, {500, 500}, {505, 400}, {501, 400}};
    ff_response_init(&rp);
    ck_assert_int_eq(dispatch(fx.arena, "/", false, statuses[_i].from), statuses[_i].to);
    ck_assert(rp.close);
    ck_assert_ptr_nonnull(strstr(rp.head.data, "application/problem+json"));
    ck_assert_int_eq(dispatch(fx.arena, "/#", false, statuses[_i].from), 400);
    ck_assert_int_eq(dispatch(fx.arena, NULL, false, statuses[_i].from), statuses[_i].to);
    ff_response_free(&rp);
    ff_fixture_again(&fx);
}
END_TEST

static void add_tests(TCase *t)
{
    tcase_add_loop_test(t, a_stranger_is_told_to_sign_in, 0, ROWS(strangers));
    tcase_add_test(t, an_open_address_does_not_mind_a_bad_token);
    tcase_add_test(t, a_role_without_scope_is_forbidden);
    tcase_add_test(t, the_callers_rights_are_checked_before_the_body);
    tcase_add_loop_test(t, a_cookie_works_from_our_pages_only, 0, ROWS(fences));
    tcase_add_test(t, a_kiosk_changes_things_from_its_page_only);
    tcase_add_loop_test(t, each_row_gets_what_it_asks_for, 0, ROWS(demands));
    tcase_add_test(t, what_is_made_has_an_address);
    tcase_add_test(t, a_list_that_did_not_change_is_not_sent_again);
    tcase_add_test(t, what_is_not_cacheable_says_so);
    tcase_add_test(t, head_has_the_length_of_get);
    tcase_add_loop_test(t, a_request_id_is_echoed_when_it_is_one, 0, ROWS(ids));
    tcase_add_test(t, the_document_is_served_and_cached);
    tcase_add_loop_test(t, health_tells_the_state, 0, ROWS(states));
    tcase_add_test(t, each_part_counts_for_readiness);
    tcase_add_test(t, nobody_looking_any_more_is_a_failure);
    tcase_add_test(t, a_failure_inside_stays_inside);
    tcase_add_test(t, strict_transport_only_over_tls);
    tcase_add_loop_test(t, what_the_parser_refuses_looks_like_ours, 0, 9);
}

int main(void)
{
    Suite *s = suite_create("http_dispatch");
    TCase *t = tcase_create("dispatch");
    tcase_add_unchecked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    add_tests(t);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    /* One database for all of them, whose writer's thread does not survive a fork. */
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

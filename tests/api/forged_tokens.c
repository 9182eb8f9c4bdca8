/* SPDX-License-Identifier: MIT */
/* forged_tokens.c - whole requests with tokens that we did not sign, or not like this: 401 each, by
 * the way that every request takes. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/call.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "auth/private.h"
#include "auth/shape.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

enum { B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING, NOW = FF_TEST_NOW / 1000 };

static struct ff_fixture fx;
static struct ff_test_tokens anna;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_test_user(&fx, "anna@example.com", "admin", 0);
    anna = ff_test_sign_in(&fx, "anna@example.com");
    ff_fixture_again(&fx);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

static struct ff_answer me(const char *token)
{
    const struct ff_call call = {.method = "GET", .target = "/api/v1/auth/me", .bearer = token};
    return ff_call(&fx, &call);
}

static void must_refuse(const char *token, const char *code)
{
    const struct ff_answer a = me(token);
    ck_assert_msg(a.status == 401, "%d for %s", a.status, token);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), code);
}

/* ---- tokens made by hand ---- */

static const char *b64(const void *bytes, size_t n)
{
    const size_t cap = sodium_base64_ENCODED_LEN(n, B64);
    char *out = ff_alloc(&fx.cx, cap);
    return sodium_bin2base64(out, cap, bytes, n, B64);
}

/* Segment `i` of Anna's token, as text. */
static const char *segment(int i)
{
    const char *from = anna.access;
    size_t n;
    while (i--)
        from = strchr(from, '.') + 1;
    const size_t chars = strcspn(from, ".");
    char *out = ff_alloc(&fx.cx, chars + 1);
    ck_assert(ff_token_decode(from, chars, out, &n));
    return out;
}

static const char *swap(const char *text, const char *from, const char *to)
{
    const char *found = strstr(text, from);
    ck_assert_msg(found != NULL, "no %s in %s", from, text);
    return ff_arena_printf(fx.arena, "%.*s%s%s", (int)(found - text), text, to,
                           found + strlen(from));
}

static const unsigned char *own_key(void)
{
    return fx.auth->ring.keys[fx.auth->ring.n - 1].signer[FF_TOKEN_ACCESS].key;
}

static const char *sign(const char *header, const char *payload, const EVP_MD *digest,
                        const unsigned char *key, int key_bytes)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    const char *text = ff_arena_printf(fx.arena, "%s.%s", b64(header, strlen(header)),
                                       b64(payload, strlen(payload)));
    HMAC(digest, key, key_bytes, (const unsigned char *)text, strlen(text), mac, &n);
    return ff_arena_printf(fx.arena, "%s.%s", text, b64(mac, n));
}

static const char *sign_well(const char *header, const char *payload)
{
    return sign(header, payload, EVP_sha256(), own_key(), FF_KEY_BYTES);
}

START_TEST(what_we_put_together_by_our_own_rules_is_let_in)
{
    ck_assert_int_eq(me(sign_well(segment(0), segment(1))).status, 200);
}
END_TEST

/* ---- the header ---- */

static const struct {
    const char *from, *to;
} headers[] = {
    {"\"alg\":\"HS256\"", "\"alg\":\"none\""},
    {"\"alg\":\"HS256\"", "\"alg\":\"None\""},
    {"\"alg\":\"HS256\"", "\"alg\":\"HS384\""},
    {"\"alg\":\"HS256\"", "\"alg\":\"HS512\""},
    {"\"alg\":\"HS256\"", "\"alg\":\"RS256\""},
    {"\"alg\":\"HS256\"", "\"alg\":\"ES256\""},
    {"\"alg\":\"HS256\"", "\"alg\":[\"HS256\"]"},
    {"\"alg\":\"HS256\",", ""},
    {"at+jwt", "JWT"},
    {"at+jwt", "rt+jwt"},
    {"\"typ\":\"at+jwt\"", "\"typ\":1"},
    {"\"typ\":\"at+jwt\",", ""},
    {"\"kid\":\"", "\"kid\":\"f"},
    {"\"kid\":\"", "\"kid\":\"../../"},
    {"{", "{\"alg\":\"HS256\","},
    {"{", "{\"alg\":\"none\","},
    {"{", "{\"kid\":\"0000000000000000\","},
    {"{", "{\"jku\":\"https://evil.example/keys\","},
    {"{", "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"},"},
    {"{", "{\"x5u\":\"https://evil.example/cert\","},
    {"{", "{\"x5c\":[\"AAAA\"],"},
    {"{", "{\"crit\":[\"exp\"],"},
    {"{", "{\"b64\":false,"},
};

START_TEST(any_other_header_is_401)
{
    must_refuse(sign_well(swap(segment(0), headers[_i].from, headers[_i].to), segment(1)),
                "ERR_TOKEN_INVALID");
}
END_TEST

START_TEST(another_algorithm_than_it_says_is_401)
{
    const char *hs384 = swap(segment(0), "HS256", "HS384");
    const char *hs512 = swap(segment(0), "HS256", "HS512");
    const char *none = swap(segment(0), "HS256", "none");
    must_refuse(sign(hs384, segment(1), EVP_sha384(), own_key(), FF_KEY_BYTES),
                "ERR_TOKEN_INVALID");
    must_refuse(sign(hs512, segment(1), EVP_sha512(), own_key(), FF_KEY_BYTES),
                "ERR_TOKEN_INVALID");
    must_refuse(sign(segment(0), segment(1), EVP_sha512(), own_key(), FF_KEY_BYTES),
                "ERR_TOKEN_INVALID");
    must_refuse(ff_arena_printf(fx.arena, "%s.%s.", b64(none, strlen(none)),
                                b64(segment(1), strlen(segment(1)))),
                "ERR_TOKEN_INVALID");
}
END_TEST

START_TEST(another_key_is_401)
{
    unsigned char key[FF_KEY_BYTES] = {0};
    must_refuse(sign(segment(0), segment(1), EVP_sha256(), key, 0), "ERR_TOKEN_INVALID");
    must_refuse(sign(segment(0), segment(1), EVP_sha256(), key, 1), "ERR_TOKEN_INVALID");
    must_refuse(sign(segment(0), segment(1), EVP_sha256(), key, FF_KEY_BYTES), "ERR_TOKEN_INVALID");
    memcpy(key, own_key(), sizeof key);
    must_refuse(sign(segment(0), segment(1), EVP_sha256(), key, FF_KEY_BYTES - 1),
                "ERR_TOKEN_INVALID");
    key[0] ^= 1;
    must_refuse(sign(segment(0), segment(1), EVP_sha256(), key, FF_KEY_BYTES), "ERR_TOKEN_INVALID");
    must_refuse(anna.refresh, "ERR_TOKEN_INVALID");
}
END_TEST

START_TEST(a_key_that_is_not_ours_any_more_is_401)
{
    char kid[FF_KID_CAP];
    ff_keyring_kid(&fx.cx, kid);
    const char *well = sign_well(segment(0), segment(1));
    ck_assert_int_eq(ff_keyring_revoke(&fx.cx, kid), FF_OK);
    must_refuse(well, "ERR_TOKEN_INVALID");
    must_refuse(anna.access, "ERR_TOKEN_INVALID");
    must_refuse(sign_well(segment(0), segment(1)), "ERR_TOKEN_INVALID"); /* old kid, new key */
}
END_TEST

/* ---- the claims ---- */

#define TIME(name, at) "\"" name "\":" #at

static const struct {
    const char *from, *to, *code;
} claims[] = {
    {"\"aud\":\"api\",", "", NULL},
    {"\"aud\":\"api\"", "\"aud\":\"refresh\"", NULL},
    {"\"aud\":\"api\"", "\"aud\":[\"api\"]", NULL},
    {"\"iss\":\"", "\"iss\":\"0", NULL},
    {"\"iss\":\"", "\"x\":\"", NULL},
    {"\"ver\":1", "\"ver\":\"1\"", NULL},
    {"\"ver\":1,", "", NULL},
    {"\"ver\":1", "\"ver\":null", NULL},
    {"\"ver\":1", "\"ver\":2", "ERR_TOKEN_REVOKED"},
    {"\"sid\":1,", "", NULL},
    {"\"sid\":1", "\"sid\":99", "ERR_TOKEN_REVOKED"},
    {"\"userId\":1", "\"userId\":2", NULL},
    {"\"sub\":\"1\"", "\"sub\":\"2\"", NULL},
    {TIME("nbf", 1772451900), "\"nbf\":\"1772451900\"", NULL},
    {TIME("nbf", 1772451900) ",", "", NULL},
    {TIME("iat", 1772451900) ",", "", NULL},
    {"," TIME("exp", 1772452800), "", NULL},
    {TIME("exp", 1772452800), "\"exp\":\"1772452800\"", NULL},
    {TIME("exp", 1772452800), "\"exp\":1772452800.5", NULL},
    {TIME("exp", 1772452800), "\"exp\":true", NULL},
    {TIME("exp", 1772452800), "\"exp\":1", "ERR_TOKEN_EXPIRED"},
    {"{", "{\"exp\":9999999999,", NULL},
    {"{", "{\"role\":\"admin\",", NULL},
};

START_TEST(a_claim_that_is_wrong_or_missing_is_401)
{
    must_refuse(sign_well(segment(0), swap(segment(1), claims[_i].from, claims[_i].to)),
                claims[_i].code ? claims[_i].code : "ERR_TOKEN_INVALID");
}
END_TEST

static const char *with_times(int64_t nbf, int64_t exp)
{
    const char *at = ff_arena_printf(fx.arena, "\"nbf\":%lld", (long long)nbf);
    const char *payload = swap(segment(1), TIME("nbf", 1772451900), at);
    at = ff_arena_printf(fx.arena, "\"exp\":%lld", (long long)exp);
    return sign_well(segment(0), swap(payload, TIME("exp", 1772452800), at));
}

START_TEST(clocks_may_differ_by_half_a_minute_and_no_more)
{
    ck_assert_int_eq(me(with_times(NOW, NOW - 29)).status, 200);
    must_refuse(with_times(NOW, NOW - 31), "ERR_TOKEN_EXPIRED");
    ck_assert_int_eq(me(with_times(NOW + 29, NOW + 900)).status, 200);
    must_refuse(with_times(NOW + 31, NOW + 900), "ERR_TOKEN_INVALID");
}
END_TEST

/* ---- how it is sent ---- */

START_TEST(a_token_is_sent_once_and_in_its_header)
{
    const char *bearer = ff_arena_printf(fx.arena, "Bearer %s", anna.access);
    const struct ff_call twice = {.method = "GET",
                                  .target = "/api/v1/auth/me",
                                  .bearer = anna.access,
                                  .more = {{"Authorization", bearer}}};
    ck_assert_int_eq(ff_call(&fx, &twice).status, 400);
    const char *target = ff_arena_printf(fx.arena, "/api/v1/auth/me?access_token=%s", anna.access);
    const struct ff_call query = {.method = "GET", .target = target};
    const struct ff_answer a = ff_call(&fx, &query);
    ck_assert_msg(a.status == 401 || a.status == 400, "%d", a.status);
}
END_TEST

static const char *const schemes[] = {"Basic", "bearer  ", "Token", "Bearer\t", "BearerX"};

START_TEST(another_scheme_is_401)
{
    const struct ff_call call = {
        .method = "GET",
        .target = "/api/v1/auth/me",
        .more = {{"Authorization", ff_arena_printf(fx.arena, "%s %s", schemes[_i], anna.access)}}};
    ck_assert_int_eq(ff_call(&fx, &call).status, 401);
}
END_TEST

/* ---- what happens to the account acts on the next request ---- */

static const struct {
    const char *sql;
    int status;
} fates[] = {
    {"UPDATE user_account SET role = 'employee'", 403},
    {"UPDATE user_account SET is_active = 0", 403},
    {"UPDATE user_account SET token_version = 2", 401},
    {"UPDATE session SET is_revoked = 1", 401},
    {"DELETE FROM session", 401},
};

START_TEST(a_demotion_and_an_end_act_on_the_next_request)
{
    const struct ff_call call = {.method = "GET", .target = "/api/v1/users", .bearer = anna.access};
    ck_assert_int_eq(ff_call(&fx, &call).status, 200);
    ff_test_change(&fx, fates[_i].sql);
    ck_assert_int_eq(ff_call(&fx, &call).status, fates[_i].status);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("forged_tokens");
    TCase *cases = tcase_create("forged");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, what_we_put_together_by_our_own_rules_is_let_in);
    tcase_add_loop_test(cases, any_other_header_is_401, 0, ROWS(headers));
    tcase_add_test(cases, another_algorithm_than_it_says_is_401);
    tcase_add_test(cases, another_key_is_401);
    tcase_add_test(cases, a_key_that_is_not_ours_any_more_is_401);
    tcase_add_loop_test(cases, a_claim_that_is_wrong_or_missing_is_401, 0, ROWS(claims));
    tcase_add_test(cases, clocks_may_differ_by_half_a_minute_and_no_more);
    tcase_add_test(cases, a_token_is_sent_once_and_in_its_header);
    tcase_add_loop_test(cases, another_scheme_is_401, 0, ROWS(schemes));
    tcase_add_loop_test(cases, a_demotion_and_an_end_act_on_the_next_request, 0, ROWS(fates));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

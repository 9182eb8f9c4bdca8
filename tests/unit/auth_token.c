/* SPDX-License-Identifier: MIT */
/* auth_token.c - signed tokens: what we sign we read, and nothing that was tampered with, put
 * together by hand, signed otherwise, or out of its time. */
#include <check.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../lib/store.h"
#include "auth/jws.h"
#include "auth/token.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

enum { B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING, NOW = FF_TEST_NOW / 1000 };

static struct ff_store store;
static struct ff_ctx *cx;
static const struct ff_access anna = {
    .user_id = 42, .session_id = 7, .version = 3, .email = "anna@example.com", .role = "manager"};

/* The signer of the newest key. */
static const struct ff_signer *signer_of(enum ff_token_kind kind)
{
    return &cx->auth->ring.keys[cx->auth->ring.n - 1].signer[kind];
}

static void setup(void)
{
    ff_store_dir(&store);
    cx = &store.cx;
    ck_assert_int_eq(ff_auth_open(cx, store.dir, &cx->auth), FF_OK);
}

static void teardown(void)
{
    ff_auth_free(cx->auth);
    ff_store_close(&store);
}

static void at(int64_t seconds_from_now)
{
    ff_clock_advance_to(store.clock, FF_TEST_NOW + seconds_from_now * 1000);
}

/* ---- tokens made by hand ---- */

static const char *b64(const void *bytes, size_t n)
{
    size_t cap = sodium_base64_ENCODED_LEN(n, B64);
    char *out = ff_alloc(cx, cap);
    ck_assert_ptr_nonnull(out);
    return sodium_bin2base64(out, cap, bytes, n, B64);
}

static const char *unb64(const char *text, size_t chars)
{
    size_t n;
    char *out = ff_alloc(cx, chars + 1);
    ck_assert_int_eq(
        sodium_base642bin((unsigned char *)out, chars, text, chars, NULL, &n, NULL, B64), 0);
    return out;
}

/* The header that our access tokens have, as JSON. */
static const char *own_header(void)
{
    const char *h = signer_of(FF_TOKEN_ACCESS)->header;
    return unb64(h, strlen(h));
}

/* `text` with the first `from` replaced by `to`. */
static const char *swap(const char *text, const char *from, const char *to)
{
    const char *found = strstr(text, from);
    ck_assert_msg(found != NULL, "no %s in %s", from, text);
    return ff_arena_printf(cx->arena, "%.*s%s%s", (int)(found - text), text, to,
                           found + strlen(from));
}

static const char *good_payload(void)
{
    return ff_arena_printf(
        cx->arena,
        "{\"iss\":\"%s\",\"aud\":\"api\",\"sub\":\"42\",\"userId\":42,\"email\":\"anna@example."
        "com\","
        "\"role\":\"manager\",\"sid\":7,\"ver\":3,\"iat\":%d,\"nbf\":%d,\"exp\":%d,\"jti\":\"x\"}",
        cx->auth->ring.issuer, NOW, NOW, NOW + 900);
}

/* header.payload signed with `key` by one of OpenSSL's digests. */
static const char *forge(const char *header, const char *payload, const EVP_MD *digest,
                         const unsigned char key[32])
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    const char *signed_part = ff_arena_printf(cx->arena, "%s.%s", b64(header, strlen(header)),
                                              b64(payload, strlen(payload)));
    HMAC(digest, key, 32, (const unsigned char *)signed_part, strlen(signed_part), mac, &n);
    return ff_arena_printf(cx->arena, "%s.%s", signed_part, b64(mac, n));
}

static const char *forge_well(const char *header, const char *payload)
{
    return forge(header, payload, EVP_sha256(), signer_of(FF_TOKEN_ACCESS)->key);
}

/* What comes again is judged as it was judged at first. */
static void enters(const char *token, enum ff_rc expected)
{
    struct ff_entry_ticket out;
    for (int i = 0; i < 3; i++) {
        ff_err_clear(cx);
        ck_assert_msg(ff_access_enter(cx, token, &out) == expected, "%s: %d %s", token, cx->err.rc,
                      cx->err.detail);
        ck_assert(expected || out.user_id == 42);
    }
}

static void must_refuse(const char *token, enum ff_rc expected)
{
    struct ff_access out;
    enters(token, expected);
    ff_err_clear(cx);
    ck_assert_msg(ff_access_read(cx, token, &out) == expected, "%s: %d %s", token, cx->err.rc,
                  cx->err.detail);
}

static void must_accept(const char *token)
{
    struct ff_access out;
    enters(token, FF_OK);
    ff_err_clear(cx);
    ck_assert_msg(ff_access_read(cx, token, &out) == FF_OK, "%s: %s", token, cx->err.detail);
    ck_assert_int_eq(out.user_id, 42);
}

/* ---- what we sign ---- */

START_TEST(an_access_token_says_what_was_signed)
{
    const char *token;
    struct ff_access out;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    ck_assert_uint_le(strlen(token), FF_TOKEN_BYTES);
    ck_assert_int_eq(ff_access_read(cx, token, &out), FF_OK);
    ck_assert_int_eq(out.user_id, anna.user_id);
    ck_assert_int_eq(out.session_id, anna.session_id);
    ck_assert_int_eq(out.version, anna.version);
    ck_assert_str_eq(out.email, anna.email);
    ck_assert_str_eq(out.role, anna.role);
}
END_TEST

START_TEST(the_header_names_algorithm_type_and_key)
{
    const char *token;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    const char *header = unb64(token, strcspn(token, "."));
    const char *kid = strstr(header, "\"kid\":\"");
    ck_assert_ptr_nonnull(strstr(header, "\"alg\":\"HS256\""));
    ck_assert_ptr_nonnull(strstr(header, "\"typ\":\"at+jwt\""));
    ck_assert_ptr_nonnull(kid);
    ck_assert_uint_eq(strspn(kid + 7, "0123456789abcdef"), 16);
}
END_TEST

START_TEST(the_payload_holds_every_claim)
{
    static const char *const claims[] = {
        "\"aud\":\"api\"", "\"sub\":\"42\"", "\"userId\":42",      "\"email\":\"anna@example.com\"",
        "\"sid\":7",       "\"ver\":3",      "\"iat\":1772451900", "\"nbf\":1772451900",
        "\"jti\":\"",      "\"iss\":\"",     "\"exp\":1772452800", "\"role\":\"manager\""};
    const char *token;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    const char *from = strchr(token, '.') + 1, *payload = unb64(from, strcspn(from, "."));
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        ck_assert_msg(strstr(payload, claims[i]) != NULL, "no %s in %s", claims[i], payload);
}
END_TEST

START_TEST(two_tokens_of_one_moment_differ)
{
    const char *a, *b;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &a), FF_OK);
    ck_assert_int_eq(ff_access_sign(cx, &anna, &b), FF_OK);
    ck_assert_str_ne(a, b);
}
END_TEST

START_TEST(the_longest_email_fits)
{
    char email[255];
    const char *token;
    struct ff_access out, longest = anna;
    memset(email, '\'', 254);
    email[254] = '\0';
    longest.email = email;
    ck_assert_int_eq(ff_access_sign(cx, &longest, &token), FF_OK);
    ck_assert_uint_le(strlen(token), FF_TOKEN_BYTES);
    ck_assert_int_eq(ff_access_read(cx, token, &out), FF_OK);
    ck_assert_str_eq(out.email, email);
}
END_TEST

START_TEST(claims_that_do_not_fit_are_not_signed)
{
    char role[2000];
    const char *token;
    struct ff_access huge = anna;
    memset(role, 'x', sizeof role - 1);
    role[sizeof role - 1] = '\0';
    huge.role = role;
    ck_assert_int_eq(ff_access_sign(cx, &huge, &token), FF_INTERNAL);
}
END_TEST

START_TEST(a_token_put_together_by_the_rules_is_accepted)
{
    must_accept(forge_well(own_header(), good_payload()));
}
END_TEST

/* ---- the forgeries ---- */

/* Each turns the good header into another one; the signature is made with our own key. */
static const struct {
    const char *from, *to;
} headers[] = {
    {"HS256", "none"},
    {"HS256", "HS384"},
    {"HS256", "HS512"},
    {"HS256", "RS256"},
    {"HS256", "hs256"},
    {"\"alg\":\"HS256\",", ""},
    {"at+jwt", "JWT"},
    {"at+jwt", "rt+jwt"},
    {"\"typ\":\"at+jwt\",", ""},
    {"\"kid\":\"", "\"kid\":\"0"},
    {"\"kid\":\"", "\"kid\":\"../"},
    {"{", "{\"alg\":\"HS256\","},
    {"{", "{\"alg\":\"none\","},
    {"{", "{\"crit\":[\"exp\"],"},
    {"{", "{\"jku\":\"https://example.com/keys\","},
    {"{", "{\"x5u\":\"https://example.com/cert\","},
    {"{", "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"},"},
    {"{", "{ "},
    {"{", "["},
};

START_TEST(any_header_but_ours_is_refused)
{
    must_refuse(forge_well(swap(own_header(), headers[_i].from, headers[_i].to), good_payload()),
                FF_TOKEN_INVALID);
}
END_TEST

START_TEST(other_digests_under_our_key_are_refused)
{
    const unsigned char *key = signer_of(FF_TOKEN_ACCESS)->key;
    must_refuse(forge(swap(own_header(), "HS256", "HS384"), good_payload(), EVP_sha384(), key),
                FF_TOKEN_INVALID);
    must_refuse(forge(swap(own_header(), "HS256", "HS512"), good_payload(), EVP_sha512(), key),
                FF_TOKEN_INVALID);
    must_refuse(forge(own_header(), good_payload(), EVP_sha384(), key), FF_TOKEN_INVALID);
    must_refuse(forge(own_header(), good_payload(), EVP_sha512(), key), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(another_key_is_refused)
{
    unsigned char key[32], nothing[32] = {0};
    memcpy(key, signer_of(FF_TOKEN_ACCESS)->key, 32);
    key[31] ^= 0x80;
    must_refuse(forge(own_header(), good_payload(), EVP_sha256(), key), FF_TOKEN_INVALID);
    must_refuse(forge(own_header(), good_payload(), EVP_sha256(), nothing), FF_TOKEN_INVALID);
    must_refuse(forge(own_header(), good_payload(), EVP_sha256(), signer_of(FF_TOKEN_REFRESH)->key),
                FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_token_of_another_installation_is_refused)
{
    struct ff_auth *there, *here = cx->auth;
    struct ff_store other;
    const char *token;
    ff_store_dir(&other);
    ck_assert_int_eq(ff_auth_open(&other.cx, other.dir, &there), FF_OK);
    cx->auth = there;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    cx->auth = here;
    must_refuse(token, FF_TOKEN_INVALID);
    ff_auth_free(there);
    ff_store_close(&other);
}
END_TEST

START_TEST(a_signature_must_be_there_and_whole)
{
    const char *token = forge_well(own_header(), good_payload());
    const char *signature = strrchr(token, '.');
    const int head = (int)(signature - token);
    must_refuse(ff_arena_printf(cx->arena, "%.*s", head, token), FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "%.*s.", head, token), FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "%.*s", (int)strlen(token) - 1, token),
                FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "%sA", token), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(every_single_changed_character_is_noticed)
{
    const char *token;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    char *copy = ff_arena_strndup(cx->arena, token, strlen(token));
    struct ff_arena *arena = cx->arena, *own = ff_arena_new(0);
    cx->arena = own;
    for (size_t i = 0; copy[i]; i++) {
        const char was = copy[i];
        copy[i] = was == 'A' ? 'B' : 'A';
        must_refuse(copy, FF_TOKEN_INVALID);
        copy[i] = was;
        ff_arena_reset(own);
    }
    cx->arena = arena;
    ff_arena_free(own);
}
END_TEST

START_TEST(a_signature_has_one_spelling)
{
    static const char order[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *token = forge_well(own_header(), good_payload());
    char *copy = ff_arena_strndup(cx->arena, token, strlen(token));
    char *last = copy + strlen(copy) - 1;
    *last = order[strchr(order, *last) - order + 1]; /* only bits that no byte uses */
    must_refuse(copy, FF_TOKEN_INVALID);
}
END_TEST

START_TEST(three_segments_of_base64url_and_nothing_else)
{
    const char *token = forge_well(own_header(), good_payload());
    must_refuse("", FF_TOKEN_INVALID);
    must_refuse(".", FF_TOKEN_INVALID);
    must_refuse("..", FF_TOKEN_INVALID);
    must_refuse("a.b", FF_TOKEN_INVALID);
    must_refuse("a.b.c", FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "%s.AAAA", token), FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "AAAA.%s", token), FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, " %s", token), FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "%s\n", token), FF_TOKEN_INVALID);
    must_refuse(swap(token, ".", ".."), FF_TOKEN_INVALID);
    must_refuse(swap(token, ".", ".="), FF_TOKEN_INVALID);
    must_refuse(ff_arena_printf(cx->arena, "%.*s+", (int)strlen(token) - 1, token),
                FF_TOKEN_INVALID);
    must_refuse(swap(token, ".", ".+"), FF_TOKEN_INVALID);
    must_refuse(swap(token, ".", ".\xc3\xa9"), FF_TOKEN_INVALID);
}
END_TEST

/* "e30" is {}; the others have a length or left-over bits that no bytes have. All well signed. */
static const struct {
    const char *payload;
    enum ff_rc rc;
} spellings[] = {{"e30", FF_OK},          {"e31", FF_TOKEN_INVALID},
                 {"e30A", FF_OK},         {"e30AA", FF_TOKEN_INVALID},
                 {"e", FF_TOKEN_INVALID}, {"", FF_TOKEN_INVALID}};

START_TEST(a_payload_has_one_spelling)
{
    unsigned char mac[32];
    const char *payload;
    size_t n;
    const struct ff_signer *signer = signer_of(FF_TOKEN_ACCESS);
    const char *text = ff_arena_printf(cx->arena, "%s.%s", signer->header, spellings[_i].payload);
    crypto_auth_hmacsha256(mac, (const unsigned char *)text, strlen(text), signer->key);
    const char *token = ff_arena_printf(cx->arena, "%s.%s", text, b64(mac, 32));
    ck_assert_int_eq(ff_jws_open(cx, signer, token, &payload, &n), spellings[_i].rc);
}
END_TEST

START_TEST(a_token_above_the_bound_is_not_looked_at)
{
    char *long_name = ff_alloc(cx, 2000);
    memset(long_name, 'x', 1999);
    const char *payload =
        swap(good_payload(), "\"x\"", ff_arena_printf(cx->arena, "\"%s\"", long_name));
    const char *token = forge_well(own_header(), payload);
    ck_assert_uint_gt(strlen(token), FF_TOKEN_BYTES);
    must_refuse(token, FF_TOKEN_INVALID);
}
END_TEST

/* Each turns the good payload into another one, well signed. */
static const struct {
    const char *from, *to;
} payloads[] = {
    {"\"aud\":\"api\"", "\"aud\":\"refresh\""},
    {"\"aud\":\"api\"", "\"aud\":[\"api\"]"},
    {"\"aud\":\"api\",", ""},
    {"\"iss\":\"", "\"iss\":\"0"},
    {"\"iss\":", "\"issuer\":"},
    {"\"sub\":\"42\"", "\"sub\":\"43\""},
    {"\"sub\":\"42\"", "\"sub\":\"anna\""},
    {"\"sub\":\"42\"", "\"sub\":42"},
    {"\"userId\":42", "\"userId\":\"42\""},
    {"\"userId\":42", "\"userId\":0"},
    {"\"userId\":42", "\"userId\":-42"},
    {"\"userId\":42,", ""},
    {"\"email\":\"anna@example.com\",", ""},
    {"\"role\":\"manager\",", ""},
    {"\"role\":\"manager\"", "\"role\":[\"admin\"]"},
    {"\"sid\":7,", ""},
    {"\"sid\":7", "\"sid\":null"},
    {"\"ver\":3,", ""},
    {"\"ver\":3", "\"ver\":3.5"},
    {"\"jti\":\"x\"", "\"jti\":\"\""},
    {"\"iat\":1772451900,", ""},
    {"\"nbf\":1772451900,", ""},
    {",\"exp\":1772452800", ""},
    {"\"exp\":1772452800", "\"exp\":\"1772452800\""},
    {"\"exp\":1772452800", "\"exp\":1772452800.0"},
    {"\"exp\":1772452800", "\"exp\":1e12"},
    {"\"exp\":1772452800", "\"exp\":99999999999999999999"},
    {"\"exp\":1772452800", "\"exp\":1772452800,\"exp\":1772452800"},
    {"\"exp\":1772452800", "\"exp\":true"},
    {"{", "{\"admin\":true,"},
    {"{", "["},
    {"\"x\"}", "\"x\"}}"},
    {"\"x\"}", "\"x\"} {}"},
    {"\"x\"", "\"\xff\""},
    {"\"x\"", "\"\\u0000\""},
};

START_TEST(a_claim_that_is_wrong_or_missing_is_refused)
{
    must_refuse(forge_well(own_header(), swap(good_payload(), payloads[_i].from, payloads[_i].to)),
                FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_payload_of_brackets_is_refused_before_any_recursion)
{
    char brackets[1301];
    memset(brackets, '[', sizeof brackets - 1);
    brackets[sizeof brackets - 1] = '\0';
    must_refuse(forge_well(own_header(), brackets), FF_TOKEN_INVALID);
}
END_TEST

/* ---- time ---- */

START_TEST(an_access_token_lives_fifteen_minutes_and_a_leeway)
{
    const char *token;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    at(900 + 29);
    must_accept(token);
    at(900 + 30);
    must_refuse(token, FF_TOKEN_EXPIRED);
}
END_TEST

static const struct {
    const char *from;
    int offset;
    bool ok;
} times[] = {
    {"\"nbf\":1772451900", 30, true},  {"\"nbf\":1772451900", 31, false},
    {"\"iat\":1772451900", 30, true},  {"\"iat\":1772451900", 31, false},
    {"\"exp\":1772452800", -29, true},
};

START_TEST(clocks_may_differ_by_the_leeway_and_no_more)
{
    const char *to = ff_arena_printf(cx->arena, "%.6s%d", times[_i].from, NOW + times[_i].offset);
    const char *token = forge_well(own_header(), swap(good_payload(), times[_i].from, to));
    if (times[_i].ok)
        must_accept(token);
    else
        must_refuse(token, FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_token_that_ran_out_long_ago_is_expired_and_not_invalid)
{
    must_refuse(forge_well(own_header(), swap(good_payload(), "\"exp\":1772452800", "\"exp\":1")),
                FF_TOKEN_EXPIRED);
}
END_TEST

/* ---- refresh tokens ---- */

static const char *refresh_token(int64_t expires_at_ms)
{
    const char *token;
    const struct ff_refresh in = {.user_id = 42,
                                  .session_id = 7,
                                  .generation = 3,
                                  .token_id = "0123456789012345678901234567890123456789abc",
                                  .issued_at_ms = FF_TEST_NOW,
                                  .expires_at_ms = expires_at_ms};
    ck_assert_int_eq(ff_refresh_sign(cx, &in, &token), FF_OK);
    return token;
}

START_TEST(a_refresh_token_says_what_was_signed)
{
    struct ff_refresh out;
    const char *token = refresh_token(FF_TEST_NOW + 604800000);
    ck_assert_ptr_nonnull(strstr(unb64(token, strcspn(token, ".")), "\"typ\":\"rt+jwt\""));
    ck_assert_int_eq(ff_refresh_read(cx, token, &out), FF_OK);
    ck_assert_int_eq(out.user_id, 42);
    ck_assert_int_eq(out.session_id, 7);
    ck_assert_int_eq(out.generation, 3);
    ck_assert_int_eq(out.issued_at_ms, FF_TEST_NOW);
    ck_assert_str_eq(out.token_id, "0123456789012345678901234567890123456789abc");
    ck_assert_int_eq(out.expires_at_ms, FF_TEST_NOW + 604800000);
    at(604800 + 29);
    ck_assert_int_eq(ff_refresh_read(cx, token, &out), FF_OK);
    at(604800 + 30);
    ck_assert_int_eq(ff_refresh_read(cx, token, &out), FF_TOKEN_EXPIRED);
}
END_TEST

START_TEST(the_two_kinds_cannot_stand_in_for_each_other)
{
    const char *access;
    struct ff_refresh out;
    ck_assert_mem_ne(signer_of(FF_TOKEN_ACCESS)->key, signer_of(FF_TOKEN_REFRESH)->key, 32);
    ck_assert_int_eq(ff_access_sign(cx, &anna, &access), FF_OK);
    ck_assert_int_eq(ff_refresh_read(cx, access, &out), FF_TOKEN_INVALID);
    must_refuse(refresh_token(FF_TEST_NOW + 1000), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_refresh_token_without_end_is_refused)
{
    const char *h = signer_of(FF_TOKEN_REFRESH)->header;
    const char *payload = ff_arena_printf(
        cx->arena,
        "{\"iss\":\"%s\",\"aud\":\"refresh\",\"userId\":42,\"sid\":7,\"tokenId\":\"x\","
        "\"iat\":1,\"nbf\":1,\"exp\":%" PRId64 "}",
        cx->auth->ring.issuer, INT64_MAX);
    struct ff_refresh out;
    const char *token =
        forge(unb64(h, strlen(h)), payload, EVP_sha256(), signer_of(FF_TOKEN_REFRESH)->key);
    ck_assert_int_eq(ff_refresh_read(cx, token, &out), FF_TOKEN_INVALID);
}
END_TEST

/* ---- when memory is out ---- */

START_TEST(exhausted_memory_is_an_error_and_never_a_pass)
{
    const char *token, *made;
    struct ff_access out;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    struct ff_arena *arena = cx->arena;
    bool read = false, signed_one = false;
    for (size_t cap = 64; cap < 65536 && !(read && signed_one); cap += 64) {
        cx->arena = ff_arena_new(cap);
        ff_err_clear(cx);
        const enum ff_rc rc = ff_access_read(cx, token, &out);
        read = rc == FF_OK;
        ck_assert(read || rc == cx->err.rc);
        ff_err_clear(cx);
        signed_one = ff_access_sign(cx, &anna, &made) == FF_OK;
        ck_assert(signed_one || cx->err.rc == FF_INTERNAL);
        ff_err_clear(cx);
        ff_arena_free(cx->arena);
    }
    cx->arena = arena;
    ck_assert(read && signed_one);
}
END_TEST

/* Far more tokens than the table has places for: each is who it is, remembered or not. */
START_TEST(a_token_that_was_pushed_out_is_judged_anew)
{
    enum { TOKENS = 3 * FF_PROVEN_SETS * FF_PROVEN_WAYS / 2 };
    struct ff_entry_ticket out;
    const char *first = NULL;
    struct ff_arena *arena = cx->arena, *own = ff_arena_new(0);
    for (int i = 0; i < TOKENS; i++) {
        const char *token;
        const struct ff_access in = {1 + i, 2 + i, 3 + i, "x@example.com", "employee"};
        cx->arena = i ? own : arena;
        ff_arena_reset(own);
        ck_assert_int_eq(ff_access_sign(cx, &in, &token), FF_OK);
        ck_assert_int_eq(ff_access_enter(cx, token, &out), FF_OK);
        ck_assert_int_eq(out.user_id, 1 + i);
        ck_assert_int_eq(ff_access_enter(cx, token, &out), FF_OK);
        ck_assert(out.user_id == 1 + i && out.session_id == 2 + i && out.version == 3 + i);
        first = first ? first : token;
    }
    ck_assert_int_eq(ff_access_enter(cx, first, &out), FF_OK);
    ck_assert_int_eq(out.user_id, 1);
    cx->arena = arena;
    ff_arena_free(own);
}
END_TEST

/* ---- what it costs ---- */

static int64_t thread_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Every request pays for it, so it may cost some hashes of the token's length and no more. A bound
 * in microseconds would be one of the machine and of how the test was built. */
START_TEST(verifying_costs_a_few_hashes)
{
    enum { ROUNDS = 2000, HASHES = 60 };
    unsigned char sum[crypto_auth_hmacsha256_BYTES];
    static const unsigned char key[crypto_auth_hmacsha256_KEYBYTES];
    const char *token;
    struct ff_access out;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    const size_t n = strlen(token);
    struct ff_arena *arena = cx->arena, *own = ff_arena_new(0);
    cx->arena = own;
    int64_t began = thread_ns();
    for (int i = 0; i < ROUNDS; i++) {
        ck_assert_int_eq(ff_access_read(cx, token, &out), FF_OK);
        ff_arena_reset(own);
    }
    const int64_t reading = thread_ns() - began;
    began = thread_ns();
    for (int i = 0; i < ROUNDS; i++)
        crypto_auth_hmacsha256(sum, (const unsigned char *)token, n, key);
    const int64_t hashing = thread_ns() - began;
    cx->arena = arena;
    ff_arena_free(own);
    printf("one verification: %" PRId64 " ns, one hash: %" PRId64 " ns\n", reading / ROUNDS,
           hashing / ROUNDS);
    ck_assert_int_lt(reading, hashing * HASHES);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_token");
    TCase *cases = tcase_create("token");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_access_token_says_what_was_signed);
    tcase_add_test(cases, the_header_names_algorithm_type_and_key);
    tcase_add_test(cases, the_payload_holds_every_claim);
    tcase_add_test(cases, two_tokens_of_one_moment_differ);
    tcase_add_test(cases, the_longest_email_fits);
    tcase_add_test(cases, claims_that_do_not_fit_are_not_signed);
    tcase_add_test(cases, a_token_put_together_by_the_rules_is_accepted);
    tcase_add_loop_test(cases, any_header_but_ours_is_refused, 0, ROWS(headers));
    tcase_add_test(cases, other_digests_under_our_key_are_refused);
    tcase_add_test(cases, another_key_is_refused);
    tcase_add_test(cases, a_token_of_another_installation_is_refused);
    tcase_add_test(cases, a_signature_must_be_there_and_whole);
    tcase_add_test(cases, every_single_changed_character_is_noticed);
    tcase_add_test(cases, a_signature_has_one_spelling);
    tcase_add_test(cases, three_segments_of_base64url_and_nothing_else);
    tcase_add_loop_test(cases, a_payload_has_one_spelling, 0, ROWS(spellings));
    tcase_add_test(cases, a_token_above_the_bound_is_not_looked_at);
    tcase_add_loop_test(cases, a_claim_that_is_wrong_or_missing_is_refused, 0, ROWS(payloads));
    tcase_add_test(cases, a_payload_of_brackets_is_refused_before_any_recursion);
    tcase_add_test(cases, an_access_token_lives_fifteen_minutes_and_a_leeway);
    tcase_add_loop_test(cases, clocks_may_differ_by_the_leeway_and_no_more, 0, ROWS(times));
    tcase_add_test(cases, a_token_that_ran_out_long_ago_is_expired_and_not_invalid);
    tcase_add_test(cases, a_refresh_token_says_what_was_signed);
    tcase_add_test(cases, the_two_kinds_cannot_stand_in_for_each_other);
    tcase_add_test(cases, a_refresh_token_without_end_is_refused);
    tcase_add_test(cases, exhausted_memory_is_an_error_and_never_a_pass);
    tcase_add_test(cases, a_token_that_was_pushed_out_is_judged_anew);
    tcase_add_test(cases, verifying_costs_a_few_hashes);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

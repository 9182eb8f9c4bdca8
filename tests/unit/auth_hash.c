/* SPDX-License-Identifier: MIT */
/* auth_hash.c - hashes against known values, and what each of them depends on. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/store.h"
#include "auth/auth.h"
#include "auth/canon.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

/* BLAKE2b of the text, without key (from the RFC's reference program). */
static const struct {
    const char *text;
    size_t bytes;
    const char *hex;
} known[] = {
    {"", 32, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"},
    {"abc", 32, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"},
    {"", 16, "cae66941d9efbd404e4d88758ea67670"},
    {"abc", 16, "cf4ab791c62b8d2b2109c90275287816"},
};

START_TEST(the_hash_is_blake2b)
{
    unsigned char out[32];
    char hex[65];
    struct ff_hash h;
    ff_hash_init(&h, known[_i].bytes);
    ff_hash_add(&h, known[_i].text, strlen(known[_i].text));
    ff_hash_final(&h, out);
    ff_hex(out, known[_i].bytes, hex);
    ck_assert_str_eq(hex, known[_i].hex);
}
END_TEST

START_TEST(numbers_and_texts_are_framed_big_endian)
{
    static const unsigned char bytes[] = {1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 2, 'h', 'i'};
    unsigned char framed[32], plain[32];
    struct ff_hash h;
    ff_hash_init(&h, 32);
    ff_hash_u64(&h, 0x0102030405060708);
    ff_hash_text(&h, "hi");
    ff_hash_final(&h, framed);
    ff_hash_init(&h, 32);
    ff_hash_add(&h, bytes, sizeof bytes);
    ff_hash_final(&h, plain);
    ck_assert_mem_eq(framed, plain, 32);
}
END_TEST

/* One after the other into `bytes` as canon.h says; returns how many. */
static size_t frame(unsigned char *bytes, const char *text, size_t n)
{
    static const unsigned char fixed[] = {255, 255, 255, 255, 255, 255, 255, 254, 0,
                                          1,   0,   0,   0,   0,   0,   0,   0,   7};
    const unsigned char length[] = {0, 0, (unsigned char)(n >> 8), (unsigned char)n};
    unsigned char *at = bytes;
    memcpy(at, fixed, sizeof fixed);
    at += sizeof fixed;
    for (int is_optional = 0; is_optional < 2; is_optional++) {
        if (is_optional)
            *at++ = 1;
        memcpy(at, length, sizeof length);
        memcpy(at + sizeof length, text, n);
        at += sizeof length + n;
    }
    *at++ = 0;
    return (size_t)(at - bytes);
}

/* Of texts that fit what is gathered, fill it, and are longer than it. */
START_TEST(pieces_are_hashed_as_the_bytes_they_stand_for)
{
    static const size_t lengths[] = {0, 3, 200, 242, 243, 244, 256, 257, 511, 512, 513, 2000};
    static unsigned char bytes[3 * (2000 * 2 + 64)];
    unsigned char whole[32], pieces[32];
    static char text[2001];
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct ff_canon c = {.n = 0};
        size_t n = 0;
        memset(text, 'x', sizeof text);
        text[lengths[i]] = '\0';
        ff_hash_init(&c.hash, 32);
        for (int round = 0; round < 3; round++) {
            ff_canon_i64(&c, -2);
            ff_canon_opt_i64(&c, INT64_MIN);
            ff_canon_opt_i64(&c, 7);
            ff_canon_text(&c, text);
            ff_canon_opt_text(&c, text);
            ff_canon_opt_bytes(&c, NULL, 0);
            n += frame(bytes + n, text, lengths[i]);
        }
        ff_canon_end(&c, pieces);
        ff_hash_init(&c.hash, 32);
        ff_hash_add(&c.hash, bytes, n);
        ff_hash_final(&c.hash, whole);
        ck_assert_mem_eq(pieces, whole, 32);
    }
}
END_TEST

START_TEST(a_secret_is_hashed_like_any_text)
{
    unsigned char a[32], b[32];
    struct ff_hash h;
    ff_auth_token_hash("abc", a);
    ff_hash_init(&h, 32);
    ff_hash_add(&h, "abc", 3);
    ff_hash_final(&h, b);
    ck_assert_mem_eq(a, b, 32);
}
END_TEST

START_TEST(a_badge_is_hashed_under_the_key_of_its_installation)
{
    struct ff_store here, there;
    struct ff_auth *a, *b;
    unsigned char one[32], again[32], other[32], elsewhere[32], unkeyed[32];
    ff_store_dir(&here);
    ff_store_dir(&there);
    ck_assert_int_eq(ff_auth_open(&here.cx, here.dir, &a), FF_OK);
    ck_assert_int_eq(ff_auth_open(&there.cx, there.dir, &b), FF_OK);
    ff_auth_badge_hash(a, "FF-0001", one);
    ff_auth_badge_hash(a, "FF-0001", again);
    ff_auth_badge_hash(a, "FF-0002", other);
    ff_auth_badge_hash(b, "FF-0001", elsewhere);
    ff_auth_token_hash("FF-0001", unkeyed);
    ck_assert_mem_eq(one, again, 32);
    ck_assert_mem_ne(one, other, 32);
    ck_assert_mem_ne(one, elsewhere, 32);
    ck_assert_mem_ne(one, unkeyed, 32);
    ff_auth_free(a);
    ff_auth_free(b);
    ff_store_close(&here);
    ff_store_close(&there);
}
END_TEST

START_TEST(secrets_are_32_bytes_of_base64url_and_never_the_same)
{
    char a[FF_SECRET_CAP], b[FF_SECRET_CAP];
    ff_auth_secret(a);
    ff_auth_secret(b);
    ck_assert_uint_eq(strlen(a), 43);
    ck_assert_uint_eq(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                      43);
    ck_assert_str_ne(a, b);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_hash");
    TCase *cases = tcase_create("hash");
    tcase_add_loop_test(cases, the_hash_is_blake2b, 0, ROWS(known));
    tcase_add_test(cases, numbers_and_texts_are_framed_big_endian);
    tcase_add_test(cases, pieces_are_hashed_as_the_bytes_they_stand_for);
    tcase_add_test(cases, a_secret_is_hashed_like_any_text);
    tcase_add_test(cases, a_badge_is_hashed_under_the_key_of_its_installation);
    tcase_add_test(cases, secrets_are_32_bytes_of_base64url_and_never_the_same);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: MIT */
/* auth_faults.c - the machine or a library lets us down: no key is half made, and a token library
 * that verifies nothing, or everything, is found out before the first token.
 * The calls below stand in front of the libraries' own; each test chooses which one fails. */
#undef _FORTIFY_SOURCE /* its inline read() could not be stood in front of */
#define _GNU_SOURCE
#include <check.h>
#include <dlfcn.h>
#include <errno.h>
#include <jwt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../lib/store.h"
#include "auth/auth.h"
#include "auth/token.h"

static enum fault {
    NONE,
    NO_FSYNC,
    NO_FOLDER_FSYNC,
    SHORT_WRITE,
    SHORT_READ,
    NO_RENAME,
    OTHER_OWNER,
    NO_SODIUM,
    NO_HASH_MEMORY,
    NO_JWT_MEMORY,
    NO_JWT_KEY,
    OTHER_ALGORITHM,
    TAKES_ALL,
    TAKES_NOTHING
} fault;

static int fsyncs;

/* ---- what stands in front ---- */

int jwt_verify_sha_hmac(jwt_t *jwt, const char *signed_part, const char *signature);

static void *next(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    if (!function)
        abort();
    return function;
}

/* A function's address out of dlsym's void pointer, the way POSIX says. */
#define REAL(pointer, name) *(void **)(&(pointer)) = next(name)

static int io_error(void)
{
    errno = EIO;
    return -1;
}

int fsync(int fd)
{
    fsyncs++;
    if (fault == NO_FSYNC || (fault == NO_FOLDER_FSYNC && fsyncs == 3))
        return io_error();
    return (int)syscall(SYS_fsync, fd);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return syscall(SYS_write, fd, bytes, fault == SHORT_WRITE && n == 32 ? 31 : n);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    return syscall(SYS_read, fd, bytes, fault == SHORT_READ && n == 32 ? 31 : n);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    if (fault == NO_RENAME)
        return io_error();
    return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

uid_t geteuid(void)
{
    return (uid_t)syscall(SYS_geteuid) + (fault == OTHER_OWNER);
}

int sodium_init(void)
{
    int (*real)(void);
    REAL(real, "sodium_init");
    return fault == NO_SODIUM ? -1 : real();
}

int crypto_pwhash_str_alg(char out[crypto_pwhash_STRBYTES], const char *const secret,
                          unsigned long long n, unsigned long long passes, size_t bytes, int alg)
{
    int (*real)(char *, const char *, unsigned long long, unsigned long long, size_t, int);
    REAL(real, "crypto_pwhash_str_alg");
    return fault == NO_HASH_MEMORY ? -1 : real(out, secret, n, passes, bytes, alg);
}

int jwt_new(jwt_t **jwt)
{
    int (*real)(jwt_t **);
    REAL(real, "jwt_new");
    return fault == NO_JWT_MEMORY ? ENOMEM : real(jwt);
}

int jwt_set_alg(jwt_t *jwt, jwt_alg_t alg, const unsigned char *key, int n)
{
    int (*real)(jwt_t *, jwt_alg_t, const unsigned char *, int);
    REAL(real, "jwt_set_alg");
    return fault == NO_JWT_KEY ? EINVAL : real(jwt, alg, key, n);
}

jwt_alg_t jwt_get_alg(jwt_t *jwt)
{
    jwt_alg_t (*real)(jwt_t *);
    REAL(real, "jwt_get_alg");
    return fault == OTHER_ALGORITHM ? JWT_ALG_HS512 : real(jwt);
}

int jwt_verify_sha_hmac(jwt_t *jwt, const char *signed_part, const char *signature)
{
    int (*real)(jwt_t *, const char *, const char *);
    REAL(real, "jwt_verify_sha_hmac");
    if (fault == TAKES_ALL || fault == TAKES_NOTHING)
        return fault == TAKES_ALL ? 0 : EINVAL;
    return real(jwt, signed_part, signature);
}

/* ---- the tests ---- */

static struct ff_store store;

static void setup(void)
{
    fault = NONE;
    ff_store_dir(&store);
}

static void teardown(void)
{
    fault = NONE;
    ff_auth_free(store.cx.auth);
    ff_store_close(&store);
}

static enum ff_rc open_with(enum fault f)
{
    ff_err_clear(&store.cx);
    fsyncs = 0;
    fault = f;
    const enum ff_rc rc = ff_auth_open(&store.cx, store.dir, &store.cx.auth);
    fault = NONE;
    return rc;
}

static bool exists(const char *name)
{
    char path[512];
    return access(ff_store_path(&store, name, path), F_OK) == 0;
}

static const struct {
    enum fault fault;
    const char *says;
} no_keys[] = {
    {NO_FSYNC, "keys/badge.key cannot be written"},
    {SHORT_WRITE, "keys/badge.key cannot be written"},
    {NO_RENAME, "keys/badge.key cannot be written"},
};

START_TEST(a_key_that_is_not_durable_is_not_there_and_the_next_start_makes_it)
{
    ck_assert_int_eq(open_with(no_keys[_i].fault), FF_INTERNAL);
    ck_assert_msg(strstr(store.cx.err.detail, no_keys[_i].says) != NULL, "%s", store.cx.err.detail);
    ck_assert(!exists("keys/badge.key"));
    ck_assert_int_eq(open_with(NONE), FF_OK);
}
END_TEST

START_TEST(a_folder_that_is_not_durable_stops_the_start)
{
    ck_assert_int_eq(open_with(NO_FOLDER_FSYNC), FF_INTERNAL);
    ck_assert_int_eq(open_with(NONE), FF_OK);
}
END_TEST

START_TEST(a_key_that_reads_short_is_refused)
{
    ck_assert_int_eq(open_with(NONE), FF_OK);
    ff_auth_free(store.cx.auth);
    ck_assert_int_eq(open_with(SHORT_READ), FF_INTERNAL);
    ck_assert_ptr_null(store.cx.auth);
}
END_TEST

START_TEST(keys_of_another_user_are_refused)
{
    ck_assert_int_eq(open_with(NONE), FF_OK);
    ff_auth_free(store.cx.auth);
    ck_assert_int_eq(open_with(OTHER_OWNER), FF_INTERNAL);
    ck_assert_ptr_nonnull(strstr(store.cx.err.detail, "must belong to this user alone"));
}
END_TEST

static const enum fault libraries[] = {NO_SODIUM,       NO_JWT_MEMORY, NO_JWT_KEY,
                                       OTHER_ALGORITHM, TAKES_ALL,     TAKES_NOTHING};

START_TEST(a_library_that_does_not_verify_stops_the_start)
{
    ck_assert_int_eq(open_with(libraries[_i]), FF_INTERNAL);
    ck_assert_ptr_null(store.cx.auth);
    ck_assert_int_eq(open_with(NONE), FF_OK);
}
END_TEST

static const enum fault refusals[] = {NO_JWT_MEMORY, NO_JWT_KEY, OTHER_ALGORITHM, TAKES_NOTHING};

START_TEST(a_token_that_cannot_be_verified_is_refused)
{
    const struct ff_access in = {
        .user_id = 1, .session_id = 1, .version = 1, .email = "anna@example.com", .role = "admin"};
    struct ff_access out;
    const char *token;
    ck_assert_int_eq(open_with(NONE), FF_OK);
    ck_assert_int_eq(ff_access_sign(&store.cx, &in, &token), FF_OK);
    fault = refusals[_i];
    ck_assert_int_eq(ff_access_read(&store.cx, token, &out), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(without_memory_to_hash_there_is_no_hash_and_the_slot_is_given_back)
{
    char hash[FF_PASSWORD_HASH_CAP];
    ck_assert_int_eq(open_with(NONE), FF_OK);
    for (int i = 0; i < 3; i++) {
        ff_err_clear(&store.cx);
        fault = NO_HASH_MEMORY;
        ck_assert_int_eq(ff_pin_hash(&store.cx, "1397", hash), FF_INTERNAL);
    }
    ff_err_clear(&store.cx);
    fault = NONE;
    ck_assert_int_eq(ff_pin_hash(&store.cx, "1397", hash), FF_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_faults");
    TCase *cases = tcase_create("faults");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, a_key_that_is_not_durable_is_not_there_and_the_next_start_makes_it,
                        0, sizeof no_keys / sizeof *no_keys);
    tcase_add_test(cases, a_folder_that_is_not_durable_stops_the_start);
    tcase_add_test(cases, a_key_that_reads_short_is_refused);
    tcase_add_test(cases, keys_of_another_user_are_refused);
    tcase_add_loop_test(cases, a_library_that_does_not_verify_stops_the_start, 0,
                        sizeof libraries / sizeof *libraries);
    tcase_add_loop_test(cases, a_token_that_cannot_be_verified_is_refused, 0,
                        sizeof refusals / sizeof *refusals);
    tcase_add_test(cases, without_memory_to_hash_there_is_no_hash_and_the_slot_is_given_back);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

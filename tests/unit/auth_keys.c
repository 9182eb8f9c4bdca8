/* SPDX-License-Identifier: MIT */
/* auth_keys.c - key files: made closed and whole, refused when they are anything else. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/store.h"
#include "auth/auth.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

static struct ff_store store;

static const char *path(const char *name)
{
    static char out[512];
    return ff_store_path(&store, name, out);
}

static void setup(void)
{
    ff_store_dir(&store);
}

static void teardown(void)
{
    ff_store_close(&store);
}

/* Writes a file of n bytes into DATA/keys. */
static void put_key(const char *name, size_t n, mode_t mode)
{
    unsigned char bytes[64] = {7, 7, 7};
    (void)mkdir(path("keys"), 0700);
    int fd = open(path(name), O_WRONLY | O_CREAT | O_TRUNC, mode);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
    ck_assert_int_eq(fchmod(fd, mode), 0);
    close(fd);
}

/* Opens, which must fail with a sentence that names `what`. */
static void must_refuse(const char *what)
{
    struct ff_auth *auth;
    ff_err_clear(&store.cx);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &auth), FF_INTERNAL);
    ck_assert_ptr_null(auth);
    ck_assert_msg(strstr(store.cx.err.detail, what) != NULL, "%s", store.cx.err.detail);
}

static mode_t mode_of(const char *name)
{
    struct stat st;
    ck_assert_int_eq(stat(path(name), &st), 0);
    return st.st_mode & 07777;
}

/* "keys/token-<time>-<kid>.key"; fails unless there is exactly one. */
static const char *only_signing_key(void)
{
    static char name[300];
    struct dirent *entry;
    int found = 0;
    DIR *folder = opendir(path("keys"));
    ck_assert_ptr_nonnull(folder);
    while ((entry = readdir(folder)))
        if (strncmp(entry->d_name, "token-", 6) == 0) {
            snprintf(name, sizeof name, "keys/%s", entry->d_name);
            found++;
        }
    closedir(folder);
    ck_assert_int_eq(found, 1);
    return name;
}

START_TEST(the_first_start_makes_keys_that_only_the_owner_can_read)
{
    struct ff_auth *auth;
    struct stat st;
    umask(0);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &auth), FF_OK);
    ff_auth_free(auth);
    ck_assert_uint_eq(mode_of("keys"), 0700);
    ck_assert_uint_eq(mode_of("keys/badge.key"), 0600);
    ck_assert_uint_eq(mode_of("keys/instance.key"), 0600);
    const char *signing = only_signing_key();
    ck_assert_uint_eq(mode_of(signing), 0600);
    ck_assert_int_eq(stat(path(signing), &st), 0);
    ck_assert_int_eq(st.st_size, 32);
    ck_assert_int_eq(access(path("keys/instance.key.new"), F_OK), -1);
}
END_TEST

START_TEST(the_next_start_has_the_same_keys)
{
    struct ff_auth *first, *second;
    unsigned char a[32], b[32];
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &first), FF_OK);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &second), FF_OK);
    ff_auth_badge_hash(first, "FF-0001", a);
    ff_auth_badge_hash(second, "FF-0001", b);
    ck_assert_mem_eq(a, b, 32);
    ff_auth_free(first);
    ff_auth_free(second);
}
END_TEST

static const size_t wrong_sizes[] = {0, 1, 31, 33};

START_TEST(a_key_of_another_size_is_refused_by_name)
{
    struct ff_auth *auth;
    char expected[400];
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &auth), FF_OK);
    ff_auth_free(auth);
    const char *signing = only_signing_key();
    put_key(signing, wrong_sizes[_i], 0600);
    snprintf(expected, sizeof expected, "%s must hold exactly 32 bytes", signing);
    must_refuse(expected);
    put_key(signing, 32, 0600);
    must_refuse("does not hold the key of its name");
    ck_assert_int_eq(unlink(path(signing)), 0);
    put_key("keys/token.key", wrong_sizes[_i], 0600);
    must_refuse("keys/token.key must hold exactly 32 bytes");
}
END_TEST

static const char *const wrong_names[] = {
    "keys/token-.key",
    "keys/token-1772451900.key",
    "keys/token-1772451900-0123456789abcde.key",
    "keys/token-1772451900-0123456789abcdef0.key",
    "keys/token-1772451900-0123456789ABCDEF.key",
    "keys/token--772451900-0123456789abcdef.key",
    "keys/token-0000000000-0123456789abcdef.key",
};

START_TEST(a_signing_key_of_another_name_is_refused)
{
    put_key(wrong_names[_i], 32, 0600);
    must_refuse("is not the name of a signing key");
}
END_TEST

static const mode_t open_modes[] = {0640, 0604, 0620, 0601, 0666};

START_TEST(a_key_that_others_can_reach_is_refused)
{
    put_key("keys/badge.key", 32, open_modes[_i]);
    must_refuse("keys/badge.key must be closed");
}
END_TEST

START_TEST(a_folder_that_others_can_reach_is_refused)
{
    ck_assert_int_eq(mkdir(path("keys"), 0700), 0);
    ck_assert_int_eq(chmod(path("keys"), 0750), 0);
    must_refuse("The folder keys");
}
END_TEST

START_TEST(a_symbolic_link_is_no_key)
{
    char target[512];
    put_key("keys/elsewhere", 32, 0600);
    ck_assert_int_eq(
        symlink(ff_store_path(&store, "keys/elsewhere", target), path("keys/badge.key")), 0);
    must_refuse("keys/badge.key cannot be opened");
}
END_TEST

START_TEST(a_folder_is_no_key)
{
    (void)mkdir(path("keys"), 0700);
    ck_assert_int_eq(mkdir(path("keys/badge.key"), 0700), 0);
    must_refuse("keys/badge.key must be a regular file");
}
END_TEST

START_TEST(a_file_in_place_of_the_folder_is_refused)
{
    int fd = open(path("keys"), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_ge(fd, 0);
    close(fd);
    must_refuse("The folder keys cannot be opened");
}
END_TEST

START_TEST(without_a_data_directory_there_are_no_keys)
{
    struct ff_auth *auth;
    ck_assert_int_eq(ff_auth_open(&store.cx, path("nowhere"), &auth), FF_INTERNAL);
    ck_assert_ptr_null(auth);
}
END_TEST

START_TEST(what_an_interrupted_start_left_is_swept_away)
{
    struct ff_auth *auth;
    put_key("keys/instance.key.new", 5, 0600);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &auth), FF_OK);
    ff_auth_free(auth);
    ck_assert_int_eq(access(path("keys/instance.key.new"), F_OK), -1);
}
END_TEST

START_TEST(a_key_that_cannot_be_made_is_named)
{
    (void)mkdir(path("keys"), 0700);
    ck_assert_int_eq(mkdir(path("keys/badge.key.new"), 0700), 0);
    must_refuse("keys/badge.key cannot be made");
}
END_TEST

START_TEST(freeing_nothing_is_allowed)
{
    ff_auth_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_keys");
    TCase *cases = tcase_create("keys");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_first_start_makes_keys_that_only_the_owner_can_read);
    tcase_add_test(cases, the_next_start_has_the_same_keys);
    tcase_add_loop_test(cases, a_key_of_another_size_is_refused_by_name, 0, ROWS(wrong_sizes));
    tcase_add_loop_test(cases, a_signing_key_of_another_name_is_refused, 0, ROWS(wrong_names));
    tcase_add_loop_test(cases, a_key_that_others_can_reach_is_refused, 0, ROWS(open_modes));
    tcase_add_test(cases, a_folder_that_others_can_reach_is_refused);
    tcase_add_test(cases, a_symbolic_link_is_no_key);
    tcase_add_test(cases, a_folder_is_no_key);
    tcase_add_test(cases, a_file_in_place_of_the_folder_is_refused);
    tcase_add_test(cases, without_a_data_directory_there_are_no_keys);
    tcase_add_test(cases, what_an_interrupted_start_left_is_swept_away);
    tcase_add_test(cases, a_key_that_cannot_be_made_is_named);
    tcase_add_test(cases, freeing_nothing_is_allowed);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

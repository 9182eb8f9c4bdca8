/* SPDX-License-Identifier: MIT */
/* auth_ring.c - the ring of signing keys: nobody is signed out by a rotation, everybody by a
 * revocation, and what was signed before there was a ring holds. */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/store.h"
#include "auth/keyring.h"
#include "auth/private.h"
#include "auth/shape.h"
#include "auth/token.h"

#define ROWS(array) (int)(sizeof(array) / sizeof((array)[0]))

enum { MINUTE = 60, DAY = 86400, SESSION = 7 * DAY };

static struct ff_store store;
static struct ff_ctx *cx;
static const struct ff_access anna = {
    .user_id = 42, .session_id = 7, .version = 3, .email = "anna@example.com", .role = "manager"};

static void open_ring(void)
{
    ff_err_clear(cx);
    ck_assert_msg(ff_auth_open(cx, store.dir, &cx->auth) == FF_OK, "%s", cx->err.detail);
}

static void again(void)
{
    ff_auth_free(cx->auth);
    open_ring();
}

static void setup(void)
{
    ff_store_dir(&store);
    cx = &store.cx;
    open_ring();
    ff_clock_advance_to(store.clock, FF_TEST_NOW + 1000); /* keys are a second apart */
}

static void teardown(void)
{
    ff_auth_free(cx->auth);
    ff_store_close(&store);
}

static void later(int64_t seconds)
{
    ff_clock_advance_to(store.clock, ff_clock_now_ms(store.clock) + seconds * 1000);
}

static const char *access_token(void)
{
    const char *token;
    ck_assert_int_eq(ff_access_sign(cx, &anna, &token), FF_OK);
    return token;
}

static const char *refresh_token(void)
{
    const char *token;
    const struct ff_refresh in = {.user_id = 42,
                                  .session_id = 7,
                                  .token_id = "x",
                                  .issued_at_ms = ff_clock_now_ms(store.clock),
                                  .expires_at_ms =
                                      ff_clock_now_ms(store.clock) + SESSION * INT64_C(1000)};
    ck_assert_int_eq(ff_refresh_sign(cx, &in, &token), FF_OK);
    return token;
}

static enum ff_rc read_access(const char *token)
{
    struct ff_access out;
    struct ff_entry_ticket ticket;
    ff_err_clear(cx);
    enum ff_rc again = ff_access_enter(cx, token, &ticket);
    ff_err_clear(cx);
    enum ff_rc rc = ff_access_read(cx, token, &out);
    ck_assert_int_eq(again, rc); /* remembered or not */
    return rc;
}

static enum ff_rc read_refresh(const char *token)
{
    struct ff_refresh out;
    ff_err_clear(cx);
    return ff_refresh_read(cx, token, &out);
}

static struct ff_signing_key rotate(void)
{
    struct ff_signing_key made;
    ff_err_clear(cx);
    ck_assert_msg(ff_keyring_rotate(cx, &made) == FF_OK, "%s", cx->err.detail);
    return made;
}

static size_t count(void)
{
    struct ff_signing_key keys[FF_RING_MAX];
    return ff_keyring_list(cx, keys);
}

/* Files of DATA/keys whose names begin with `start`. */
static int files(const char *start)
{
    char path[512];
    struct dirent *entry;
    int n = 0;
    DIR *folder = opendir(ff_store_path(&store, "keys", path));
    ck_assert_ptr_nonnull(folder);
    while ((entry = readdir(folder)))
        n += strncmp(entry->d_name, start, strlen(start)) == 0;
    closedir(folder);
    return n;
}

static void put_file(const char *name, unsigned char fill)
{
    char path[512];
    unsigned char bytes[FF_KEY_BYTES];
    memset(bytes, fill, sizeof bytes);
    const int fd =
        open(ff_store_path(&store, name, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, sizeof bytes), (ssize_t)sizeof bytes);
    close(fd);
}

START_TEST(a_token_names_the_key_that_the_list_shows)
{
    char kid[FF_KID_CAP], header[200];
    size_t n;
    ff_keyring_kid(cx, kid);
    const char *tokens[] = {access_token(), refresh_token()};
    for (int i = 0; i < 2; i++) {
        ck_assert(ff_token_decode(tokens[i], strcspn(tokens[i], "."), header, &n));
        ck_assert_msg(strstr(header, kid) != NULL, "%s", header);
    }
}
END_TEST

START_TEST(after_a_rotation_the_newest_key_signs_and_the_old_one_verifies)
{
    char before[FF_KID_CAP], after[FF_KID_CAP];
    const char *access = access_token(), *refresh = refresh_token();
    ff_keyring_kid(cx, before);
    const struct ff_signing_key made = rotate();
    ff_keyring_kid(cx, after);
    ck_assert_str_ne(before, after);
    ck_assert_str_eq(made.kid, after);
    ck_assert_int_eq(read_access(access), FF_OK);
    ck_assert_int_eq(read_refresh(refresh), FF_OK);
    ck_assert_int_eq(read_access(access_token()), FF_OK);
    ck_assert_uint_eq(count(), 2);
    again(); /* the files say the same */
    ff_keyring_kid(cx, after);
    ck_assert_str_eq(made.kid, after);
    ck_assert_int_eq(read_access(access), FF_OK);
    ck_assert_int_eq(read_refresh(refresh), FF_OK);
}
END_TEST

START_TEST(an_old_key_opens_nothing_after_sixteen_minutes_but_a_session_may_come_back)
{
    const char *refresh = refresh_token();
    rotate();
    /* a token that this key could only sign by being stolen */
    struct ff_signer *old = &cx->auth->ring.keys[0].signer[FF_TOKEN_ACCESS];
    later(16 * MINUTE - 1);
    struct ff_signer found;
    ck_assert(ff_ring_find(cx, FF_TOKEN_ACCESS, ff_arena_printf(cx->arena, "%s.x.y", old->header),
                           &found));
    later(1);
    ck_assert(!ff_ring_find(cx, FF_TOKEN_ACCESS, ff_arena_printf(cx->arena, "%s.x.y", old->header),
                            &found));
    later(SESSION - 16 * MINUTE);
    ck_assert_int_eq(read_refresh(refresh), FF_OK);
    later(MINUTE);
    ck_assert_int_eq(read_refresh(refresh), FF_TOKEN_INVALID);
}
END_TEST

START_TEST(a_longer_life_of_access_tokens_holds_the_old_key_longer)
{
    ff_auth_set_lifetimes(cx->auth, 3600, SESSION);
    const char *access = access_token();
    rotate();
    later(3600);
    ck_assert_int_eq(read_access(access), FF_OK);
    later(29);
    ck_assert_int_eq(read_access(access), FF_OK);
    later(1);
    ck_assert_int_eq(read_access(access), FF_TOKEN_EXPIRED);
}
END_TEST

START_TEST(three_keys_are_the_most_and_a_place_comes_free_with_the_last_session)
{
    struct ff_signing_key made;
    rotate();
    later(1);
    rotate();
    ck_assert_uint_eq(count(), 3);
    ff_err_clear(cx);
    ck_assert_int_eq(ff_keyring_rotate(cx, &made), FF_IN_USE);
    ck_assert_int_eq(files("token-"), 3);
    later(SESSION + MINUTE - 1);
    rotate();
    ck_assert_uint_eq(count(), 3);
    ck_assert_int_eq(files("token-"), 3);
}
END_TEST

START_TEST(what_has_no_token_out_is_swept)
{
    bool due;
    rotate();
    later(SESSION + MINUTE - 1);
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert_uint_eq(count(), 2);
    later(1);
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert_uint_eq(count(), 1);
    ck_assert_int_eq(files("token-"), 1);
    ck_assert(!due);
}
END_TEST

START_TEST(ninety_days_are_enough)
{
    bool due;
    later(90 * DAY - 2);
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert(!due);
    later(1);
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert(due);
    rotate();
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert(!due);
}
END_TEST

START_TEST(a_revoked_key_is_gone_at_once_also_when_it_signs)
{
    char kid[FF_KID_CAP], next[FF_KID_CAP];
    const char *access = access_token(), *refresh = refresh_token();
    ff_keyring_kid(cx, kid);
    ck_assert_int_eq(ff_keyring_revoke(cx, kid), FF_OK);
    ck_assert_int_eq(read_access(access), FF_TOKEN_INVALID);
    ck_assert_int_eq(read_refresh(refresh), FF_TOKEN_INVALID);
    ff_keyring_kid(cx, next);
    ck_assert_str_ne(kid, next);
    ck_assert_int_eq(files("token-"), 1);
    access = access_token();
    again();
    ck_assert_int_eq(read_access(access), FF_OK);
    ff_err_clear(cx);
    ck_assert_int_eq(ff_keyring_revoke(cx, kid), FF_NOT_FOUND);
}
END_TEST

START_TEST(revoking_one_that_only_verifies_leaves_the_others)
{
    char kid[FF_KID_CAP];
    const char *old = access_token();
    ff_keyring_kid(cx, kid);
    rotate();
    const char *new = access_token();
    ck_assert_int_eq(ff_keyring_revoke(cx, kid), FF_OK);
    ck_assert_int_eq(read_access(old), FF_TOKEN_INVALID);
    ck_assert_int_eq(read_access(new), FF_OK);
    ck_assert_int_eq(files("token-"), 1);
}
END_TEST

START_TEST(what_was_signed_before_there_was_a_ring_holds_for_its_time)
{
    struct ff_signing_key keys[FF_RING_MAX];
    struct ff_ring_key old = {0};
    unsigned char master[FF_KEY_BYTES];
    bool due;
    memset(master, 9, sizeof master);
    put_file("keys/token.key", 9);
    again();
    ck_assert_uint_eq(ff_keyring_list(cx, keys), 2);
    ck_assert_int_eq(keys[0].made_at_ms, 0);
    ck_assert(!keys[0].signs && keys[1].signs);
    /* the program of that time: one key, its own issuer, a key id of its own for each kind */
    ck_assert_int_eq(ff_ring_derive(cx, &cx->auth->ring, master, &old), FF_OK);
    struct ff_ring now = cx->auth->ring;
    cx->auth->ring.keys[0] = old;
    cx->auth->ring.n = 1;
    const char *access = access_token(), *refresh = refresh_token();
    cx->auth->ring = now;
    ck_assert_int_eq(read_access(access), FF_OK);
    ck_assert_int_eq(read_refresh(refresh), FF_OK);
    later(SESSION + MINUTE);
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert_uint_eq(count(), 1);
    ck_assert_int_eq(files("token.key"), 0);
}
END_TEST

START_TEST(one_key_too_many_is_refused)
{
    static const struct ff_ring nothing = {0};
    struct ff_auth *auth;
    for (unsigned char fill = 1; fill <= 3; fill++) {
        struct ff_ring_key key = {.made_s = 1772000000 + fill};
        unsigned char master[FF_KEY_BYTES];
        char name[100];
        memset(master, fill, sizeof master);
        ck_assert_int_eq(ff_ring_derive(cx, &nothing, master, &key), FF_OK);
        snprintf(name, sizeof name, "keys/token-%lld-%s.key", (long long)key.made_s, key.kid);
        put_file(name, fill);
    }
    ck_assert_int_eq(ff_auth_open(cx, store.dir, &auth), FF_INTERNAL);
    ck_assert_msg(strstr(cx->err.detail, "more than three") != NULL, "%s", cx->err.detail);
}
END_TEST

START_TEST(keys_made_in_one_second_keep_their_order)
{
    char kid[FF_KID_CAP];
    rotate();
    const struct ff_signing_key newest = rotate();
    again();
    ff_keyring_kid(cx, kid);
    ck_assert_str_eq(kid, newest.kid);
}
END_TEST

START_TEST(what_an_interrupted_rotation_left_is_swept)
{
    bool due;
    put_file("keys/token-1772451900-0123456789abcdef.key.new", 1);
    again();
    ck_assert_int_eq(ff_keyring_sweep(cx, &due), FF_OK);
    ck_assert_int_eq(files("token-"), 1);
}
END_TEST

/* ---- while others sign and verify ---- */

static atomic_bool stop;
static atomic_int refused, done;

static void *use_tokens(void *arg)
{
    struct ff_ctx own;
    (void)arg;
    ff_ctx_init(&own, ff_arena_new(0), store.clock);
    own.auth = cx->auth;
    while (!atomic_load(&stop)) {
        const char *token;
        struct ff_access out;
        if (ff_access_sign(&own, &anna, &token) || ff_access_read(&own, token, &out))
            atomic_fetch_add(&refused, 1);
        atomic_fetch_add(&done, 1);
        ff_err_clear(&own);
        ff_arena_reset(own.arena);
    }
    ff_arena_free(own.arena);
    return NULL;
}

START_TEST(nobody_is_refused_while_keys_come_and_go)
{
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, use_tokens, NULL), 0);
    for (int i = 0; i < 2; i++) {
        const int until = atomic_load(&done) + 500;
        while (atomic_load(&done) < until)
            usleep(100);
        rotate();
    }
    const int until = atomic_load(&done) + 500;
    while (atomic_load(&done) < until)
        usleep(100);
    atomic_store(&stop, true);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(atomic_load(&refused), 0);
}
END_TEST

/* ---- the first look ---- */

static const struct {
    const char *text;
    bool fits;
} shapes[] = {
    {"a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true},
    {"-_.Zz09.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", true},
    {"", false},
    {".", false},
    {"..", false},
    {".b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {"a..AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {"a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {"a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {"a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.", false},
    {"a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.c", false},
    {"a.b.AAAAAAAAAAAAAAAAAAAAA=AAAAAAAAAAAAAAAAAAAAA", false},
    {"a+.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {"a.b/.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {" a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false},
    {"a.b.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", false},
};

START_TEST(a_token_has_three_segments_of_base64url)
{
    struct ff_token_shape shape;
    ck_assert(ff_token_shape(shapes[_i].text, &shape) == shapes[_i].fits);
}
END_TEST

START_TEST(a_token_has_a_bound)
{
    char text[FF_TOKEN_BYTES + 2];
    struct ff_token_shape shape;
    memset(text, 'A', sizeof text - 1);
    text[FF_TOKEN_BYTES] = '\0';
    text[1] = '.';
    text[FF_TOKEN_BYTES - FF_SIGNATURE_CHARS - 1] = '.';
    ck_assert(ff_token_shape(text, &shape));
    ck_assert_uint_eq(shape.header, 1);
    ck_assert_uint_eq(shape.payload, FF_TOKEN_BYTES - FF_SIGNATURE_CHARS - 3);
    text[FF_TOKEN_BYTES - FF_SIGNATURE_CHARS - 1] = 'A';
    text[FF_TOKEN_BYTES - FF_SIGNATURE_CHARS] = '.';
    text[FF_TOKEN_BYTES] = 'A';
    text[FF_TOKEN_BYTES + 1] = '\0';
    ck_assert(!ff_token_shape(text, &shape));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_ring");
    TCase *cases = tcase_create("ring");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_token_names_the_key_that_the_list_shows);
    tcase_add_test(cases, after_a_rotation_the_newest_key_signs_and_the_old_one_verifies);
    tcase_add_test(cases,
                   an_old_key_opens_nothing_after_sixteen_minutes_but_a_session_may_come_back);
    tcase_add_test(cases, a_longer_life_of_access_tokens_holds_the_old_key_longer);
    tcase_add_test(cases, three_keys_are_the_most_and_a_place_comes_free_with_the_last_session);
    tcase_add_test(cases, what_has_no_token_out_is_swept);
    tcase_add_test(cases, ninety_days_are_enough);
    tcase_add_test(cases, a_revoked_key_is_gone_at_once_also_when_it_signs);
    tcase_add_test(cases, revoking_one_that_only_verifies_leaves_the_others);
    tcase_add_test(cases, what_was_signed_before_there_was_a_ring_holds_for_its_time);
    tcase_add_test(cases, one_key_too_many_is_refused);
    tcase_add_test(cases, keys_made_in_one_second_keep_their_order);
    tcase_add_test(cases, what_an_interrupted_rotation_left_is_swept);
    tcase_add_test(cases, nobody_is_refused_while_keys_come_and_go);
    tcase_add_loop_test(cases, a_token_has_three_segments_of_base64url, 0, ROWS(shapes));
    tcase_add_test(cases, a_token_has_a_bound);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

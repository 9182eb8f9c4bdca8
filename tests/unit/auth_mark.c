/* SPDX-License-Identifier: MIT */
/* auth_mark.c - what the audit log stands on: sealed values, signed marks, canonical bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/canteen.h"
#include "../lib/store.h"
#include "auth/canon.h"
#include "auth/mark.h"

static struct ff_store store;
static struct ff_auth *keys;

static void setup(void)
{
    ff_store_dir(&store);
    ck_assert_int_eq(ff_auth_open(&store.cx, store.dir, &keys), FF_OK);
    store.cx.auth = keys;
}

static void teardown(void)
{
    ff_auth_free(keys);
    ff_store_close(&store);
}

static const char *path(const char *name)
{
    static char out[512];
    return ff_store_path(&store, name, out);
}

/* ---- sealing ---- */

START_TEST(a_sealed_value_opens_with_its_key_and_whole_only)
{
    static const char text[] = "{\"name\":\"Anna\"}";
    unsigned char key[FF_SEAL_KEY_BYTES], other[FF_SEAL_KEY_BYTES];
    unsigned char sealed[sizeof text + FF_SEAL_EXTRA_BYTES], again[sizeof sealed];
    char open[sizeof text];
    ff_seal_key(key);
    ff_seal_key(other);
    ff_seal(key, text, sizeof text, sealed);
    ff_seal(key, text, sizeof text, again);
    ck_assert_mem_ne(sealed, again, sizeof sealed); /* never the same twice */
    ck_assert(ff_unseal(key, sealed, sizeof sealed, open));
    ck_assert_str_eq(open, text);
    ck_assert(!ff_unseal(other, sealed, sizeof sealed, open));
    ck_assert(!ff_unseal(key, sealed, sizeof sealed - 1, open));
    ck_assert(!ff_unseal(key, sealed, FF_SEAL_EXTRA_BYTES - 1, open));
    for (size_t i = 0; i < sizeof sealed; i++) {
        sealed[i] ^= 1;
        ck_assert(!ff_unseal(key, sealed, sizeof sealed, open));
        sealed[i] ^= 1;
    }
    ff_wipe(key, sizeof key);
    ck_assert(!ff_unseal(key, sealed, sizeof sealed, open));
}
END_TEST

/* ---- marks ---- */

START_TEST(a_mark_is_read_back_and_replaced)
{
    struct ff_mark mark = {.seq = 41, .hash = {1, 2, 3}}, back;
    struct stat st;
    bool found = true;
    ck_assert_int_eq(ff_mark_read(&store.cx, store.dir, &back, &found), FF_OK);
    ck_assert(!found);
    ck_assert_int_eq(ff_mark_write(&store.cx, store.dir, &mark, false), FF_OK);
    mark.seq = 42;
    ck_assert_int_eq(ff_mark_write(&store.cx, store.dir, &mark, true), FF_OK);
    ck_assert_int_eq(ff_mark_read(&store.cx, store.dir, &back, &found), FF_OK);
    ck_assert(found);
    ck_assert_int_eq(back.seq, 42);
    ck_assert_mem_eq(back.hash, mark.hash, sizeof mark.hash);
    ck_assert_int_eq(stat(path("keys/audit.head"), &st), 0);
    ck_assert_uint_eq(st.st_mode & 0777, 0600);
}
END_TEST

static void write_head(const char *line)
{
    FILE *f = fopen(path("keys/audit.head"), "w");
    ck_assert_ptr_nonnull(f);
    fputs(line, f);
    fclose(f);
}

START_TEST(a_mark_that_was_changed_is_refused)
{
    struct ff_mark mark = {.seq = 41}, back;
    char line[200];
    bool found;
    ck_assert_int_eq(ff_mark_write(&store.cx, store.dir, &mark, false), FF_OK);
    FILE *f = fopen(path("keys/audit.head"), "r");
    ck_assert_ptr_nonnull(f);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
    fclose(f);
    line[strcspn(line, "4")] = '3'; /* 41 becomes 31 */
    static const char *const bad[] = {"", "FFAH1", "FFAH1 x y z", NULL};
    for (size_t i = 0; i < 4; i++) {
        write_head(bad[i] ? bad[i] : line);
        ff_store_again(&store);
        ck_assert_int_eq(ff_mark_read(&store.cx, store.dir, &back, &found), FF_STORAGE_FAULT);
        ck_assert(found);
    }
}
END_TEST

START_TEST(one_use_does_not_stand_in_for_another)
{
    const struct ff_mark mark = {.seq = 7};
    unsigned char mac[32];
    ff_mark_sign(keys, FF_MARK_ANCHOR, &mark, mac);
    ck_assert(ff_mark_is_genuine(keys, FF_MARK_ANCHOR, &mark, mac));
    ck_assert(!ff_mark_is_genuine(keys, FF_MARK_HEAD, &mark, mac));
}
END_TEST

START_TEST(a_mark_aside_waits_until_it_is_dropped)
{
    const struct ff_mark mark = {.seq = 9};
    struct ff_mark back;
    bool found;
    ck_assert_int_eq(ff_mark_write(&store.cx, store.dir, &mark, false), FF_OK);
    ff_mark_set_aside(store.dir);
    ck_assert_int_eq(ff_mark_read(&store.cx, store.dir, &back, &found), FF_OK);
    ck_assert(!found);
    ck_assert_int_eq(ff_mark_read_aside(&store.cx, store.dir, &back, &found), FF_OK);
    ck_assert(found && back.seq == 9);
    ff_mark_drop_aside(store.dir);
    ck_assert_int_eq(ff_mark_read_aside(&store.cx, store.dir, &back, &found), FF_OK);
    ck_assert(!found);
}
END_TEST

START_TEST(a_mark_that_cannot_be_written_says_so)
{
    const struct ff_mark mark = {.seq = 9};
    struct ff_mark back;
    bool found;
    ck_assert_int_eq(mkdir(path("keys/audit.head.new"), 0700), 0);
    ck_assert_int_eq(ff_mark_write(&store.cx, store.dir, &mark, false), FF_INTERNAL);
    ff_store_again(&store);
    ck_assert_int_eq(rmdir(path("keys/audit.head.new")), 0);
    ck_assert_int_eq(mkdir(path("keys/audit.head"), 0700), 0);
    ck_assert_int_eq(ff_mark_write(&store.cx, store.dir, &mark, false), FF_INTERNAL);
    ff_store_again(&store);
    ck_assert_int_eq(ff_mark_write(&store.cx, "/nowhere", &mark, false), FF_INTERNAL);
    ff_store_again(&store);
    ck_assert_int_eq(ff_mark_read(&store.cx, "/nowhere", &back, &found), FF_INTERNAL);
}
END_TEST

/* ---- canonical bytes ---- */

START_TEST(pieces_are_hashed_as_one_string_whatever_their_length)
{
    static const size_t sizes[] = {1, 7, 300, 511, 512, 513, 2000, 3};
    static unsigned char bytes[4000];
    struct ff_canon c;
    struct ff_hash plain;
    unsigned char one[32], two[32];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 31);
    c.n = 0;
    ff_hash_init(&c.hash, 32);
    ff_hash_init(&plain, 32);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        ff_canon_bytes(&c, bytes + i, sizes[i]);
        ff_hash_add(&plain, bytes + i, sizes[i]);
    }
    ff_canon_end(&c, one);
    ff_hash_final(&plain, two);
    ck_assert_mem_eq(one, two, sizeof one);
}
END_TEST

static void hash_texts(const char *a, const char *b, unsigned char out[32])
{
    struct ff_canon c;
    c.n = 0;
    ff_hash_init_audit(&c.hash, keys);
    ff_canon_opt_text(&c, a);
    ff_canon_opt_text(&c, b);
    ff_canon_opt_i64(&c, a ? 1 : INT64_MIN);
    ff_canon_end(&c, out);
}

START_TEST(different_columns_give_different_bytes)
{
    static const char *const rows[][2] = {{"ab", "c"}, {"a", "bc"},   {"abc", ""},
                                          {"", "abc"}, {NULL, "abc"}, {"abc", NULL}};
    unsigned char hashes[6][32];
    for (size_t i = 0; i < 6; i++) {
        hash_texts(rows[i][0], rows[i][1], hashes[i]);
        for (size_t j = 0; j < i; j++)
            ck_assert_mem_ne(hashes[i], hashes[j], 32);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("auth_mark");
    TCase *tc = tcase_create("mark");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_sealed_value_opens_with_its_key_and_whole_only);
    tcase_add_test(tc, a_mark_is_read_back_and_replaced);
    tcase_add_test(tc, a_mark_that_was_changed_is_refused);
    tcase_add_test(tc, one_use_does_not_stand_in_for_another);
    tcase_add_test(tc, a_mark_aside_waits_until_it_is_dropped);
    tcase_add_test(tc, a_mark_that_cannot_be_written_says_so);
    tcase_add_test(tc, pieces_are_hashed_as_one_string_whatever_their_length);
    tcase_add_test(tc, different_columns_give_different_bytes);
    suite_add_tcase(suite, tc);
    return ff_test_run(suite);
}

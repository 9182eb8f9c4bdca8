/* SPDX-License-Identifier: MIT */
/* store.h - a private data directory with a database in it and nothing of the domain: what the
 * tests of the db layer start from, and the fixture too. */
#ifndef FF_TESTS_STORE_H
#define FF_TESTS_STORE_H

#include "db/db.h"

/* 2026-03-02 11:45:00 UTC, a Monday at lunch. */
#define FF_TEST_NOW INT64_C(1772451900000)

struct ff_store {
    char dir[64]; /* under $TMPDIR or /tmp, removed by ff_store_close */
    struct ff_arena *arena;
    struct ff_clock *clock; /* test clock at FF_TEST_NOW */
    struct ff_db *db;
    struct ff_ctx cx;
};

/* An empty directory and a context; no database yet. */
void ff_store_dir(struct ff_store *s);
/* The same with a new database, opened; fails the test when it cannot. */
void ff_store_open(struct ff_store *s);
/* Asked for by FF_TEST_RERUN in the environment: every job of the writer is undone once and run
 * again. */
bool ff_test_reruns(void);
/* Opens the directory's database (again), with `options` but for its dir; the result. */
enum ff_rc ff_store_try(struct ff_store *s, struct ff_db_options options, int *exit_hint);
void ff_store_reopen(struct ff_store *s);
void ff_store_close_db(struct ff_store *s);
void ff_store_close(struct ff_store *s);

/* Clears arena, error and statement count for the next request; keeps the database. */
void ff_store_again(struct ff_store *s);

/* A further caller of the same database, for a thread of its own; free with ff_store_no_caller. */
void ff_store_caller(const struct ff_store *s, struct ff_ctx *cx);
void ff_store_no_caller(struct ff_ctx *cx);

/* `dir`/`name` in a buffer of the caller's. */
const char *ff_store_path(const struct ff_store *s, const char *name, char out[512]);

/* Does a file of up to 32 MiB say the word? */
bool ff_test_file_says(const char *path, const char *word);
/* The name of the first file of a folder, and of those in it, that says the word; NULL: none. */
const char *ff_test_says_in(const char *folder, const char *word);

/* Removes a directory with all that is in it. */
void ff_remove_tree(const char *path);

#endif

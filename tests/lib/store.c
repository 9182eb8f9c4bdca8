/* SPDX-License-Identifier: MIT */
/* store.c - a data directory of its own for each test, removed at its end. */
#include "store.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Ends the test: works in a benchmark too, where there is no test runner. */
static void require(bool held, const char *what, const char *detail)
{
    if (!held) {
        fprintf(stderr, "store: %s: %s\n", what, detail);
        abort();
    }
}

void ff_remove_tree(const char *path)
{
    char child[512];
    struct stat st;
    if (lstat(path, &st))
        return;
    if (!S_ISDIR(st.st_mode)) {
        (void)unlink(path);
        return;
    }
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (snprintf(child, sizeof child, "%s/%s", path, e->d_name) < (int)sizeof child)
            ff_remove_tree(child);
    }
    if (dir)
        closedir(dir);
    (void)rmdir(path);
}

void ff_store_dir(struct ff_store *s)
{
    const char *tmp = getenv("TMPDIR");
    memset(s, 0, sizeof *s);
    int n = snprintf(s->dir, sizeof s->dir, "%s/ff-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    require(n < (int)sizeof s->dir && mkdtemp(s->dir), "no directory", s->dir);
    s->arena = ff_arena_new(0);
    s->clock = ff_clock_new_test(FF_TEST_NOW);
    ff_ctx_init(&s->cx, s->arena, s->clock);
}

bool ff_test_reruns(void)
{
    return getenv("FF_TEST_RERUN") != NULL;
}

enum ff_rc ff_store_try(struct ff_store *s, struct ff_db_options options, int *exit_hint)
{
    options.dir = s->dir;
    options.rerun_jobs = ff_test_reruns();
    enum ff_rc rc = ff_db_open(&s->cx, &options, &s->db, exit_hint);
    s->cx.db = rc ? NULL : s->db;
    return rc;
}

/* ---- a new database, made by the first test of a program and copied by the others ---- */

static pid_t program; /* tests are its children */

static void name_template(char out[512])
{
    const char *tmp = getenv("TMPDIR");
    int n = snprintf(out, 512, "%s/ff-new-%ld", tmp && *tmp ? tmp : "/tmp", (long)program);
    require(n < 512, "long path", out);
}

static void drop_template(void)
{
    char path[512];
    if (getpid() != program)
        return;
    name_template(path);
    (void)unlink(path);
}

__attribute__((constructor)) static void begin_program(void)
{
    program = getpid();
    drop_template(); /* of a program that was killed and had the same number */
    (void)atexit(drop_template);
}

/* False when there is no `from`. */
static bool copy_file(const char *from, const char *to)
{
    char bytes[2048]; /* the streams have room of their own */
    size_t n;
    FILE *in = fopen(from, "re"), *out = in ? fopen(to, "wxe") : NULL;
    if (!in)
        return false;
    require(out != NULL, "no file", to);
    while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
        require(fwrite(bytes, 1, n, out) == n, "no copy", to);
    require(!ferror(in) && !fclose(out) && !chmod(to, 0600), "no copy", to);
    (void)fclose(in);
    return true;
}

static void open_as(struct ff_store *s, struct ff_db_options options)
{
    int exit_hint;
    enum ff_rc rc = ff_store_try(s, options, &exit_hint);
    require(rc == FF_OK, "open", s->cx.err.detail);
}

void ff_store_open(struct ff_store *s)
{
    char new[512], file[512];
    ff_store_dir(s);
    name_template(new);
    ff_store_path(s, FF_DB_FILE, file);
    if (!copy_file(new, file)) {
        open_as(s, (struct ff_db_options){.create = true});
        ff_store_close_db(s);
        require(copy_file(file, new), "no template", new);
    }
    open_as(s, (struct ff_db_options){0});
}

void ff_store_reopen(struct ff_store *s)
{
    int exit_hint;
    ff_store_close_db(s);
    enum ff_rc rc = ff_store_try(s, (struct ff_db_options){0}, &exit_hint);
    require(rc == FF_OK, "open again", s->cx.err.detail);
}

void ff_store_close_db(struct ff_store *s)
{
    ff_db_release(&s->cx);
    ff_db_close(s->db);
    s->db = NULL;
    s->cx.db = NULL;
}

void ff_store_close(struct ff_store *s)
{
    ff_store_close_db(s);
    ff_arena_free(s->arena);
    ff_clock_free(s->clock);
    ff_remove_tree(s->dir);
}

void ff_store_again(struct ff_store *s)
{
    ff_db_release(&s->cx);
    ff_err_clear(&s->cx);
    ff_arena_reset(s->arena);
    s->cx.statements = 0;
}

void ff_store_caller(const struct ff_store *s, struct ff_ctx *cx)
{
    ff_ctx_init(cx, ff_arena_new(0), s->clock);
    cx->db = s->db;
}

void ff_store_no_caller(struct ff_ctx *cx)
{
    ff_db_release(cx);
    ff_arena_free(cx->arena);
}

const char *ff_store_path(const struct ff_store *s, const char *name, char out[512])
{
    require(snprintf(out, 512, "%s/%s", s->dir, name) < 512, "long path", name);
    return out;
}

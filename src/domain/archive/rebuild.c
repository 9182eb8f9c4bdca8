/* SPDX-License-Identifier: MIT */
/* rebuild.c - a scratch database beside the file that is asked for: filled, compared, copied into
 * the file, removed. */
#include "domain/archive/rebuild.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/backup.h"
#include "domain/archive/rebuild_parts.h"
#include "domain/archive/table_file.h"

enum { DIR_CAP = 480 };

static void copy_error(struct ff_ctx *to, const struct ff_ctx *from)
{
    if (from->err.rc)
        (void)FF_FAIL(to, from->err.rc, "%s", from->err.detail);
}

static void remove_scratch(const char *dir)
{
    static const char *const names[] = {FF_DB_FILE, FF_DB_FILE "-wal", FF_DB_FILE "-shm",
                                        "feastfrenzy.lock"};
    char path[DIR_CAP + 32];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(dir);
}

/* What was asked for, over the open scratch database of `fresh`. */
static enum ff_rc work(struct ff_ctx *cx, struct ff_ctx *fresh, const char *file,
                       ff_difference_each each, void *arg, struct ff_rebuild_report *out)
{
    struct ff_refill refill = {.from = cx, .report = out};
    struct ff_backup_info info;
    enum ff_rc rc = ff_db_write(fresh, ff_rebuild_fill, &refill);
    if (!rc)
        rc = ff_rebuild_compare(cx, fresh, each, arg, out);
    ff_db_release(fresh);
    return rc ? rc : ff_backup_create(fresh, file, &info);
}

static enum ff_rc open_scratch(struct ff_ctx *fresh, const char *dir)
{
    int hint;
    return ff_db_open(
        fresh,
        &(struct ff_db_options){.dir = dir, .create = true, .is_scratch = true, .readers = 1},
        &fresh->db, &hint);
}

/* A context like the caller's over a database of its own. */
static enum ff_rc in_scratch(struct ff_ctx *cx, const char *dir, const char *file,
                             ff_difference_each each, void *arg, struct ff_rebuild_report *out)
{
    struct ff_ctx fresh;
    struct ff_arena *arena = ff_arena_new(0);
    if (!arena)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    ff_ctx_init(&fresh, arena, cx->clock);
    fresh.site = cx->site;
    fresh.who = cx->who;
    enum ff_rc rc = open_scratch(&fresh, dir);
    if (!rc) {
        rc = work(cx, &fresh, file, each, arg, out);
        ff_db_close(fresh.db);
    }
    if (rc)
        copy_error(cx, &fresh);
    ff_arena_free(arena);
    return rc;
}

enum ff_rc ff_rebuild(struct ff_ctx *cx, const char *file, ff_difference_each each, void *arg,
                      struct ff_rebuild_report *out)
{
    char dir[DIR_CAP];
    *out = (struct ff_rebuild_report){0};
    if (access(file, F_OK) == 0)
        return FF_FAIL(cx, FF_ALREADY_EXISTS, "There is a file of this name already.");
    if (snprintf(dir, sizeof dir, "%s.part-XXXXXX", file) >= (int)sizeof dir)
        return FF_FAIL(cx, FF_STORAGE_FAULT, "The name of the file is too long.");
    if (!mkdtemp(dir))
        return ff_archive_cannot(cx, "The file cannot be made");
    enum ff_rc rc = in_scratch(cx, dir, file, each, arg, out);
    remove_scratch(dir);
    return rc;
}

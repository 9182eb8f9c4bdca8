/* SPDX-License-Identifier: MIT */
/* erased_list.c - who was erased, kept outside the database, so that a restore of an older backup
 * does not bring them back: DATA/keys/erased, one line a person, numbers only.
 *   employee id, instant the person was made, instant of the erasure (ms), how money was settled */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/privacy/erasure.h"

enum { PATH_CAP = 1100, LINE_CAP = 128, LIST_BYTES = 64 << 20 };

static bool list_path(struct ff_ctx *cx, const char *name, char out[PATH_CAP])
{
    int n = snprintf(out, PATH_CAP, "%s/keys%s", ff_db_dir(cx->db), name);
    return n > 0 && n < PATH_CAP;
}

/* The whole file; an empty text when there is none yet. */
static bool load(struct ff_ctx *cx, struct ff_buf *text)
{
    char path[PATH_CAP], block[1024];
    ssize_t n = 0;
    int fd = list_path(cx, "/erased", path) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    ff_buf_str(text, "\n");
    if (fd < 0)
        return errno == ENOENT;
    while ((n = read(fd, block, sizeof block)) > 0)
        ff_buf_add(text, block, (size_t)n);
    close(fd);
    return n == 0 && !text->failed;
}

/* Appends, durably; the folder is made with the keys, but may be new after a restore. */
static bool append(struct ff_ctx *cx, const struct ff_buf *lines)
{
    char folder[PATH_CAP], path[PATH_CAP];
    if (!list_path(cx, "", folder) || !list_path(cx, "/erased", path))
        return false;
    (void)mkdir(folder, 0700);
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && dir >= 0 && write(fd, lines->data, lines->len) == (ssize_t)lines->len &&
              fsync(fd) == 0 && fsync(dir) == 0;
    if (fd >= 0)
        close(fd);
    if (dir >= 0)
        close(dir);
    return ok;
}

bool ff_erased_list_exists(const char *dir)
{
    char path[PATH_CAP];
    int n = snprintf(path, sizeof path, "%s/keys/erased", dir);
    return n > 0 && n < PATH_CAP && access(path, F_OK) == 0;
}

/* ---- reading ---- */

static enum ff_rc parse(struct ff_ctx *cx, const char *text, struct ff_erased_line *line)
{
    int end = 0;
    int n = sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNd64 " %15[a-z]%n", &line->employee_id,
                   &line->created_at, &line->erased_at, line->settle, &end);
    if (n != 4 || text[end] != '\n')
        return FF_FAIL(cx, FF_INTERNAL, "The file keys/erased has a line that cannot be read.");
    return FF_OK;
}

enum ff_rc ff_erased_list_read(struct ff_ctx *cx, ff_erased_each each, void *arg)
{
    struct ff_buf text;
    ff_buf_init(&text, LIST_BYTES);
    enum ff_rc rc =
        load(cx, &text) ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "The file keys/erased cannot be read.");
    const char *at = rc ? "" : text.data + 1;
    while (!rc && *at) {
        struct ff_erased_line line;
        if (!(rc = parse(cx, at, &line)))
            rc = each(cx, arg, &line);
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    ff_buf_free(&text);
    return rc;
}

/* ---- writing ---- */

static enum ff_rc collect(struct ff_ctx *cx, const struct ff_buf *known, struct ff_buf *fresh)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ERASURE_LIST, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row) {
        char start[LINE_CAP];
        const char *settle = ff_db_col_text(cx, st, FF_C_ERASURE_LIST_SETTLE);
        snprintf(start, sizeof start, "\n%" PRId64 " %" PRId64 " ",
                 ff_db_col_int(st, FF_C_ERASURE_LIST_EMPLOYEE_ID),
                 ff_db_col_int(st, FF_C_ERASURE_LIST_CREATED_AT_MS));
        if (!strstr(known->data, start))
            ff_buf_printf(fresh, "%s%" PRId64 " %s\n", start + 1,
                          ff_db_col_int(st, FF_C_ERASURE_LIST_ERASED_AT_MS),
                          settle ? settle : "none");
    }
    return rc;
}

bool ff_erased_list_complete(struct ff_ctx *cx)
{
    struct ff_buf known, fresh;
    ff_buf_init(&known, LIST_BYTES);
    ff_buf_init(&fresh, LIST_BYTES);
    bool ok = load(cx, &known) && collect(cx, &known, &fresh) == FF_OK && !fresh.failed;
    ff_db_release(cx);
    if (ok && fresh.len)
        ok = append(cx, &fresh);
    ff_buf_free(&known);
    ff_buf_free(&fresh);
    return ok;
}

/* SPDX-License-Identifier: MIT */
/* department_file.c - departments as a CSV file: one column, the name. */
#include <string.h>

#include "domain/common/export.h"
#include "domain/people/people_repo.h"

/* ---- out ---- */

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_words *words = arg;
    FF_STMT *st = NULL;
    bool row = true;
    (void)decimals;
    enum ff_rc rc = ff_db_query(cx, FF_Q_DEPARTMENT_EXPORT, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_DEPARTMENT_EXPORT_DEPARTMENT, ff_people_border(cx));
    ff_db_text(st, FF_P_DEPARTMENT_EXPORT_WORD1, words->word[0]);
    ff_db_text(st, FF_P_DEPARTMENT_EXPORT_WORD2, words->word[1]);
    ff_db_text(st, FF_P_DEPARTMENT_EXPORT_WORD3, words->word[2]);
    ff_buf_str(buf, "name\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        const char *name = ff_db_col_text(cx, st, FF_C_DEPARTMENT_EXPORT_NAME);
        ff_buf_csv(buf, name ? name : "");
        ff_buf_str(buf, "\r\n");
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_department_export(struct ff_ctx *cx, const struct ff_list_filter *f,
                                struct ff_text *out)
{
    struct ff_words words;
    ff_words_read(f->q, &words);
    return ff_csv_export(cx, write_rows, &words, 0, out);
}

/* ---- in ---- */

struct row {
    struct ff_import_row head;
    const char *name;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "name", FF_T_NAME, offsetof(struct row, name), FF_F_REQUIRED, 1, 100, "unique", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "DepartmentRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

struct job {
    struct ff_import *im;
    bool updates;
};

/* The department is there: spelled as in the file from now on. */
static enum ff_rc spell(struct ff_ctx *cx, struct job *job, const struct row *row, int64_t id)
{
    struct ff_department now;
    enum ff_rc rc = ff_department_get(cx, id, &now);
    if (rc)
        return rc;
    const struct ff_import_value cell = {"name", now.name, row->name};
    const bool same = strcmp(now.name, row->name) == 0;
    ff_import_note(job->im, &row->head, row->name, same ? FF_IMPORT_SAME : FF_IMPORT_CHANGED, &cell,
                   !same);
    const struct ff_department_in in = {.set = 1u << FF_DEPARTMENT_NAME, .name = row->name};
    return same ? FF_OK : ff_department_change(cx, id, now.version, &in, &now);
}

static enum ff_rc insert(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct job *job = arg;
    struct row *row = (struct row *)head;
    int64_t id = 0;
    enum ff_rc rc = ff_department_find(cx, row->name, &id);
    if (rc)
        return rc;
    if (id && job->updates)
        return spell(cx, job, row, id);
    if (id) {
        ff_import_bad(job->im, head, "name", "VALUE", "There is a department of this name.");
        return FF_OK;
    }
    if ((rc = ff_department_insert(cx, row->name, &id)))
        return rc;
    ff_import_note(job->im, head, row->name, FF_IMPORT_ADDED, NULL, 0);
    return FF_OK;
}

enum ff_rc ff_department_import(struct ff_ctx *cx, const struct ff_import_file *given,
                                struct ff_import_result *out)
{
    struct ff_import_file file = *given;
    struct ff_import *im;
    *out = (struct ff_import_result){0};
    file.amounts = FF_AMOUNTS_MINOR; /* there are none to say it of */
    enum ff_rc rc = ff_import_open(cx, &file, &row_schema, &im);
    if (!rc) {
        struct job job = {.im = im, .updates = file.updates};
        const struct ff_import_steps steps = {.insert = insert, .arg = &job};
        ff_import_unique(im, offsetof(struct row, name), "name");
        rc = ff_import_run(cx, im, &steps);
        if (!rc)
            rc = ff_import_tell(cx, im, out);
    }
    ff_import_close(im);
    return rc;
}

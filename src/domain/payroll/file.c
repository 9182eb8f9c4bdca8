/* SPDX-License-Identifier: MIT */
/* file.c - the file of a batch: its head and the lines of its items as they were stored. It is held
 * against its hash, unless a person in it was erased since: their line is made anew without them.
 */
#include <string.h>

#include "auth/auth.h"
#include "domain/audit/audit.h"
#include "domain/ledger/month.h"
#include "domain/payroll/batch_parts.h"
#include "domain/site/site.h"

enum { FILE_BYTES = 14 << 20 };

struct file {
    struct ff_batch_row batch;
    struct ff_payroll_profile profile;
    struct ff_closed_month month;
    struct ff_buf buf;
    bool is_blanked;
};

/* The line of a person who is nobody any more. */
static enum ff_rc blank_line(struct ff_ctx *cx, struct ff_stmt *st, struct file *f)
{
    const struct ff_site_settings site = ff_site_get(cx);
    const struct ff_payroll_line line = {
        .number = ff_db_col_text(cx, st, FF_C_PAYROLL_ITEMS_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_PAYROLL_ITEMS_NAME),
        .amount = ff_db_col_int(st, FF_C_PAYROLL_ITEMS_AMOUNT_MINOR),
        .month = f->month.month,
        .from = f->month.starts_on,
        .to = f->month.ends_on,
        .currency = site.currency,
        .decimals = (int)site.decimals};
    if (!line.number || !line.name)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    ff_layout_line(&f->buf, &f->profile, &line);
    f->is_blanked = true;
    return FF_OK;
}

static enum ff_rc add_line(struct ff_ctx *cx, struct ff_stmt *st, struct file *f)
{
    size_t n = 0;
    if (ff_db_col_null(st, FF_C_PAYROLL_ITEMS_LINE))
        return blank_line(cx, st, f);
    const void *line = ff_db_col_bytes(cx, st, FF_C_PAYROLL_ITEMS_LINE, &n);
    if (!line)
        return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
    ff_buf_add(&f->buf, line, n);
    return FF_OK;
}

static enum ff_rc add_lines(struct ff_ctx *cx, struct file *f)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_ITEMS, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_ITEMS_BATCH, f->batch.view.id);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row)
        rc = add_line(cx, st, f);
    return rc;
}

static enum ff_rc check_hash(struct ff_ctx *cx, const struct file *f)
{
    unsigned char found[FF_PAYROLL_HASH_BYTES];
    struct ff_hash hash;
    if (f->buf.failed)
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
    ff_hash_init(&hash, sizeof found);
    ff_hash_add(&hash, f->buf.data, f->buf.len);
    ff_hash_final(&hash, found);
    return f->is_blanked || memcmp(found, f->batch.hash, sizeof found) == 0
               ? FF_OK
               : FF_FAIL(cx, FF_STORAGE_FAULT, "The payroll file is not the one that was made.");
}

static enum ff_rc assemble(struct ff_ctx *cx, int64_t id, struct file *f)
{
    enum ff_rc rc = ff_batch_find(cx, id, &f->batch);
    if (rc || (rc = ff_month_closed(cx, f->batch.view.month, &f->month)) ||
        (rc = ff_layout_read(cx, f->batch.layout, &f->profile)))
        return rc;
    ff_buf_add(&f->buf, f->batch.head, f->batch.head_len);
    rc = add_lines(cx, f);
    return rc ? rc : check_hash(cx, f);
}

/* ---- fetched for the first time ---- */

static enum ff_rc mark(struct ff_ctx *cx, void *arg)
{
    const int64_t *id = arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_BATCH_EXPORTED, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_BATCH_EXPORTED_ID, *id);
    ff_db_int(st, FF_P_PAYROLL_BATCH_EXPORTED_NOW, ff_clock_now_ms(cx->clock));
    if ((rc = ff_db_run(cx, st)) || !ff_db_changes(st))
        return rc;
    return ff_audit(
        cx, &(struct ff_audit){.action = "payroll.export", .entity = "payroll", .entity_id = *id});
}

enum ff_rc ff_payroll_file(struct ff_ctx *cx, int64_t id, struct ff_text *out)
{
    struct file f = {0};
    ff_buf_init(&f.buf, FILE_BYTES);
    enum ff_rc rc = assemble(cx, id, &f);
    out->n = f.buf.len;
    out->text = rc ? NULL : ff_arena_strndup(cx->arena, f.buf.data, f.buf.len);
    ff_buf_free(&f.buf);
    if (rc || !out->text)
        return rc ? rc : FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
    return strcmp(f.batch.view.state, "open") == 0 ? ff_db_write(cx, mark, &id) : FF_OK;
}

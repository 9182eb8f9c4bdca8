/* SPDX-License-Identifier: MIT */
/* create.c - a batch as one job: who owes what, a journal for each, the file, its hash. */
#include <string.h>

#include "auth/auth.h"
#include "domain/audit/audit.h"
#include "domain/ledger/month.h"
#include "domain/payroll/batch_parts.h"
#include "domain/site/site.h"

enum { LINE_BYTES = 4096 };

struct due {
    int64_t employee_id, account_id, balance, amount, journal_id;
    const char *number, *name;
    const char *line; /* of the file */
    size_t line_len;
};

struct creating {
    const struct ff_payroll_new *in;
    const struct ff_idem *idem;
    struct ff_payroll_batch *out;
    /* made anew by every run of the job */
    struct ff_closed_month month;
    struct ff_payroll_profile profile;
    struct ff_rows rows; /* of struct due */
    int64_t account_id, batch_id;
    unsigned char hash[FF_PAYROLL_HASH_BYTES];
    const char *head;
    size_t head_len;
};

/* ---- who ---- */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What is still owed, within the cap of the month; 0: nothing worth an item. */
static int64_t amount_of(const struct creating *c, struct ff_stmt *st)
{
    const int64_t owed = ff_db_col_int(st, FF_C_PAYROLL_DUE_OWED_MINOR);
    const int64_t since = ff_db_col_int(st, FF_C_PAYROLL_DUE_SINCE_MINOR);
    const int64_t taken = ff_db_col_int(st, FF_C_PAYROLL_DUE_TAKEN_MINOR);
    const int64_t minimum = c->in->minimum == FF_NULL_INT ? 1 : c->in->minimum;
    int64_t amount = owed - since;
    if (c->in->cap != FF_NULL_INT)
        amount = least(amount, c->in->cap - taken);
    return amount >= minimum ? amount : 0;
}

static enum ff_rc add_due(struct ff_ctx *cx, struct ff_stmt *st, struct creating *c)
{
    const int64_t amount = amount_of(c, st);
    struct due *d = amount ? ff_rows_add(cx, &c->rows, sizeof *d) : NULL;
    if (!d)
        return amount ? cx->err.rc : FF_OK;
    *d = (struct due){.employee_id = ff_db_col_int(st, FF_C_PAYROLL_DUE_EMPLOYEE_ID),
                      .account_id = ff_db_col_int(st, FF_C_PAYROLL_DUE_ACCOUNT_ID),
                      .balance = ff_db_col_int(st, FF_C_PAYROLL_DUE_BALANCE_MINOR),
                      .amount = amount,
                      .number = ff_db_col_text(cx, st, FF_C_PAYROLL_DUE_NUMBER),
                      .name = ff_db_col_text(cx, st, FF_C_PAYROLL_DUE_NAME)};
    return d->number && d->name ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

static enum ff_rc find_due(struct ff_ctx *cx, struct creating *c)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_DUE, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_DUE_PERIOD, c->month.period_id);
    ff_db_int(st, FF_P_PAYROLL_DUE_LAST, c->month.last_journal_id);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        if ((rc = add_due(cx, st, c)))
            return rc;
    }
    if (rc || c->rows.list.n)
        return rc;
    return ff_batch_refuse(cx, NULL, "Nobody owes more for this month than payroll took already.");
}

/* ---- the money ---- */

static enum ff_rc book(struct ff_ctx *cx, const struct creating *c, struct due *d, bool is_first)
{
    char random[FF_IDEM_KEY_CAP];
    const struct ff_idem idem = ff_batch_key(c->idem, is_first, random);
    struct ff_posting p = {.kind = "payroll",
                           .idem = &idem,
                           .employee_id = d->employee_id,
                           .enforce_floor = true,
                           .wallet_id = d->account_id,
                           .wallet_balance = d->balance,
                           .n_entries = 2};
    p.entries[0] = (struct ff_entry){.account_id = d->account_id, .amount = d->amount};
    p.entries[1] = (struct ff_entry){.account_id = c->account_id, .amount = -d->amount};
    enum ff_rc rc = ff_wallet_check_room(cx, d->balance, d->amount);
    if (!rc)
        rc = ff_ledger_post(cx, &p);
    d->journal_id = p.journal_id;
    return rc;
}

static enum ff_rc book_all(struct ff_ctx *cx, struct creating *c)
{
    struct due *d = c->rows.list.items;
    enum ff_rc rc = ff_batch_account(cx, c->month.month, &c->account_id);
    for (size_t i = 0; i < c->rows.list.n && !rc; i++)
        rc = book(cx, c, &d[i], i == 0);
    return rc;
}

/* ---- the file ---- */

static enum ff_rc keep(struct ff_ctx *cx, const struct ff_buf *buf, const char **text, size_t *n)
{
    *n = buf->len;
    *text = buf->failed ? NULL : ff_arena_strndup(cx->arena, buf->len ? buf->data : "", buf->len);
    return *text ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
}

static void write_line(struct ff_ctx *cx, const struct creating *c, const struct due *d,
                       struct ff_buf *buf)
{
    const struct ff_site_settings site = ff_site_get(cx);
    const struct ff_payroll_line line = {.number = d->number,
                                         .name = d->name,
                                         .amount = d->amount,
                                         .month = c->month.month,
                                         .from = c->month.starts_on,
                                         .to = c->month.ends_on,
                                         .currency = site.currency,
                                         .decimals = (int)site.decimals};
    ff_layout_line(buf, &c->profile, &line);
}

static enum ff_rc make_file(struct ff_ctx *cx, struct creating *c)
{
    struct due *d = c->rows.list.items;
    struct ff_hash hash;
    struct ff_buf buf;
    ff_buf_init(&buf, LINE_BYTES);
    ff_layout_head(&buf, &c->profile);
    enum ff_rc rc = keep(cx, &buf, &c->head, &c->head_len);
    ff_hash_init(&hash, sizeof c->hash);
    if (!rc)
        ff_hash_add(&hash, c->head, c->head_len);
    for (size_t i = 0; i < c->rows.list.n && !rc; i++) {
        ff_buf_clear(&buf);
        write_line(cx, c, &d[i], &buf);
        if (!(rc = keep(cx, &buf, &d[i].line, &d[i].line_len)))
            ff_hash_add(&hash, d[i].line, d[i].line_len);
    }
    ff_hash_final(&hash, c->hash);
    ff_buf_free(&buf);
    return rc;
}

/* ---- the rows ---- */

static enum ff_rc add_batch(struct ff_ctx *cx, struct creating *c)
{
    FF_STMT *st = NULL;
    bool row = false;
    const char *layout = ff_layout_write(cx, &c->profile);
    enum ff_rc rc = layout ? ff_db_query(cx, FF_Q_PAYROLL_BATCH_ADD, &st) : cx->err.rc;
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_BATCH_ADD_PERIOD, c->month.period_id);
    ff_db_text(st, FF_P_PAYROLL_BATCH_ADD_PROFILE, c->profile.name);
    ff_db_text(st, FF_P_PAYROLL_BATCH_ADD_LAYOUT, layout);
    ff_db_opt_int(st, FF_P_PAYROLL_BATCH_ADD_CAP, c->in->cap);
    ff_db_int(st, FF_P_PAYROLL_BATCH_ADD_MINIMUM,
              c->in->minimum == FF_NULL_INT ? 1 : c->in->minimum);
    ff_db_blob(st, FF_P_PAYROLL_BATCH_ADD_HEAD, c->head, c->head_len);
    ff_db_blob(st, FF_P_PAYROLL_BATCH_ADD_HASH, c->hash, sizeof c->hash);
    ff_db_int(st, FF_P_PAYROLL_BATCH_ADD_NOW, ff_clock_now_ms(cx->clock));
    rc = ff_db_row(cx, st, &row);
    c->batch_id = rc ? 0 : ff_db_col_int(st, FF_C_PAYROLL_BATCH_ADD_ID);
    return rc;
}

static enum ff_rc add_item(struct ff_ctx *cx, int64_t batch_id, const struct due *d)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_PAYROLL_ITEM_ADD, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_PAYROLL_ITEM_ADD_BATCH, batch_id);
    ff_db_int(st, FF_P_PAYROLL_ITEM_ADD_EMPLOYEE, d->employee_id);
    ff_db_int(st, FF_P_PAYROLL_ITEM_ADD_JOURNAL, d->journal_id);
    ff_db_int(st, FF_P_PAYROLL_ITEM_ADD_AMOUNT, d->amount);
    ff_db_text(st, FF_P_PAYROLL_ITEM_ADD_NUMBER, d->number);
    ff_db_text(st, FF_P_PAYROLL_ITEM_ADD_NAME, d->name);
    ff_db_blob(st, FF_P_PAYROLL_ITEM_ADD_LINE, d->line, d->line_len);
    return ff_db_run(cx, st);
}

static enum ff_rc add_rows(struct ff_ctx *cx, struct creating *c)
{
    const struct due *d = c->rows.list.items;
    enum ff_rc rc = add_batch(cx, c);
    for (size_t i = 0; i < c->rows.list.n && !rc; i++)
        rc = add_item(cx, c->batch_id, &d[i]);
    return rc;
}

static enum ff_rc record(struct ff_ctx *cx, const struct ff_payroll_batch *b)
{
    const struct ff_audit_value is[] = {{"month", b->month, 0},       {"profile", b->profile, 0},
                                        {"items", NULL, b->n_items},  {"total", NULL, b->total},
                                        {"cap", NULL, b->cap},        {"minimum", NULL, b->minimum},
                                        {"fileHash", b->file_hash, 0}};
    return ff_audit(cx, &(struct ff_audit){.action = "payroll.create",
                                           .entity = "payroll",
                                           .entity_id = b->id,
                                           .after = is,
                                           .n_after = sizeof is / sizeof is[0]});
}

static enum ff_rc create(struct ff_ctx *cx, void *arg)
{
    struct creating *c = arg;
    int64_t booked = 0;
    c->rows = (struct ff_rows){0};
    memset(c->out, 0, sizeof *c->out);
    enum ff_rc rc = ff_ledger_find_key(cx, c->idem, &booked);
    if (rc || booked)
        return rc ? rc : ff_batch_replay(cx, booked, c->out);
    if ((rc = ff_month_closed(cx, c->in->month, &c->month)) ||
        (rc = ff_payroll_profile(cx, c->in->profile_id, &c->profile)) || (rc = find_due(cx, c)) ||
        (rc = book_all(cx, c)) || (rc = make_file(cx, c)) || (rc = add_rows(cx, c)) ||
        (rc = ff_payroll_batch(cx, c->batch_id, c->out)))
        return rc;
    return record(cx, c->out);
}

enum ff_rc ff_payroll_create(struct ff_ctx *cx, const struct ff_payroll_new *in,
                             const struct ff_idem *idem, struct ff_payroll_batch *out)
{
    struct creating c = {.in = in, .idem = idem, .out = out};
    return ff_db_write(cx, create, &c);
}

/* SPDX-License-Identifier: MIT */
/* export.c - a person's own copy: each section is the rows of one query, page by page. The names of
 * a query's columns say how a value is written (sql/query/privacy.sql), so a table is exported by
 * writing its query, not by code. */
#include <string.h>

#include "base/money.h"
#include "domain/audit/audit.h"
#include "domain/audit/read.h"
#include "domain/people/employee.h"
#include "domain/privacy/privacy.h"
#include "domain/privacy/tables.h"
#include "domain/site/site.h"

enum {
    PAGE_ROWS = 1000,
    WINDOW_ROWS = 20000,
    NAME_CAP = 64,
    NUMBER_CAP =
        (int)FF_MONEY_TEXT_CAP > (int)FF_INSTANT_CAP ? (int)FF_MONEY_TEXT_CAP : (int)FF_INSTANT_CAP
};

struct exporting {
    struct ff_buf *out;
    bool as_csv;
    int decimals;
    int64_t employee_id, user_id; /* 0: none */
};

/* ---- one value ---- */

enum kind { PLAIN, INSTANT, MONEY, TRUTH, VALUES };

static bool ends_with(const char *text, size_t n, const char *end)
{
    size_t m = strlen(end);
    return n > m && strncmp(text + n - m, end, m) == 0;
}

/* "recorded_at_ms" is the instant recordedAt. */
static enum kind read_name(const char *column, char name[NAME_CAP])
{
    static const char *const ends[] = {[INSTANT] = "_ms", [MONEY] = "_minor", [TRUTH] = "_yes"};
    enum kind kind = PLAIN;
    size_t n = strlen(column), at = 0;
    if (strcmp(column, "values_of") == 0)
        return VALUES;
    for (enum kind k = INSTANT; k <= TRUTH; k++)
        if (ends_with(column, n, ends[k]))
            kind = k;
    if (kind)
        n -= strlen(ends[kind]);
    for (size_t i = 0; i < n && at + 1 < NAME_CAP; i++) {
        bool is_new_word = column[i] == '_' && i + 1 < n;
        char c = is_new_word ? column[++i] : column[i];
        name[at++] = (char)(is_new_word && c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    name[at] = '\0';
    return kind;
}

static void put_text(const struct exporting *x, const char *text)
{
    if (x->as_csv)
        ff_buf_csv(x->out, text);
    else
        ff_buf_json(x->out, text);
}

static void put_number(const struct exporting *x, enum kind kind, int64_t n)
{
    char text[NUMBER_CAP];
    if (kind == TRUTH) {
        ff_buf_str(x->out, n ? "true" : "false");
    } else if (kind == INSTANT) {
        ff_instant_format(n, text);
        put_text(x, text);
    } else if (kind == MONEY && x->as_csv) {
        ff_money_format(n, x->decimals, text);
        ff_buf_str(x->out, text);
    } else {
        ff_buf_int(x->out, n);
    }
}

static enum ff_rc put_value(struct ff_ctx *cx, const struct exporting *x, struct ff_stmt *st,
                            int column, enum kind kind)
{
    if (ff_db_col_null(st, column)) {
        if (!x->as_csv)
            ff_buf_str(x->out, "null");
        return FF_OK;
    }
    if (!ff_db_col_is_text(st, column)) {
        put_number(x, kind, ff_db_col_int(st, column));
        return FF_OK;
    }
    const char *text = ff_db_col_text(cx, st, column);
    if (text)
        put_text(x, text);
    return text ? FF_OK : cx->err.rc;
}

/* The values of an entry of the audit: they are sealed, and only its service opens them. */
static enum ff_rc put_values(struct ff_ctx *cx, const struct exporting *x, int64_t seq)
{
    struct ff_audit_view view = {0};
    enum ff_rc rc = seq == FF_NULL_INT ? FF_OK : ff_audit_get(cx, seq, &view);
    if (rc)
        return rc;
    const char *const texts[] = {view.old_values, view.new_values, view.reason};
    static const char *const names[] = {"\"oldValues\":", ",\"newValues\":", ",\"reason\":"};
    for (int i = 0; i < 3; i++) {
        ff_buf_str(x->out, !x->as_csv ? names[i] : i ? "," : "");
        if (texts[i] && (x->as_csv || i == 2))
            put_text(x, texts[i]);
        else if (!x->as_csv)
            ff_buf_str(x->out, texts[i] ? texts[i] : "null"); /* an object already */
    }
    return FF_OK;
}

/* ---- one row ---- */

/* The first column that is shown: a page's key comes before it. */
static int first_column(struct ff_stmt *st)
{
    return strcmp(ff_db_column_name(st, 0), "page_key") == 0;
}

static void put_csv_header(const struct exporting *x, struct ff_stmt *st)
{
    char name[NAME_CAP];
    int first = first_column(st), n = ff_db_columns(st);
    for (int i = first; i < n; i++) {
        bool is_values = read_name(ff_db_column_name(st, i), name) == VALUES;
        ff_buf_printf(x->out, "%s%s", i > first ? "," : "",
                      is_values ? "oldValues,newValues,reason" : name);
    }
    ff_buf_str(x->out, "\r\n");
}

static enum ff_rc put_row(struct ff_ctx *cx, const struct exporting *x, struct ff_stmt *st)
{
    char name[NAME_CAP];
    int first = first_column(st), n = ff_db_columns(st);
    enum ff_rc rc = FF_OK;
    for (int i = first; i < n && !rc; i++) {
        enum kind kind = read_name(ff_db_column_name(st, i), name);
        ff_buf_str(x->out, i > first ? "," : x->as_csv ? "" : "{");
        if (!x->as_csv && kind != VALUES)
            ff_buf_printf(x->out, "\"%s\":", name);
        rc = kind == VALUES ? put_values(cx, x, ff_db_col_opt_int(st, i))
                            : put_value(cx, x, st, i, kind);
    }
    ff_buf_str(x->out, x->as_csv ? "\r\n" : "}");
    return rc;
}

/* ---- one section ---- */

/* Where a section is: rows after `after`, up to `until` where it goes window by window. */
struct place {
    int64_t after, until;
    int64_t rows; /* written so far */
};

static enum ff_query query_of(struct ff_maybe_query query)
{
    return (enum ff_query)(query.plus_one - 1);
}

static enum ff_rc open_page(struct ff_ctx *cx, const struct exporting *x, enum ff_query query,
                            const struct place *at, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, query, st);
    if (rc)
        return rc;
    ff_privacy_bind(*st, "employee", x->employee_id);
    ff_privacy_bind(*st, "user", x->user_id);
    ff_privacy_bind(*st, "after", at->after);
    ff_privacy_bind(*st, "until", at->until);
    ff_privacy_bind(*st, "limit", PAGE_ROWS);
    return FF_OK;
}

/* *more: the page was full, and place->after is its last row. */
static enum ff_rc put_page(struct ff_ctx *cx, const struct exporting *x, enum ff_query query,
                           struct place *at, bool *more)
{
    FF_STMT *st = NULL;
    bool row = false;
    int64_t n = 0, key = 0;
    enum ff_rc rc = open_page(cx, x, query, at, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row) {
        ff_arena_reset(cx->arena);
        if (!x->as_csv && at->rows)
            ff_buf_char(x->out, ',');
        key = ff_db_col_int(st, 0);
        rc = put_row(cx, x, st);
        at->rows++;
        n++;
    }
    *more = !rc && n == PAGE_ROWS && first_column(st);
    if (*more)
        at->after = key;
    return rc;
}

/* The end of the next window; *more false: there is none. */
static enum ff_rc next_window(struct ff_ctx *cx, enum ff_query query, struct place *at, bool *more)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, query, &st);
    *more = false;
    if (rc)
        return rc;
    ff_privacy_bind(st, "after", at->after);
    ff_privacy_bind(st, "limit", WINDOW_ROWS);
    if ((rc = ff_db_row(cx, st, &row)) || !row || ff_db_col_null(st, 0))
        return rc;
    at->until = ff_db_col_int(st, 0);
    *more = true;
    return FF_OK;
}

/* One read of a section. A snapshot each, so that none is held for long. */
static enum ff_rc put_step(struct ff_ctx *cx, const struct exporting *x,
                           const struct ff_privacy_table *table, struct place *at, bool *more)
{
    bool is_windowed = table->window.plus_one != 0, full;
    enum ff_rc rc = is_windowed ? next_window(cx, query_of(table->window), at, more) : FF_OK;
    if (!rc && (!is_windowed || *more))
        rc = put_page(cx, x, query_of(table->shown), at, is_windowed ? &full : more);
    if (is_windowed)
        at->after = at->until;
    ff_db_release(cx);
    return rc;
}

static enum ff_rc put_header(struct ff_ctx *cx, const struct exporting *x,
                             const struct ff_privacy_table *table)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, query_of(table->shown), &st);
    ff_buf_printf(x->out, "\r\n%s\r\n", table->section);
    if (!rc)
        put_csv_header(x, st);
    return rc;
}

static enum ff_rc put_section(struct ff_ctx *cx, const struct exporting *x,
                              const struct ff_privacy_table *table)
{
    struct place at = {0};
    enum ff_rc rc = FF_OK;
    bool more = true;
    if (x->as_csv)
        rc = put_header(cx, x, table);
    else
        ff_buf_printf(x->out, ",\n\"%s\":[", table->section);
    while (!rc && more && !x->out->failed)
        rc = put_step(cx, x, table, &at, &more);
    if (!x->as_csv)
        ff_buf_char(x->out, ']');
    return rc;
}

/* ---- all ---- */

static void put_head(struct ff_ctx *cx, const struct exporting *x)
{
    char now[FF_INSTANT_CAP];
    struct ff_site_settings site = ff_site_get(cx);
    ff_instant_format(ff_clock_now_ms(cx->clock), now);
    if (x->as_csv) {
        ff_buf_str(x->out, "export\r\ncanteen,currency,decimals,exportedAt\r\n");
        ff_buf_csv(x->out, site.name);
        ff_buf_printf(x->out, ",%s,%d,%s\r\n", site.currency, x->decimals, now);
        return;
    }
    ff_buf_str(x->out, "{\"canteen\":");
    ff_buf_json(x->out, site.name);
    ff_buf_printf(x->out, ",\"currency\":\"%s\",\"decimals\":%d,\"exportedAt\":\"%s\"",
                  site.currency, x->decimals, now);
}

static enum ff_rc put_all(struct ff_ctx *cx, const struct exporting *x)
{
    enum ff_rc rc = FF_OK;
    put_head(cx, x);
    for (size_t i = 0; i < ff_n_privacy_tables && !rc; i++) {
        if (ff_privacy_tables[i].section)
            rc = put_section(cx, x, &ff_privacy_tables[i]);
    }
    if (!x->as_csv)
        ff_buf_str(x->out, "}\n");
    return rc;
}

/* Memory of its own while it runs: the request's arena gets the finished text only. */
static enum ff_rc run(struct ff_ctx *cx, const struct exporting *x)
{
    struct ff_arena *own = cx->arena, *scratch = ff_arena_new(0);
    if (!scratch)
        return FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
    cx->arena = scratch;
    enum ff_rc rc = put_all(cx, x);
    cx->arena = own;
    ff_arena_free(scratch);
    return rc;
}

static enum ff_rc take(struct ff_ctx *cx, const struct ff_buf *buf, struct ff_text *out)
{
    if (buf->failed)
        return FF_FAIL(cx, FF_VALIDATION, "The file would be larger than %d bytes.",
                       (int)FF_PRIVACY_EXPORT_BYTES);
    out->text = ff_arena_strndup(cx->arena, buf->data, buf->len);
    out->n = buf->len;
    return out->text ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "There is no memory for this file.");
}

/* Whose it is: the caller's own, or a person in reach and the account that goes with them. */
static enum ff_rc find_subject(struct ff_ctx *cx, int64_t employee_id, struct exporting *x)
{
    struct ff_employee person;
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc;
    x->employee_id = employee_id ? employee_id : cx->who.employee_id;
    x->user_id = employee_id ? 0 : cx->who.user_id;
    if (!x->employee_id && !x->user_id)
        return FF_FAIL(cx, FF_NOT_FOUND, "The command line is no person.");
    if (!employee_id)
        return FF_OK;
    if ((rc = ff_employee_get(cx, employee_id, &person)) ||
        (rc = ff_db_query(cx, FF_Q_ERASURE_SUBJECT, &st)))
        return rc;
    ff_db_int(st, FF_P_ERASURE_SUBJECT_EMPLOYEE, employee_id);
    if (!(rc = ff_db_row(cx, st, &row)) && row)
        x->user_id = ff_db_col_int(st, FF_C_ERASURE_SUBJECT_USER_ID);
    return rc;
}

static void note(struct ff_ctx *cx, const struct exporting *x)
{
    const struct ff_audit_value format = {.name = "format", .text = x->as_csv ? "csv" : "json"};
    const struct ff_audit event = {
        .action = "employee.export",
        .entity = x->employee_id ? "employee" : "user",
        .entity_id = x->employee_id ? x->employee_id : x->user_id,
        .subject = x->employee_id ? FF_AUDIT_EMPLOYEE : FF_AUDIT_USER,
        .subject_id = x->employee_id ? x->employee_id : x->user_id,
        .is_open = true,
        .after = &format,
        .n_after = 1,
    };
    ff_audit_note(cx, &event);
}

enum ff_rc ff_privacy_export(struct ff_ctx *cx, int64_t employee_id, bool as_csv,
                             struct ff_text *out)
{
    struct ff_buf buf;
    struct exporting x = {.out = &buf, .as_csv = as_csv, .decimals = (int)ff_site_get(cx).decimals};
    enum ff_rc rc = find_subject(cx, employee_id, &x);
    if (rc)
        return rc;
    ff_buf_init(&buf, FF_PRIVACY_EXPORT_BYTES);
    if (!(rc = run(cx, &x)) && !(rc = take(cx, &buf, out)))
        note(cx, &x);
    ff_buf_free(&buf);
    return rc;
}

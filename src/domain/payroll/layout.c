/* SPDX-License-Identifier: MIT */
/* layout.c - how a payroll file looks. A layout is stored as lines "key=value", a column as
 * "column=field TAB header", so that a batch can keep the one it was made by. */
#include "domain/payroll/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

enum { LAYOUT_BYTES = 4000 };

const char *const ff_payroll_fields[] = {"number", "name", "amount",   "wageType", "month",
                                         "from",   "to",   "currency", "empty",    NULL};
const char *const ff_payroll_separators[] = {"comma", "semicolon", "tab", NULL};
const char *const ff_payroll_amounts[] = {"decimal", "minor", NULL};
const char *const ff_payroll_marks[] = {"point", "comma", NULL};
const char *const ff_payroll_dates[] = {"iso", "dotted", "compact", NULL};

static bool is(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

/* ---- stored ---- */

static void put(struct ff_buf *buf, const char *key, const char *value)
{
    ff_buf_printf(buf, "%s=%s\n", key, value ? value : "");
}

const char *ff_layout_write(struct ff_ctx *cx, const struct ff_payroll_profile *p)
{
    const struct ff_payroll_column *c = p->columns.items;
    struct ff_buf buf;
    ff_buf_init(&buf, LAYOUT_BYTES);
    put(&buf, "separator", p->separator ? p->separator : "comma");
    put(&buf, "amounts", p->amounts ? p->amounts : "decimal");
    put(&buf, "mark", p->decimal_mark ? p->decimal_mark : "point");
    put(&buf, "date", p->date_format ? p->date_format : "iso");
    put(&buf, "bom", p->has_bom == 1 ? "1" : "0");
    put(&buf, "header", p->has_header == 0 ? "0" : "1");
    put(&buf, "wageType", p->wage_type);
    for (size_t i = 0; i < p->columns.n; i++)
        ff_buf_printf(&buf, "column=%s\t%s\n", c[i].field, c[i].header ? c[i].header : c[i].field);
    const char *text = buf.failed ? NULL : ff_arena_strndup(cx->arena, buf.data, buf.len);
    ff_buf_free(&buf);
    if (!text)
        (void)FF_FAIL(cx, FF_VALIDATION, "The profile has too many or too long columns.");
    return text;
}

static bool read_column(struct ff_ctx *cx, char *value, struct ff_rows *rows)
{
    char *tab = strchr(value, '\t');
    struct ff_payroll_column *c = tab ? ff_rows_add(cx, rows, sizeof *c) : NULL;
    if (!c)
        return false;
    *tab = '\0';
    *c = (struct ff_payroll_column){.field = value, .header = tab + 1};
    return true;
}

static bool read_pair(struct ff_ctx *cx, const char *key, char *value,
                      struct ff_payroll_profile *out, struct ff_rows *rows)
{
    if (is(key, "column"))
        return read_column(cx, value, rows);
    if (is(key, "separator"))
        out->separator = value;
    else if (is(key, "amounts"))
        out->amounts = value;
    else if (is(key, "mark"))
        out->decimal_mark = value;
    else if (is(key, "date"))
        out->date_format = value;
    else if (is(key, "bom"))
        out->has_bom = *value == '1';
    else if (is(key, "header"))
        out->has_header = *value == '1';
    else if (is(key, "wageType"))
        out->wage_type = *value ? value : NULL;
    else
        return false;
    return true;
}

enum ff_rc ff_layout_read(struct ff_ctx *cx, const char *text, struct ff_payroll_profile *out)
{
    struct ff_rows rows = {0};
    while (*text) {
        const size_t n = strcspn(text, "\n");
        char *line = ff_arena_strndup(cx->arena, text, n),
             *equals = line ? strchr(line, '=') : NULL;
        if (!line)
            return FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
        if (equals)
            *equals = '\0';
        if (!equals || !read_pair(cx, line, equals + 1, out, &rows))
            return FF_FAIL(cx, FF_STORAGE_FAULT, "A layout of a payroll file cannot be read.");
        text += n + (text[n] == '\n');
    }
    out->columns = rows.list;
    return FF_OK;
}

/* ---- the file ---- */

static char separator_of(const struct ff_payroll_profile *p)
{
    return is(p->separator, "semicolon") ? ';' : is(p->separator, "tab") ? '\t' : ',';
}

/* Quoted when needed; a word that a spreadsheet would take for a formula gets an apostrophe. */
static void word(struct ff_buf *buf, const char *text, char separator)
{
    const bool is_formula = *text && strchr("=+-@\t\r", *text);
    const bool quoted = strchr(text, separator) || strpbrk(text, "\"\r\n");
    if (quoted)
        ff_buf_char(buf, '"');
    if (is_formula)
        ff_buf_char(buf, '\'');
    for (; *text; text++) {
        if (*text == '"')
            ff_buf_char(buf, '"');
        ff_buf_char(buf, *text);
    }
    if (quoted)
        ff_buf_char(buf, '"');
}

static void amount(struct ff_buf *buf, const struct ff_payroll_profile *p,
                   const struct ff_payroll_line *l)
{
    char text[FF_MONEY_TEXT_CAP];
    const bool is_comma = is(p->decimal_mark, "comma");
    ff_money_format(l->amount, is(p->amounts, "minor") ? 0 : l->decimals, text);
    char *point = strchr(text, '.');
    if (point && is_comma)
        *point = ',';
    word(buf, text, separator_of(p));
}

static void date(struct ff_buf *buf, const struct ff_payroll_profile *p, const char *iso)
{
    if (is(p->date_format, "dotted"))
        ff_buf_printf(buf, "%.2s.%.2s.%.4s", iso + 8, iso + 5, iso);
    else if (is(p->date_format, "compact"))
        ff_buf_printf(buf, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
    else
        ff_buf_str(buf, iso);
}

static void cell(struct ff_buf *buf, const struct ff_payroll_profile *p, const char *field,
                 const struct ff_payroll_line *l)
{
    const char separator = separator_of(p);
    if (is(field, "number"))
        word(buf, l->number, separator);
    else if (is(field, "name"))
        word(buf, l->name, separator);
    else if (is(field, "amount"))
        amount(buf, p, l);
    else if (is(field, "wageType"))
        word(buf, p->wage_type ? p->wage_type : "", separator);
    else if (is(field, "month"))
        ff_buf_str(buf, l->month);
    else if (is(field, "from"))
        date(buf, p, l->from);
    else if (is(field, "to"))
        date(buf, p, l->to);
    else if (is(field, "currency"))
        ff_buf_str(buf, l->currency);
}

void ff_layout_head(struct ff_buf *buf, const struct ff_payroll_profile *p)
{
    const struct ff_payroll_column *c = p->columns.items;
    if (p->has_bom == 1)
        ff_buf_str(buf, "\xef\xbb\xbf");
    for (size_t i = 0; i < p->columns.n && p->has_header; i++) {
        if (i)
            ff_buf_char(buf, separator_of(p));
        word(buf, c[i].header, separator_of(p));
    }
    if (p->has_header)
        ff_buf_str(buf, "\r\n");
}

void ff_layout_line(struct ff_buf *buf, const struct ff_payroll_profile *p,
                    const struct ff_payroll_line *line)
{
    const struct ff_payroll_column *c = p->columns.items;
    for (size_t i = 0; i < p->columns.n; i++) {
        if (i)
            ff_buf_char(buf, separator_of(p));
        cell(buf, p, c[i].field, line);
    }
    ff_buf_str(buf, "\r\n");
}

/* SPDX-License-Identifier: MIT */
/* import.c - a CSV file: read by the strict reader, and into rows by a schema as people and
 * products have one (the first byte says with how many decimals). A good row is within its bounds.
 */
#include "domain/common/import_parts.h"
#include "fuzz.h"

struct row {
    struct ff_import_row head;
    const char *number, *name, *email, *note;
    int64_t amount, place, active;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "number", FF_T_CODE,  offsetof(struct row, number), FF_F_REQUIRED, 1, 20, "", NULL, NULL },
    { "name",   FF_T_NAME,  offsetof(struct row, name),   FF_F_REQUIRED, 1, 100, "", NULL, NULL },
    { "email",  FF_T_EMAIL, offsetof(struct row, email),  0, 3, 254, "", NULL, NULL },
    { "note",   FF_T_TEXT,  offsetof(struct row, note),   0, 0, 500, "", NULL, NULL },
    { "amount", FF_T_MONEY, offsetof(struct row, amount), 0, -1000000, 1000000, "", NULL, NULL },
    { "place",  FF_T_INT,   offsetof(struct row, place),  0, 1, 99, "", NULL, NULL },
    { "active", FF_T_BOOL,  offsetof(struct row, active), 0, 0, 0, "", NULL, NULL },
};
/* clang-format on */
static const struct ff_schema row_schema = {
    .name = "Row", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)};

static void check_csv(struct ff_ctx *cx, const char *text, size_t n)
{
    struct ff_csv csv;
    struct ff_csv_row row;
    bool more = true;
    ff_csv_open(&csv, text, n);
    int64_t line = 0;
    while (more) {
        ff_arena_reset(cx->arena);
        FF_PROMISE(ff_csv_next(cx, &csv, &row, &more) == FF_OK);
        FF_PROMISE(!more || row.line > line);
        FF_PROMISE(row.n <= FF_CSV_MAX_CELLS && csv.at <= csv.end);
        line = row.line;
        for (size_t i = 0; i < row.n; i++)
            FF_PROMISE(ff_utf8_valid(row.cells[i], strlen(row.cells[i])));
    }
    FF_PROMISE(csv.at == csv.end);
}

static void check_row(const struct row *row)
{
    FF_PROMISE(row->number && *row->number && strlen(row->number) <= 20);
    FF_PROMISE(row->name && ff_utf8_is_name(row->name) && ff_utf8_length(row->name) <= 100);
    FF_PROMISE(!row->email || (strchr(row->email, '@') && strlen(row->email) <= 254));
    FF_PROMISE(!row->note || ff_utf8_length(row->note) <= 500);
    FF_PROMISE(row->amount == FF_NULL_INT || (row->amount >= -1000000 && row->amount <= 1000000));
    FF_PROMISE(row->place == FF_NULL_INT || (row->place >= 1 && row->place <= 99));
    FF_PROMISE(row->active == FF_NULL_INT || row->active == 0 || row->active == 1);
}

static size_t count_lines(const char *text, size_t n)
{
    size_t lines = 1;
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n';
    return lines;
}

static void check_import(struct ff_ctx *cx, const char *text, size_t n, int decimals)
{
    struct ff_import_file file = {.text = text, .n = n, .amounts = FF_AMOUNTS_DECIMAL};
    struct ff_import *im = calloc(1, sizeof *im);
    FF_PROMISE(im != NULL);
    im->schema = &row_schema;
    im->room = count_lines(text, n);
    im->decimals = decimals;
    im->rows = calloc(im->room, sizeof(struct row));
    im->keep = ff_arena_new(1 << 24);
    im->scratch = ff_arena_new(0);
    struct ff_arena *own = cx->arena;
    cx->arena = im->scratch;
    FF_PROMISE(ff_import_parse(cx, im, &file) == FF_OK);
    cx->arena = own;
    FF_PROMISE(im->parsed.n <= FF_IMPORT_LISTED && im->n <= im->room);
    for (size_t i = 0; i < im->n; i++) {
        const struct row *row = ff_import_row(im, i);
        if (!row->head.is_bad)
            check_row(row);
    }
    FF_PROMISE(!im->is_unusable || ff_import_report(cx, im) == FF_IMPORT_ROWS);
    ff_import_close(im);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ff_ctx cx;
    if (!size)
        return 0;
    char *text = ff_fuzz_bytes(data + 1, size - 1);
    ff_fuzz_begin(&cx);
    check_csv(&cx, text, size - 1);
    ff_arena_reset(cx.arena);
    check_import(&cx, text, size - 1, data[0] % 4);
    ff_fuzz_end(&cx);
    free(text);
    return 0;
}

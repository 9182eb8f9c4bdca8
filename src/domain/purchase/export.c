/* SPDX-License-Identifier: MIT */
/* export.c - purchases as a CSV file, a line an item, newest first: for whoever wants to count
 * otherwise than the reports do. Each page is of a moment of its own, so that the write-ahead log
 * can begin anew meanwhile: what was bought does not change, and what is bought later comes before
 * the first page. */
#include "domain/common/export.h"
#include "db/db.h"
#include "domain/purchase/purchase.h"

enum { PAGE_ROWS = 100 };

static void text_cell(struct ff_buf *buf, const char *text)
{
    ff_buf_csv(buf, text ? text : "");
    ff_buf_char(buf, ',');
}

static void money_cell(struct ff_buf *buf, int64_t minor, int decimals)
{
    ff_csv_amount(buf, minor, decimals);
    ff_buf_char(buf, ',');
}

static void int_cell(struct ff_buf *buf, int64_t n)
{
    ff_buf_int(buf, n);
    ff_buf_char(buf, ',');
}

static void write_line(struct ff_buf *buf, const struct ff_purchase *p,
                       const struct ff_purchase_line *line, int decimals)
{
    char at[FF_INSTANT_CAP];
    ff_instant_format(p->recorded_at, at);
    int_cell(buf, p->id);
    text_cell(buf, at);
    text_cell(buf, p->business_date);
    int_cell(buf, p->employee_id);
    text_cell(buf, p->employee_name);
    text_cell(buf, p->device);
    int_cell(buf, line->line_no);
    int_cell(buf, line->product_id);
    text_cell(buf, line->name);
    int_cell(buf, line->quantity);
    money_cell(buf, line->unit_price, decimals);
    money_cell(buf, line->total, decimals);
    int_cell(buf, line->tax_rate);
    money_cell(buf, line->tax, decimals);
    int_cell(buf, line->refunded);
    ff_buf_str(buf, p->undone ? "true\r\n" : "false\r\n");
}

static void write_page(struct ff_buf *buf, const struct ff_list *page, int decimals)
{
    const struct ff_purchase *p = page->items;
    for (size_t i = 0; i < page->n; i++) {
        const struct ff_purchase_line *lines = p[i].items.items;
        for (size_t k = 0; k < p[i].items.n; k++)
            write_line(buf, &p[i], &lines[k], decimals);
    }
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    struct ff_purchase_filter *f = arg;
    const char *next = "";
    enum ff_rc rc = FF_OK;
    ff_buf_str(buf, "purchase,recordedAt,businessDate,employeeId,employee,kiosk,line,productId,"
                    "product,quantity,price,total,taxRatePpm,tax,refunded,undone\r\n");
    while (!rc && next && !buf->failed) {
        struct ff_list page = {0};
        int64_t total;
        ff_arena_reset(cx->arena); /* the export's own */
        if ((rc = ff_purchase_list(cx, f, &page, &total, &next)))
            return rc;
        write_page(buf, &page, decimals);
        if (page.n)
            f->after = ((const struct ff_purchase *)page.items)[page.n - 1].id;
        ff_db_release(cx);
    }
    return rc;
}

enum ff_rc ff_purchase_export(struct ff_ctx *cx, const struct ff_purchase_filter *filter,
                              int decimals, struct ff_text *out)
{
    struct ff_purchase_filter f = *filter;
    f.by_cursor = true;
    f.after = 0;
    f.limit = PAGE_ROWS;
    return ff_csv_export(cx, write_rows, &f, decimals, out);
}

/* SPDX-License-Identifier: MIT */
/* undos.c - purchases taken back, by person and by kiosk. */
#include "domain/report/undos.h"

#include <inttypes.h>

#include "db/db.h"
#include "domain/common/export.h"
#include "domain/common/range.h"
#include "domain/ledger/ledger.h"
#include "domain/report/report.h"
#include "json/csv.h"

#define SAME(a, b) ((int)(a) == (int)(b))
_Static_assert(SAME(FF_C_UNDO_BY_KIOSK_ID, FF_C_UNDO_BY_PERSON_ID) &&
                   SAME(FF_C_UNDO_BY_KIOSK_AMOUNT_MINOR, FF_C_UNDO_BY_PERSON_AMOUNT_MINOR) &&
                   SAME(FF_P_UNDO_BY_KIOSK_SINCE, FF_P_UNDO_BY_PERSON_SINCE) &&
                   SAME(FF_P_UNDO_BY_KIOSK_LIMIT, FF_P_UNDO_BY_PERSON_LIMIT),
               "one reader for both");

static enum ff_rc start(struct ff_ctx *cx, enum ff_query query, const struct ff_range *range,
                        struct ff_stmt **st)
{
    const struct ff_reach reach = ff_reach_of(&cx->who);
    enum ff_rc rc = ff_db_query(cx, query, st);
    if (rc)
        return rc;
    ff_db_int(*st, FF_P_UNDO_BY_PERSON_SINCE, ff_range_since(range->from));
    ff_db_int(*st, FF_P_UNDO_BY_PERSON_UNTIL, ff_range_until(range->to));
    ff_db_text(*st, FF_P_UNDO_BY_PERSON_FROM, range->from);
    ff_db_text(*st, FF_P_UNDO_BY_PERSON_TO, range->to);
    ff_db_int(*st, FF_P_UNDO_BY_PERSON_ALL, reach.all);
    ff_db_opt_int(*st, FF_P_UNDO_BY_PERSON_DEPARTMENT, reach.department);
    ff_db_int(*st, FF_P_UNDO_BY_PERSON_LIMIT, FF_UNDO_REPORT_ROWS);
    return FF_OK;
}

static enum ff_rc read_rows(struct ff_ctx *cx, enum ff_query query, const struct ff_range *range,
                            struct ff_list *out)
{
    struct ff_rows rows = {0};
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = start(cx, query, range, &st);
    while (!rc && !(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_undo_row *r = ff_rows_add(cx, &rows, sizeof *r);
        if (!r)
            return cx->err.rc;
        *r = (struct ff_undo_row){
            .id = ff_db_col_int(st, FF_C_UNDO_BY_PERSON_ID),
            .number = ff_db_col_text(cx, st, FF_C_UNDO_BY_PERSON_NUMBER),
            .name = ff_db_col_text(cx, st, FF_C_UNDO_BY_PERSON_NAME),
            .undos = ff_db_col_int(st, FF_C_UNDO_BY_PERSON_UNDOS),
            .amount = ff_db_col_int(st, FF_C_UNDO_BY_PERSON_AMOUNT_MINOR),
        };
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_report_undos(struct ff_ctx *cx, const char *from, const char *to,
                           struct ff_undo_report *out)
{
    struct ff_range range;
    enum ff_rc rc = ff_range_read(cx, from, to, FF_REPORT_DAYS, &range);
    if (rc)
        return rc;
    *out = (struct ff_undo_report){.from = range.from, .to = range.to};
    if ((rc = read_rows(cx, FF_Q_UNDO_BY_PERSON, &range, &out->persons)) ||
        (rc = read_rows(cx, FF_Q_UNDO_BY_KIOSK, &range, &out->kiosks)))
        return rc;
    const struct ff_undo_row *r = out->persons.items;
    for (size_t i = 0; i < out->persons.n; i++) {
        out->undos += r[i].undos;
        out->amount += r[i].amount;
    }
    return FF_OK;
}

static void write_list(struct ff_buf *buf, const char *kind, const struct ff_list *list,
                       int decimals)
{
    const struct ff_undo_row *r = list->items;
    for (size_t i = 0; i < list->n; i++) {
        ff_buf_printf(buf, "%s,%" PRId64 ",", kind, r[i].id);
        ff_buf_csv(buf, r[i].number);
        ff_buf_char(buf, ',');
        ff_buf_csv(buf, r[i].name);
        ff_buf_printf(buf, ",%" PRId64 ",", r[i].undos);
        ff_csv_amount(buf, r[i].amount, decimals);
        ff_buf_str(buf, "\r\n");
    }
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_undo_report *r = arg;
    (void)cx;
    ff_buf_str(buf, "kind,id,number,name,undos,amount\r\n");
    write_list(buf, "person", &r->persons, decimals);
    write_list(buf, "kiosk", &r->kiosks, decimals);
    return FF_OK;
}

enum ff_rc ff_undos_csv(struct ff_ctx *cx, const struct ff_undo_report *r, int decimals,
                        struct ff_text *out)
{
    struct ff_undo_report copy = *r;
    return ff_csv_export(cx, write_rows, &copy, decimals, out);
}

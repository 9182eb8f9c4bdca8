/* SPDX-License-Identifier: MIT */
/* employee_list.c - people as a list and as a file, within the border of the caller. */
#include <string.h>

#include "domain/common/export.h"
#include "domain/people/people_repo.h"

static const char *const sorts[] = {"name", "number", "department", "id", NULL};

enum ff_rc ff_people_query_make(struct ff_ctx *cx, const struct ff_employee_filter *f,
                                struct ff_people_query *q)
{
    ff_words_read(f->q, &q->words);
    q->window = ff_window_of(f->page, f->limit);
    q->border = ff_people_border(cx);
    q->department_id = f->department_id;
    q->active = f->active;
    return ff_order_read(cx, f->sort, sorts, "name", &q->order);
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_people_query *q, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_COUNT, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_EMPLOYEE_COUNT_DEPARTMENT, q->border);
    ff_db_opt_int(st, FF_P_EMPLOYEE_COUNT_DEPARTMENT_ID, q->department_id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_COUNT_ACTIVE, q->active);
    ff_db_text(st, FF_P_EMPLOYEE_COUNT_WORD1, q->words.word[0]);
    ff_db_text(st, FF_P_EMPLOYEE_COUNT_WORD2, q->words.word[1]);
    ff_db_text(st, FF_P_EMPLOYEE_COUNT_WORD3, q->words.word[2]);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_EMPLOYEE_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc select_by_name(struct ff_ctx *cx, const struct ff_people_query *q,
                                 struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_BY_NAME, st);
    if (rc)
        return rc;
    ff_db_opt_int(*st, FF_P_EMPLOYEE_BY_NAME_DEPARTMENT, q->border);
    ff_db_opt_int(*st, FF_P_EMPLOYEE_BY_NAME_DEPARTMENT_ID, q->department_id);
    ff_db_opt_int(*st, FF_P_EMPLOYEE_BY_NAME_ACTIVE, q->active);
    ff_db_text(*st, FF_P_EMPLOYEE_BY_NAME_WORD1, q->words.word[0]);
    ff_db_text(*st, FF_P_EMPLOYEE_BY_NAME_WORD2, q->words.word[1]);
    ff_db_text(*st, FF_P_EMPLOYEE_BY_NAME_WORD3, q->words.word[2]);
    ff_db_int(*st, FF_P_EMPLOYEE_BY_NAME_LIMIT, q->window.limit);
    ff_db_int(*st, FF_P_EMPLOYEE_BY_NAME_OFFSET, q->window.offset);
    return FF_OK;
}

static enum ff_rc select_sorted(struct ff_ctx *cx, const struct ff_people_query *q,
                                struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_LIST, st);
    if (rc)
        return rc;
    ff_db_opt_int(*st, FF_P_EMPLOYEE_LIST_DEPARTMENT, q->border);
    ff_db_opt_int(*st, FF_P_EMPLOYEE_LIST_DEPARTMENT_ID, q->department_id);
    ff_db_opt_int(*st, FF_P_EMPLOYEE_LIST_ACTIVE, q->active);
    ff_db_text(*st, FF_P_EMPLOYEE_LIST_WORD1, q->words.word[0]);
    ff_db_text(*st, FF_P_EMPLOYEE_LIST_WORD2, q->words.word[1]);
    ff_db_text(*st, FF_P_EMPLOYEE_LIST_WORD3, q->words.word[2]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_KEY1, q->order.key[0]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_KEY2, q->order.key[1]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_KEY3, q->order.key[2]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_DIRECTION1, q->order.direction[0]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_DIRECTION2, q->order.direction[1]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_DIRECTION3, q->order.direction[2]);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_LIMIT, q->window.limit);
    ff_db_int(*st, FF_P_EMPLOYEE_LIST_OFFSET, q->window.offset);
    return FF_OK;
}

static enum ff_rc select_page(struct ff_ctx *cx, const struct ff_people_query *q,
                              struct ff_stmt **st)
{
    static const struct ff_order by_name = {.key = {1, 0, 0}, .direction = {1, 1, 1}};
    bool is_by_name = memcmp(&q->order, &by_name, sizeof by_name) == 0;
    return is_by_name ? select_by_name(cx, q, st) : select_sorted(cx, q, st);
}

_Static_assert((int)FF_C_EMPLOYEE_LIST_UPDATED_AT == (int)FF_C_EMPLOYEE_BY_NAME_UPDATED_AT,
               "both lists give the same columns");

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_employee *out)
{
    *out = (struct ff_employee){
        .id = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_ID),
        .number = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_NAME),
        .email = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_EMAIL),
        .department_id = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_DEPARTMENT_ID),
        .department = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_DEPARTMENT),
        .monthly_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_MONTHLY_LIMIT),
        .active = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_ACTIVE),
        .has_pin = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_HAS_PIN),
        .badges = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_BADGES),
        .version = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_VERSION),
        .created_at = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_CREATED_AT),
        .updated_at = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_UPDATED_AT),
    };
}

enum ff_rc ff_employee_list(struct ff_ctx *cx, const struct ff_employee_filter *f,
                            struct ff_list *out, int64_t *total)
{
    struct ff_people_query q;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_people_query_make(cx, f, &q);
    if (rc || (rc = count(cx, &q, total)))
        return rc;
    struct ff_employee *items = ff_alloc(cx, (size_t)q.window.limit * sizeof *items);
    if (!items)
        return cx->err.rc;
    *out = (struct ff_list){.items = items};
    if ((rc = select_page(cx, &q, &st)))
        return rc;
    while (!(rc = ff_db_row(cx, st, &row)) && row)
        read_row(cx, st, &items[out->n++]);
    return rc ? rc : cx->err.rc;
}

static void csv_cell(struct ff_ctx *cx, struct ff_stmt *st, int column, struct ff_buf *buf)
{
    const char *text = ff_db_col_text(cx, st, column);
    ff_buf_csv(buf, text ? text : "");
    ff_buf_char(buf, ',');
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_people_query *q = arg;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_EMPLOYEE_EXPORT, &st);
    if (rc)
        return rc;
    ff_db_opt_int(st, FF_P_EMPLOYEE_EXPORT_DEPARTMENT, q->border);
    ff_db_opt_int(st, FF_P_EMPLOYEE_EXPORT_DEPARTMENT_ID, q->department_id);
    ff_db_opt_int(st, FF_P_EMPLOYEE_EXPORT_ACTIVE, q->active);
    ff_db_text(st, FF_P_EMPLOYEE_EXPORT_WORD1, q->words.word[0]);
    ff_db_text(st, FF_P_EMPLOYEE_EXPORT_WORD2, q->words.word[1]);
    ff_db_text(st, FF_P_EMPLOYEE_EXPORT_WORD3, q->words.word[2]);
    ff_buf_str(buf, "employeeNumber,name,email,department,monthlyLimit,openingBalance\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        csv_cell(cx, st, FF_C_EMPLOYEE_EXPORT_NUMBER, buf);
        csv_cell(cx, st, FF_C_EMPLOYEE_EXPORT_NAME, buf);
        csv_cell(cx, st, FF_C_EMPLOYEE_EXPORT_EMAIL, buf);
        csv_cell(cx, st, FF_C_EMPLOYEE_EXPORT_DEPARTMENT, buf);
        ff_csv_amount(buf, ff_db_col_opt_int(st, FF_C_EMPLOYEE_EXPORT_MONTHLY_LIMIT), decimals);
        ff_buf_char(buf, ',');
        ff_csv_amount(buf, ff_db_col_opt_int(st, FF_C_EMPLOYEE_EXPORT_OPENING), decimals);
        ff_buf_str(buf, "\r\n");
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_employee_export(struct ff_ctx *cx, const struct ff_employee_filter *f, int decimals,
                              struct ff_text *out)
{
    struct ff_people_query q;
    enum ff_rc rc = ff_people_query_make(cx, f, &q);
    return rc ? rc : ff_csv_export(cx, write_rows, &q, decimals, out);
}

/* SPDX-License-Identifier: MIT */
/* employee_list.c - people as a list and as a file, within the border of the caller. */
#include <string.h>

#include "domain/common/export.h"
#include "domain/people/people_repo.h"

static const char *const sorts[] = {"name", "number", "department", "id", NULL};

enum ff_rc ff_people_query_make(struct ff_ctx *cx, const struct ff_employee_filter *f,
                                struct ff_people_query *q)
{
    const struct ff_list_filter list = {f->page, f->limit, f->sort, f->q};
    q->border = ff_people_border(cx);
    q->department_id = f->department_id;
    q->group_id = f->group_id > 0 ? f->group_id : FF_NULL_INT;
    q->active = f->active;
    return ff_list_view_read(cx, &list, sorts, "name", &q->view);
}

/* A statement over the filter, and where it takes it. */
struct filtered {
    enum ff_query query;
    int border, department_id, group_id, active;
    struct ff_list_params at;
};

#define FILTER_PARAMS(QUERY)                                                                       \
    .query = FF_Q_##QUERY, .border = FF_P_##QUERY##_DEPARTMENT,                                    \
    .department_id = FF_P_##QUERY##_DEPARTMENT_ID, .group_id = FF_P_##QUERY##_GROUP_ID,            \
    .active = FF_P_##QUERY##_ACTIVE

static const struct filtered by_name = {
    FILTER_PARAMS(EMPLOYEE_BY_NAME),
    .at = {FF_WORD_PARAMS(EMPLOYEE_BY_NAME), FF_PAGE_PARAMS(EMPLOYEE_BY_NAME)},
};
static const struct filtered by_number = {
    FILTER_PARAMS(EMPLOYEE_IN_NUMBERS),
    .at = {FF_WORD_PARAMS(EMPLOYEE_IN_NUMBERS), FF_PAGE_PARAMS(EMPLOYEE_IN_NUMBERS)},
};
static const struct filtered in_any_order = {
    FILTER_PARAMS(EMPLOYEE_LIST),
    .at = {FF_WORD_PARAMS(EMPLOYEE_LIST), FF_ORDER_PARAMS(EMPLOYEE_LIST),
           FF_PAGE_PARAMS(EMPLOYEE_LIST)},
};
static const struct filtered counted = {
    FILTER_PARAMS(EMPLOYEE_COUNT),
    .at = {FF_WORD_PARAMS(EMPLOYEE_COUNT)},
};
static const struct filtered exported = {
    FILTER_PARAMS(EMPLOYEE_EXPORT),
    .at = {FF_WORD_PARAMS(EMPLOYEE_EXPORT)},
};

static enum ff_rc start(struct ff_ctx *cx, const struct filtered *f,
                        const struct ff_people_query *q, struct ff_stmt **st)
{
    enum ff_rc rc = ff_db_query(cx, f->query, st);
    if (rc)
        return rc;
    ff_db_opt_int(*st, f->border, q->border);
    ff_db_opt_int(*st, f->department_id, q->department_id);
    ff_db_opt_int(*st, f->group_id, q->group_id);
    ff_db_opt_int(*st, f->active, q->active);
    ff_list_bind(*st, &f->at, &q->view);
    return FF_OK;
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_people_query *q, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start(cx, &counted, q, &st);
    if (rc || (rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_EMPLOYEE_COUNT_TOTAL);
    return FF_OK;
}

static enum ff_rc select_page(struct ff_ctx *cx, const struct ff_people_query *q,
                              struct ff_stmt **st)
{
    static const struct ff_order name = {.key = {1, 0, 0}, .direction = {1, 1, 1}},
                                 number = {.key = {2, 0, 0}, .direction = {1, 1, 1}};
    bool is_by_name = memcmp(&q->view.order, &name, sizeof name) == 0;
    bool is_by_number = memcmp(&q->view.order, &number, sizeof number) == 0;
    return start(cx, is_by_name ? &by_name : is_by_number ? &by_number : &in_any_order, q, st);
}

_Static_assert((int)FF_C_EMPLOYEE_LIST_UPDATED_AT == (int)FF_C_EMPLOYEE_BY_NAME_UPDATED_AT &&
                   (int)FF_C_EMPLOYEE_LIST_UPDATED_AT == (int)FF_C_EMPLOYEE_IN_NUMBERS_UPDATED_AT,
               "all lists give the same columns");

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_employee *out)
{
    *out = (struct ff_employee){
        .id = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_ID),
        .number = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_NUMBER),
        .name = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_NAME),
        .email = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_EMAIL),
        .department_id = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_DEPARTMENT_ID),
        .department = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_DEPARTMENT),
        .group_id = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_GROUP_ID),
        .group = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_GROUP_NAME),
        .overdraft = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_OVERDRAFT),
        .purchase_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_PURCHASE_LIMIT),
        .daily_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_DAILY_LIMIT),
        .monthly_limit = ff_db_col_opt_int(st, FF_C_EMPLOYEE_LIST_MONTHLY_LIMIT),
        .blocked = ff_db_col_int(st, FF_C_EMPLOYEE_LIST_BLOCKED),
        .blocked_reason = ff_db_col_text(cx, st, FF_C_EMPLOYEE_LIST_BLOCKED_REASON),
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
    struct ff_employee *items = ff_alloc(cx, (size_t)q.view.window.limit * sizeof *items);
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
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_people_query *q = arg;
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = start(cx, &exported, q, &st);
    if (rc)
        return rc;
    ff_buf_str(buf, "employeeNumber,name,email,department,monthlyLimit,openingBalance,group\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        static const int texts[] = {FF_C_EMPLOYEE_EXPORT_NUMBER, FF_C_EMPLOYEE_EXPORT_NAME,
                                    FF_C_EMPLOYEE_EXPORT_EMAIL, FF_C_EMPLOYEE_EXPORT_DEPARTMENT};
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            csv_cell(cx, st, texts[i], buf);
            ff_buf_char(buf, ',');
        }
        ff_csv_amount(buf, ff_db_col_opt_int(st, FF_C_EMPLOYEE_EXPORT_MONTHLY_LIMIT), decimals);
        ff_buf_char(buf, ',');
        ff_csv_amount(buf, ff_db_col_opt_int(st, FF_C_EMPLOYEE_EXPORT_OPENING), decimals);
        ff_buf_char(buf, ',');
        csv_cell(cx, st, FF_C_EMPLOYEE_EXPORT_GROUP_NAME, buf);
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

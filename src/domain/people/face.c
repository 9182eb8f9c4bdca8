/* SPDX-License-Identifier: MIT */
/* face.c - the names a kiosk offers, when the site has switched that on. Nothing else of a person
 * leaves here. */
#include "base/utf8.h"
#include "domain/people/people_repo.h"
#include "domain/site/site.h"

enum { RECENT_DAYS = 14, INITIALS_CAP = 12 };
#define MS_PER_DAY INT64_C(86400000)

static const struct ff_list_params counted = {FF_WORD_PARAMS(FACE_COUNT)};
static const struct ff_list_params listed = {FF_WORD_PARAMS(FACE_LIST), FF_PAGE_PARAMS(FACE_LIST)};

static enum ff_rc count(struct ff_ctx *cx, const struct ff_list_view *view, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_FACE_COUNT, &st);
    if (rc)
        return rc;
    ff_list_bind(st, &counted, view);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_FACE_COUNT_TOTAL);
    return FF_OK;
}

static void read_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_face *out)
{
    char initials[INITIALS_CAP];
    out->id = ff_db_col_int(st, FF_C_FACE_LIST_ID);
    out->name = ff_db_col_text(cx, st, FF_C_FACE_LIST_NAME);
    out->recent = ff_db_col_int(st, FF_C_FACE_LIST_RECENT);
    ff_utf8_initials(out->name ? out->name : "", initials);
    out->initials = ff_strdup(cx, initials);
}

static enum ff_rc read_page(struct ff_ctx *cx, const struct ff_list_view *view, const char *since,
                            struct ff_list *out)
{
    FF_STMT *st = NULL;
    bool row;
    struct ff_rows rows = {0};
    enum ff_rc rc = ff_db_query(cx, FF_Q_FACE_LIST, &st);
    if (rc)
        return rc;
    ff_db_text(st, FF_P_FACE_LIST_SINCE, since);
    ff_list_bind(st, &listed, view);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_face *face = ff_rows_add(cx, &rows, sizeof *face);
        if (!face)
            return cx->err.rc;
        read_row(cx, st, face);
    }
    *out = rows.list;
    return rc ? rc : cx->err.rc;
}

enum ff_rc ff_face_list(struct ff_ctx *cx, const struct ff_list_filter *f, struct ff_list *out,
                        int64_t *total)
{
    struct ff_site_settings site = ff_site_get(cx);
    if (!site.identify_name)
        return FF_FAIL(cx, FF_FORBIDDEN, "This site does not identify people by name.");
    char since[FF_DATE_CAP];
    ff_business_date(ff_clock_now_ms(cx->clock) - RECENT_DAYS * MS_PER_DAY, (int)site.day_start_min,
                     since);
    struct ff_list_view view = {.window = ff_window_of(f->page, f->limit)};
    ff_words_read(f->q, &view.words);
    enum ff_rc rc = count(cx, &view, total);
    return rc ? rc : read_page(cx, &view, since, out);
}

/* SPDX-License-Identifier: MIT */
/* user_list.c - accounts as an administrator looks for them. */
#include "domain/common/export.h"
#include "domain/common/list.h"
#include "domain/identity/repo.h"

/* user_list gives the same columns in the same order as user_get. */
_Static_assert((int)FF_C_USER_LIST_IS_ENABLED == (int)FF_C_USER_GET_IS_ENABLED,
               "one reader for both");
/* Both statements over the filter number its parameters alike. */
_Static_assert((int)FF_P_USER_LIST_EMAIL == (int)FF_P_USER_COUNT_EMAIL &&
                   (int)FF_P_USER_LIST_ROLE == (int)FF_P_USER_COUNT_ROLE &&
                   (int)FF_P_USER_LIST_DEPARTMENT == (int)FF_P_USER_COUNT_DEPARTMENT &&
                   (int)FF_P_USER_LIST_ACTIVE == (int)FF_P_USER_COUNT_ACTIVE &&
                   (int)FF_P_USER_LIST_WORD1 == (int)FF_P_USER_COUNT_WORD1 &&
                   (int)FF_P_USER_LIST_WORD2 == (int)FF_P_USER_COUNT_WORD2 &&
                   (int)FF_P_USER_LIST_WORD3 == (int)FF_P_USER_COUNT_WORD3,
               "one binder for both");

static void bind(struct ff_stmt *st, const struct ff_user_filter *f, const struct ff_words *words)
{
    ff_db_text(st, FF_P_USER_LIST_EMAIL, f->email);
    ff_db_text(st, FF_P_USER_LIST_ROLE, f->role);
    ff_db_opt_int(st, FF_P_USER_LIST_DEPARTMENT,
                  f->department_id > 0 ? f->department_id : FF_NULL_INT);
    ff_db_opt_int(st, FF_P_USER_LIST_ACTIVE, f->active);
    ff_db_text(st, FF_P_USER_LIST_WORD1, words->word[0]);
    ff_db_text(st, FF_P_USER_LIST_WORD2, words->word[1]);
    ff_db_text(st, FF_P_USER_LIST_WORD3, words->word[2]);
}

static enum ff_rc count(struct ff_ctx *cx, const struct ff_user_filter *f,
                        const struct ff_words *words, int64_t *total)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_COUNT, &st);
    if (rc)
        return rc;
    bind(st, f, words);
    if ((rc = ff_db_row(cx, st, &row)))
        return rc;
    *total = ff_db_col_int(st, FF_C_USER_COUNT_TOTAL);
    return FF_OK;
}

_Static_assert((int)FF_P_USER_EXPORT_WORD3 == (int)FF_P_USER_LIST_WORD3 &&
                   (int)FF_P_USER_EXPORT_EMAIL == (int)FF_P_USER_LIST_EMAIL,
               "one binder for the export, too");

static void write_row(struct ff_ctx *cx, struct ff_stmt *st, struct ff_buf *buf)
{
    static const int texts[] = {FF_C_USER_EXPORT_EMAIL, FF_C_USER_EXPORT_NAME,
                                FF_C_USER_EXPORT_ROLE, FF_C_USER_EXPORT_NUMBER,
                                FF_C_USER_EXPORT_DEPARTMENT};
    char at[FF_INSTANT_CAP] = "";
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = ff_db_col_text(cx, st, texts[i]);
        ff_buf_csv(buf, text ? text : "");
        ff_buf_char(buf, ',');
    }
    if (!ff_db_col_null(st, FF_C_USER_EXPORT_LAST_LOGIN_AT_MS))
        ff_instant_format(ff_db_col_int(st, FF_C_USER_EXPORT_LAST_LOGIN_AT_MS), at);
    ff_buf_printf(buf, "%s,%s,%s\r\n",
                  ff_db_col_int(st, FF_C_USER_EXPORT_IS_SITE_WIDE) ? "true" : "false",
                  ff_db_col_int(st, FF_C_USER_EXPORT_IS_ACTIVE) ? "true" : "false", at);
}

static enum ff_rc write_rows(struct ff_ctx *cx, void *arg, struct ff_buf *buf, int decimals)
{
    const struct ff_user_filter *f = arg;
    struct ff_words words;
    FF_STMT *st = NULL;
    bool row = true;
    (void)decimals;
    ff_words_read(f->q, &words);
    enum ff_rc rc = ff_db_query(cx, FF_Q_USER_EXPORT, &st);
    if (rc)
        return rc;
    bind(st, f, &words);
    ff_buf_str(buf, "email,name,role,employeeNumber,department,siteWide,active,lastLoginAt\r\n");
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        write_row(cx, st, buf);
        ff_arena_reset(cx->arena); /* the export's own */
    }
    return rc;
}

enum ff_rc ff_user_export(struct ff_ctx *cx, const struct ff_user_filter *f, struct ff_text *out)
{
    struct ff_user_filter copy = *f;
    return ff_csv_export(cx, write_rows, &copy, 0, out);
}

enum ff_rc ff_user_list(struct ff_ctx *cx, const struct ff_user_filter *f, struct ff_list *out,
                        int64_t *total)
{
    const struct ff_window window = ff_window_of(f->page, f->limit);
    struct ff_rows rows = {0};
    struct ff_words words;
    FF_STMT *st = NULL;
    bool row;
    ff_words_read(f->q, &words);
    enum ff_rc rc = count(cx, f, &words, total);
    if (rc || (rc = ff_db_query(cx, FF_Q_USER_LIST, &st)))
        return rc;
    bind(st, f, &words);
    ff_db_int(st, FF_P_USER_LIST_LIMIT, window.limit);
    ff_db_int(st, FF_P_USER_LIST_OFFSET, window.offset);
    while (!(rc = ff_db_row(cx, st, &row)) && row) {
        struct ff_user *user = ff_rows_add(cx, &rows, sizeof *user);
        if (!user)
            return cx->err.rc;
        if ((rc = ff_repo_user_read(cx, st, user)))
            return rc;
    }
    *out = rows.list;
    return rc;
}

/* SPDX-License-Identifier: MIT */
/* money.c - buying, undoing and topping up in one line, and looking into the file from outside. */
#include "money.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "db/engine.h"
#include "domain/ledger/verify.h"
#include "domain/purchase/refund.h"

const char *ff_test_key(int64_t n)
{
    static _Thread_local char key[FF_IDEM_KEY_CAP];
    snprintf(key, sizeof key, "test-key-%08lld", (long long)n);
    return key;
}

enum ff_rc ff_test_buy_tray(struct ff_ctx *cx, int64_t employee,
                            const struct ff_purchase_item *items, size_t n, const char *key,
                            struct ff_purchase *out)
{
    struct ff_purchase_item *tray = ff_alloc(cx, n * sizeof *tray + 1);
    struct ff_idem idem;
    if (!tray)
        return cx->err.rc;
    memcpy(tray, items, n * sizeof *tray);
    struct ff_purchase_new in = {.items = {.items = tray, .n = n},
                                 .expected_total = FF_NULL_INT,
                                 .employee_id = employee ? employee : FF_NULL_INT};
    ff_idem_make(cx, key, "createPurchase", employee, 0, items, n * sizeof *items, &idem);
    return ff_purchase_create(cx, &in, &idem, out);
}

enum ff_rc ff_test_buy(struct ff_ctx *cx, int64_t employee, int64_t product, int64_t quantity,
                       const char *key, struct ff_purchase *out)
{
    const struct ff_purchase_item item = {product, quantity};
    return ff_test_buy_tray(cx, employee, &item, 1, key, out);
}

enum ff_rc ff_test_undo(struct ff_ctx *cx, int64_t purchase, const char *key, struct ff_undo *out)
{
    struct ff_idem idem;
    ff_idem_make(cx, key, "undoPurchase", cx->who.employee_id, purchase, "", 0, &idem);
    return ff_purchase_undo(cx, purchase, &idem, out);
}

enum ff_rc ff_test_refund(struct ff_ctx *cx, int64_t purchase, const char *key)
{
    const struct ff_refund_new in = {.reason = "spoilt"};
    struct ff_refund out;
    struct ff_idem idem;
    ff_idem_make(cx, key, "createRefund", cx->who.employee_id, purchase, "", 0, &idem);
    return ff_purchase_refund(cx, purchase, &in, &idem, &out);
}

enum ff_rc ff_test_topup(struct ff_ctx *cx, int64_t employee, int64_t amount, const char *key,
                         struct ff_movement *out)
{
    struct ff_idem idem;
    ff_idem_make(cx, key, "createTopup", employee, 0, &amount, sizeof amount, &idem);
    return ff_ledger_topup(cx, employee, amount, "cash", NULL, &idem, out);
}

struct opening {
    int64_t employee, amount;
    struct ff_idem idem;
};

static enum ff_rc open_wallet(struct ff_ctx *cx, void *arg)
{
    const struct opening *o = arg;
    return ff_ledger_opening(cx, o->employee, o->amount, &o->idem);
}

enum ff_rc ff_test_opening(struct ff_ctx *cx, int64_t employee, int64_t amount, const char *key)
{
    struct opening o = {.employee = employee, .amount = amount};
    ff_idem_make(cx, key, "openWallet", employee, 0, NULL, 0, &o.idem);
    return ff_db_write(cx, open_wallet, &o);
}

int64_t ff_test_books(struct ff_fixture *fx)
{
    struct ff_verify_report report;
    ff_fixture_again(fx);
    ck_assert_int_eq(ff_ledger_verify(&fx->cx, &report), FF_OK);
    ck_assert_msg(report.ok, "%s %lld: %s", report.table, (long long)report.id, report.finding);
    int64_t journals = report.journals;
    ck_assert_int_eq(ff_ledger_verify_tail(&fx->cx, &report), FF_OK);
    ck_assert_msg(report.ok, "tail: %s %lld: %s", report.table, (long long)report.id,
                  report.finding);
    ck_assert_int_eq(report.head_id, journals);
    return journals;
}

static sqlite3 *open_file(struct ff_fixture *fx)
{
    char path[128];
    sqlite3 *sq = NULL;
    snprintf(path, sizeof path, "%s/feastfrenzy.db", fx->dir);
    ck_assert_int_eq(sqlite3_open_v2(path, &sq, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(sq, 2000);
    return sq;
}

int64_t ff_test_number(struct ff_fixture *fx, const char *sql)
{
    sqlite3 *sq = open_file(fx);
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(sq, sql, -1, &st, NULL);
    ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(sq));
    ck_assert_int_eq(sqlite3_step(st), SQLITE_ROW);
    int64_t n = sqlite3_column_type(st, 0) == SQLITE_NULL ? -1 : sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(sq);
    return n;
}

/* What a program keeps of the tables it would have dropped had it written them itself. */
static void tell_of_change(struct ff_fixture *fx)
{
    if (!fx->db)
        return;
    const uint64_t next = atomic_fetch_add(&fx->db->newest, 1) + 1;
    for (size_t i = 0; i < FF_TABLE_COUNT; i++)
        atomic_store(&fx->db->generation[i], next);
}

void ff_test_change(struct ff_fixture *fx, const char *sql)
{
    char *why = NULL;
    sqlite3 *sq = open_file(fx);
    int rc = sqlite3_exec(sq, sql, NULL, NULL, &why);
    ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, why);
    sqlite3_close(sq);
    tell_of_change(fx);
}

bool ff_test_try(struct ff_fixture *fx, const char *sql)
{
    sqlite3 *sq = open_file(fx);
    int rc = sqlite3_exec(sq, sql, NULL, NULL, NULL);
    sqlite3_close(sq);
    return rc == SQLITE_OK;
}

/* Each row of `list` is a statement to run. */
static void run_each(sqlite3 *sq, const char *list)
{
    sqlite3_stmt *st = NULL;
    static char text[64][128];
    int n = 0;
    ck_assert_int_eq(sqlite3_prepare_v2(sq, list, -1, &st, NULL), SQLITE_OK);
    while (n < 64 && sqlite3_step(st) == SQLITE_ROW)
        snprintf(text[n++], sizeof text[0], "%s", (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(sqlite3_exec(sq, text[i], NULL, NULL, NULL), SQLITE_OK);
}

void ff_test_unguard(struct ff_fixture *fx, const char *sql)
{
    char *why = NULL;
    sqlite3 *sq = open_file(fx);
    run_each(sq, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'");
    run_each(sq, "SELECT 'PRAGMA ignore_check_constraints = 1'");
    int rc = sqlite3_exec(sq, sql, NULL, NULL, &why);
    ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, why);
    ck_assert_int_gt(sqlite3_total_changes(sq), 0);
    sqlite3_close(sq);
}

int64_t ff_test_param(struct ff_ctx *cx, const char *name)
{
    for (size_t i = 0; i < cx->err.n_params; i++) {
        if (strcmp(cx->err.params[i].name, name) == 0)
            return cx->err.params[i].number;
    }
    ck_abort_msg("the error %s has no %s", cx->err.detail, name);
    return 0;
}

void ff_test_caller(struct ff_fixture *fx, struct ff_ctx *cx)
{
    ff_ctx_init(cx, ff_arena_new(0), fx->clock);
    cx->db = fx->db;
    cx->auth = fx->auth;
    cx->site = fx->site;
    cx->audit = fx->audit;
    cx->who = fx->cx.who;
}

void ff_test_no_caller(struct ff_ctx *cx)
{
    ff_db_release(cx);
    ff_arena_free(cx->arena);
}

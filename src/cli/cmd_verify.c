/* SPDX-License-Identifier: MIT */
/* cmd_verify.c - verify: the file's pages and references, then the whole ledger, beside a running
 * server or without one. Reads only. */
#include <inttypes.h>
#include <stdio.h>

#include "app/app.h"
#include "app/paths.h"
#include "base/buf.h"
#include "cli/cli.h"
#include "db/db.h"
#include "domain/ledger/verify.h"
#include "domain/stock/stock.h"

static void print_json(const struct ff_verify_report *r, const char *damage)
{
    char hash[65];
    struct ff_buf out;
    ff_buf_init(&out, 4096);
    ff_hex(r->head_hash, sizeof r->head_hash, hash);
    ff_buf_printf(&out,
                  "{\"ok\":%s,\"journals\":%" PRId64 ",\"entries\":%" PRId64
                  ",\"purchases\":%" PRId64 ",\"lines\":%" PRId64 ",\"headId\":%" PRId64
                  ",\"headHash\":\"%s\"",
                  r->ok ? "true" : "false", r->journals, r->entries, r->purchases, r->lines,
                  r->head_id, hash);
    if (!r->ok) {
        ff_buf_printf(&out, ",\"table\":");
        ff_buf_json(&out, r->table ? r->table : "database");
        ff_buf_printf(&out, ",\"id\":%" PRId64 ",\"finding\":", r->id);
        ff_buf_json(&out, damage ? damage : r->finding);
    }
    ff_buf_char(&out, '}');
    puts(out.data);
    ff_buf_free(&out);
}

static void print_text(const struct ff_verify_report *r)
{
    char hash[65];
    ff_hex(r->head_hash, sizeof r->head_hash, hash);
    printf("The ledger is sound: %" PRId64 " journals, %" PRId64 " entries, %" PRId64
           " purchases with %" PRId64 " lines.\n"
           "Head: journal %" PRId64 ", %s\n",
           r->journals, r->entries, r->purchases, r->lines, r->head_id, hash);
}

/* The levels of stock stand beside the ledger, and are part of its proof. */
static enum ff_rc verify_stock(struct ff_app *app, struct ff_verify_report *r)
{
    struct ff_stock_finding stock;
    enum ff_rc rc = ff_stock_verify(&app->cx, &stock);
    if (rc || stock.ok)
        return rc;
    r->ok = false;
    r->table = "stock_level";
    r->id = stock.product_id;
    snprintf(r->finding, sizeof r->finding, "expected %" PRId64 " pieces, found %" PRId64,
             stock.expected, stock.found);
    return FF_OK;
}

/* What comes next has a moment of its own. */
static enum ff_rc check_file(struct ff_app *app)
{
    enum ff_rc rc = ff_db_check(&app->cx);
    ff_db_release(&app->cx);
    return rc;
}

static int report(struct ff_cli *cli, struct ff_app *app)
{
    struct ff_verify_report r = {.ok = true};
    bool json = ff_opt_bool(&cli->o, FF_OPT_JSON);
    const char *damage = NULL;
    if (check_file(app) || ff_ledger_verify(&app->cx, &r) || (r.ok && verify_stock(app, &r))) {
        if (app->cx.err.rc != FF_STORAGE_FAULT) {
            ff_app_trouble(app, &cli->t, NULL, "the check could not be finished");
            return FF_EXIT_IO;
        }
        damage = app->cx.err.detail;
        r.ok = false;
    }
    if (json)
        print_json(&r, damage);
    else if (r.ok)
        print_text(&r);
    if (r.ok)
        return 0;
    const char *hint = "feastfrenzy restore FILE   (the newest good copy is in DATA/backups)";
    if (damage)
        ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED, hint, "the database is damaged");
    else
        ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED, hint, "the ledger is not sound: %s %" PRId64,
                   r.table, r.id);
    ff_trouble_why(&cli->t, "%s", damage ? damage : r.finding);
    return FF_EXIT_CHECK_FAILED;
}

int ff_cmd_verify(struct ff_cli *cli)
{
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    struct ff_app app;
    struct ff_app_wants wants = {.dir = dir,
                                 .read_only = true,
                                 .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    if (!dir || !ff_data_dir_check(dir, &cli->t) || !ff_app_open(&app, &wants, &cli->t))
        return FF_EXIT_CONFIG;
    int code = report(cli, &app);
    ff_app_close(&app);
    return code;
}

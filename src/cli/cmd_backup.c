/* SPDX-License-Identifier: MIT */
/* cmd_backup.c - backup create, backup verify, restore. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/paths.h"
#include "auth/mark.h"
#include "cli/call.h"
#include "cli/files.h"
#include "db/backup.h"
#include "domain/privacy/privacy.h"

int ff_cmd_backup_create(struct ff_cli *cli)
{
    const char *out = ff_opt_text(&cli->o, FF_OPT_OUT);
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    struct ff_buf body;
    ff_buf_init(&body, 4096);
    ff_buf_char(&body, '{');
    if (out) {
        ff_buf_str(&body, "\"path\":");
        ff_buf_json(&body, ff_file_absolute(cli, out));
    }
    ff_buf_char(&body, '}');
    struct ff_call call = {.method = "POST",
                           .target = "/api/v1/admin/backups",
                           .body = body.data,
                           .body_len = body.len};
    struct ff_answer answer;
    if (ff_call(&c, &call, "no backup was made", &answer)) {
        struct ff_pick b = ff_pick(answer.body, answer.body_len);
        if (ff_opt_bool(&cli->o, FF_OPT_JSON))
            printf("%.*s\n", (int)answer.body_len, answer.body);
        else
            printf(
                "%s\n  %" PRId64 " bytes, version %" PRId64 ", last journal %" PRId64 ", checked\n",
                ff_pick_text(cli->arena, ff_pick_get(b, "file")),
                ff_pick_int(ff_pick_get(b, "bytes")), ff_pick_int(ff_pick_get(b, "schemaVersion")),
                ff_pick_int(ff_pick_get(b, "headId")));
    }
    ff_buf_free(&body);
    ff_call_close(&c);
    return 0;
}

/* A context without a database, for work on files. */
static bool file_ctx(struct ff_cli *cli, struct ff_ctx *cx)
{
    struct ff_clock *clock = ff_clock_new_system();
    ff_ctx_init(cx, cli->arena, clock);
    return clock != NULL;
}

static bool check_file(struct ff_cli *cli, struct ff_ctx *cx, const char *file,
                       struct ff_backup_info *info)
{
    if (access(file, R_OK)) {
        ff_trouble(&cli->t, FF_EXIT_NO_INPUT, "check the path", "cannot read %s", file);
        ff_trouble_why(&cli->t, "%s", strerror(errno));
        return false;
    }
    if (ff_backup_verify(cx, file, info) == FF_OK)
        return true;
    bool verifying = cli->command == FF_CMD_BACKUP_VERIFY;
    ff_trouble(&cli->t, verifying ? FF_EXIT_CHECK_FAILED : FF_EXIT_DATA, "take another copy",
               "%s cannot be used", file);
    ff_trouble_why(&cli->t, "%s", cx->err.detail);
    return false;
}

static void print_info(struct ff_cli *cli, const struct ff_backup_info *b)
{
    if (ff_opt_bool(&cli->o, FF_OPT_JSON))
        printf("{\"ok\":true,\"file\":\"%s\",\"bytes\":%" PRId64
               ",\"schemaVersion\":%d,\"headId\":%" PRId64 ",\"digest\":\"%s\"}\n",
               b->file, b->bytes, b->schema_version, b->head_id, b->digest);
    else
        printf("%s: good, version %d, last journal %" PRId64 ", %" PRId64 " bytes\n", b->file,
               b->schema_version, b->head_id, b->bytes);
}

int ff_cmd_backup_verify(struct ff_cli *cli)
{
    struct ff_ctx cx;
    bool ok = file_ctx(cli, &cx);
    for (size_t i = 0; ok && i < cli->n_args; i++) {
        struct ff_backup_info info = {0};
        ff_err_clear(&cx);
        if ((ok = check_file(cli, &cx, cli->args[i], &info))) {
            snprintf(info.file, sizeof info.file, "%s", cli->args[i]);
            print_info(cli, &info);
        }
    }
    ff_clock_free(cx.clock);
    return ok ? 0 : FF_EXIT_CHECK_FAILED;
}

static bool replace(struct ff_cli *cli, struct ff_ctx *cx, const char *dir,
                    const struct ff_backup_info *info)
{
    char kept[512] = "";
    const char *file = cli->args[0];
    enum ff_rc rc = ff_backup_restore(cx, dir, file, kept);
    if (rc) {
        bool held = rc == FF_BUSY;
        ff_trouble(&cli->t, ff_app_exit(rc), held ? "stop the server first" : NULL,
                   "nothing was restored");
        ff_trouble_why(&cli->t, "%s", cx->err.detail);
        return false;
    }
    ff_mark_set_aside(dir); /* the next start records what the copy lacks */
    printf("Restored %s: version %d, last journal %" PRId64 ".\n", file, info->schema_version,
           info->head_id);
    if (kept[0])
        printf("What was there before is kept as %s\n", kept);
    return true;
}

/* Who was erased after the backup was made is in it again: they go at once. */
static void erase_again(struct ff_cli *cli, const char *dir)
{
    struct ff_app *app = ff_arena_alloc(cli->arena, sizeof *app);
    struct ff_app_wants wants = {.dir = dir,
                                 .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    int64_t again = 0;
    if (!app || !ff_app_open(app, &wants, &cli->t))
        return;
    if (ff_privacy_reconcile(&app->cx, &again))
        ff_app_trouble(app, &cli->t, "look at DATA/keys/erased, then restore again",
                       "restored, but erased people may be back");
    else if (again)
        printf("%" PRId64 " of the people in it had been erased since; they were erased again.\n",
               again);
    ff_app_close(app);
}

int ff_cmd_restore(struct ff_cli *cli)
{
    struct ff_ctx cx;
    struct ff_backup_info info = {0};
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    const char *file = cli->args[0] = ff_file_absolute(cli, cli->args[0]);
    if (!dir || !file_ctx(cli, &cx))
        return FF_EXIT_INTERNAL;
    if (check_file(cli, &cx, file, &info)) {
        if (ff_opt_bool(&cli->o, FF_OPT_DRY_RUN))
            printf("%s is good: version %d, last journal %" PRId64 ".\n"
                   "It would replace the database in %s.\n",
                   file, info.schema_version, info.head_id, dir);
        else if (ff_data_dir_make(dir, &cli->t) && replace(cli, &cx, dir, &info) &&
                 ff_erased_list_exists(dir))
            erase_again(cli, dir);
    }
    ff_clock_free(cx.clock);
    return 0;
}

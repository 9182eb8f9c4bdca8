/* SPDX-License-Identifier: MIT */
/* cmd_rebuild.c - rebuild: what the journals say, and where the database says something else. Reads
 * the file itself, beside a running server or without one. */
#include <inttypes.h>
#include <stdio.h>

#include "app/app.h"
#include "app/paths.h"
#include "base/buf.h"
#include "cli/files.h"
#include "domain/archive/rebuild.h"

enum { SHOWN = 100, LIST_BYTES = 4 << 20 };

/* The differences, as they come. */
struct listing {
    bool json;
    int64_t n;
    struct ff_buf out;
    char first[200];
};

static void member(struct ff_buf *out, const char *name, const char *text)
{
    ff_buf_printf(out, ",\"%s\":", name);
    if (text)
        ff_buf_json(out, text);
    else
        ff_buf_str(out, "null");
}

static void add_json(struct ff_buf *out, const struct ff_difference *d)
{
    ff_buf_printf(out, "%s{\"table\":\"%s\"", out->len ? "," : "", d->table);
    member(out, "key", d->key);
    member(out, "column", d->column);
    member(out, "journals", d->rebuilt);
    member(out, "database", d->living);
    ff_buf_char(out, '}');
}

static void add_difference(void *arg, const struct ff_difference *d)
{
    struct listing *l = arg;
    if (l->n++ == 0)
        snprintf(l->first, sizeof l->first, "%s %s%s%s: the journals say %s, the database %s",
                 d->table, d->key, d->column ? " " : "", d->column ? d->column : "",
                 d->rebuilt ? d->rebuilt : "nothing", d->living ? d->living : "nothing");
    if (l->n > SHOWN)
        return;
    if (l->json)
        add_json(&l->out, d);
    else
        ff_buf_printf(&l->out, "%s %s%s%s: the journals say %s, the database %s\n", d->table,
                      d->key, d->column ? " " : "", d->column ? d->column : "",
                      d->rebuilt ? d->rebuilt : "nothing", d->living ? d->living : "nothing");
}

static void print(const struct listing *l, const struct ff_rebuild_report *r, const char *file)
{
    const char *list = l->out.len ? l->out.data : "";
    if (l->json)
        printf("{\"ok\":%s,\"journals\":%" PRId64 ",\"wallets\":%" PRId64 ",\"rows\":%" PRId64
               ",\"differences\":%" PRId64 ",\"list\":[%s]}\n",
               r->differences ? "false" : "true", r->journals, r->wallets, r->rows, r->differences,
               list);
    else if (r->differences)
        printf("%s%s", list, l->n > SHOWN ? "...\n" : "");
    else
        printf("%s: %" PRId64 " journals booked again; %" PRId64 " wallets and all %" PRId64
               " rows are equal.\n",
               file, r->journals, r->wallets, r->rows);
}

static int cannot(struct ff_cli *cli, struct ff_app *app, const struct ff_rebuild_report *r)
{
    if (!r->stopped_at) {
        ff_app_trouble(app, &cli->t,
                       app->cx.err.rc == FF_ALREADY_EXISTS ? "name another file" : NULL,
                       "nothing was rebuilt");
        return (int)cli->t.code;
    }
    ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED,
               "feastfrenzy verify, which says what is wrong with it",
               "journal %" PRId64 " cannot be booked again", r->stopped_at);
    ff_trouble_why(&cli->t, "%s", r->finding);
    return FF_EXIT_CHECK_FAILED;
}

static int rebuild(struct ff_cli *cli, struct ff_app *app, struct listing *l)
{
    struct ff_rebuild_report r;
    const char *file = ff_file_absolute(cli, cli->args[0]);
    if (ff_rebuild(&app->cx, file, add_difference, l, &r))
        return cannot(cli, app, &r);
    print(l, &r, cli->args[0]);
    if (!r.differences)
        return 0;
    ff_trouble(&cli->t, FF_EXIT_CHECK_FAILED,
               "find out who changed the file; what the journals say is in the new one",
               "%" PRId64 " differences between the journals and the database", r.differences);
    ff_trouble_why(&cli->t, "%s", l->first);
    return FF_EXIT_CHECK_FAILED;
}

int ff_cmd_rebuild(struct ff_cli *cli)
{
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    struct ff_app app;
    struct listing l = {.json = ff_opt_bool(&cli->o, FF_OPT_JSON)};
    struct ff_app_wants wants = {.dir = dir,
                                 .read_only = true,
                                 .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    if (!dir || !ff_data_dir_check(dir, &cli->t) || !ff_app_open(&app, &wants, &cli->t))
        return FF_EXIT_CONFIG;
    ff_buf_init(&l.out, LIST_BYTES);
    int code = rebuild(cli, &app, &l);
    ff_buf_free(&l.out);
    ff_app_close(&app);
    return code;
}

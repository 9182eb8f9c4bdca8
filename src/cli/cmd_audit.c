/* SPDX-License-Identifier: MIT */
/* cmd_audit.c - audit verify, audit tail, export audit. The check reads the file itself, beside a
 * running server or without one; the others ask through the API, and so are recorded. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/paths.h"
#include "cli/files.h"
#include "cli/show.h"
#include "domain/audit/verify.h"

/* ---- audit verify ---- */

/* SEQ:HASH as the server's log and this command say it. */
static bool read_head(struct ff_cli *cli, struct ff_mark *head)
{
    const char *text = ff_opt_text(&cli->o, FF_OPT_HEAD);
    const char *colon = strchr(text, ':');
    char seq[24] = "";
    if (colon && colon - text < (int)sizeof seq)
        memcpy(seq, text, (size_t)(colon - text));
    if (colon && ff_parse_id(seq, &head->seq) &&
        ff_unhex(colon + 1, strlen(colon + 1), head->hash, sizeof head->hash))
        return true;
    return ff_trouble(&cli->t, FF_EXIT_USAGE, "--head 1234:0f3a... (64 hex digits)",
                      "--head is not a number, a colon and a hash");
}

static void print_json(const struct ff_audit_report *r)
{
    char hash[65];
    struct ff_buf out;
    ff_buf_init(&out, 2048);
    ff_hex(r->head.hash, sizeof r->head.hash, hash);
    ff_buf_printf(&out,
                  "{\"ok\":%s,\"entries\":%" PRId64 ",\"firstSeq\":%" PRId64 ",\"headSeq\":%" PRId64
                  ",\"headHash\":\"%s\"",
                  r->ok ? "true" : "false", r->rows, r->anchor_seq + 1, r->head.seq, hash);
    if (!r->ok) {
        ff_buf_printf(&out, ",\"seq\":%" PRId64 ",\"finding\":", r->seq);
        ff_buf_json(&out, r->finding);
    }
    ff_buf_char(&out, '}');
    puts(out.data);
    ff_buf_free(&out);
}

static void print_text(const struct ff_audit_report *r)
{
    char hash[65];
    ff_hex(r->head.hash, sizeof r->head.hash, hash);
    printf("The audit log is sound: %" PRId64 " entries, from %" PRId64 " on.\n"
           "Head: %" PRId64 ":%s\n",
           r->rows, r->anchor_seq + 1, r->head.seq, hash);
}

static int report(struct ff_cli *cli, struct ff_app *app, const struct ff_mark *known)
{
    struct ff_audit_report r;
    if (ff_audit_verify(&app->cx, known, &r)) {
        ff_app_trouble(app, &cli->t, NULL, "the check could not be finished");
        return FF_EXIT_IO;
    }
    if (ff_opt_bool(&cli->o, FF_OPT_JSON))
        print_json(&r);
    else if (r.ok)
        print_text(&r);
    if (r.ok)
        return 0;
    ff_trouble(
        &cli->t, FF_EXIT_CHECK_FAILED,
        "keep the file as it is, and compare it with a backup: feastfrenzy backup verify FILE",
        "the audit log does not hold at entry %" PRId64, r.seq);
    ff_trouble_why(&cli->t, "%s", r.finding);
    return FF_EXIT_CHECK_FAILED;
}

int ff_cmd_audit_verify(struct ff_cli *cli)
{
    const char *dir = ff_data_dir(&cli->o, &cli->t);
    struct ff_app app;
    struct ff_mark head = {0};
    struct ff_app_wants wants = {.dir = dir,
                                 .read_only = true,
                                 .allow_remote_fs = ff_opt_bool(&cli->o, FF_OPT_ALLOW_REMOTE_FS)};
    if (ff_opt_text(&cli->o, FF_OPT_HEAD) && !read_head(cli, &head))
        return FF_EXIT_USAGE;
    if (!dir || !ff_data_dir_check(dir, &cli->t) || !ff_app_open(&app, &wants, &cli->t))
        return FF_EXIT_CONFIG;
    int code = report(cli, &app, head.seq ? &head : NULL);
    ff_app_close(&app);
    return code;
}

/* ---- audit tail ---- */

static void print_values(struct ff_pick entry, const char *member, const char *before)
{
    struct ff_pick values = ff_pick_get(entry, member);
    if (!ff_pick_is_null(values))
        printf("%s%.*s", before, (int)(values.end - values.at), values.at);
}

static void print_entry(struct ff_caller *c, struct ff_pick entry)
{
    struct ff_arena *arena = c->cli->arena;
    char entity[64] = "";
    const int64_t id = ff_pick_int(ff_pick_get(entry, "entityId"));
    const char *type = ff_pick_text(arena, ff_pick_get(entry, "entityType"));
    const char *reason = ff_pick_text(arena, ff_pick_get(entry, "reason"));
    if (id)
        snprintf(entity, sizeof entity, "%.40s %" PRId64, type, id);
    else
        snprintf(entity, sizeof entity, "%.40s", type);
    printf("%6" PRId64 "  %s  ", ff_pick_int(ff_pick_get(entry, "seq")),
           ff_pick_text(arena, ff_pick_get(entry, "timestamp")));
    ff_show_cell(ff_pick_text(arena, ff_pick_get(entry, "actor")), 18);
    ff_show_cell(ff_pick_text(arena, ff_pick_get(entry, "action")), 18);
    ff_show_cell(entity, 14);
    print_values(entry, "oldValues", " ");
    print_values(entry, "newValues", " -> ");
    printf("%s%s%s\n", reason[0] ? "  \"" : "", reason, reason[0] ? "\"" : "");
}

/* The reply has the newest first; a tail ends with it. */
static void print_tail(struct ff_caller *c, const struct ff_answer *answer)
{
    enum { MOST = 100 };
    struct ff_pick list = ff_pick(answer->body, answer->body_len), item = {0}, all[MOST];
    size_t n = 0;
    struct ff_pick data = ff_pick_get(list, "data");
    while (n < MOST && ff_pick_next(data, &item))
        all[n++] = item;
    while (n-- > 0) {
        if (ff_opt_bool(&c->cli->o, FF_OPT_JSON))
            printf("%.*s\n", (int)(all[n].end - all[n].at), all[n].at);
        else
            print_entry(c, all[n]);
    }
}

int ff_cmd_audit_tail(struct ff_cli *cli)
{
    struct ff_caller c;
    char target[64];
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    snprintf(target, sizeof target, "/api/v1/audit?limit=%" PRId64,
             ff_opt_int(&cli->o, FF_OPT_LINES));
    struct ff_answer answer;
    if (ff_call(&c, &(struct ff_call){.method = "GET", .target = target},
                "cannot read the audit log", &answer))
        print_tail(&c, &answer);
    ff_call_close(&c);
    return 0;
}

/* ---- export audit ---- */

enum { EXPORT_BYTES = 1 << 30, PAGE_ROWS = 2000 };

/* The seq that a line of either form begins with; 0: none. */
static int64_t seq_of(const char *line)
{
    static const char json[] = "{\"seq\":";
    int64_t seq = 0;
    char digits[24];
    if (strncmp(line, json, sizeof json - 1) == 0)
        line += sizeof json - 1;
    snprintf(digits, sizeof digits, "%.*s", (int)strspn(line, "0123456789"), line);
    return ff_parse_id(digits, &seq) ? seq : 0;
}

static int64_t last_seq(const struct ff_answer *answer)
{
    const char *start = answer->body, *at = start + answer->body_len;
    while (at > start && (at[-1] == '\n' || at[-1] == '\r'))
        at--;
    while (at > start && at[-1] != '\n')
        at--;
    return seq_of(at);
}

/* A further page without the line of column names. */
static void add_page(struct ff_buf *file, const struct ff_answer *answer)
{
    const char *text = answer->body;
    const char *rows = file->len && !seq_of(text) ? strchr(text, '\n') + 1 : text;
    ff_buf_add(file, rows, answer->body_len - (size_t)(rows - text));
}

static int target_of(const struct ff_cli *cli, int64_t after, char *out, size_t cap)
{
    const char *from = ff_opt_text(&cli->o, FF_OPT_FROM);
    const char *before = ff_opt_text(&cli->o, FF_OPT_BEFORE);
    char cursor[32] = "";
    if (after)
        snprintf(cursor, sizeof cursor, "&after=%" PRId64, after);
    return snprintf(out, cap, "/api/v1/audit?limit=%d%s%s%s%s%s%s%s", PAGE_ROWS,
                    from ? "&from=" : "", from ? from : "", from ? "T00:00:00Z" : "",
                    before ? "&to=" : "", before ? before : "", before ? "T00:00:00Z" : "", cursor);
}

static bool is_csv(const struct ff_cli *cli)
{
    return strcmp(ff_opt_text(&cli->o, FF_OPT_FORMAT), "csv") == 0;
}

static bool read_all(struct ff_caller *c, struct ff_buf *file)
{
    for (int64_t after = 0, last;; after = last) {
        char target[160];
        struct ff_answer answer;
        (void)target_of(c->cli, after, target, sizeof target);
        const struct ff_call call = {.method = "GET",
                                     .target = target,
                                     .accept =
                                         is_csv(c->cli) ? "text/csv" : "application/x-ndjson"};
        if (!ff_call(c, &call, "cannot export the audit log", &answer))
            return false;
        last = last_seq(&answer);
        if (!after || last)
            add_page(file, &answer);
        if (!last)
            return true;
    }
}

int ff_cmd_export_audit(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_buf file;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    ff_buf_init(&file, EXPORT_BYTES);
    if (read_all(&c, &file))
        (void)(is_csv(cli) ? ff_file_write_csv : ff_file_write)(
            cli, ff_opt_text(&cli->o, FF_OPT_OUT), file.len ? file.data : "", file.len);
    ff_buf_free(&file);
    ff_call_close(&c);
    return 0;
}

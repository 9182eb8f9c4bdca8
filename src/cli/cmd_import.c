/* SPDX-License-Identifier: MIT */
/* cmd_import.c - import products|employees|opening FILE: the file goes whole to the API, which
 * takes all rows or none. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "cli/files.h"

enum { MAX_FILE = 4 << 20 };

/* "/line/7/price" and a detail, as a person reads it. */
static void print_row_error(struct ff_cli *cli, struct ff_pick error)
{
    const char *pointer = ff_pick_text(cli->arena, ff_pick_get(error, "pointer"));
    const char *detail = ff_pick_text(cli->arena, ff_pick_get(error, "detail"));
    const char *column = ff_pick_text(cli->arena, ff_pick_get(error, "column"));
    int64_t line = ff_pick_int(ff_pick_get(error, "line"));
    if (strncmp(pointer, "/line/", 6) == 0) {
        const char *slash = strchr(pointer + 6, '/');
        fprintf(stderr, "  line %.*s%s%s: %s\n", (int)strcspn(pointer + 6, "/"), pointer + 6,
                slash ? ", " : "", slash ? slash + 1 : "", detail);
    } else if (line) {
        fprintf(stderr, "  line %" PRId64 "%s%s: %s\n", line, column[0] ? ", " : "", column,
                detail);
    } else {
        fprintf(stderr, "  %s: %s\n", pointer, detail);
    }
}

static size_t print_errors(struct ff_cli *cli, struct ff_pick body)
{
    struct ff_pick error = {0};
    size_t n = 0;
    for (; ff_pick_next(ff_pick_get(body, "errors"), &error); n++)
        print_row_error(cli, error);
    return n;
}

/* "  line 3: Soup: price 8.90 -> 9.20"; an empty text is "-". */
static void print_change(struct ff_cli *cli, struct ff_pick change)
{
    const char *gap = ": ";
    struct ff_pick value = {0};
    printf("  line %" PRId64 ": %s", ff_pick_int(ff_pick_get(change, "line")),
           ff_pick_text(cli->arena, ff_pick_get(change, "name")));
    for (; ff_pick_next(ff_pick_get(change, "values"), &value); gap = ", ") {
        const char *before = ff_pick_text(cli->arena, ff_pick_get(value, "before"));
        const char *after = ff_pick_text(cli->arena, ff_pick_get(value, "after"));
        printf("%s%s %s -> %s", gap, ff_pick_text(cli->arena, ff_pick_get(value, "column")),
               before[0] ? before : "-", after[0] ? after : "-");
    }
    puts(*gap == ':' ? " is new" : "");
}

/* The lines that add or change something. */
static void print_changes(struct ff_cli *cli, struct ff_pick result)
{
    struct ff_pick change = {0};
    while (ff_pick_next(ff_pick_get(result, "changes"), &change))
        if (strcmp(ff_pick_text(cli->arena, ff_pick_get(change, "what")), "same") != 0)
            print_change(cli, change);
}

static void print_result(struct ff_cli *cli, struct ff_pick result)
{
    bool dry = ff_pick_bool(ff_pick_get(result, "dryRun"));
    int64_t departments = ff_pick_int(ff_pick_get(result, "departmentsCreated"));
    int64_t rows = ff_pick_int(ff_pick_get(result, "rows"));
    printf("%" PRId64 " row%s read, %" PRId64 " %s\n", rows, rows == 1 ? "" : "s",
           ff_pick_int(ff_pick_get(result, "created")), dry ? "would be added" : "added");
    const bool updates = ff_opt_bool(&cli->o, FF_OPT_UPDATE);
    if (updates)
        printf("%" PRId64 " %s, %" PRId64 " the same\n",
               ff_pick_int(ff_pick_get(result, "changed")), dry ? "would be changed" : "changed",
               ff_pick_int(ff_pick_get(result, "same")));
    if (departments)
        printf("%" PRId64 " new department%s\n", departments, departments == 1 ? "" : "s");
    int64_t groups = ff_pick_int(ff_pick_get(result, "groupsCreated"));
    if (groups)
        printf("%" PRId64 " new group%s\n", groups, groups == 1 ? "" : "s");
    struct ff_pick item = {0};
    for (int i = 0; ff_pick_next(ff_pick_get(result, "dearest"), &item); i++)
        printf("%s %s (%s)",
               i ? "," : "Dearest:", ff_pick_text(cli->arena, ff_pick_get(item, "name")),
               ff_pick_text(cli->arena, ff_pick_get(item, "amount")));
    if (item.at)
        putchar('\n');
    if (dry || updates)
        print_changes(cli, result);
}

static const char *resource_of(enum ff_command command)
{
    if (command == FF_CMD_IMPORT_OPENING)
        return "ledger/openings";
    if (command == FF_CMD_IMPORT_DEPARTMENTS)
        return "departments";
    if (command == FF_CMD_IMPORT_STOCK)
        return "stock";
    if (command == FF_CMD_IMPORT_MENU)
        return "menu";
    return command == FF_CMD_IMPORT_PRODUCTS ? "products" : "employees";
}

static bool send_file(struct ff_caller *c, const struct ff_buf *csv)
{
    struct ff_cli *cli = c->cli;
    const char *amounts = ff_opt_text(&cli->o, FF_OPT_AMOUNTS);
    bool dry = ff_opt_bool(&cli->o, FF_OPT_DRY_RUN);
    char target[128];
    snprintf(target, sizeof target, "/api/v1/%s/import?dryRun=%s%s%s%s", resource_of(cli->command),
             dry ? "true" : "false", amounts ? "&amounts=" : "", amounts ? amounts : "",
             ff_opt_bool(&cli->o, FF_OPT_UPDATE) ? "&mode=update" : "");
    struct ff_call call = {.method = "POST",
                           .target = target,
                           .content_type = "text/csv",
                           .body = csv->data,
                           .body_len = csv->len};
    struct ff_answer answer;
    if (!ff_call_raw(c, &call, &answer))
        return false;
    struct ff_pick body = ff_pick(answer.body, answer.body_len);
    if (answer.status / 100 == 2)
        print_result(cli, body);
    else
        ff_call_failed(c, &answer, "nothing was imported");
    size_t bad = cli->t.code && cli->t.code != FF_EXIT_DATA ? 0 : print_errors(cli, body);
    if (bad && !cli->t.code)
        ff_trouble(&cli->t, FF_EXIT_DATA, NULL, "the file has bad rows; nothing would be imported");
    if (cli->t.code == FF_EXIT_DATA)
        snprintf(cli->t.hint, sizeof cli->t.hint, "correct the rows named above and import again");
    if (cli->t.code == FF_EXIT_USAGE && !amounts && strstr(cli->t.why, "amounts"))
        snprintf(cli->t.hint, sizeof cli->t.hint,
                 "--amounts minor (690 is 6.90) or --amounts decimal (6.90)");
    return cli->t.code == 0;
}

int ff_cmd_import(struct ff_cli *cli)
{
    struct ff_buf csv;
    struct ff_caller c;
    ff_buf_init(&csv, MAX_FILE);
    if (ff_file_read(cli, cli->args[0], &csv)) {
        if (csv.len == 0)
            ff_trouble(&cli->t, FF_EXIT_DATA, NULL, "%s is empty", cli->args[0]);
        else if (ff_call_open(&c, cli)) {
            (void)send_file(&c, &csv);
            ff_call_close(&c);
        }
    }
    ff_buf_free(&csv);
    return 0;
}

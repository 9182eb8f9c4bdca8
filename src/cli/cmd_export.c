/* SPDX-License-Identifier: MIT */
/* cmd_export.c - export products|employees|departments|users|purchases: the lists as CSV, all rows.
 */
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "cli/files.h"

static const char *resource_of(enum ff_command command)
{
    switch (command) {
    case FF_CMD_EXPORT_PRODUCTS:
        return "products";
    case FF_CMD_EXPORT_DEPARTMENTS:
        return "departments";
    case FF_CMD_EXPORT_USERS:
        return "users";
    case FF_CMD_EXPORT_PURCHASES:
        return "purchases";
    default:
        return "employees";
    }
}

/* Adds "name=value" to the query; nothing for NULL. */
static void add_query(struct ff_buf *target, const char *name, const char *value)
{
    if (value)
        ff_buf_printf(target, "%s%s=%s", target->len && strchr(target->data, '?') ? "&" : "?", name,
                      value);
}

int ff_cmd_export(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_buf target;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    const char *resource = resource_of(cli->command);
    ff_buf_init(&target, 512);
    ff_buf_printf(&target, "/api/v1/%s", resource);
    add_query(&target, "amounts", ff_opt_text(&cli->o, FF_OPT_AMOUNTS));
    if (cli->command == FF_CMD_EXPORT_PURCHASES) {
        add_query(&target, "from", ff_opt_text(&cli->o, FF_OPT_FROM));
        add_query(&target, "to", ff_opt_text(&cli->o, FF_OPT_BEFORE));
    }
    struct ff_call call = {.method = "GET", .target = target.data, .accept = "text/csv"};
    struct ff_answer answer;
    char what[64];
    snprintf(what, sizeof what, "cannot export the %s", resource);
    if (ff_call(&c, &call, what, &answer))
        (void)ff_file_write_csv(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer.body,
                                answer.body_len);
    ff_buf_free(&target);
    ff_call_close(&c);
    return 0;
}

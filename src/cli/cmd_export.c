/* SPDX-License-Identifier: MIT */
/* cmd_export.c - export products|employees: the lists as CSV, all rows. */
#include <stdio.h>

#include "cli/call.h"
#include "cli/files.h"

int ff_cmd_export(struct ff_cli *cli)
{
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    bool products = cli->command == FF_CMD_EXPORT_PRODUCTS;
    const char *amounts = ff_opt_text(&cli->o, FF_OPT_AMOUNTS);
    char target[64];
    snprintf(target, sizeof target, "/api/v1/%s%s%s", products ? "products" : "employees",
             amounts ? "?amounts=" : "", amounts ? amounts : "");
    struct ff_call call = {.method = "GET", .target = target, .accept = "text/csv"};
    struct ff_answer answer;
    if (ff_call(&c, &call, products ? "cannot export the products" : "cannot export the employees",
                &answer))
        (void)ff_file_write(cli, ff_opt_text(&cli->o, FF_OPT_OUT), answer.body, answer.body_len);
    ff_call_close(&c);
    return 0;
}

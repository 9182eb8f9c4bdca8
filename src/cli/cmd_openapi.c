/* SPDX-License-Identifier: MIT */
/* cmd_openapi.c - openapi: the document that the server gives at /api/v1/openapi.json. */
#include "api/openapi.h"
#include "cli/files.h"

int ff_cmd_openapi(struct ff_cli *cli)
{
    const struct ff_openapi *document = ff_openapi_get();
    if (!document)
        ff_trouble(&cli->t, FF_EXIT_INTERNAL, NULL, "out of memory");
    else
        (void)ff_file_write(cli, NULL, document->text, document->len);
    return 0;
}

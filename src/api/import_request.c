/* SPDX-License-Identifier: MIT */
/* import_request.c - CSV in and out, as requests say it. */
#include "api/import_request.h"

#include <string.h>

#include "domain/site/site.h"

struct ff_import_file ff_import_file_of(const struct ff_req *rq)
{
    const struct ff_import_args *q = rq->query;
    return (struct ff_import_file){.text = rq->raw,
                                   .n = rq->raw_len,
                                   .amounts = ff_amounts_of(q->amounts),
                                   .dry_run = q->dry_run == 1,
                                   .updates = q->mode && strcmp(q->mode, "update") == 0};
}

int ff_export_decimals(struct ff_ctx *cx, const char *amounts)
{
    bool is_minor = ff_amounts_of(amounts) == FF_AMOUNTS_MINOR;
    return is_minor ? 0 : (int)ff_site_get(cx).decimals;
}

void ff_reply_csv(struct ff_reply *rp, const struct ff_text *text)
{
    rp->content_type = "text/csv; charset=utf-8";
    rp->text = text->text;
    rp->text_len = text->n;
}

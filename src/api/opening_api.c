/* SPDX-License-Identifier: MIT */
/* opening_api.c - opening balances by CSV. */
#include "api/handlers.h"
#include "api/import_request.h"
#include "domain/ledger/opening_import.h"

enum ff_rc ff_api_opening_import(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_import_result *result = FF_NEW(rq->cx, struct ff_import_result);
    if (!result)
        return rq->cx->err.rc;
    const struct ff_import_file file = ff_import_file_of(rq);
    rp->data = result;
    return ff_ledger_import_openings(rq->cx, &file, result);
}

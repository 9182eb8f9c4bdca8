/* SPDX-License-Identifier: MIT */
/* import_request.h - what the import and export handlers share. */
#ifndef FF_API_IMPORT_REQUEST_H
#define FF_API_IMPORT_REQUEST_H

#include "api/catalog_types.h"
#include "domain/common/import.h"
#include "domain/common/list.h"

/* The file of a request whose query is a struct ff_import_args. */
struct ff_import_file ff_import_file_of(const struct ff_req *rq);

/* Decimals of an export: those of the currency unless `amounts` says minor. */
int ff_export_decimals(struct ff_ctx *cx, const char *amounts);

/* Answers with a CSV file. */
void ff_reply_csv(struct ff_reply *rp, const struct ff_text *text);

#endif

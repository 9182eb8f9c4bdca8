/* SPDX-License-Identifier: MIT */
/* opening_import.h - balances that people bring along from another system, by CSV: number, amount.
 * Once: a person has one opening balance, and a file counts once. */
#ifndef FF_DOMAIN_LEDGER_OPENING_IMPORT_H
#define FF_DOMAIN_LEDGER_OPENING_IMPORT_H

#include "domain/common/import.h"

/* Books the openings of all rows or of none; an amount of 0 books nothing. out->created: how many
 * were booked. FF_IMPORT_ROWS for rows of people who are not there, have an opening balance or
 * cannot hold the amount; FF_OPENING_BOOKED when this very file was booked before. */
FF_MUST_CHECK enum ff_rc ff_ledger_import_openings(struct ff_ctx *cx,
                                                   const struct ff_import_file *file,
                                                   struct ff_import_result *out);

#endif

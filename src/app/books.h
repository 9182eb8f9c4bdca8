/* SPDX-License-Identifier: MIT */
/* books.h - the check of the database and the whole ledger that runs after each start. */
#ifndef FF_APP_BOOKS_H
#define FF_APP_BOOKS_H

#include "app/check.h"

struct ff_books;

/* Starts the rows of FF_AT_BOOKS of the check table in a thread of their own; app->health.ledger
 * says how it stands. A finding is logged and turns the server read-only. NULL when no thread could
 * be made. */
struct ff_books *ff_books_start(struct ff_app *app, const struct ff_options *options);

/* Waits for its end. After ff_db_give_up_reads a check that is under way ends at once. */
void ff_books_join(struct ff_books *books);

#endif

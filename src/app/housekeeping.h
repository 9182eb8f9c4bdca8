/* SPDX-License-Identifier: MIT */
/* housekeeping.h - what the running server does by itself from time to time: one thread, small
 * transactions. */
#ifndef FF_APP_HOUSEKEEPING_H
#define FF_APP_HOUSEKEEPING_H

#include "app/app.h"

struct ff_housekeeping;

/* Begins: a pass at once and then every hour. NULL when there is no memory or thread for it; the
 * server runs all the same. */
struct ff_housekeeping *ff_housekeeping_start(struct ff_app *app);

/* Ends it after the transaction it is in. NULL is allowed. */
void ff_housekeeping_stop(struct ff_housekeeping *h);

#endif

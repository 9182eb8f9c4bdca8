/* SPDX-License-Identifier: MIT */
/* audit_keeper.h - what the running server does for its audit log: writes the notes that wait,
 * keeps the mark in DATA/keys of how far the log has come, and says so in the server's log. */
#ifndef FF_APP_AUDIT_KEEPER_H
#define FF_APP_AUDIT_KEEPER_H

#include "app/app.h"

struct ff_audit_keeper;

/* Begins: says the head, and from then on twice a second writes what waits. NULL when there is no
 * memory or thread for it: the notes are then written at the stop. */
struct ff_audit_keeper *ff_audit_keeper_start(struct ff_app *app);

/* Ends after the last request: writes the last notes, marks and says the head. NULL is allowed. */
void ff_audit_keeper_stop(struct ff_audit_keeper *keeper);

#endif

/* SPDX-License-Identifier: MIT */
/* undo_watch.h - inside this folder only: who eats and undoes. An undo counts when the person or
 * somebody at a kiosk made it, not when a manager did. */
#ifndef FF_DOMAIN_PURCHASE_UNDO_WATCH_H
#define FF_DOMAIN_PURCHASE_UNDO_WATCH_H

#include "domain/purchase/purchase.h"

/* After an undo of the person's own, inside its job: records purchase.undo_alert when the person,
 * or the kiosk, has come to the site's undoAlertCount or undoAlertKioskCount undos within
 * undoAlertHours; and again for each further one. No statement for what the site does not ask. */
FF_MUST_CHECK enum ff_rc ff_undo_watch(struct ff_ctx *cx, const struct ff_purchase *undone);

#endif

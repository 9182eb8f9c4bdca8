/* SPDX-License-Identifier: MIT */
/* undos.h - who took purchases back, and at which kiosks, between two business dates of the undo:
 * eating and undoing shows here. What managers took back for others does not count. */
#ifndef FF_DOMAIN_REPORT_UNDOS_H
#define FF_DOMAIN_REPORT_UNDOS_H

#include "domain/common/list.h"

enum { FF_UNDO_REPORT_ROWS = 1000 };

struct ff_undo_row {
    int64_t id;                /* employee or kiosk */
    const char *number, *name; /* number "": a kiosk */
    int64_t undos, amount;     /* how often; what the purchases had cost */
};

struct ff_undo_report {
    const char *from, *to;          /* half open */
    struct ff_list persons, kiosks; /* of struct ff_undo_row, most undos first, 1000 at most */
    int64_t undos, amount;          /* of the persons */
};

/* Within the caller's reach. `from` and `to` NULL: the current month; FF_VALIDATION as
 * ff_range_read with FF_REPORT_DAYS. */
FF_MUST_CHECK enum ff_rc ff_report_undos(struct ff_ctx *cx, const char *from, const char *to,
                                         struct ff_undo_report *out);

/* The same as CSV: kind (person, kiosk), id, number, name, undos, amount. */
FF_MUST_CHECK enum ff_rc ff_undos_csv(struct ff_ctx *cx, const struct ff_undo_report *r,
                                      int decimals, struct ff_text *out);

#endif

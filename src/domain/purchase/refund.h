/* SPDX-License-Identifier: MIT */
/* refund.h - giving pieces of a purchase back, at the price that was paid. */
#ifndef FF_DOMAIN_PURCHASE_REFUND_H
#define FF_DOMAIN_PURCHASE_REFUND_H

#include "domain/purchase/purchase.h"

enum { FF_REFUND_DAYS = 30 };

/* Why: spoilt, wrong_item, not_delivered, goodwill, other. NULL-terminated. */
extern const char *const ff_refund_reasons[];

struct ff_refund_new {
    struct ff_list lines; /* of struct ff_refund_piece; none: all that is left */
    const char *reason, *note;
    int64_t restock; /* 1: the pieces go back on the shelf; a plate that came back does not */
};
struct ff_refund_piece {
    int64_t line_no, quantity;
};

struct ff_refund {
    int64_t id, purchase_id, employee_id;
    struct ff_list lines;               /* of struct ff_refund_line */
    int64_t amount, subsidy, allowance; /* back to the wallet, the employer, the allowance */
    int64_t balance_after, recorded_at;
    const char *reason;
    int64_t restocked; /* pieces that went back on the shelf */
    int64_t replayed;
};

/* Gives pieces back, once per key: by someone else than the buyer (FF_REFUND_OWN), within
 * FF_REFUND_DAYS of the purchase but for the command line (FF_UNDO_WINDOW), never more than was
 * bought and is still there (FF_ALREADY_REFUNDED with params lineNo and left). Dated today, so a
 * closed month stays as it is; what was spent counts less in the purchase's own day and month. No
 * limit refuses it. With restock the pieces go back to where the purchase took them from, where
 * they are counted. FF_ALREADY_UNDONE, FF_VALIDATION for a line that is not on the receipt,
 * FF_NOT_FOUND out of reach and for an erased person. Enters the writer. */
FF_MUST_CHECK enum ff_rc ff_purchase_refund(struct ff_ctx *cx, int64_t id,
                                            const struct ff_refund_new *in,
                                            const struct ff_idem *idem, struct ff_refund *out);

#endif

/* SPDX-License-Identifier: MIT */
/* stock.h - how many pieces there are: goods on the shelf, portions of the kitchen, portions of one
 * day. Every change is a move that says where the level came out; a level is the sum of its moves.
 * Goods on the shelf may fall below 0 (somebody forgot to receive them), portions never.
 * Nothing of this is cached; only product.availability is shown in lists, and it is written when it
 * changes, not at every sale. Source: architecture.md, "The cache". */
#ifndef FF_DOMAIN_STOCK_STOCK_H
#define FF_DOMAIN_STOCK_STOCK_H

#include "domain/common/import.h"
#include "domain/common/list.h"
#include "domain/ledger/ledger.h"

enum { FF_STOCK_PIECES = 1000000, FF_PORTIONS_MAX = 100000 };

/* shelf, portion; ok, low, out; receive ... portion. NULL-terminated. */
extern const char *const ff_stock_kinds[];
extern const char *const ff_stock_states[];
extern const char *const ff_stock_moves[];

struct ff_stock {
    int64_t product_id;
    const char *product, *category, *kind;
    int64_t quantity, low_water;
    int64_t negative_ok, tracked, low; /* booleans; low: at or below low_water */
    const char *availability;          /* as kiosks are told */
};

struct ff_stock_move {
    int64_t id, product_id;
    const char *kind, *business_date; /* date NULL: of the stock, else of that day's portions */
    int64_t delta, level_after;
    int64_t is_short;   /* 1: below 0 afterwards */
    int64_t journal_id; /* FF_NULL_INT: no booking */
    int64_t at;
    const char *reason, *actor; /* NULL: none; a kiosk or the command line */
    int64_t unit_cost;          /* minor units, FF_NULL_INT: not said */
    int64_t replayed;
};

/* ---- reading; for managers and admins, the route sees to it ---- */
struct ff_stock_filter {
    int64_t page, limit;
    const char *q, *kind; /* NULL: all */
    int64_t low;          /* 1: only those at or below their low-water mark */
    int64_t tracked;      /* FF_NULL_INT or 1: only tracked ones; 0: the others */
};
/* By name; archived products are left out. */
FF_MUST_CHECK enum ff_rc ff_stock_list(struct ff_ctx *cx, const struct ff_stock_filter *f,
                                       struct ff_list *out, int64_t *total);
/* All rows of the filter as CSV. */
FF_MUST_CHECK enum ff_rc ff_stock_export(struct ff_ctx *cx, const struct ff_stock_filter *f,
                                         struct ff_text *out);
/* FF_NOT_FOUND when the product was never tracked. */
FF_MUST_CHECK enum ff_rc ff_stock_get(struct ff_ctx *cx, int64_t product_id, struct ff_stock *out);
/* Newest first. FF_NOT_FOUND as above, unless it has portions of a day. */
FF_MUST_CHECK enum ff_rc ff_stock_list_moves(struct ff_ctx *cx, int64_t product_id, int64_t page,
                                             int64_t limit, struct ff_list *out, int64_t *total);

/* ---- changing; each enters the writer and is recorded ---- */
enum ff_stock_field {
    FF_STOCK_KIND,
    FF_STOCK_LOW_WATER,
    FF_STOCK_NEGATIVE_OK,
    FF_STOCK_TRACKED,
    FF_STOCK_FIELDS
};
struct ff_stock_in {
    uint64_t set; /* bit i: field i was given */
    const char *kind;
    int64_t low_water, negative_ok, tracked;
};
/* Begins to track a product, or changes how. A product is on the shelf and may fall below 0 unless
 * told otherwise; a portion may not. FF_NOT_FOUND, FF_VALIDATION when the level is below 0 and may
 * not be: count first. */
FF_MUST_CHECK enum ff_rc ff_stock_change(struct ff_ctx *cx, int64_t product_id,
                                         const struct ff_stock_in *in, struct ff_stock *out);

/* Pieces that came in; quantity 1..FF_STOCK_PIECES, unit_cost FF_NULL_INT: not said. Once a key.
 * FF_NOT_FOUND when the product is not tracked, FF_KEY_REUSED. */
FF_MUST_CHECK enum ff_rc ff_stock_receive(struct ff_ctx *cx, int64_t product_id, int64_t quantity,
                                          int64_t unit_cost, const char *note,
                                          const struct ff_idem *idem, struct ff_stock_move *out);
/* Pieces that were counted, 0..FF_STOCK_PIECES: the difference is the move, also one of 0. */
FF_MUST_CHECK enum ff_rc ff_stock_count(struct ff_ctx *cx, int64_t product_id, int64_t quantity,
                                        const char *reason, struct ff_stock_move *out);
/* Pieces that are gone without being sold. Once a key. FF_OUT_OF_STOCK with param left where a
 * level may not fall below 0. */
FF_MUST_CHECK enum ff_rc ff_stock_shrink(struct ff_ctx *cx, int64_t product_id, int64_t quantity,
                                         const char *reason, const struct ff_idem *idem,
                                         struct ff_stock_move *out);

/* A stocktaking: columns product, kind, quantity, lowWater; begins to count what nobody counts yet.
 * `created` is how many were counted. See import.h. */
FF_MUST_CHECK enum ff_rc ff_stock_import(struct ff_ctx *cx, const struct ff_import_file *file,
                                         struct ff_import_result *out);

/* ---- portions of a day ---- */
struct ff_portions {
    int64_t product_id;
    const char *product, *date;
    int64_t planned, left; /* FF_NULL_INT: not limited */
};
/* Limits what is sold of a product on a business date, today or later, to `quantity` in all, what
 * is sold already included; FF_NULL_INT: no limit. FF_NOT_FOUND, FF_VALIDATION when more is sold
 * already, or the day is over. */
FF_MUST_CHECK enum ff_rc ff_portions_set(struct ff_ctx *cx, int64_t product_id, const char *date,
                                         int64_t quantity, struct ff_portions *out);
/* The limited products of today's business date with what is left, and that date. */
struct ff_portions_today {
    const char *date;
    struct ff_list portions; /* of struct ff_portions */
};
FF_MUST_CHECK enum ff_rc ff_portions_list(struct ff_ctx *cx, struct ff_portions_today *out);

/* ---- for the purchase's job ---- */
struct ff_stock_now {
    int64_t level; /* FF_NULL_INT: not tracked */
    int64_t low_water, negative_ok;
    const char *availability;
    int64_t remaining; /* of the business date's portions; FF_NULL_INT: none are counted */
    int64_t is_limited;
};
/* What of a product is counted on business date `date`, on any connection; asks nothing where the
 * writer knows that nothing is. `availability` as the catalogue says, borrowed. */
FF_MUST_CHECK enum ff_rc ff_stock_look(struct ff_ctx *cx, int64_t product_id, const char *date,
                                       const char *availability, struct ff_stock_now *out);
/* FF_OUT_OF_STOCK with params productId, product and left when `quantity` is more than may be sold.
 * Asks the database nothing. */
FF_MUST_CHECK enum ff_rc ff_stock_check(struct ff_ctx *cx, int64_t product_id, const char *product,
                                        const struct ff_stock_now *now, int64_t quantity);

struct ff_stock_sale {
    int64_t product_id, quantity, journal_id;
    const char *date; /* business date */
    const struct ff_stock_now *now;
};
/* Takes what was booked: a statement for the stock and one for the day's portions, where they are
 * counted; none else. A level that falls below 0 is recorded as stock.short. */
FF_MUST_CHECK enum ff_rc ff_stock_sell(struct ff_ctx *cx, const struct ff_stock_sale *sale);

struct ff_stock_pieces {
    int64_t product_id, quantity;
};
/* Puts back what a purchase took, to where it was taken from: all of it by an undo (pieces NULL),
 * or these pieces by a refund. `journal_id` is that of the undo or refund. */
FF_MUST_CHECK enum ff_rc ff_stock_put_back(struct ff_ctx *cx, int64_t purchase_id,
                                           int64_t journal_id, const struct ff_stock_pieces *pieces,
                                           size_t n);
/* How many pieces a refund put back. */
FF_MUST_CHECK enum ff_rc ff_stock_restocked(struct ff_ctx *cx, int64_t journal_id, int64_t *pieces);

/* ---- proof ---- */
struct ff_stock_finding {
    bool ok;
    int64_t product_id, expected, found; /* with !ok */
};
/* Is every level the sum of its moves, and every sale among them what was booked? Reads only. */
FF_MUST_CHECK enum ff_rc ff_stock_verify(struct ff_ctx *cx, struct ff_stock_finding *out);

#endif

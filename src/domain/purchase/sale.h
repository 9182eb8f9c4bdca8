/* SPDX-License-Identifier: MIT */
/* sale.h - inside this folder only: a purchase on its way. create.c has the order of the steps;
 * each step is a file of its own. All run inside the writer's job, before the booking; a refusal
 * leaves nothing, not even the key. Source: ledger.md, "Semantics". */
#ifndef FF_DOMAIN_PURCHASE_SALE_H
#define FF_DOMAIN_PURCHASE_SALE_H

#include "domain/purchase/record.h"
#include "domain/site/site.h"
#include "domain/stock/stock.h"
#include "domain/subsidy/subsidy.h"

enum { FF_SALE_QUANTITY_MAX = 99 };

/* What is known of the person, from the statement that finds them, and a second one where there is
 * more to know. */
struct ff_buyer {
    int64_t id, account_id, balance, floor;
    bool is_blocked, has_bans, is_grouped;
    struct ff_own_limit own_limit;
    struct ff_spend spend; /* of the day and month that are stored, until they are asked */
    int64_t allowance_id, allowance; /* id 0: none */
    bool has_rules;                  /* the employer may pay a part */
    const char *name, *day, *month, *device;
};

/* What bounds the pieces of a line. */
struct ff_sale_rule {
    int64_t max_per_purchase, max_per_day; /* FF_NULL_INT: no cap */
    int64_t had_today;                     /* known when it is asked for */
};

struct ff_sale {
    const struct ff_purchase_new *in;
    const struct ff_idem *idem;
    struct ff_purchase *out;
    int64_t employee_id;
    int64_t undo_window;   /* of the site, in seconds */
    struct ff_line *lines; /* products and quantities; the job adds names and prices */
    size_t n_lines;
    struct ff_stock_now *stock; /* of each line, as the job found it */
    bool *is_menu_only;         /* the same */
    struct ff_sale_rule *rules; /* likewise */
    /* made anew by every run of the job */
    struct ff_buyer buyer;
    int64_t undo_seconds;                   /* the smallest window of the lines */
    int64_t total, subsidy, allowance, own; /* total = the three who pay it */
    struct ff_subsidy employer;
    struct ff_list grants; /* of struct ff_allowance: what the allowance is made of */
    struct ff_posting posting;
};

/* Fills s->buyer. FF_NOT_FOUND out of the caller's reach, FF_EMPLOYEE_INACTIVE. */
FF_MUST_CHECK enum ff_rc ff_sale_find_buyer(struct ff_ctx *cx, struct ff_sale *s);

/* FF_SELLING_STOPPED, FF_CLOSED_DAY: by the posting's business date. No statement. */
FF_MUST_CHECK enum ff_rc ff_sale_check_open(struct ff_ctx *cx, const struct ff_sale *s);

/* Fills names, prices, taxes, stock and the total from the catalogue of now, for the posting's
 * business date. As ff_product_for_sale;
 * FF_AMOUNT_OUT_OF_RANGE above FF_MONEY_TOTAL_MAX. */
FF_MUST_CHECK enum ff_rc ff_sale_price(struct ff_ctx *cx, struct ff_sale *s);

/* The employer's part by the rules, then the allowance's, by the posting's date; the lines say what
 * they paid. `books`: inside the job, where what has run out is booked back first. */
FF_MUST_CHECK enum ff_rc ff_sale_find_payers(struct ff_ctx *cx, struct ff_sale *s, bool books);

/* Appends what employer and allowance pay to the posting. */
FF_MUST_CHECK enum ff_rc ff_sale_add_payers(struct ff_ctx *cx, struct ff_sale *s);

/* After the posting: the slot is taken, the grants are used. */
FF_MUST_CHECK enum ff_rc ff_sale_record_payers(struct ff_ctx *cx, const struct ff_sale *s);

/* All that a sale must pass, from finding the buyer to covering it; the posting is dated. */
FF_MUST_CHECK enum ff_rc ff_sale_prepare(struct ff_ctx *cx, struct ff_sale *s, bool books);

/* The tray of the request, the same product as one line, and who buys. FF_VALIDATION. */
FF_MUST_CHECK enum ff_rc ff_sale_read(struct ff_ctx *cx, const struct ff_purchase_new *in,
                                      struct ff_sale *s);

/* The lines as an answer has them. */
FF_MUST_CHECK enum ff_rc ff_sale_lines(struct ff_ctx *cx, const struct ff_sale *s,
                                       struct ff_list *out);

/* Adds the lines' parts up: what is neither subsidy nor allowance, the person pays. */
void ff_sale_share(struct ff_sale *s);

/* Is everything on the tray served now? As ff_menu_check, which is asked for products that are
 * bound to the menu only. */
FF_MUST_CHECK enum ff_rc ff_sale_check_menu(struct ff_ctx *cx, const struct ff_sale *s);

/* May so many be sold? FF_OUT_OF_STOCK with params productId, product and left. No statement. */
FF_MUST_CHECK enum ff_rc ff_sale_check_stock(struct ff_ctx *cx, const struct ff_sale *s);

/* After the booking: takes the pieces from shelf and portions, where they are counted. */
FF_MUST_CHECK enum ff_rc ff_sale_take_stock(struct ff_ctx *cx, const struct ff_sale *s);

/* May this be overridden at all, before the writer is asked? FF_FORBIDDEN, FF_SELF_ACTION. Nothing
 * to ask when no override is wanted. */
FF_MUST_CHECK enum ff_rc ff_sale_may_override(struct ff_ctx *cx, const struct ff_sale *s);

/* With an override: the posting says so, with its reason, and the floor is not enforced. */
void ff_sale_override(struct ff_sale *s);

/* The balance down to the floor covers what the person pays; with an override down to what a wallet
 * can owe at all. FF_INSUFFICIENT_BALANCE. */
FF_MUST_CHECK enum ff_rc ff_sale_check_floor(struct ff_ctx *cx, const struct ff_sale *s);

/* FF_EMPLOYEE_BLOCKED. */
FF_MUST_CHECK enum ff_rc ff_sale_check_blocked(struct ff_ctx *cx, const struct ff_sale *s);

/* What the person may not buy, then caps by piece, both with params productId and product.
 * FF_PRODUCT_BANNED, FF_QUANTITY_CAP (max, left). */
FF_MUST_CHECK enum ff_rc ff_sale_check_restrictions(struct ff_ctx *cx, struct ff_sale *s);

/* FF_PRICE_CHANGED when the client was shown another total. */
FF_MUST_CHECK enum ff_rc ff_sale_check_expected(struct ff_ctx *cx, const struct ff_sale *s);

/* The person's limits, by the posting's business date. FF_PURCHASE_LIMIT, FF_DAILY_LIMIT,
 * FF_MONTHLY_LIMIT, in this order. */
FF_MUST_CHECK enum ff_rc ff_sale_check_limits(struct ff_ctx *cx, const struct ff_sale *s);

/* An amount as a person reads it. */
const char *ff_sale_amount(struct ff_ctx *cx, int64_t minor, char out[FF_AMOUNT_CAP]);

#endif

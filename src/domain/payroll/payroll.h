/* SPDX-License-Identifier: MIT */
/* payroll.h - what people owe at the end of a month, deducted from their pay: profiles that say how
 * the payroll office wants its file, batches made of a closed month, lines that come back, and the
 * money when it arrives. Money moves by ff_ledger_post only: wallet +x, payroll:<month> -x; a line
 * that comes back is voided; when all is confirmed, payroll:<month> holds nothing (I17).
 * Source: ledger.md, "Payroll batch". */
#ifndef FF_DOMAIN_PAYROLL_PAYROLL_H
#define FF_DOMAIN_PAYROLL_PAYROLL_H

#include "domain/common/list.h"
#include "domain/ledger/ledger.h"

/* ---- profiles ---- */

enum { FF_PAYROLL_COLUMNS = 16, FF_PAYROLL_HEADER_CHARS = 40 };

extern const char *const ff_payroll_fields[];     /* what a column can hold; NULL-terminated */
extern const char *const ff_payroll_separators[]; /* comma semicolon tab */
extern const char *const ff_payroll_amounts[];    /* decimal minor */
extern const char *const ff_payroll_marks[];      /* point comma */
extern const char *const ff_payroll_dates[];      /* iso dotted compact */

struct ff_payroll_column {
    const char *field;  /* of ff_payroll_fields */
    const char *header; /* NULL: the field's own name */
};
struct ff_payroll_profile {
    int64_t id;
    const char *name;       /* unique whatever its case */
    struct ff_list columns; /* of struct ff_payroll_column, 1..FF_PAYROLL_COLUMNS */
    const char *separator, *amounts, *decimal_mark, *date_format; /* NULL: the first of each */
    int64_t has_bom, has_header; /* booleans; FF_NULL_INT: no, yes */
    const char *wage_type;       /* constant for the column wageType, NULL: empty */
    int64_t version;
};

FF_MUST_CHECK enum ff_rc ff_payroll_profiles(struct ff_ctx *cx, int64_t page, int64_t limit,
                                             struct ff_list *out, int64_t *total);
/* FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_payroll_profile(struct ff_ctx *cx, int64_t id,
                                            struct ff_payroll_profile *out);
/* FF_ALREADY_EXISTS: the name; FF_VALIDATION: no column holds an amount, or none a number. */
FF_MUST_CHECK enum ff_rc ff_payroll_profile_create(struct ff_ctx *cx,
                                                   const struct ff_payroll_profile *in,
                                                   struct ff_payroll_profile *out);
/* Puts another in its place; files that were made stay as they are. FF_VERSION_CONFLICT. */
FF_MUST_CHECK enum ff_rc ff_payroll_profile_put(struct ff_ctx *cx, int64_t id, int64_t version,
                                                const struct ff_payroll_profile *in,
                                                struct ff_payroll_profile *out);
FF_MUST_CHECK enum ff_rc ff_payroll_profile_delete(struct ff_ctx *cx, int64_t id, int64_t version);

/* ---- batches ---- */

struct ff_payroll_new {
    const char *month; /* "2026-03", closed */
    int64_t profile_id;
    int64_t cap, minimum; /* per person, minor units; FF_NULL_INT: none, 1 */
};

struct ff_payroll_item {
    int64_t employee_id, journal_id, amount;
    const char *number, *name;   /* as they were; blank words once the person is erased */
    int64_t rejected;            /* boolean */
    int64_t rejected_journal_id; /* FF_NULL_INT: not rejected */
    const char *rejected_reason; /* NULL: not rejected, or the person was erased */
};

struct ff_payroll_batch {
    int64_t id;
    const char *month, *profile, *state; /* open exported confirmed */
    int64_t cap, minimum;
    int64_t n_items, total, n_rejected, rejected;
    int64_t due;                                   /* what must arrive: total less rejected */
    int64_t created_at, exported_at, confirmed_at; /* FF_NULL_INT: not yet */
    int64_t confirm_journal_id;
    const char *file_hash;
    struct ff_list items; /* of struct ff_payroll_item; empty in a list */
    int64_t replayed;
};

FF_MUST_CHECK enum ff_rc ff_payroll_batches(struct ff_ctx *cx, int64_t page, int64_t limit,
                                            struct ff_list *out, int64_t *total);
/* With its items. FF_NOT_FOUND. */
FF_MUST_CHECK enum ff_rc ff_payroll_batch(struct ff_ctx *cx, int64_t id,
                                          struct ff_payroll_batch *out);

/* An item for each person who owes for the month more than payroll took since, at most `cap` over
 * all batches of the month, none below `minimum`; the rest stays in the wallet. Books them and
 * makes the file. FF_NOT_FOUND, FF_PERIOD_OPEN, FF_PAYROLL_STATE when nobody owes; once per key. */
FF_MUST_CHECK enum ff_rc ff_payroll_create(struct ff_ctx *cx, const struct ff_payroll_new *in,
                                           const struct ff_idem *idem,
                                           struct ff_payroll_batch *out);

/* The file, the same bytes every time; the first time marks the batch as exported. Of a person who
 * was erased since, number and name are blanked. */
FF_MUST_CHECK enum ff_rc ff_payroll_file(struct ff_ctx *cx, int64_t id, struct ff_text *out);

struct ff_payroll_rejection {
    const char *number, *reason; /* of the line; why, at most 100 characters */
};
/* Lines that payroll could not deduct: booked back, whatever the wallet's floor, or written off
 * when the wallet was closed since. All or none. FF_NOT_FOUND, FF_PAYROLL_STATE once it is
 * confirmed or for a line that was rejected before; FF_VALIDATION at one that is not in the batch;
 * once per key.
 */
FF_MUST_CHECK enum ff_rc ff_payroll_reject(struct ff_ctx *cx, int64_t id,
                                           const struct ff_list *rejections,
                                           const struct ff_idem *idem,
                                           struct ff_payroll_batch *out);

/* The money has arrived: payroll:<month> +amount, bank -amount. FF_VALIDATION (param expected)
 * unless `amount` is what is due; FF_PAYROLL_STATE unless it is exported; once per key. */
FF_MUST_CHECK enum ff_rc ff_payroll_confirm(struct ff_ctx *cx, int64_t id, int64_t amount,
                                            const struct ff_idem *idem,
                                            struct ff_payroll_batch *out);

#endif

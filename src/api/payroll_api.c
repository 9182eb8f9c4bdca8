/* SPDX-License-Identifier: MIT */
/* payroll_api.c - deduction by payroll: profiles, batches, their file, rejections, confirmation. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/payroll/payroll.h"

enum { ITEMS_MAX = 100000, REJECTIONS_MAX = 1000, REASON_CHARS = 100 };

struct rejections {
    struct ff_list items;
};

struct confirmation {
    int64_t amount;
};

/* clang-format off */
#define PROFILE(name) offsetof(struct ff_payroll_profile, name)
#define BATCH(name)   offsetof(struct ff_payroll_batch, name)
#define ITEM(name)    offsetof(struct ff_payroll_item, name)
#define NEW(name)     offsetof(struct ff_payroll_new, name)
#define NULLABLE      (FF_F_REQUIRED | FF_F_NULLABLE)
#define SUM_MAX       (FF_MONEY_ENTRY_MAX * 100)

static const struct ff_field column_f[] = {
    { "field",  FF_T_ENUM, offsetof(struct ff_payroll_column, field),  FF_F_REQUIRED, 0, 0,
      "what it holds; from and to are the days of the month", NULL, ff_payroll_fields },
    { "header", FF_T_TEXT, offsetof(struct ff_payroll_column, header), FF_F_NULLABLE,
      1, FF_PAYROLL_HEADER_CHARS, "its title; the field's name when absent", NULL, NULL },
};
static const struct ff_schema column = {
    .name = "PayrollColumn", .size = sizeof(struct ff_payroll_column), .set_offset = FF_NO_SET,
    FF_FIELDS(column_f) };

#define LAYOUT(flags)                                                                              \
    { "name",        FF_T_NAME, PROFILE(name),         FF_F_REQUIRED, 1, 60, "unique", NULL, NULL }, \
    { "columns",     FF_T_LIST, PROFILE(columns),      FF_F_REQUIRED, 1, FF_PAYROLL_COLUMNS,       \
      "in order; one must be number, and one amount", &column, NULL },                             \
    { "separator",   FF_T_ENUM, PROFILE(separator),    flags, 0, 0,                                \
      "between cells; comma when absent", NULL, ff_payroll_separators },                           \
    { "amounts",     FF_T_ENUM, PROFILE(amounts),      flags, 0, 0,                                \
      "decimals of the currency or minor units; decimal when absent", NULL, ff_payroll_amounts },  \
    { "decimalMark", FF_T_ENUM, PROFILE(decimal_mark), flags, 0, 0,                                \
      "point when absent", NULL, ff_payroll_marks },                                               \
    { "dateFormat",  FF_T_ENUM, PROFILE(date_format),  flags, 0, 0,                                \
      "iso 2026-03-31, dotted 31.03.2026, compact 20260331; iso when absent", NULL,                \
      ff_payroll_dates },                                                                          \
    { "bom",         FF_T_BOOL, PROFILE(has_bom),      flags, 0, 0,                                \
      "a byte order mark before the text, for spreadsheets", NULL, NULL },                         \
    { "header",      FF_T_BOOL, PROFILE(has_header),   flags, 0, 0,                                \
      "a first line with the titles; yes when absent", NULL, NULL }

static const struct ff_field profile_new_f[] = {
    LAYOUT(0),
    { "wageType", FF_T_CODE, PROFILE(wage_type), FF_F_NULLABLE, 1, 20,
      "constant for the column wageType", NULL, NULL },
};
const struct ff_schema ff_schema_payroll_profile_new = {
    .name = "PayrollProfileNew", .size = sizeof(struct ff_payroll_profile),
    .set_offset = FF_NO_SET, FF_FIELDS(profile_new_f) };

static const struct ff_field profile_f[] = {
    { "id", FF_T_INT, PROFILE(id), FF_F_REQUIRED, 1, INT64_MAX, "profile", NULL, NULL },
    LAYOUT(FF_F_REQUIRED),
    { "wageType", FF_T_CODE, PROFILE(wage_type), NULLABLE, 1, 20,
      "constant for the column wageType", NULL, NULL },
    FF_VERSION_FIELD(struct ff_payroll_profile),
};
const struct ff_schema ff_schema_payroll_profile = {
    .name = "PayrollProfile", .size = sizeof(struct ff_payroll_profile), .set_offset = FF_NO_SET,
    FF_FIELDS(profile_f) };

static const struct ff_field batch_new_f[] = {
    { "period",    FF_T_TEXT,  NEW(month),      FF_F_REQUIRED, 7, 7, "a closed month, 2026-03", NULL, NULL },
    { "profileId", FF_T_INT,   NEW(profile_id), FF_F_REQUIRED, 1, INT64_MAX,
      "how the file looks", NULL, NULL },
    { "cap",       FF_T_MONEY, NEW(cap),        FF_F_NULLABLE, 1, FF_MONEY_WALLET_MAX,
      "at most so much of a person for the month; the rest stays owed", NULL, NULL },
    { "minimum",   FF_T_MONEY, NEW(minimum),    FF_F_NULLABLE, 1, FF_MONEY_WALLET_MAX,
      "who owes less is left out", NULL, NULL },
};
const struct ff_schema ff_schema_payroll_new = {
    .name = "PayrollBatchNew", .size = sizeof(struct ff_payroll_new), .set_offset = FF_NO_SET,
    FF_FIELDS(batch_new_f) };

static const struct ff_field item_f[] = {
    { "employeeId",     FF_T_INT,   ITEM(employee_id),     FF_F_REQUIRED, 1, INT64_MAX, "whose", NULL, NULL },
    { "employeeNumber", FF_T_TEXT,  ITEM(number),          FF_F_REQUIRED, 1, 40,
      "their number when it was made", NULL, NULL },
    { "name",           FF_T_TEXT,  ITEM(name),            FF_F_REQUIRED, 1, 100,
      "their name when it was made", NULL, NULL },
    { "amount",         FF_T_MONEY, ITEM(amount),          FF_F_REQUIRED, 1, FF_MONEY_WALLET_MAX,
      "to be deducted", NULL, NULL },
    { "journalId",      FF_T_INT,   ITEM(journal_id),      FF_F_REQUIRED, 1, INT64_MAX,
      "its journal", NULL, NULL },
    { "rejected",       FF_T_BOOL,  ITEM(rejected),        FF_F_REQUIRED, 0, 0,
      "payroll could not deduct it; it is owed again", NULL, NULL },
    { "rejectedJournalId", FF_T_INT, ITEM(rejected_journal_id), NULLABLE, 1, INT64_MAX,
      "the journal that booked it back", NULL, NULL },
    { "reason",         FF_T_TEXT,  ITEM(rejected_reason), NULLABLE, 1, REASON_CHARS,
      "why it was rejected", NULL, NULL },
};
static const struct ff_schema item = {
    .name = "PayrollItem", .size = sizeof(struct ff_payroll_item), .set_offset = FF_NO_SET,
    FF_FIELDS(item_f) };

static const char *const states[] = { "open", "exported", "confirmed", NULL };

#define SUMMARY                                                                                    \
    { "id",       FF_T_INT,     BATCH(id),      FF_F_REQUIRED, 1, INT64_MAX, "batch", NULL, NULL }, \
    { "period",   FF_T_TEXT,    BATCH(month),   FF_F_REQUIRED, 7, 7, "the month", NULL, NULL },    \
    { "profile",  FF_T_TEXT,    BATCH(profile), FF_F_REQUIRED, 1, 60,                              \
      "the profile's name when it was made", NULL, NULL },                                         \
    { "state",    FF_T_ENUM,    BATCH(state),   FF_F_REQUIRED, 0, 0,                               \
      "exported once its file was fetched, confirmed once the money arrived", NULL, states },      \
    { "cap",      FF_T_MONEY,   BATCH(cap),     NULLABLE, 1, FF_MONEY_WALLET_MAX,                  \
      "at most so much of a person", NULL, NULL },                                                 \
    { "minimum",  FF_T_MONEY,   BATCH(minimum), FF_F_REQUIRED, 1, FF_MONEY_WALLET_MAX,             \
      "and at least so much", NULL, NULL },                                                        \
    { "people",   FF_T_INT,     BATCH(n_items), FF_F_REQUIRED, 1, ITEMS_MAX, "lines", NULL, NULL }, \
    { "total",    FF_T_MONEY,   BATCH(total),   FF_F_REQUIRED, 1, SUM_MAX, "all lines", NULL, NULL }, \
    { "rejections", FF_T_INT,   BATCH(n_rejected), FF_F_REQUIRED, 0, ITEMS_MAX,                    \
      "lines that came back", NULL, NULL },                                                        \
    { "rejected", FF_T_MONEY,   BATCH(rejected), FF_F_REQUIRED, 0, SUM_MAX, "their sum", NULL, NULL }, \
    { "due",      FF_T_MONEY,   BATCH(due),     FF_F_REQUIRED, 0, SUM_MAX,                         \
      "what payroll must transfer", NULL, NULL },                                                  \
    { "createdAt",   FF_T_INSTANT, BATCH(created_at),   FF_F_REQUIRED, 0, 0, "made at", NULL, NULL }, \
    { "exportedAt",  FF_T_INSTANT, BATCH(exported_at),  NULLABLE, 0, 0,                            \
      "its file was fetched first at", NULL, NULL },                                               \
    { "confirmedAt", FF_T_INSTANT, BATCH(confirmed_at), NULLABLE, 0, 0,                            \
      "the money arrived at", NULL, NULL },                                                        \
    { "confirmJournalId", FF_T_INT, BATCH(confirm_journal_id), NULLABLE, 1, INT64_MAX,             \
      "the journal of its arrival", NULL, NULL },                                                  \
    { "fileHash", FF_T_TEXT,    BATCH(file_hash), FF_F_REQUIRED, 64, 64,                           \
      "BLAKE2b-256 of the file, hex", NULL, NULL }

static const struct ff_field summary_f[] = { SUMMARY };
const struct ff_schema ff_schema_payroll_summary = {
    .name = "PayrollSummary", .size = sizeof(struct ff_payroll_batch), .set_offset = FF_NO_SET,
    FF_FIELDS(summary_f) };

static const struct ff_field batch_f[] = {
    SUMMARY,
    { "items",    FF_T_LIST, BATCH(items),    FF_F_REQUIRED, 1, ITEMS_MAX,
      "in the order of the file", &item, NULL },
    { "replayed", FF_T_BOOL, BATCH(replayed), FF_F_REQUIRED, 0, 0,
      "this was done before and is told again", NULL, NULL },
};
const struct ff_schema ff_schema_payroll_batch = {
    .name = "PayrollBatch", .size = sizeof(struct ff_payroll_batch), .set_offset = FF_NO_SET,
    FF_FIELDS(batch_f) };

static const struct ff_field rejection_f[] = {
    { "employeeNumber", FF_T_CODE, offsetof(struct ff_payroll_rejection, number), FF_F_REQUIRED, 1, 20,
      "as it stands in the file", NULL, NULL },
    { "reason",         FF_T_TEXT, offsetof(struct ff_payroll_rejection, reason), FF_F_REQUIRED,
      1, REASON_CHARS, "why, in the words of payroll", NULL, NULL },
};
static const struct ff_schema rejection = {
    .name = "PayrollRejection", .size = sizeof(struct ff_payroll_rejection),
    .set_offset = FF_NO_SET, FF_FIELDS(rejection_f) };

static const struct ff_field rejections_f[] = {
    { "items", FF_T_LIST, offsetof(struct rejections, items), FF_F_REQUIRED, 1, REJECTIONS_MAX,
      "lines that payroll could not deduct: all are booked back, or none", &rejection, NULL },
};
const struct ff_schema ff_schema_payroll_rejections = {
    .name = "PayrollRejections", .size = sizeof(struct rejections), .set_offset = FF_NO_SET,
    FF_FIELDS(rejections_f) };

static const struct ff_field confirmation_f[] = {
    { "amount", FF_T_MONEY, offsetof(struct confirmation, amount), FF_F_REQUIRED, 0, SUM_MAX,
      "what arrived; it must be what is due", NULL, NULL },
};
const struct ff_schema ff_schema_payroll_confirmation = {
    .name = "PayrollConfirmation", .size = sizeof(struct confirmation), .set_offset = FF_NO_SET,
    FF_FIELDS(confirmation_f) };
/* clang-format on */

/* ---- profiles ---- */

enum ff_rc ff_api_payroll_profile_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_payroll_profiles(rq->cx, q->list.page, q->list.limit, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

static enum ff_rc give(struct ff_req *rq, struct ff_reply *rp, enum ff_rc rc,
                       const struct ff_payroll_profile *profile)
{
    rp->data = profile;
    rp->location_id = profile->id;
    rp->etag = rc ? NULL : ff_version_tag(rq->cx, profile->version);
    return rc;
}

enum ff_rc ff_api_payroll_profile_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_payroll_profile *p = FF_NEW(rq->cx, struct ff_payroll_profile);
    return p ? give(rq, rp, ff_payroll_profile(rq->cx, rq->id, p), p) : rq->cx->err.rc;
}

enum ff_rc ff_api_payroll_profile_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_payroll_profile *p = FF_NEW(rq->cx, struct ff_payroll_profile);
    return p ? give(rq, rp, ff_payroll_profile_create(rq->cx, rq->body, p), p) : rq->cx->err.rc;
}

enum ff_rc ff_api_payroll_profile_put(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_payroll_profile *p = FF_NEW(rq->cx, struct ff_payroll_profile);
    if (!p)
        return rq->cx->err.rc;
    return give(rq, rp, ff_payroll_profile_put(rq->cx, rq->id, rq->if_match, rq->body, p), p);
}

enum ff_rc ff_api_payroll_profile_delete(struct ff_req *rq, struct ff_reply *rp)
{
    (void)rp;
    return ff_payroll_profile_delete(rq->cx, rq->id, rq->if_match);
}

/* ---- batches ---- */

enum ff_rc ff_api_payroll_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct ff_list_args *q = rq->query;
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc = ff_payroll_batches(rq->cx, q->list.page, q->list.limit, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

enum ff_rc ff_api_payroll_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_payroll_batch *batch = FF_NEW(rq->cx, struct ff_payroll_batch);
    rp->data = batch;
    return batch ? ff_payroll_batch(rq->cx, rq->id, batch) : rq->cx->err.rc;
}

/* The reply's struct, and the request's key with a fingerprint of all that was asked. */
static struct ff_payroll_batch *begin(struct ff_req *rq, struct ff_idem *idem)
{
    ff_idem_make(rq->cx, rq->idem_key, rq->route->operation, rq->cx->who.employee_id, rq->id,
                 rq->raw, rq->raw_len, idem);
    return FF_NEW(rq->cx, struct ff_payroll_batch);
}

static enum ff_rc end(struct ff_reply *rp, enum ff_rc rc, const struct ff_payroll_batch *batch)
{
    rp->data = batch;
    rp->replayed = batch->replayed != 0;
    rp->location_id = batch->id;
    return rc;
}

enum ff_rc ff_api_payroll_create(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_idem idem;
    struct ff_payroll_batch *batch = begin(rq, &idem);
    if (!batch)
        return rq->cx->err.rc;
    return end(rp, ff_payroll_create(rq->cx, rq->body, &idem, batch), batch);
}

enum ff_rc ff_api_payroll_file(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_text text;
    enum ff_rc rc = ff_payroll_file(rq->cx, rq->id, &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_payroll_reject(struct ff_req *rq, struct ff_reply *rp)
{
    const struct rejections *in = rq->body;
    struct ff_idem idem;
    struct ff_payroll_batch *batch = begin(rq, &idem);
    if (!batch)
        return rq->cx->err.rc;
    return end(rp, ff_payroll_reject(rq->cx, rq->id, &in->items, &idem, batch), batch);
}

enum ff_rc ff_api_payroll_confirm(struct ff_req *rq, struct ff_reply *rp)
{
    const struct confirmation *in = rq->body;
    struct ff_idem idem;
    struct ff_payroll_batch *batch = begin(rq, &idem);
    if (!batch)
        return rq->cx->err.rc;
    return end(rp, ff_payroll_confirm(rq->cx, rq->id, in->amount, &idem, batch), batch);
}

/* SPDX-License-Identifier: MIT */
/* opening_import.c - opening balances by CSV. The key of an opening is made of the file and the
 * person, so the same file is known again by the first of its keys. */
#include "domain/ledger/opening_import.h"

#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/ledger.h"

enum { DIGEST_BYTES = 16 };

struct row {
    struct ff_import_row head;
    const char *number;
    int64_t amount;
};

/* clang-format off */
static const struct ff_field row_f[] = {
    { "number", FF_T_CODE, offsetof(struct row, number), FF_F_REQUIRED, 1, 20,
      "of the person", NULL, NULL },
    { "amount", FF_T_MONEY, offsetof(struct row, amount), FF_F_REQUIRED, 0, FF_MONEY_WALLET_MAX,
      "what the wallet begins with; 0: nothing", NULL, NULL },
};
static const struct ff_schema row_schema = {
    .name = "OpeningRow", .size = sizeof(struct row), .set_offset = FF_NO_SET, FF_FIELDS(row_f)
};
/* clang-format on */

struct job {
    struct ff_import *im;
    unsigned char digest[DIGEST_BYTES]; /* of the file */
    int64_t created;
};

static enum ff_rc start(struct ff_ctx *cx, void *arg)
{
    struct job *job = arg;
    (void)cx;
    job->created = 0;
    return FF_OK;
}

/* ---- the person ---- */

struct holder {
    int64_t id; /* 0: nobody has this number, or nobody with an open wallet */
    bool has_opening;
};

static enum ff_rc find_holder(struct ff_ctx *cx, const char *number, struct holder *out)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_LEDGER_OPENING_OF, &st);
    *out = (struct holder){0};
    if (rc)
        return rc;
    ff_db_text(st, FF_P_LEDGER_OPENING_OF_NUMBER, number);
    if ((rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    out->id = ff_db_col_int(st, FF_C_LEDGER_OPENING_OF_ID);
    out->has_opening = ff_db_col_int(st, FF_C_LEDGER_OPENING_OF_HAS_OPENING) == 1;
    return FF_OK;
}

/* ---- the booking ---- */

enum { KEY_CAP = 8 + 2 * DIGEST_BYTES + 1 };

static void make_idem(struct ff_ctx *cx, const struct job *job, const struct row *row,
                      int64_t employee_id, char key[KEY_CAP], struct ff_idem *idem)
{
    struct ff_hash hash;
    unsigned char digest[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];
    ff_hash_init(&hash, sizeof digest);
    ff_hash_add(&hash, job->digest, sizeof job->digest);
    ff_hash_text(&hash, row->number);
    ff_hash_final(&hash, digest);
    ff_hex(digest, sizeof digest, hex);
    (void)snprintf(key, KEY_CAP, "opening-%s", hex);
    ff_idem_make(cx, key, "importOpenings", employee_id, 0, job->digest, sizeof job->digest, idem);
    idem->scope = 0; /* whoever brings the file, it is the same one */
}

/* Not a fault of the row but of the file. */
static enum ff_rc check_new(struct ff_ctx *cx, const struct ff_idem *idem)
{
    int64_t journal_id = 0;
    enum ff_rc rc = ff_ledger_find_key(cx, idem, &journal_id);
    return rc || !journal_id ? rc
                             : FF_FAIL(cx, FF_OPENING_BOOKED,
                                       "This file was booked before, from journal %lld on.",
                                       (long long)journal_id);
}

static enum ff_rc blame(struct ff_ctx *cx, struct job *job, struct row *row, const char *column,
                        const char *detail)
{
    ff_err_clear(cx);
    ff_import_bad(job->im, &row->head, column, "VALUE", detail);
    return FF_OK;
}

static enum ff_rc insert(struct ff_ctx *cx, void *arg, struct ff_import_row *head)
{
    struct job *job = arg;
    struct row *row = (struct row *)head;
    char key[KEY_CAP];
    struct holder holder;
    struct ff_idem idem;
    enum ff_rc rc = find_holder(cx, row->number, &holder);
    if (rc)
        return rc;
    if (!holder.id)
        return blame(cx, job, row, "number", "Nobody has this number.");
    make_idem(cx, job, row, holder.id, key, &idem);
    if ((rc = check_new(cx, &idem)))
        return rc;
    if (holder.has_opening)
        return blame(cx, job, row, "number", "This person's opening balance was booked before.");
    if (row->amount == 0)
        return FF_OK;
    if ((rc = ff_ledger_opening(cx, holder.id, row->amount, &idem)))
        return rc == FF_BALANCE_LIMIT
                   ? blame(cx, job, row, "amount", "The wallet cannot hold that much more.")
                   : rc;
    job->created++;
    return FF_OK;
}

enum ff_rc ff_ledger_import_openings(struct ff_ctx *cx, const struct ff_import_file *file,
                                     struct ff_import_result *out)
{
    struct ff_import *im;
    enum ff_rc rc = ff_import_open(cx, file, &row_schema, &im);
    if (!rc) {
        struct job job = {.im = im};
        struct ff_hash hash;
        const struct ff_import_steps steps = {.start = start, .insert = insert, .arg = &job};
        ff_hash_init(&hash, sizeof job.digest);
        ff_hash_add(&hash, file->text, file->n);
        ff_hash_final(&hash, job.digest);
        ff_import_unique(im, offsetof(struct row, number), "number");
        rc = ff_import_run(cx, im, &steps);
        *out = (struct ff_import_result){
            .dry_run = file->dry_run, .rows = (int64_t)ff_import_count(im), .created = job.created};
    }
    if (!rc)
        rc = ff_import_dearest(cx, im, offsetof(struct row, number), offsetof(struct row, amount),
                               &out->dearest);
    ff_import_close(im);
    return rc;
}

/* SPDX-License-Identifier: MIT */
/* ledger_api.c - the books for those who answer for them: accounts, trial balance, journals, head,
 * proof, and the export with its mapping. */
#include <stddef.h>

#include "api/handlers.h"
#include "api/import_request.h"
#include "api/list_fields.h"
#include "api/schemas.h"
#include "base/money.h"
#include "db/db.h"
#include "domain/ledger/book.h"
#include "domain/ledger/verify.h"

struct account_query {
    struct ff_list_query list;
    const char *at, *kind;
};

struct trial_query {
    const char *at;
};

struct journal_query {
    struct ff_list_query list; /* its page is not used: there is only the cursor */
    int64_t limit, after, account_id;
    const char *kind, *from, *to;
};

struct export_query {
    const char *by, *amounts;
};

struct ledger_check {
    int64_t ok, journals, entries, purchases, lines, head_id, id;
    const char *head_hash, *table, *finding;
};

enum { PAGE = 10, PAGE_MAX = 100 };

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define NULLABLE          (FF_F_REQUIRED | FF_F_NULLABLE)
#define SUM_MAX           (FF_MONEY_ENTRY_MAX * 10000)

static const struct ff_field account_query_f[] = {
    FF_PAGE_FIELDS(struct account_query),
    { "at",   FF_T_DATE, FIELD(account_query, at),   0, 0, 0,
      "balances at the end of this business date; now when absent", NULL, NULL },
    { "kind", FF_T_ENUM, FIELD(account_query, kind), 0, 0, 0,
      "only accounts of this kind", NULL, ff_account_kinds },
};
const struct ff_schema ff_schema_account_query = {
    .name = "AccountQuery", .size = sizeof(struct account_query), .set_offset = FF_NO_SET,
    FF_FIELDS(account_query_f) };

static const struct ff_field account_f[] = {
    { "id",         FF_T_INT,   FIELD(ff_account, id),          FF_F_REQUIRED, 1, INT64_MAX,
      "account", NULL, NULL },
    { "code",       FF_T_TEXT,  FIELD(ff_account, code),        FF_F_REQUIRED, 1, 60,
      "its kind and what it is for: wallet:7, revenue:sales, vat:70000 ...", NULL, NULL },
    { "kind",       FF_T_ENUM,  FIELD(ff_account, kind),        FF_F_REQUIRED, 0, 0,
      "what it is for", NULL, ff_account_kinds },
    { "employeeId", FF_T_INT,   FIELD(ff_account, employee_id), NULLABLE, 1, INT64_MAX,
      "whose; null: shared", NULL, NULL },
    { "balance",    FF_T_MONEY, FIELD(ff_account, balance),     FF_F_REQUIRED, -SUM_MAX, SUM_MAX,
      "positive: value flowed into it; all of them come to 0", NULL, NULL },
};
const struct ff_schema ff_schema_account = {
    .name = "Account", .size = sizeof(struct ff_account), .set_offset = FF_NO_SET,
    FF_FIELDS(account_f) };

static const struct ff_field trial_query_f[] = {
    { "at", FF_T_DATE, FIELD(trial_query, at), 0, 0, 0,
      "at the end of this business date; now when absent", NULL, NULL },
};
const struct ff_schema ff_schema_trial_query = {
    .name = "TrialBalanceQuery", .size = sizeof(struct trial_query), .set_offset = FF_NO_SET,
    FF_FIELDS(trial_query_f) };

static const struct ff_field trial_row_f[] = {
    { "code",     FF_T_TEXT,  FIELD(ff_trial_row, code),     FF_F_REQUIRED, 1, 60,
      "an account; wallet:* stands for all wallets", NULL, NULL },
    { "kind",     FF_T_ENUM,  FIELD(ff_trial_row, kind),     FF_F_REQUIRED, 0, 0,
      "what it is for", NULL, ff_account_kinds },
    { "accounts", FF_T_INT,   FIELD(ff_trial_row, accounts), FF_F_REQUIRED, 1, INT64_MAX,
      "how many it stands for", NULL, NULL },
    { "debit",    FF_T_MONEY, FIELD(ff_trial_row, debit),    FF_F_REQUIRED, 0, SUM_MAX,
      "balances below 0, sign turned", NULL, NULL },
    { "credit",   FF_T_MONEY, FIELD(ff_trial_row, credit),   FF_F_REQUIRED, 0, SUM_MAX,
      "balances above 0", NULL, NULL },
    { "balance",  FF_T_MONEY, FIELD(ff_trial_row, balance),  FF_F_REQUIRED, -SUM_MAX, SUM_MAX,
      "credit less debit", NULL, NULL },
};
static const struct ff_schema trial_row = {
    .name = "TrialBalanceRow", .size = sizeof(struct ff_trial_row), .set_offset = FF_NO_SET,
    FF_FIELDS(trial_row_f) };

static const struct ff_field trial_f[] = {
    { "at",      FF_T_DATE,  FIELD(ff_trial, at),      NULLABLE, 0, 0,
      "at the end of this day; null: now", NULL, NULL },
    { "rows",    FF_T_LIST,  FIELD(ff_trial, rows),    FF_F_REQUIRED, 0, 100000,
      "accounts that are not empty", &trial_row, NULL },
    { "debits",  FF_T_MONEY, FIELD(ff_trial, debits),  FF_F_REQUIRED, 0, SUM_MAX,
      "all of them", NULL, NULL },
    { "credits", FF_T_MONEY, FIELD(ff_trial, credits), FF_F_REQUIRED, 0, SUM_MAX,
      "the same amount", NULL, NULL },
    { "sum",     FF_T_MONEY, FIELD(ff_trial, sum),     FF_F_REQUIRED, -SUM_MAX, SUM_MAX,
      "credits less debits: always 0", NULL, NULL },
};
const struct ff_schema ff_schema_trial = {
    .name = "TrialBalance", .size = sizeof(struct ff_trial), .set_offset = FF_NO_SET,
    FF_FIELDS(trial_f) };

static const struct ff_field journal_query_f[] = {
    { "limit",     FF_T_INT,  FIELD(journal_query, limit),      0, 1, PAGE_MAX, "rows a page", NULL, NULL },
    { "after",     FF_T_INT,  FIELD(journal_query, after),      0, 1, INT64_MAX,
      "cursor of the page before", NULL, NULL },
    { "kind",      FF_T_ENUM, FIELD(journal_query, kind),       0, 0, 0,
      "only of this kind", NULL, ff_journal_kinds },
    { "accountId", FF_T_INT,  FIELD(journal_query, account_id), 0, 1, INT64_MAX,
      "only those that move this account", NULL, NULL },
    { "from",      FF_T_DATE, FIELD(journal_query, from),       0, 0, 0,
      "business date, from this one on", NULL, NULL },
    { "to",        FF_T_DATE, FIELD(journal_query, to),         0, 0, 0,
      "business date, before this one", NULL, NULL },
};
const struct ff_schema ff_schema_journal_query = {
    .name = "JournalQuery", .size = sizeof(struct journal_query), .set_offset = FF_NO_SET,
    FF_FIELDS(journal_query_f) };

static const struct ff_field entry_f[] = {
    { "accountId",    FF_T_INT,   FIELD(ff_book_entry, account_id),    FF_F_REQUIRED, 1, INT64_MAX,
      "account", NULL, NULL },
    { "code",         FF_T_TEXT,  FIELD(ff_book_entry, code),          FF_F_REQUIRED, 1, 60,
      "its code", NULL, NULL },
    { "amount",       FF_T_MONEY, FIELD(ff_book_entry, amount),        FF_F_REQUIRED,
      -FF_MONEY_ENTRY_MAX, FF_MONEY_ENTRY_MAX, "positive: into the account", NULL, NULL },
    { "balanceAfter", FF_T_MONEY, FIELD(ff_book_entry, balance_after), NULLABLE,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "of a person's account", NULL, NULL },
};
static const struct ff_schema entry = {
    .name = "JournalEntry", .size = sizeof(struct ff_book_entry), .set_offset = FF_NO_SET,
    FF_FIELDS(entry_f) };

static const struct ff_field journal_f[] = {
    { "id",           FF_T_INT,     FIELD(ff_journal, id),            FF_F_REQUIRED, 1, INT64_MAX,
      "its number, without gaps", NULL, NULL },
    { "kind",         FF_T_ENUM,    FIELD(ff_journal, kind),          FF_F_REQUIRED, 0, 0,
      "what it is", NULL, ff_journal_kinds },
    { "businessDate", FF_T_DATE,    FIELD(ff_journal, business_date), FF_F_REQUIRED, 0, 0,
      "the day it belongs to", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, FIELD(ff_journal, recorded_at),   FF_F_REQUIRED, 0, 0,
      "when it was booked", NULL, NULL },
    { "occurredAt",   FF_T_INSTANT, FIELD(ff_journal, occurred_at),   FF_F_REQUIRED, 0, 0,
      "when it happened, as the kiosk says", NULL, NULL },
    { "userId",       FF_T_INT,     FIELD(ff_journal, actor_user_id), NULLABLE, 1, INT64_MAX,
      "the account that booked it", NULL, NULL },
    { "kioskId",      FF_T_INT,     FIELD(ff_journal, device_id),     NULLABLE, 1, INT64_MAX,
      "the kiosk where", NULL, NULL },
    { "reversesId",   FF_T_INT,     FIELD(ff_journal, reverses_id),   NULLABLE, 1, INT64_MAX,
      "the journal that it takes back", NULL, NULL },
    { "reason",       FF_T_TEXT,    FIELD(ff_journal, reason),        NULLABLE, 1, 40,
      "code of the reason", NULL, NULL },
    { "hash",         FF_T_TEXT,    FIELD(ff_journal, hash),          FF_F_REQUIRED, 64, 64,
      "seals it and all before, hex", NULL, NULL },
    { "entries",      FF_T_LIST,    FIELD(ff_journal, entries),       FF_F_REQUIRED,
      2, FF_LEDGER_MAX_ENTRIES, "they come to 0", &entry, NULL },
};
const struct ff_schema ff_schema_journal = {
    .name = "Journal", .size = sizeof(struct ff_journal), .set_offset = FF_NO_SET,
    FF_FIELDS(journal_f) };

static const struct ff_field head_f[] = {
    { "id",         FF_T_INT,     FIELD(ff_book_head, id),          FF_F_REQUIRED, 0, INT64_MAX,
      "the last journal; 0: none yet", NULL, NULL },
    { "recordedAt", FF_T_INSTANT, FIELD(ff_book_head, recorded_at), NULLABLE, 0, 0,
      "when it was booked", NULL, NULL },
    { "hash",       FF_T_TEXT,    FIELD(ff_book_head, hash),        NULLABLE, 64, 64,
      "seals every journal: keep it elsewhere", NULL, NULL },
};
const struct ff_schema ff_schema_ledger_head = {
    .name = "LedgerHead", .size = sizeof(struct ff_book_head), .set_offset = FF_NO_SET,
    FF_FIELDS(head_f) };

static const struct ff_field check_f[] = {
    { "ok",        FF_T_BOOL, FIELD(ledger_check, ok),        FF_F_REQUIRED, 0, 0,
      "everything holds", NULL, NULL },
    { "journals",  FF_T_INT,  FIELD(ledger_check, journals),  FF_F_REQUIRED, 0, INT64_MAX,
      "how many were read", NULL, NULL },
    { "entries",   FF_T_INT,  FIELD(ledger_check, entries),   FF_F_REQUIRED, 0, INT64_MAX,
      "likewise", NULL, NULL },
    { "purchases", FF_T_INT,  FIELD(ledger_check, purchases), FF_F_REQUIRED, 0, INT64_MAX,
      "likewise", NULL, NULL },
    { "lines",     FF_T_INT,  FIELD(ledger_check, lines),     FF_F_REQUIRED, 0, INT64_MAX,
      "likewise", NULL, NULL },
    { "headId",    FF_T_INT,  FIELD(ledger_check, head_id),   FF_F_REQUIRED, 0, INT64_MAX,
      "the last journal", NULL, NULL },
    { "headHash",  FF_T_TEXT, FIELD(ledger_check, head_hash), FF_F_REQUIRED, 64, 64,
      "its hash, hex", NULL, NULL },
    { "table",     FF_T_TEXT, FIELD(ledger_check, table),     NULLABLE, 1, 40,
      "where the first bad row is; null: nowhere", NULL, NULL },
    { "id",        FF_T_INT,  FIELD(ledger_check, id),        NULLABLE, 0, INT64_MAX,
      "which one", NULL, NULL },
    { "finding",   FF_T_TEXT, FIELD(ledger_check, finding),   NULLABLE, 1, FF_VERIFY_FINDING_CAP,
      "what is wrong with it", NULL, NULL },
};
const struct ff_schema ff_schema_ledger_check = {
    .name = "LedgerCheck", .size = sizeof(struct ledger_check), .set_offset = FF_NO_SET,
    FF_FIELDS(check_f) };

static const char *const bys[] = { "entry", "day", NULL };

static const struct ff_field export_query_f[] = {
    { "by", FF_T_ENUM, FIELD(export_query, by), 0, 0, 0,
      "a row an entry, or summed up by day, kind and account; entry when absent", NULL, bys },
    FF_AMOUNTS_FIELD(struct export_query),
};
const struct ff_schema ff_schema_ledger_export_query = {
    .name = "LedgerExportQuery", .size = sizeof(struct export_query), .set_offset = FF_NO_SET,
    FF_FIELDS(export_query_f) };

static const struct ff_field map_row_f[] = {
    { "code",   FF_T_TEXT, FIELD(ff_account_map_row, code),   FF_F_REQUIRED, 1, 60,
      "one of our accounts, or a kind with all its accounts: wallet:*", NULL, NULL },
    { "number", FF_T_CODE, FIELD(ff_account_map_row, number), FF_F_REQUIRED, 1, 20,
      "the account in the site's bookkeeping", NULL, NULL },
    { "name",   FF_T_TEXT, FIELD(ff_account_map_row, name),   FF_F_NULLABLE, 1, 100,
      "what it is called there", NULL, NULL },
};
static const struct ff_schema map_row = {
    .name = "AccountMapRow", .size = sizeof(struct ff_account_map_row), .set_offset = FF_NO_SET,
    FF_FIELDS(map_row_f) };

static const struct ff_field map_f[] = {
    { "rows", FF_T_LIST, FIELD(ff_account_map, rows), FF_F_REQUIRED, 0, FF_ACCOUNT_MAP_ROWS,
      "by code; what has none stays without a number", &map_row, NULL },
};
const struct ff_schema ff_schema_account_map = {
    .name = "AccountMap", .size = sizeof(struct ff_account_map), .set_offset = FF_NO_SET,
    FF_FIELDS(map_f) };
/* clang-format on */

enum ff_rc ff_api_account_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct account_query *q = rq->query;
    struct ff_list rows = {0};
    int64_t total = 0;
    enum ff_rc rc =
        ff_book_accounts(rq->cx, q->at, q->kind, q->list.page, q->list.limit, &rows, &total);
    rp->data = rows.items;
    rp->n = rows.n;
    rp->page = ff_page_of(&q->list, total);
    return rc;
}

enum ff_rc ff_api_trial_balance(struct ff_req *rq, struct ff_reply *rp)
{
    const struct trial_query *q = rq->query;
    struct ff_trial *trial = FF_NEW(rq->cx, struct ff_trial);
    if (!trial)
        return rq->cx->err.rc;
    rp->data = trial;
    return ff_book_trial(rq->cx, q->at, trial);
}

enum ff_rc ff_api_journal_list(struct ff_req *rq, struct ff_reply *rp)
{
    const struct journal_query *q = rq->query;
    const struct ff_journal_filter f = {.kind = q->kind,
                                        .account_id = q->account_id,
                                        .from = q->from,
                                        .to = q->to,
                                        .after = q->after,
                                        .limit = q->limit == FF_NULL_INT ? PAGE : q->limit};
    struct ff_list rows = {0};
    rp->page = (struct ff_page){.page = 1, .limit = f.limit, .total = -1};
    enum ff_rc rc = ff_book_journals(rq->cx, &f, &rows, &rp->page.next);
    rp->data = rows.items;
    rp->n = rows.n;
    return rc;
}

enum ff_rc ff_api_ledger_head(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_book_head *head = FF_NEW(rq->cx, struct ff_book_head);
    if (!head)
        return rq->cx->err.rc;
    rp->data = head;
    return ff_book_head(rq->cx, head);
}

enum ff_rc ff_api_ledger_verify(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_ctx *cx = rq->cx;
    struct ff_verify_report *r = FF_NEW(cx, struct ff_verify_report);
    struct ledger_check *out = FF_NEW(cx, struct ledger_check);
    char *hash = ff_alloc(cx, 2 * sizeof r->head_hash + 1);
    if (!r || !out || !hash)
        return cx->err.rc;
    ff_db_release(cx); /* it takes long: no snapshot is held for it */
    enum ff_rc rc = ff_ledger_verify(cx, r);
    if (rc)
        return rc;
    ff_hex(r->head_hash, sizeof r->head_hash, hash);
    *out = (struct ledger_check){.ok = r->ok,
                                 .journals = r->journals,
                                 .entries = r->entries,
                                 .purchases = r->purchases,
                                 .lines = r->lines,
                                 .head_id = r->head_id,
                                 .head_hash = hash,
                                 .id = r->ok ? FF_NULL_INT : r->id,
                                 .table = r->ok ? NULL : r->table,
                                 .finding = r->ok ? NULL : r->finding};
    rp->data = out;
    return FF_OK;
}

enum ff_rc ff_api_ledger_export(struct ff_req *rq, struct ff_reply *rp)
{
    const struct export_query *q = rq->query;
    struct ff_text text;
    const bool by_day = q->by && q->by[0] == 'd';
    enum ff_rc rc =
        ff_book_export(rq->cx, rq->key, by_day, ff_export_decimals(rq->cx, q->amounts), &text);
    if (!rc)
        ff_reply_csv(rp, &text);
    return rc;
}

enum ff_rc ff_api_account_map_get(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_account_map *map = FF_NEW(rq->cx, struct ff_account_map);
    if (!map)
        return rq->cx->err.rc;
    rp->data = map;
    return ff_account_map_get(rq->cx, map);
}

enum ff_rc ff_api_account_map_put(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_account_map *map = FF_NEW(rq->cx, struct ff_account_map);
    if (!map)
        return rq->cx->err.rc;
    rp->data = map;
    return ff_account_map_put(rq->cx, rq->body, map);
}

/* SPDX-License-Identifier: MIT */
/* purchase_schemas.c - what is said and answered about purchases. */
#include <stddef.h>

#include "api/list_fields.h"
#include "api/purchase_types.h"
#include "api/schemas.h"
#include "base/money.h"
#include "domain/purchase/purchase.h"

/* clang-format off */
#define FIELD(type, name) offsetof(struct type, name)
#define NULLABLE          (FF_F_REQUIRED | FF_F_NULLABLE)

static const struct ff_field item_new_f[] = {
    { "productId", FF_T_INT, FIELD(ff_purchase_item, product_id), FF_F_REQUIRED, 1, INT64_MAX,
      "what", NULL, NULL },
    { "quantity",  FF_T_INT, FIELD(ff_purchase_item, quantity),   FF_F_REQUIRED, 1, 99,
      "pieces; the same product twice is added up", NULL, NULL },
};
static const struct ff_schema item_new = {
    .name = "PurchaseItemNew", .size = sizeof(struct ff_purchase_item), .set_offset = FF_NO_SET,
    FF_FIELDS(item_new_f) };

static const struct ff_field override_f[] = {
    { "reason", FF_T_TEXT, FIELD(ff_purchase_override, reason), FF_F_REQUIRED, 3, 200,
      "why; goes to the record", NULL, NULL },
};
static const struct ff_schema override_schema = {
    .name = "PurchaseOverride", .size = sizeof(struct ff_purchase_override),
    .set_offset = FF_NO_SET, FF_FIELDS(override_f) };

static const struct ff_field new_f[] = {
    { "items",         FF_T_LIST,  FIELD(ff_purchase_new, items),          FF_F_REQUIRED,
      1, FF_PURCHASE_MAX_LINES, "the tray", &item_new, NULL },
    { "expectedTotal", FF_T_MONEY, FIELD(ff_purchase_new, expected_total), FF_F_NULLABLE,
      0, FF_MONEY_TOTAL_MAX, "the total the person saw; another one is refused", NULL, NULL },
    { "employeeId",    FF_T_INT,   FIELD(ff_purchase_new, employee_id),    FF_F_NULLABLE,
      1, INT64_MAX, "who buys; the caller when absent", NULL, NULL },
    { "override",      FF_T_OPT_OBJECT, FIELD(ff_purchase_new, override),  0, 0, 0,
      "in spite of limits, bans and the floor; managers and admins, for somebody else",
      &override_schema, NULL },
};
const struct ff_schema ff_schema_purchase_new = {
    .name = "PurchaseNew", .size = sizeof(struct ff_purchase_new), .set_offset = FF_NO_SET,
    FF_FIELDS(new_f) };

static const struct ff_field line_f[] = {
    { "lineNo",    FF_T_INT,   FIELD(ff_purchase_line, line_no),    FF_F_REQUIRED, 1, FF_PURCHASE_MAX_LINES,
      "place on the receipt", NULL, NULL },
    { "productId", FF_T_INT,   FIELD(ff_purchase_line, product_id), FF_F_REQUIRED, 1, INT64_MAX,
      "product", NULL, NULL },
    { "name",      FF_T_TEXT,  FIELD(ff_purchase_line, name),       FF_F_REQUIRED, 1, 100,
      "its name when it was bought", NULL, NULL },
    { "quantity",  FF_T_INT,   FIELD(ff_purchase_line, quantity),   FF_F_REQUIRED, 1, 99,
      "pieces", NULL, NULL },
    { "unitPrice", FF_T_MONEY, FIELD(ff_purchase_line, unit_price), FF_F_REQUIRED, 0, FF_MONEY_PRICE_MAX,
      "its price when it was bought", NULL, NULL },
    { "total",     FF_T_MONEY, FIELD(ff_purchase_line, total),      FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "of the line", NULL, NULL },
    { "taxRatePpm", FF_T_INT,  FIELD(ff_purchase_line, tax_rate),   FF_F_REQUIRED, 0, 1000000,
      "rate of the tax inside it, in parts per million", NULL, NULL },
    { "tax",       FF_T_MONEY, FIELD(ff_purchase_line, tax),        FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "the tax inside it", NULL, NULL },
    { "refunded",  FF_T_INT,   FIELD(ff_purchase_line, refunded),   FF_F_REQUIRED, 0, 99,
      "pieces of it that were given back", NULL, NULL },
};
static const struct ff_schema line_schema = {
    .name = "PurchaseLine", .size = sizeof(struct ff_purchase_line), .set_offset = FF_NO_SET,
    FF_FIELDS(line_f) };

static const struct ff_field purchase_f[] = {
    { "id",           FF_T_INT,     FIELD(ff_purchase, id),            FF_F_REQUIRED, 1, INT64_MAX,
      "purchase; its journal's id", NULL, NULL },
    { "employeeId",   FF_T_INT,     FIELD(ff_purchase, employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "who bought", NULL, NULL },
    { "employeeName", FF_T_TEXT,    FIELD(ff_purchase, employee_name), FF_F_REQUIRED, 1, 100,
      "their name", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, FIELD(ff_purchase, recorded_at),   FF_F_REQUIRED, 0, 0,
      "when it was booked", NULL, NULL },
    { "businessDate", FF_T_DATE,    FIELD(ff_purchase, business_date), FF_F_REQUIRED, 0, 0,
      "the day it belongs to, in the site's zone", NULL, NULL },
    { "total",        FF_T_MONEY,   FIELD(ff_purchase, total),         FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "sum of the items", NULL, NULL },
    { "subsidy",      FF_T_MONEY,   FIELD(ff_purchase, subsidy),       FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "the employer's part of it", NULL, NULL },
    { "allowance",    FF_T_MONEY,   FIELD(ff_purchase, allowance),     FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the person's allowance paid of it", NULL, NULL },
    { "own",          FF_T_MONEY,   FIELD(ff_purchase, own),           FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the person pays: the rest, from the wallet", NULL, NULL },
    { "balanceAfter", FF_T_MONEY,   FIELD(ff_purchase, balance_after), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance right after it", NULL, NULL },
    { "items",        FF_T_LIST,    FIELD(ff_purchase, items),         FF_F_REQUIRED, 1, FF_PURCHASE_MAX_LINES,
      "what was bought, at the prices of then", &line_schema, NULL },
    { "undone",       FF_T_BOOL,    FIELD(ff_purchase, undone),        FF_F_REQUIRED, 0, 0,
      "taken back", NULL, NULL },
    { "undoUntil",    FF_T_INSTANT, FIELD(ff_purchase, undo_until),    NULLABLE, 0, 0,
      "the person can undo it before this instant; null: no longer", NULL, NULL },
    { "undoSeconds",  FF_T_INT,     FIELD(ff_purchase, undo_seconds),  FF_F_REQUIRED, 0, INT64_MAX,
      "whole seconds left until then", NULL, NULL },
    { "receiptCode",  FF_T_TEXT,    FIELD(ff_purchase, receipt_code),  FF_F_REQUIRED, 3, 24,
      "short name of the purchase", NULL, NULL },
    { "device",       FF_T_TEXT,    FIELD(ff_purchase, device),        NULLABLE, 1, 60,
      "the kiosk it was made at", NULL, NULL },
    { "replayed",     FF_T_BOOL,    FIELD(ff_purchase, replayed),      FF_F_REQUIRED, 0, 0,
      "this is an earlier purchase, told again", NULL, NULL },
};
const struct ff_schema ff_schema_purchase = {
    .name = "Purchase", .size = sizeof(struct ff_purchase), .set_offset = FF_NO_SET,
    FF_FIELDS(purchase_f) };

static const struct ff_field quote_f[] = {
    { "employeeId",   FF_T_INT,   FIELD(ff_quote, employee_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "who would buy", NULL, NULL },
    { "total",        FF_T_MONEY, FIELD(ff_quote, total),         FF_F_REQUIRED, 1, FF_MONEY_TOTAL_MAX,
      "sum of the items", NULL, NULL },
    { "subsidy",      FF_T_MONEY, FIELD(ff_quote, subsidy),       FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "the employer's part of it", NULL, NULL },
    { "allowance",    FF_T_MONEY, FIELD(ff_quote, allowance),     FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the person's allowance would pay", NULL, NULL },
    { "own",          FF_T_MONEY, FIELD(ff_quote, own),           FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the person would pay", NULL, NULL },
    { "balanceAfter", FF_T_MONEY, FIELD(ff_quote, balance_after), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "the balance it would leave", NULL, NULL },
    { "items",        FF_T_LIST,  FIELD(ff_quote, items),         FF_F_REQUIRED, 1, FF_PURCHASE_MAX_LINES,
      "the tray at the prices of now", &line_schema, NULL },
};
const struct ff_schema ff_schema_quote = {
    .name = "Quote", .size = sizeof(struct ff_quote), .set_offset = FF_NO_SET,
    FF_FIELDS(quote_f) };

static const struct ff_field query_f[] = {
    { "page",       FF_T_INT,  FIELD(ff_purchase_query, list.page),   0, 1, 10000, "from 1", NULL, NULL },
    { "limit",      FF_T_INT,  FIELD(ff_purchase_query, list.limit),  0, 1, 100, "rows a page", NULL, NULL },
    { "after",      FF_T_INT,  FIELD(ff_purchase_query, after),       0, 0, INT64_MAX,
      "cursor of the page before, 0 to begin; total is left out", NULL, NULL },
    { "employeeId", FF_T_INT,  FIELD(ff_purchase_query, employee_id), 0, 1, INT64_MAX,
      "only this person's", NULL, NULL },
    { "from",       FF_T_DATE, FIELD(ff_purchase_query, from),        0, 0, 0,
      "business date, from this one on", NULL, NULL },
    { "to",         FF_T_DATE, FIELD(ff_purchase_query, to),          0, 0, 0,
      "business date, before this one", NULL, NULL },
    FF_AMOUNTS_FIELD(struct ff_purchase_query),
};
const struct ff_schema ff_schema_purchase_query = {
    .name = "PurchaseQuery", .size = sizeof(struct ff_purchase_query), .set_offset = FF_NO_SET,
    FF_FIELDS(query_f) };

/* Nothing to say; the path says it all. */
const struct ff_schema ff_schema_undo_new = {
    .name = "UndoNew", .size = sizeof(char), .set_offset = FF_NO_SET, .fields = NULL,
    .n_fields = 0 };

static const struct ff_field undo_f[] = {
    { "id",           FF_T_INT,     FIELD(ff_undo, id),            FF_F_REQUIRED, 1, INT64_MAX,
      "journal of the undo", NULL, NULL },
    { "purchaseId",   FF_T_INT,     FIELD(ff_undo, purchase_id),   FF_F_REQUIRED, 1, INT64_MAX,
      "what was taken back", NULL, NULL },
    { "amount",       FF_T_MONEY,   FIELD(ff_undo, amount),        FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the wallet got back", NULL, NULL },
    { "subsidy",      FF_T_MONEY,   FIELD(ff_undo, subsidy),       FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the employer got back", NULL, NULL },
    { "allowance",    FF_T_MONEY,   FIELD(ff_undo, allowance),     FF_F_REQUIRED, 0, FF_MONEY_TOTAL_MAX,
      "what the allowance got back", NULL, NULL },
    { "balanceAfter", FF_T_MONEY,   FIELD(ff_undo, balance_after), FF_F_REQUIRED,
      -FF_MONEY_WALLET_MAX, FF_MONEY_WALLET_MAX, "balance right after it", NULL, NULL },
    { "recordedAt",   FF_T_INSTANT, FIELD(ff_undo, recorded_at),   FF_F_REQUIRED, 0, 0,
      "when it was booked", NULL, NULL },
    { "replayed",     FF_T_BOOL,    FIELD(ff_undo, replayed),      FF_F_REQUIRED, 0, 0,
      "this is an earlier undo, told again", NULL, NULL },
};
const struct ff_schema ff_schema_undo = {
    .name = "Undo", .size = sizeof(struct ff_undo), .set_offset = FF_NO_SET, FF_FIELDS(undo_f) };
/* clang-format on */

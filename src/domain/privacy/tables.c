/* SPDX-License-Identifier: MIT */
/* tables.c - one row a table. A new table needs a row here, or the record of processing shows it as
 * not described and the lint fails; one that points at a person needs a section or a query too. */
#include "domain/privacy/tables.h"

#include "domain/privacy/privacy.h"

#include <string.h>

#define ADMINS   "admins"
#define MANAGERS "the person, managers of the department, admins"
#define NOBODY   "nobody: the program only"
#define BOOKS    "as long as the books: at least as the law on bookkeeping says"
#define FOREVER  "as long as the canteen uses it"
#define NO_ONE   .section = NULL /* tells of no person */

/* clang-format off */
const struct ff_privacy_table ff_privacy_tables[] = {
    /* ---- people ---- */
    { "employee", "number, name, name_fold, email, department_id, group_id, overdraft_minor, purchase_limit_minor, daily_limit_minor, monthly_limit_minor, blocked_reason, pin_hash",
      "to keep a person's balance and to sell to them", MANAGERS,
      "until the person is erased; then a row without name, number and address",
      .section = "person", .shown = FF_SOME(EXPORT_PERSON), .erased = { FF_SOME(ERASE_EMPLOYEE) },
      .is_plain = true,
      .secret = "pin_hash" },
    { "user_account", "email, name, name_fold, password_hash, role, employee_id, department_id, last_login_at_ms",
      "to sign in and to know what a person may do", "the person, admins",
      "until the person is erased; then a row without name and address",
      .section = "account", .shown = FF_SOME(EXPORT_ACCOUNT), .erased = { FF_SOME(ERASE_USER) },
      .is_plain = true,
      .secret = "password_hash" },
    { "session", "user_id, label, address, used_at_ms", "to stay signed in on a device",
      "the person (own devices)", "30 days after its end",
      .section = "sessions", .shown = FF_SOME(EXPORT_SESSIONS), .erased = { FF_SOME(ERASE_SESSION) },
      .is_plain = true, .purged = FF_SOME(PURGE_SESSION), .keep_days = 30,
      .secret = "token_hash, spent_hash, family" },
    { "badge", "badge_hash, employee_id, label, used_at_ms", "to know at the kiosk who stands there",
      "managers of the department, admins", "until it is taken away or the person is erased",
      .section = "badges", .shown = FF_SOME(EXPORT_BADGES),
      .erased = { FF_SOME(ERASE_DAY_CARD), FF_SOME(ERASE_BADGE) }, .is_plain = true,
      .secret = "badge_hash" },
    { "one_time_code", "user_id, employee_id", "to invite, to reset a password, to link a badge",
      NOBODY, "7 days after it ran out",
      .section = "codes", .shown = FF_SOME(EXPORT_CODES), .erased = { FF_SOME(ERASE_CODE) },
      .purged = FF_SOME(PURGE_CODE), .keep_days = 7, .secret = "code_hash" },
    { "mail_outbox", "address", "to send what a person asked for", "nobody: it goes to the person",
      "7 days after it was sent or given up",
      .section = "messages", .shown = FF_SOME(EXPORT_MESSAGES), .erased = { FF_SOME(ERASE_MESSAGE) },
      .is_plain = true, .purged = FF_SOME(PURGE_MESSAGE), .keep_days = 7 },
    { "erasure", "employee_id, actor_user_id", "to prove that a person was erased, who asked for it and why",
      ADMINS, "for ever; it names nobody",
      .section = "erasures", .shown = FF_SOME(EXPORT_ERASURES) },
    { "attempt", "key_hash", "to lock out who guesses; whose name it is cannot be read from it",
      NOBODY, "a day", .purged = FF_SOME(PURGE_ATTEMPT), .keep_days = 1, .secret = "key_hash" },
    { "department", NULL, "to group people", "managers, admins", FOREVER, NO_ONE },
    { "cost_centre", NULL, "to book what the employer pays", "managers, admins", FOREVER, NO_ONE },
    { "subsidy_rule", NULL, "what the employer pays of a meal", "managers, admins", FOREVER, NO_ONE },
    { "own_limit", "employee_id, daily_minor, monthly_minor", "limits that a person set for themselves",
      MANAGERS, "until the person is erased", .section = "ownLimits",
      .shown = FF_SOME(EXPORT_OWN_LIMIT), .erased = { FF_SOME(ERASE_OWN_LIMIT) }, .is_plain = true },
    { "product_ban", "employee_id, reason", "what a person may not buy, and why", MANAGERS,
      "until it is lifted or the person is erased", .section = "bans",
      .shown = FF_SOME(EXPORT_BANS), .erased = { FF_SOME(ERASE_BANS) }, .is_plain = true },
    { "product_cap", NULL, "how many pieces one person may have", "managers, admins", FOREVER, NO_ONE },
    { "customer_group", NULL, "what groups of people may spend", "managers, admins", FOREVER, NO_ONE },

    /* ---- the record ---- */
    { "audit", "user_id, employee_id, address, subject_id, detail",
      "to know who did or saw what", "the person (what is about them), admins",
      "90 days, unless the site says otherwise; values about a person until they are erased",
      .section = "audit", .shown = FF_SOME(EXPORT_AUDIT), .window = FF_SOME(EXPORT_AUDIT_WINDOW) },
    { "subject_key", "subject_id, seal_key", "to seal what the audit says about a person", NOBODY,
      "until the person is erased", .shown_in = "audit", .is_plain = true, .secret = "seal_key" },
    { "audit_anchor", NULL, "to prove the rest of the audit after a purge", NOBODY, FOREVER, NO_ONE },
    { "audit_purge", NULL, "to purge the audit", NOBODY, "while a purge runs", NO_ONE },

    /* ---- the books ---- */
    { "account", "employee_id", "to keep the books", MANAGERS, BOOKS, .shown_in = "wallet" },
    { "wallet", "balance_minor, day_spent_minor, month_spent_minor",
      "to keep a person's balance and limit", MANAGERS, BOOKS,
      .section = "wallet", .shown = FF_SOME(EXPORT_WALLET) },
    { "entry", "amount_minor, balance_after", "to keep the books", MANAGERS, BOOKS,
      .section = "movements", .shown = FF_SOME(EXPORT_MOVEMENTS) },
    { "till_session", "opened_by, closed_by, reason", "to know who answered for the cash", MANAGERS,
      BOOKS, .section = "tills", .shown = FF_SOME(EXPORT_TILLS) },
    { "approval", "employee_id, amount_minor, note, refusal, asked_by, decided_by",
      "to have a second person agree to large bookings", MANAGERS,
      BOOKS "; its words until the person is erased",
      .section = "approvals", .shown = FF_SOME(EXPORT_APPROVALS),
      .erased = { FF_SOME(ERASE_APPROVAL) }, .is_plain = true },
    { "purchase", "employee_id, gross_minor, department_id", "to keep the books", MANAGERS, BOOKS,
      .section = "purchases", .shown = FF_SOME(EXPORT_PURCHASES) },
    { "purchase_line", "name_snapshot, qty", "to keep the books and to print receipts", MANAGERS,
      BOOKS, .section = "purchaseItems", .shown = FF_SOME(EXPORT_PURCHASE_ITEMS) },
    { "refund_line", "qty", "to keep the books", MANAGERS, BOOKS, .shown_in = "purchaseItems" },
    { "subsidy_grant", "employee_id, amount_minor", "to pay a part of a meal once", MANAGERS, BOOKS,
      .shown_in = "purchases" },
    { "allowance_run", NULL, "to give an allowance once", ADMINS, BOOKS, NO_ONE },
    { "allowance_grant", "employee_id, amount_minor, left_minor", "to know what runs out, and when",
      MANAGERS, BOOKS, .section = "allowances", .shown = FF_SOME(EXPORT_ALLOWANCES) },
    { "allowance_use", "amount_minor", "to know what is left of an allowance", MANAGERS, BOOKS,
      .shown_in = "movements" },
    { "journal", "actor_user_id, recorded_at_ms", "to keep the books and to prove them", MANAGERS,
      BOOKS, .section = "bookings", .shown = FF_SOME(EXPORT_BOOKINGS),
      .window = FF_SOME(EXPORT_BOOKINGS_WINDOW) },
    { "statement", "account_id, opening_minor, closing_minor", "to close the months", MANAGERS, BOOKS,
      .section = "statements", .shown = FF_SOME(EXPORT_STATEMENTS) },
    { "payroll_batch", NULL, "to have deducted from the pay what is owed", ADMINS, BOOKS, NO_ONE },
    { "payroll_item", "employee_id, amount_minor, number, name, line, rejected_reason",
      "to have deducted from the pay what is owed", "site-wide managers, admins",
      "as long as the books; number, name and the line of the file until the person is erased",
      .section = "payroll", .shown = FF_SOME(EXPORT_PAYROLL),
      .erased = { FF_SOME(ERASE_PAYROLL) }, .is_plain = true },
    { "payroll_profile", NULL, "to write the file that the payroll office wants", ADMINS, FOREVER,
      NO_ONE },
    { "account_map", NULL, "to hand the books to another program", ADMINS, FOREVER, NO_ONE },
    { "period", NULL, "to close the months", ADMINS, BOOKS, NO_ONE },
    { "spend_counter", "employee_id, spent_minor, purchases, undone, refunds",
      "to know what a person spent in a month that is over", MANAGERS, BOOKS,
      .section = "months", .shown = FF_SOME(EXPORT_MONTHS) },
    { "account_day", NULL, "to prove reports", ADMINS, BOOKS, NO_ONE },
    { "sales_product", NULL, "reports of what was sold", "managers, admins", BOOKS, NO_ONE },
    { "sales_month", NULL, "reports of what was sold", "managers, admins", BOOKS, NO_ONE },
    { "sales_kiosk", NULL, "reports of what was sold", "managers, admins", BOOKS, NO_ONE },
    { "sales_quarter", NULL, "reports of what was sold", "managers, admins", BOOKS, NO_ONE },
    { "purchase_day", NULL, "to know how many purchases a list has", "managers, admins", BOOKS,
      NO_ONE },
    { "rollup_state", NULL, "to know up to where reports are summed up", NOBODY, FOREVER, NO_ONE },

    /* ---- the canteen ---- */
    { "counter", NULL, "to stop selling, to tell all kiosks", "everybody", FOREVER, NO_ONE },
    { "closed_day", NULL, "to sell nothing on a holiday", "everybody", FOREVER, NO_ONE },
    { "site", NULL, "settings", ADMINS, FOREVER, NO_ONE },
    { "category", NULL, "the menu", "everybody", FOREVER, NO_ONE },
    { "product", NULL, "the menu", "everybody", FOREVER, NO_ONE },
    { "product_price", "actor_user_id", "to know what a product cost when, and who set it",
      MANAGERS, BOOKS, .shown_in = "audit" },
    { "image", NULL, "pictures of the menu", "everybody",
      "until no product has it; then a day", NO_ONE },
    { "product_barcode", NULL, "the menu", "everybody", FOREVER, NO_ONE },
    { "stock_level", NULL, "to know what is on the shelf", "managers, admins", FOREVER, NO_ONE },
    { "portion_day", NULL, "to sell no more than is cooked", "everybody", FOREVER, NO_ONE },
    { "stock_move", "actor_user_id, reason", "to know where goods went, and who counted them",
      "managers, admins", BOOKS, .section = "stockMoves", .shown = FF_SOME(EXPORT_STOCK_MOVES) },
    { "serving_window", NULL, "the menu's times", "everybody", FOREVER, NO_ONE },
    { "menu_entry", NULL, "the menu's days", "everybody", FOREVER, NO_ONE },
    { "device", NULL, "to know the kiosks", ADMINS, "pairing codes: a day after they ran out",
      .purged = FF_SOME(PURGE_DEVICE), .keep_days = 1, .secret = "pair_hash" },
    { "device_token", NULL, "to know the kiosks", NOBODY, "until the kiosk is paired anew", NO_ONE,
      .secret = "token_hash" },
    { "housekeeping", NULL, "to purge only while the clock is right", NOBODY, FOREVER, NO_ONE },
    { "schema_migration", NULL, "to know the version of the database", NOBODY, FOREVER, NO_ONE },
};
/* clang-format on */
const size_t ff_n_privacy_tables = sizeof ff_privacy_tables / sizeof *ff_privacy_tables;

const struct ff_privacy_table *ff_privacy_table(const char *name)
{
    for (size_t i = 0; i < ff_n_privacy_tables; i++) {
        if (strcmp(ff_privacy_tables[i].name, name) == 0)
            return &ff_privacy_tables[i];
    }
    return NULL;
}

bool ff_privacy_is_secret(const char *table, const char *column)
{
    const struct ff_privacy_table *row = ff_privacy_table(table);
    const char *at = row ? row->secret : NULL;
    const size_t n = strlen(column);
    while (at && *at) {
        const size_t word = strcspn(at, ",");
        if (word == n && strncmp(at, column, n) == 0)
            return true;
        at += word;
        at += strspn(at, ", ");
    }
    return false;
}

ff_table_set ff_privacy_plain(void)
{
    ff_table_set mask = 0;
    for (int i = 0; i < FF_TABLE_COUNT; i++) {
        const struct ff_privacy_table *table = ff_privacy_table(ff_table_names[i]);
        if (table && table->is_plain)
            mask |= FF_TABLE_BIT(i);
    }
    return mask;
}

void ff_privacy_bind(struct ff_stmt *st, const char *name, int64_t value)
{
    int parameter = ff_db_parameter(st, name);
    if (parameter)
        ff_db_opt_int(st, parameter, value);
}

void ff_privacy_bind_text(struct ff_stmt *st, const char *name, const char *text)
{
    int parameter = ff_db_parameter(st, name);
    if (parameter)
        ff_db_text(st, parameter, text);
}

/* SPDX-License-Identifier: MIT */
/* ledger_rows.h - a small filled ledger as raw SQL, for tests of the db layer that must not depend
 * on the domain.  Applied with foreign keys on. */
#ifndef FF_TESTS_LEDGER_ROWS_H
#define FF_TESTS_LEDGER_ROWS_H

/* One person with 10.00, who then buys for 3.00; two journals in the open month. */
static const char ff_ledger_rows[] =
    "INSERT INTO site (id, name, currency, decimals, locale, time_zone)"
    " VALUES (1, 'Test', 'EUR', 2, 'en', 'UTC');"
    "INSERT INTO department (id, name, name_fold) VALUES (1, 'Works', 'works');"
    "INSERT INTO employee (id, number, name, name_fold, department_id, created_at_ms,"
    " updated_at_ms) VALUES (1, 'E1', 'Anna', 'anna', 1, 0, 0);"
    "INSERT INTO product (id, name, name_fold, price_minor, category_id, created_at_ms,"
    " updated_at_ms) VALUES (1, 'Soup', 'soup', 300, 1, 0, 0);"
    "INSERT INTO account (id, code, kind, employee_id) VALUES (1, 'wallet:1', 'wallet', 1),"
    " (2, 'revenue:sales', 'revenue', NULL), (3, 'opening', 'opening', NULL);"
    "INSERT INTO wallet (account_id, floor_minor, balance_minor) VALUES (1, 0, 0);"
    "INSERT INTO period (id, starts_on, ends_on) VALUES (1, '2026-03-01', '2026-03-31');"
    "BEGIN;"
    "INSERT INTO entry (journal_id, account_id, amount_minor, balance_after)"
    " VALUES (1, 1, 1000, 1000), (1, 3, -1000, NULL);"
    "UPDATE wallet SET balance_minor = 1000, last_journal_id = 1 WHERE account_id = 1;"
    "INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, period_id,"
    " idem_scope, idem_key, request_fp, prev_hash, hash)"
    " VALUES (1, 'opening', 1000, 1000, '2026-03-02', 1, 0, 'key-of-the-opening', zeroblob(16),"
    " zeroblob(32), x'1111111111111111111111111111111111111111111111111111111111111111');"
    "INSERT INTO entry (journal_id, account_id, amount_minor, balance_after)"
    " VALUES (2, 1, -300, 700), (2, 2, 300, NULL);"
    "UPDATE wallet SET balance_minor = 700, last_journal_id = 2 WHERE account_id = 1;"
    "INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor,"
    " subsidy_minor, department_id) VALUES (2, 1, 300, 300, 0, 0, 1);"
    "INSERT INTO purchase_line VALUES (2, 1, 1, 'Soup', 1, 300, 300, 0, 0, 0, 0, 300);"
    "INSERT INTO journal (id, kind, recorded_at_ms, occurred_at_ms, business_date, period_id,"
    " idem_scope, idem_key, request_fp, prev_hash, hash)"
    " VALUES (2, 'purchase', 2000, 2000, '2026-03-02', 1, 0, 'key-of-the-purchase', zeroblob(16),"
    " x'1111111111111111111111111111111111111111111111111111111111111111',"
    " x'2222222222222222222222222222222222222222222222222222222222222222');"
    "COMMIT;";

#endif

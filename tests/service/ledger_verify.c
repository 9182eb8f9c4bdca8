/* SPDX-License-Identifier: MIT */
/* ledger_verify.c - the proof of the books: clean ones pass, and each kind of tampering with the
 * file is found and its row named. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"
#include "domain/ledger/chain.h"
#include "domain/ledger/verify.h"

static struct ff_fixture fx;
static int64_t anna, bela, soup, roll;

static void open_all(void)
{
    ff_fixture_open(&fx);
}

static void close_all(void)
{
    ff_fixture_close(&fx);
}

/* Journals 1 and 2: openings. 3: Anna, two lines. 4: Bela. 5: top-up of Anna. 6: void of 3.
 * 7: Anna. 8: Bela. 9: top-up of Bela. */
static void fill(void)
{
    const struct ff_purchase_item tray[] = {{0, 2}, {0, 3}};
    struct ff_purchase_item items[2];
    struct ff_purchase p;
    struct ff_movement t;
    struct ff_undo u;
    anna = ff_fixture_person(&fx, "E1", "Anna Nagy", 5000);
    bela = ff_fixture_person(&fx, "E2", "Bela Kis", 5000);
    soup = ff_fixture_product(&fx, "Soup", 350);
    roll = ff_fixture_product(&fx, "Roll", 60);
    memcpy(items, tray, sizeof items);
    items[0].product_id = soup;
    items[1].product_id = roll;
    ck_assert_int_eq(ff_test_buy_tray(&fx.cx, anna, items, 2, ff_test_key(3), &p), FF_OK);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 1000));
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, soup, 1, ff_test_key(4), &p), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, anna, 900, ff_test_key(5), &t), FF_OK);
    ck_assert_int_eq(ff_test_undo(&fx.cx, 3, ff_test_key(6), &u), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, anna, roll, 2, ff_test_key(7), &p), FF_OK);
    ck_assert_int_eq(ff_test_buy(&fx.cx, bela, roll, 2, ff_test_key(8), &p), FF_OK);
    ck_assert_int_eq(ff_test_topup(&fx.cx, bela, 900, ff_test_key(9), &t), FF_OK);
    ck_assert_int_eq(t.id, 9);
}

#define WALLET(person) "(SELECT id FROM account WHERE code = 'wallet:" person "')"
#define REVENUE        "(SELECT id FROM account WHERE code = 'revenue:sales')"
/* Two and sixteen accounts to hang entries on. */
#define SPARE_2                                                                                    \
    "INSERT INTO account (id, code, kind) VALUES (901,'adjust:a','adjust'),(902,'adjust:b',"       \
    "'adjust');"
#define SPARE_54                                                                                   \
    "WITH RECURSIVE n(i) AS (SELECT 900 UNION ALL SELECT i + 1 FROM n WHERE i < 953) "             \
    "INSERT INTO account (id, code, kind) SELECT i, 'adjust:' || i, 'adjust' FROM n;"

enum { ANYWHERE, FULL_ONLY };

static const struct tampering {
    const char *sql, *table;
    int64_t id; /* -1: not looked at */
    const char *finding;
    int where; /* FULL_ONLY: the pass over the tail cannot know */
} cases[] = {
    /* journal */
    {"UPDATE journal SET hash = zeroblob(32) WHERE id = 4", "journal", 4, "hash: expected", 0},
    {"UPDATE journal SET hash = zeroblob(31) WHERE id = 4", "journal", 4, "length", 0},
    {"UPDATE journal SET prev_hash = zeroblob(32) WHERE id = 4", "journal", 4, "prev_hash", 0},
    {"UPDATE journal SET request_fp = zeroblob(16) WHERE id = 4", "journal", 4, "hash", 0},
    {"UPDATE journal SET idem_key = 'another-key-00001' WHERE id = 9", "journal", 9, "hash", 0},
    {"UPDATE journal SET actor_user_id = 1 WHERE id = 2", "journal", 2, "hash", 0},
    {"UPDATE journal SET reason_code = 'gift' WHERE id = 5", "journal", 5, "hash", 0},
    {"UPDATE journal SET occurred_at_ms = 5 WHERE id = 5", "journal", 5, "hash", 0},
    {"UPDATE journal SET recorded_at_ms = 5 WHERE id = 4", "journal", 4, "recorded_at_ms", 0},
    {"UPDATE journal SET business_date = '2026-03-03' WHERE id = 4", "journal", 4, "hash", 0},
    {"UPDATE journal SET business_date = '2026-04-03' WHERE id = 4", "journal", 4,
     "business_date: expected 2026-03-01 to 2026-03-31, found 2026-04-03", 0},
    {"UPDATE journal SET business_date = '2026-02-28' WHERE id = 4", "journal", 4, "found 2026-02",
     0},
    {"UPDATE journal SET period_id = 99 WHERE id = 4", "journal", 4, "no period 99", 0},
    {"UPDATE journal SET kind = 'adjust' WHERE id = 5", "journal", 5, "hash", 0},
    {"UPDATE journal SET kind = 'topup' WHERE id = 4", "journal", 4, "yet it has a purchase", 0},
    {"UPDATE journal SET kind = 'purchase' WHERE id = 5", "journal", 5, "has no purchase", 0},
    {"DELETE FROM journal WHERE id = 5", "journal", 5, "journal 5 is missing", 0},
    {"DELETE FROM journal WHERE id = 1", "journal", 1, "journal 1 is missing", 0},
    {"DELETE FROM journal WHERE id = 9", "entry", 9, "no journal 9", 0},
    {"UPDATE journal SET id = 20 WHERE id = 9", "journal", 9, "next one found is 20", 0},
    {"UPDATE journal SET id = 100 WHERE id = 4; UPDATE journal SET id = 4 WHERE id = 5;"
     "UPDATE journal SET id = 5 WHERE id = 100",
     "journal", 4, "prev_hash", 0},
    /* entries */
    {"UPDATE entry SET amount_minor = amount_minor + 1 WHERE journal_id = 4 AND account_id "
     "= " WALLET("2"),
     "entry", 4, "balance_after of account", 0},
    {"UPDATE entry SET amount_minor = amount_minor + 1 WHERE journal_id = 4 AND account_id "
     "= " REVENUE,
     "journal", 4, "sum of entries: expected 0, found 1", 0},
    {"UPDATE entry SET balance_after = balance_after + 1 WHERE journal_id = 4 AND account_id "
     "= " WALLET("2"),
     "entry", 4, "expected 4650, found 4651", 0},
    {"UPDATE entry SET balance_after = NULL WHERE journal_id = 4", "entry", 4, "expected a balance",
     0},
    {"UPDATE entry SET balance_after = 1 WHERE journal_id = 4 AND account_id = " REVENUE, "entry",
     4, "expected none", 0},
    {"UPDATE entry SET amount_minor = 9223372036854775807 WHERE journal_id = 4 AND account_id "
     "= " REVENUE,
     "entry", 4, "overflow", 0},
    {"DELETE FROM entry WHERE journal_id = 4 AND account_id = " REVENUE, "journal", 4,
     "number of entries, at least: expected 2, found 1", 0},
    {"DELETE FROM entry WHERE journal_id = 4", "journal", 4, "found 0", 0},
    {"INSERT INTO entry VALUES (0, " REVENUE ", 5, NULL)", "entry", 0, "no journal 0", 0},
    {"INSERT INTO entry VALUES (-5, " REVENUE ", 5, NULL)", "entry", -5, "no journal -5", 0},
    {SPARE_2 "INSERT INTO entry VALUES (4,901,5,NULL),(4,902,-5,NULL)", "journal", 4, "hash", 0},
    {SPARE_2 "INSERT INTO entry VALUES (5,901,5,NULL),(5,902,-5,NULL)", "journal", 5, "hash", 0},
    {SPARE_2 "INSERT INTO entry VALUES (6,901,5,NULL),(6,902,-5,NULL)", "journal", 6,
     "number of entries as in what it voids", 0},
    {SPARE_54 "INSERT INTO entry SELECT 5, id, CASE WHEN id < 927 THEN 1 ELSE -1 END, NULL FROM "
              "account WHERE id BETWEEN 900 AND 953",
     "entry", 5, "more than 54 entries", 0},
    {"UPDATE entry SET account_id = 77 WHERE journal_id = 4 AND account_id = " REVENUE, "entry", 4,
     "no account 77", 0},
    {"DELETE FROM account WHERE code = 'revenue:sales'", "entry", 3, "no account", 0},
    /* purchase and lines */
    {"UPDATE purchase SET gross_minor = 351, wallet_minor = 351 WHERE journal_id = 4", "purchase",
     4, "gross_minor by its entries: expected 350, found 351", 0},
    {"UPDATE purchase SET wallet_minor = 300, subsidy_minor = 50 WHERE journal_id = 4", "purchase",
     4, "wallet_minor by its entries", 0},
    {"UPDATE purchase SET allowance_minor = 1, subsidy_minor = -1 WHERE journal_id = 4", "purchase",
     4, "allowance_minor by its entries", 0},
    {"UPDATE purchase SET subsidy_minor = 1 WHERE journal_id = 4", "purchase", 4,
     "subsidy_minor by its entries", 0},
    {"UPDATE purchase SET employee_id = 1 WHERE journal_id = 4", "purchase", 4, "employee_id", 0},
    {"DELETE FROM purchase WHERE journal_id = 4", "journal", 4, "has no purchase row", 0},
    {"INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, "
     "subsidy_minor) VALUES (0, 1, 1, 1, 0, 0)",
     "purchase", 0, "no journal 0", 0},
    {"INSERT INTO purchase (journal_id, employee_id, gross_minor, wallet_minor, allowance_minor, "
     "subsidy_minor) VALUES (50, 1, 1, 1, 0, 0)",
     "purchase", 50, "no journal 50", 0},
    {"UPDATE purchase_line SET qty = 3 WHERE journal_id = 3 AND line_no = 1", "purchase_line", 3,
     "gross_minor of line 1: expected 3 times 350, found 700", 0},
    {"UPDATE purchase_line SET unit_price_minor = 9223372036854775807 WHERE journal_id = 3",
     "purchase_line", 3, "gross_minor of line 1", 0},
    {"UPDATE purchase_line SET unit_price_minor = 300, gross_minor = 600, wallet_minor = 600 "
     "WHERE journal_id = 3 AND line_no = 1",
     "purchase_line", 3, "sum of gross_minor: expected 880, found 780", 0},
    {"UPDATE purchase_line SET wallet_minor = 0, subsidy_minor = 700 WHERE journal_id = 3 AND "
     "line_no = 1",
     "purchase_line", 3, "sum of wallet_minor", 0},
    {"UPDATE purchase_line SET subsidy_minor = 5, allowance_minor = -5 WHERE journal_id = 4",
     "purchase_line", 4, "sum of allowance_minor", 0},
    {"UPDATE purchase_line SET wallet_minor = 1 WHERE journal_id = 4", "purchase_line", 4,
     "parts of line 1", 0},
    {"UPDATE purchase_line SET wallet_minor = 9223372036854775807, subsidy_minor = 1 WHERE "
     "journal_id = 4",
     "purchase_line", 4, "parts of line 1", 0},
    {"UPDATE purchase_line SET qty = 1, unit_price_minor = 9223372036854775807, gross_minor = "
     "9223372036854775807, wallet_minor = 9223372036854775807 WHERE journal_id = 3",
     "purchase_line", 3, "overflow", 0},
    {"UPDATE purchase_line SET tax_minor = 1 WHERE journal_id = 4", "purchase_line", 4,
     "tax_minor of line 1", 0},
    {"UPDATE purchase_line SET name_snapshot = 'Steak' WHERE journal_id = 4", "journal", 4, "hash",
     0},
    {"UPDATE purchase_line SET name_snapshot = hex(zeroblob(1000)) WHERE journal_id = 4", "journal",
     4, "hash", 0},
    {"UPDATE purchase_line SET product_id = 99 WHERE journal_id = 4", "journal", 4, "hash", 0},
    {"DELETE FROM purchase_line WHERE journal_id = 3 AND line_no = 2", "purchase_line", 3,
     "sum of gross_minor", 0},
    {"DELETE FROM purchase_line WHERE journal_id = 3 AND line_no = 1", "purchase_line", 3,
     "line_no: expected 1, found 2", 0},
    {"INSERT INTO purchase_line SELECT 5, 1, product_id, name_snapshot, qty, unit_price_minor, "
     "gross_minor, 0, 0, 0, 0, wallet_minor FROM purchase_line WHERE journal_id = 4",
     "purchase_line", 5, "of kind topup", 0},
    {"UPDATE purchase_line SET journal_id = 70 WHERE journal_id = 8; UPDATE purchase SET "
     "journal_id = 70 WHERE journal_id = 8; UPDATE journal SET kind = 'adjust' WHERE id = 8",
     "journal", 8, "hash", 0},
    {"DELETE FROM entry WHERE journal_id = 9; DELETE FROM journal WHERE id = 9; INSERT INTO "
     "purchase_line SELECT 9, 1, product_id, name_snapshot, qty, unit_price_minor, gross_minor, 0, "
     "0, 0, 0, wallet_minor FROM purchase_line WHERE journal_id = 4",
     "purchase_line", 9, "no journal 9", 0},
    {"INSERT INTO purchase_line SELECT 0, 1, product_id, name_snapshot, qty, unit_price_minor, "
     "gross_minor, 0, 0, 0, 0, wallet_minor FROM purchase_line WHERE journal_id = 4",
     "purchase_line", 0, "no journal 0", 0},
    /* reversals */
    {"UPDATE journal SET reverses_id = NULL WHERE id = 6", "journal", 6, "a void of nothing", 0},
    {"UPDATE journal SET reverses_id = 99 WHERE id = 6", "journal", 6, "no earlier journal 99", 0},
    {"UPDATE journal SET reverses_id = 6 WHERE id = 6", "journal", 6, "no earlier journal 6", 0},
    {"UPDATE journal SET reverses_id = 4 WHERE id = 6", "journal", 6, "exact negation", 0},
    {"UPDATE journal SET reverses_id = 5 WHERE id = 6", "journal", 6, "exact negation", 0},
    {"DROP INDEX journal_void_once; UPDATE journal SET kind = 'void', reverses_id = 3 WHERE id = 9",
     "journal", 9, "journal 3 was voided before", 0},
    {"UPDATE journal SET reverses_id = 1 WHERE id = 9", "journal", 9, "hash", 0},
    /* accounts and wallets */
    {"UPDATE wallet SET balance_minor = balance_minor + 1 WHERE account_id = " WALLET("1"),
     "wallet", -1, "balance_minor: expected 5780, found 5781", 0},
    {"UPDATE wallet SET last_journal_id = 1 WHERE account_id = " WALLET("2"), "wallet", -1,
     "last_journal_id: expected 9, found 1", 0},
    {"UPDATE wallet SET month_spent_minor = 0 WHERE account_id = " WALLET("2"), "wallet", -1,
     "month_spent_minor: expected 470, found 0", FULL_ONLY},
    {"UPDATE wallet SET day_spent_minor = 1 WHERE account_id = " WALLET("1"), "wallet", -1,
     "day_spent_minor: expected 120, found 1", FULL_ONLY},
    {"DELETE FROM purchase_line WHERE journal_id = 8; DELETE FROM purchase WHERE journal_id = 8;"
     "DELETE FROM entry WHERE journal_id >= 8; DELETE FROM journal WHERE id >= 8",
     "wallet", -1, "balance_minor", 0},
    {"UPDATE account SET code = 'wallet:99' WHERE code = 'wallet:2'", "account", -1,
     "expected wallet:2, found wallet:99", 0},
    {"UPDATE account SET kind = 'wallet' WHERE code = 'revenue:sales'", "account", -1,
     "has no wallet row", 0},
    {"INSERT INTO wallet (account_id, floor_minor, balance_minor) VALUES (" REVENUE ", 0, 0)",
     "account", -1, "has a wallet row", 0},
    {"DELETE FROM wallet WHERE account_id = " WALLET("1"), "account", -1, "has no wallet row", 0},
};

static void check_found(const struct tampering *c, const struct ff_verify_report *r)
{
    ck_assert_msg(!r->ok, "not found: %s", c->sql);
    ck_assert_msg(strcmp(r->table, c->table) == 0, "%s: %s %lld: %s", c->sql, r->table,
                  (long long)r->id, r->finding);
    ck_assert_msg(strstr(r->finding, c->finding) != NULL, "%s: %s", c->sql, r->finding);
    if (strcmp(c->table, "wallet") != 0 && strcmp(c->table, "account") != 0)
        ck_assert_int_eq(r->id, c->id);
    else
        ck_assert_int_gt(r->id, 0);
}

/* The file of the closed database, to be put back before each case. */
static unsigned char image[1 << 20];
static size_t image_len;

static FILE *open_image(const char *mode)
{
    char path[128];
    snprintf(path, sizeof path, "%s/feastfrenzy.db", fx.dir);
    FILE *f = fopen(path, mode);
    ck_assert_ptr_nonnull(f);
    return f;
}

static void take_image(void)
{
    ff_fixture_again(&fx);
    ff_db_close(fx.db);
    FILE *f = open_image("rb");
    image_len = fread(image, 1, sizeof image, f);
    ck_assert_int_lt((int)image_len, (int)sizeof image);
    fclose(f);
}

static void open_damaged(const char *sql)
{
    int hint;
    FILE *f = open_image("wb");
    ck_assert_int_eq((int)fwrite(image, 1, image_len, f), (int)image_len);
    fclose(f);
    ff_test_unguard(&fx, sql);
    ff_fixture_again(&fx);
    struct ff_db_options look = {.dir = fx.dir, .read_only = true};
    ck_assert_int_eq(ff_db_open(&fx.cx, &look, &fx.db, &hint), FF_OK);
    fx.cx.db = fx.db;
}

START_TEST(tampering_is_found_and_named)
{
    fill();
    ck_assert_int_eq(ff_test_books(&fx), 9);
    take_image();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct tampering *c = &cases[i];
        struct ff_verify_report full, tail;
        open_damaged(c->sql);
        ck_assert_int_eq(ff_ledger_verify(&fx.cx, &full), FF_OK);
        check_found(c, &full);
        ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &tail), FF_OK);
        if (c->where == FULL_ONLY)
            ck_assert(tail.ok);
        else
            check_found(c, &tail);
        ff_db_close(fx.db);
    }
    int hint;
    ck_assert_int_eq(ff_db_open(&fx.cx, &(struct ff_db_options){.dir = fx.dir, .read_only = true},
                                &fx.db, &hint),
                     FF_OK);
    fx.cx.db = fx.db;
}
END_TEST

/* Computed by another program from the layout written down in chain.c. It may never change. */
START_TEST(layout_of_the_sealed_bytes_is_fixed)
{
    struct ff_chain c;
    unsigned char hash[FF_CHAIN_HASH_BYTES];
    char hex[2 * sizeof hash + 1];
    struct ff_chain_journal j = {.id = 7,
                                 .kind = "purchase",
                                 .recorded_at_ms = 1772451900000,
                                 .occurred_at_ms = 1772451899000,
                                 .business_date = "2026-03-02",
                                 .period_id = 3,
                                 .actor_user_id = FF_NULL_INT,
                                 .device_id = 5,
                                 .idem_scope = -9,
                                 .idem_key = "test-key-00000001",
                                 .reverses_id = 6,
                                 .reason_code = "offline_queue"};
    for (size_t i = 0; i < sizeof j.prev_hash; i++)
        j.prev_hash[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof j.request_fp; i++)
        j.request_fp[i] = (unsigned char)(100 + i);
    ff_chain_journal(&c, &j);
    ff_chain_entry(&c, &(struct ff_entry){2, -880, 4120});
    ff_chain_entry(&c, &(struct ff_entry){4, 880, FF_NULL_INT});
    ff_chain_purchase(&c,
                      &(struct ff_chain_purchase){.employee_id = 11, .gross = 880, .wallet = 880});
    ff_chain_line(&c, &(struct ff_chain_line){.line_no = 1,
                                              .product_id = 21,
                                              .name = "Gulyásleves",
                                              .quantity = 2,
                                              .unit_price = 440,
                                              .gross = 880,
                                              .tax_rate_ppm = 50000,
                                              .tax = 42,
                                              .wallet = 880});
    ff_chain_end(&c, hash);
    ff_hex(hash, sizeof hash, hex);
    ck_assert_str_eq(hex, "a317709122d5b39d205c6489cbb7a044e670cd0c3f6e96609d63f3827c9bf527");
}
END_TEST

START_TEST(clean_books_are_counted)
{
    struct ff_verify_report r;
    char hash[65];
    fill();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert(r.ok);
    ck_assert_str_eq(r.table, "");
    ck_assert_int_eq(r.journals, 9);
    ck_assert_int_eq(r.entries, 18);
    ck_assert_int_eq(r.purchases, 4);
    ck_assert_int_eq(r.lines, 5);
    ck_assert_int_eq(r.head_id, 9);
    ff_hex(r.head_hash, sizeof r.head_hash, hash);
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM journal WHERE id = 9 AND hash = x'%s'", hash);
    ck_assert_int_eq(ff_test_number(&fx, sql), 1);
    ck_assert_ptr_null(fx.cx.conn); /* the reader is given back */
}
END_TEST

START_TEST(callers_reader_is_kept)
{
    struct ff_verify_report r;
    fill();
    (void)ff_fixture_balance(&fx, anna);
    struct ff_wallet w;
    ck_assert_int_eq(ff_wallet_get(&fx.cx, anna, &w), FF_OK);
    ck_assert_ptr_nonnull(fx.cx.conn);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert(r.ok);
    ck_assert_ptr_nonnull(fx.cx.conn);
}
END_TEST

START_TEST(empty_ledger_is_clean)
{
    struct ff_verify_report r;
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert(r.ok);
    ck_assert_int_eq(r.journals, 0);
    ck_assert_int_eq(r.head_id, 0);
    ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &r), FF_OK);
    ck_assert(r.ok);
}
END_TEST

static enum ff_rc fill_more(struct ff_ctx *cx, void *arg)
{
    struct ff_movement t;
    enum ff_rc rc = FF_OK;
    for (int i = 0; i < *(int *)arg && !rc; i++)
        rc = ff_test_topup(cx, i % 2 ? anna : bela, 1, ff_test_key(100 + i), &t);
    return rc;
}

START_TEST(tail_looks_at_the_last_hundred)
{
    struct ff_verify_report r;
    int more = 191; /* to 200 journals in all */
    fill();
    ck_assert_int_eq(ff_db_write(&fx.cx, fill_more, &more), FF_OK);
    ck_assert_int_eq(ff_test_books(&fx), 200);
    ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &r), FF_OK);
    ck_assert_int_eq(r.journals, 100);
    ck_assert_int_eq(r.head_id, 200);
    ff_test_unguard(&fx, "UPDATE journal SET occurred_at_ms = 1 WHERE id = 50");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &r), FF_OK);
    ck_assert(r.ok); /* not its business */
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_int_eq(r.id, 50);
    ff_test_unguard(&fx, "UPDATE journal SET occurred_at_ms = 1 WHERE id = 101");
    ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &r), FF_OK);
    ck_assert_int_eq(r.id, 101);
    ff_test_unguard(&fx, "DELETE FROM journal WHERE id = 100");
    ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &r), FF_OK);
    ck_assert_int_eq(r.id, 100);
}
END_TEST

/* A start must not take longer in a house with more people. */
START_TEST(tail_looks_at_the_accounts_of_its_journals_only)
{
    struct ff_verify_report r;
    fill();
    ff_test_unguard(&fx, "INSERT INTO account (id, code, kind, employee_id) SELECT 950, "
                         "'allowance:' || id, 'allowance', id FROM employee WHERE number = 'E1'");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify_tail(&fx.cx, &r), FF_OK);
    ck_assert_msg(r.ok, "%s", r.finding);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_int_eq(r.id, 950);
}
END_TEST

START_TEST(books_larger_than_a_block_are_proved)
{
    struct ff_verify_report r;
    int more = 2491; /* to 2,500: two and a half blocks */
    fill();
    ck_assert_int_eq(ff_db_write(&fx.cx, fill_more, &more), FF_OK);
    ck_assert_int_eq(ff_test_books(&fx), 2500);
    ff_test_unguard(&fx, "UPDATE entry SET amount_minor = -2 WHERE journal_id = 2001 AND "
                         "amount_minor = -1");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_str_eq(r.table, "journal");
    ck_assert_int_eq(r.id, 2001);
    ff_test_unguard(&fx, "DELETE FROM journal WHERE id = 1001");
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
    ck_assert_int_eq(r.id, 1001);
}
END_TEST

START_TEST(verify_runs_beside_writing)
{
    struct ff_verify_report before, after;
    struct ff_wallet w;
    struct ff_movement t;
    struct ff_ctx other;
    fill();
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_wallet_get(&fx.cx, anna, &w), FF_OK); /* fixes the snapshot */
    ff_test_caller(&fx, &other);
    ck_assert_int_eq(ff_test_topup(&other, anna, 1, ff_test_key(50), &t), FF_OK);
    ff_test_no_caller(&other);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &before), FF_OK);
    ck_assert(before.ok);
    ck_assert_int_eq(before.journals, 9);
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_ledger_verify(&fx.cx, &after), FF_OK);
    ck_assert(after.ok);
    ck_assert_int_eq(after.journals, 10);
}
END_TEST

/* Books, and moves to another day, until it is told to end. */
static void *go_on(void *arg)
{
    _Atomic bool *ends = arg;
    struct ff_ctx cx;
    struct ff_movement t;
    ff_test_caller(&fx, &cx);
    for (int64_t n = 1000000; !atomic_load(ends); n++) {
        struct ff_purchase p;
        const int64_t now_ms = ff_clock_now_ms(fx.clock);
        ck_assert_int_eq(ff_test_topup(&cx, anna, 60, ff_test_key(2 * n), &t), FF_OK);
        ck_assert_int_eq(ff_test_buy(&cx, n % 2 ? anna : bela, roll, 1, ff_test_key(2 * n + 1), &p),
                         FF_OK);
        ck_assert_int_eq(ff_test_topup(&cx, bela, 60, ff_test_key(9000000 + n), &t), FF_OK);
        ck_assert(ff_clock_advance_to(fx.clock, now_ms + 3600000));
        ff_db_release(&cx);
        ff_arena_reset(cx.arena);
    }
    ff_test_no_caller(&cx);
    return NULL;
}

/* No snapshot outlives a block, so the pass ends with what was booked while it ran. */
START_TEST(what_is_booked_meanwhile_is_proved_too)
{
    struct ff_verify_report r;
    pthread_t writer;
    _Atomic bool ends = false;
    int more = 4991;
    int64_t behind = 0;
    fill();
    ck_assert_int_eq(ff_db_write(&fx.cx, fill_more, &more), FF_OK);
    ck_assert_int_eq(pthread_create(&writer, NULL, go_on, &ends), 0);
    for (int i = 0; i < 20 || (behind == 0 && i < 200); i++) {
        const int64_t before = ff_test_number(&fx, "SELECT MAX(id) FROM journal");
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_ledger_verify(&fx.cx, &r), FF_OK);
        ck_assert_msg(r.ok, "%s %lld: %s", r.table, (long long)r.id, r.finding);
        ck_assert_int_eq(r.journals, r.head_id);
        behind += r.head_id - before;
    }
    atomic_store(&ends, true);
    pthread_join(writer, NULL);
    ck_assert_int_gt(behind, 0);
    ck_assert_int_gt(ff_test_books(&fx), 5000);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ledger_verify");
    TCase *t = tcase_create("verify");
    tcase_add_checked_fixture(t, open_all, close_all);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, layout_of_the_sealed_bytes_is_fixed);
    tcase_add_test(t, clean_books_are_counted);
    tcase_add_test(t, callers_reader_is_kept);
    tcase_add_test(t, empty_ledger_is_clean);
    tcase_add_test(t, tampering_is_found_and_named);
    tcase_add_test(t, tail_looks_at_the_last_hundred);
    tcase_add_test(t, tail_looks_at_the_accounts_of_its_journals_only);
    tcase_add_test(t, books_larger_than_a_block_are_proved);
    tcase_add_test(t, verify_runs_beside_writing);
    tcase_add_test(t, what_is_booked_meanwhile_is_proved_too);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

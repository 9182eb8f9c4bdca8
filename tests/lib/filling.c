/* SPDX-License-Identifier: MIT */
/* filling.c - see filling.h. A purchase is made of what was read once: names, prices, wallets. The
 * guard that moves the wallets is off with the others, so balances are kept here and written when
 * the filling stops; a filling that was cut off begins with that. */
#include "filling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/money.h"
#include "db/engine.h"
#include "db/table.h"
#include "domain/catalog/product.h"
#include "domain/identity/user.h"
#include "domain/ledger/ledger.h"
#include "domain/report/rollup.h"
#include "money.h"

enum {
    BATCH = 20000,
    FURNISHED = 250,
    UNDO = 16,
    LINES = 2,
    OPENING = 90000000,
    PATIENCE_MS = 3600000
};
#define DAY_MS INT64_C(86400000)

static void require(struct ff_fixture *fx, enum ff_rc rc)
{
    ck_assert_msg(rc == FF_OK, "filling: %s", fx->cx.err.detail);
}

/* What the database would check of every row that ff_ledger_post makes is checked by `verify` in
 * the end; and each person's page of the index of statements is written in every batch, so they
 * stay in memory. No job runs: the connection is nobody's. */
static void lift_guards(struct ff_fixture *fx)
{
    sqlite3 *sq = fx->db->writer.conn->sq;
    ck_assert_int_eq(ff_sq_exec(sq, "PRAGMA foreign_keys=OFF"), SQLITE_OK);
    ck_assert_int_eq(ff_sq_exec(sq, "PRAGMA ignore_check_constraints=ON"), SQLITE_OK);
    ck_assert_int_eq(ff_sq_exec(sq, "PRAGMA cache_size=-524288"), SQLITE_OK);
}

/* ---- people and products ---- */

struct furnishing {
    struct ff_filling *f;
    long from, until;
    void (*make)(struct ff_fixture *fx, long i);
};

static void make_person(struct ff_fixture *fx, long i)
{
    char number[24], name[32];
    snprintf(number, sizeof number, "P%05ld", i);
    snprintf(name, sizeof name, "Person P%05ld", i);
    ck_assert_int_eq(ff_fixture_person(fx, number, name, OPENING), i);
}

static void make_product(struct ff_fixture *fx, long i)
{
    char name[32];
    snprintf(name, sizeof name, "Dish number %ld", i);
    ck_assert_int_eq(ff_fixture_product(fx, name, 100 + i), i);
}

/* A job may run jobs: one commit for many people. */
static enum ff_rc furnish_some(struct ff_ctx *cx, void *arg)
{
    const struct furnishing *w = arg;
    (void)cx;
    for (long i = w->from; i < w->until; i++)
        w->make(w->f->fx, i);
    return FF_OK;
}

static void furnish(struct ff_filling *f, long n, void (*make)(struct ff_fixture *fx, long i))
{
    for (long i = 1; i <= n; i += FURNISHED) {
        struct furnishing w = {f, i, i + FURNISHED <= n ? i + FURNISHED : n + 1, make};
        require(f->fx, ff_db_write(&f->fx->cx, furnish_some, &w));
        ff_fixture_again(f->fx);
    }
}

static void make_account(struct ff_fixture *fx, const char *email, const char *role,
                         int64_t employee)
{
    struct ff_user out;
    const struct ff_user_new in = {.email = email,
                                   .name = role,
                                   .role = role,
                                   .password = FF_FILLING_PASSWORD,
                                   .employee_id = employee};
    require(fx, ff_user_create(&fx->cx, &in, &out));
    ff_fixture_again(fx);
}

/* ---- what is read once ---- */

/* The wallets as their entries left them. */
void ff_filling_settle(struct ff_fixture *fx)
{
    ff_test_change(fx,
                   "UPDATE wallet SET (balance_minor, last_journal_id) = (SELECT e.balance_after, "
                   "e.journal_id FROM entry e WHERE e.account_id = wallet.account_id AND "
                   "e.balance_after IS NOT NULL ORDER BY e.journal_id DESC LIMIT 1) WHERE "
                   "last_journal_id < (SELECT MAX(e.journal_id) FROM entry e WHERE e.account_id = "
                   "wallet.account_id AND e.balance_after IS NOT NULL)");
}

static void read_buyers(struct ff_filling *f)
{
    f->buyers = calloc((size_t)f->people + 1, sizeof *f->buyers);
    ck_assert_ptr_nonnull(f->buyers);
    for (long i = 1; i <= f->people; i++) {
        struct ff_wallet w;
        require(f->fx, ff_wallet_get(&f->fx->cx, i, &w));
        f->buyers[i] = (struct ff_filling_buyer){w.account_id, w.balance};
    }
    ff_fixture_again(f->fx);
}

static void read_dishes(struct ff_filling *f)
{
    f->dishes = calloc((size_t)f->products + 1, sizeof *f->dishes);
    f->names = calloc((size_t)f->products + 1, sizeof *f->names);
    ck_assert(f->dishes && f->names);
    for (long i = 1; i <= f->products; i++) {
        struct ff_product_sale sale;
        require(f->fx, ff_product_for_sale(&f->fx->cx, i, &sale));
        f->names[i] = strdup(sale.name);
        ck_assert_ptr_nonnull(f->names[i]);
        f->dishes[i] = (struct ff_line){.product_id = i,
                                        .unit_price = sale.price,
                                        .tax_rate = sale.tax_rate,
                                        .name = f->names[i]};
        ff_fixture_again(f->fx);
    }
}

/* ---- booking ---- */

/* splitmix64 of the purchase's number: the same file however often it was stopped. */
static uint64_t draw(int64_t of)
{
    uint64_t z = (uint64_t)of * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static void order(const struct ff_filling *f, uint64_t dice, struct ff_line lines[LINES])
{
    const uint64_t products = (uint64_t)f->products;
    const uint64_t first = dice % products, skip = 1 + (dice >> 16) % (products - 1);
    lines[0] = f->dishes[1 + first];
    lines[1] = f->dishes[1 + (first + skip) % products];
    lines[0].quantity = 1;
    lines[1].quantity = 1 + (int64_t)((dice >> 32) % 3);
    for (int i = 0; i < LINES; i++) {
        lines[i].total = lines[i].unit_price * lines[i].quantity;
        ck_assert(ff_money_tax(lines[i].total, lines[i].tax_rate, &lines[i].tax));
    }
}

static enum ff_rc book_one(struct ff_ctx *cx, struct ff_filling *f)
{
    const uint64_t dice = draw(f->made + 1);
    const int64_t person = 1 + (int64_t)((dice >> 40) % (uint64_t)f->people);
    struct ff_filling_buyer *buyer = &f->buyers[person];
    struct ff_line lines[LINES];
    struct ff_idem idem;
    char key[40];
    order(f, dice, lines);
    snprintf(key, sizeof key, "grown-%012lld", (long long)f->made);
    ff_idem_make(cx, key, "createPurchase", person, 0, lines, sizeof lines, &idem);
    struct ff_posting p = {.kind = "purchase",
                           .idem = &idem,
                           .enforce_floor = true,
                           .counts_for_limits = true,
                           .wallet_id = buyer->account,
                           .wallet_balance = buyer->balance,
                           .employee_id = person,
                           .lines = lines,
                           .n_lines = LINES};
    const int64_t cost = lines[0].total + lines[1].total;
    p.entries[p.n_entries++] = (struct ff_entry){.account_id = buyer->account, .amount = -cost};
    (void)ff_clock_advance_to(cx->clock, f->start_ms + (f->made + 1) * f->step_ms);
    enum ff_rc rc = ff_ledger_add_sales(cx, &p, lines, LINES, 1);
    if (rc || (rc = ff_ledger_post(cx, &p)))
        return rc;
    buyer->balance -= cost;
    f->made++;
    return FF_OK;
}

struct batch {
    struct ff_filling *f;
    int64_t until;
};

/* The job's savepoint is closed and opened again on the way: the engine keeps what it would undo in
 * a list, which it walks after each statement. */
static void shorten_undo(struct ff_ctx *cx)
{
    ck_assert_int_eq(ff_conn_control(cx->conn, FF_CTL_RELEASE), SQLITE_OK);
    ck_assert_int_eq(ff_conn_control(cx->conn, FF_CTL_SAVEPOINT), SQLITE_OK);
    ff_arena_reset(cx->arena);
}

static enum ff_rc book(struct ff_ctx *cx, void *arg)
{
    struct batch *b = arg;
    enum ff_rc rc = ff_db_guards(cx, false);
    for (int64_t i = 0; !rc && b->f->made < b->until; i++) {
        if (i % UNDO == 0)
            shorten_undo(cx);
        rc = book_one(cx, b->f);
    }
    return rc;
}

static enum ff_rc sum_up(struct ff_ctx *cx, void *arg)
{
    const int64_t *until = arg;
    char month[FF_DATE_CAP];
    ff_business_date(ff_clock_now_ms(cx->clock), 0, month);
    month[sizeof "2026-03" - 1] = '\0';
    enum ff_rc rc = ff_rollup_again(cx, *until);
    return rc ? rc : ff_rollup_months(cx, month, -1);
}

/* The days and months that have ended go into the sums; of the last one there is no more than a
 * server finds.
 */
static void sum_days(struct ff_filling *f)
{
    int64_t until =
        ff_test_number(f->fx, "SELECT MIN(id) - 1 FROM journal WHERE id > (SELECT journal_id "
                              "FROM rollup_state) AND business_date = (SELECT business_date "
                              "FROM journal ORDER BY id DESC LIMIT 1)");
    require(f->fx, ff_db_write(&f->fx->cx, sum_up, &until));
    ff_fixture_again(f->fx);
}

void ff_filling_to(struct ff_filling *f, int64_t purchases)
{
    while (f->made < purchases) {
        struct batch b = {f, f->made + BATCH < purchases ? f->made + BATCH : purchases};
        require(f->fx, ff_db_write(&f->fx->cx, book, &b));
        ff_fixture_again(f->fx);
        sum_days(f);
        ff_filling_settle(f->fx);
    }
}

/* ---- open and close ---- */

int64_t ff_filling_count(struct ff_fixture *fx)
{
    return ff_test_number(fx, "SELECT COUNT(*) FROM purchase");
}

void ff_filling_open(struct ff_filling *f, struct ff_fixture *fx, const char *dir, long days)
{
    f->fx = fx;
    f->start_ms = ((int64_t)time(NULL) - 3600) * 1000 - days * DAY_MS;
    (void)mkdir(dir, 0700);
    const struct ff_db_options options = {.is_scratch = true, .queue_wait_ms = PATIENCE_MS};
    if (ff_fixture_open_in(fx, dir, f->start_ms, options)) {
        furnish(f, f->products, make_product);
        furnish(f, f->people, make_person);
        make_account(fx, FF_FILLING_ADMIN, "admin", 0);
        make_account(fx, FF_FILLING_BUYER, "employee", 1);
    }
    lift_guards(fx);
    ff_filling_settle(fx);
    f->made = ff_filling_count(fx);
    f->start_ms = ff_test_number(fx, "SELECT recorded_at_ms FROM journal WHERE id = 1");
    read_buyers(f);
    read_dishes(f);
}

void ff_filling_close(struct ff_filling *f)
{
    for (long i = 1; i <= f->products; i++)
        free(f->names[i]);
    free(f->names);
    free(f->buyers);
    free(f->dishes);
    ff_fixture_leave(f->fx);
}

/* SPDX-License-Identifier: MIT */
/* ledger_model.c - a random run of 5,000 commands (FF_COMMANDS: up to 100,000) (open, top up, buy,
 * undo, send again) against a model of plain arrays: each answer and each balance must be what the
 * model says, and in the end the books must prove. FF_SEED=n repeats a run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/money.h"

enum {
    PEOPLE = 6,
    PRODUCTS = 5,
    COMMANDS = 5000,
    COMMANDS_MAX = 100000,
    BLOCK = 50,
    OPERATOR = PEOPLE
};
enum kind { OPEN, TOPUP, BUY, UNDO, KINDS };

#define WINDOW_MS INT64_C(300000)

/* ---- the model ---- */

struct person {
    int64_t id, balance, limit, day_spent, month_spent;
    char day[FF_DATE_CAP], month[8];
    bool is_open;
};

/* A command that was booked: what it said, and what came of it. */
struct booked {
    enum kind kind;
    int caller, person, product;
    int64_t key, amount, journal, balance_after, at_ms;
    int purchase; /* UNDO: which booking */
    bool is_undone;
    char date[FF_DATE_CAP];
};

static struct person people[PEOPLE];
static int64_t products[PRODUCTS], prices[PRODUCTS];
static struct booked book[COMMANDS_MAX];
static int n_booked;
static int64_t next_key;
static int answers[FF_RC_COUNT]; /* how often each came */

static void spend(struct person *p, const char *date, int64_t amount)
{
    p->day_spent = strcmp(p->day, date) == 0 ? p->day_spent + amount : amount;
    p->month_spent = strncmp(p->month, date, 7) == 0 ? p->month_spent + amount : amount;
    snprintf(p->day, sizeof p->day, "%s", date);
    snprintf(p->month, sizeof p->month, "%.7s", date);
}

static void give_back(struct person *p, const struct booked *b)
{
    if (strcmp(p->day, b->date) == 0)
        p->day_spent -= b->amount;
    if (strncmp(p->month, b->date, 7) == 0)
        p->month_spent -= b->amount;
}

static enum ff_rc model_buy(const struct booked *b)
{
    struct person *p = &people[b->person];
    int64_t spent = strncmp(p->month, b->date, 7) == 0 ? p->month_spent : 0;
    if (b->caller != OPERATOR && b->caller != b->person)
        return FF_NOT_FOUND;
    if (p->limit != FF_NULL_INT && spent + b->amount > p->limit)
        return FF_MONTHLY_LIMIT;
    if (b->amount > p->balance)
        return FF_INSUFFICIENT_BALANCE;
    spend(p, b->date, b->amount);
    p->balance -= b->amount;
    return FF_OK;
}

static enum ff_rc model_undo(const struct booked *b)
{
    struct booked *sale = &book[b->purchase];
    if (b->caller != OPERATOR && b->caller != sale->person)
        return FF_NOT_FOUND;
    if (sale->is_undone)
        return FF_ALREADY_UNDONE;
    if (b->caller != OPERATOR && b->at_ms >= sale->at_ms + WINDOW_MS)
        return FF_UNDO_WINDOW;
    sale->is_undone = true;
    people[sale->person].balance += sale->amount;
    give_back(&people[sale->person], sale);
    return FF_OK;
}

static enum ff_rc model(struct booked *b)
{
    struct person *p = &people[b->person];
    enum ff_rc rc = b->kind == BUY ? model_buy(b) : b->kind == UNDO ? model_undo(b) : FF_OK;
    if (b->kind == OPEN || b->kind == TOPUP)
        p->balance += b->amount;
    b->balance_after = p->balance;
    return rc;
}

/* ---- the product ---- */

static struct ff_fixture fx;
static unsigned seed;

static int chance(int n)
{
    return rand_r(&seed) % n;
}

static void set_caller(struct ff_ctx *cx, int caller)
{
    cx->who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true};
    if (caller != OPERATOR)
        cx->who = (struct ff_actor){.role = FF_ROLE_EMPLOYEE,
                                    .scope = FF_SELF,
                                    .user_id = caller + 1,
                                    .employee_id = people[caller].id};
}

/* What the product said to a command. */
struct said {
    enum ff_rc rc;
    int64_t journal, balance_after, replayed, undone;
};

static struct said run(struct ff_ctx *cx, const struct booked *b)
{
    struct ff_purchase p = {0};
    struct ff_movement t = {0};
    struct ff_undo u = {0};
    int64_t quantity = b->kind == BUY ? b->amount / prices[b->product] : 0;
    ff_arena_reset(cx->arena);
    ff_err_clear(cx);
    set_caller(cx, b->caller);
    switch (b->kind) {
    case OPEN:
        return (struct said){
            .rc = ff_test_opening(cx, people[b->person].id, b->amount, ff_test_key(b->key))};
    case TOPUP:
        return (struct said){
            .rc = ff_test_topup(cx, people[b->person].id, b->amount, ff_test_key(b->key), &t),
            .journal = t.id,
            .balance_after = t.balance_after,
            .replayed = t.replayed};
    case BUY:
        return (struct said){.rc = ff_test_buy(cx, people[b->person].id, products[b->product],
                                               quantity, ff_test_key(b->key), &p),
                             .journal = p.id,
                             .balance_after = p.balance_after,
                             .replayed = p.replayed,
                             .undone = p.undone};
    default:
        return (struct said){
            .rc = ff_test_undo(cx, book[b->purchase].journal, ff_test_key(b->key), &u),
            .journal = u.id,
            .balance_after = u.balance_after,
            .replayed = u.replayed};
    }
}

static void compare_people(struct ff_ctx *cx)
{
    set_caller(cx, OPERATOR);
    for (int i = 0; i < PEOPLE; i++) {
        struct ff_wallet w;
        struct ff_balance now;
        ff_arena_reset(cx->arena);
        ck_assert_int_eq(ff_wallet_get(cx, people[i].id, &w), FF_OK);
        ck_assert_int_eq(w.balance, people[i].balance);
        ck_assert_int_eq(ff_wallet_balance_at(cx, people[i].id, INT64_MAX, &now.balance), FF_OK);
        ck_assert_int_eq(now.balance, people[i].balance);
        ck_assert_int_eq(
            ff_wallet_spent_at(cx, people[i].id, ff_clock_now_ms(fx.clock), &now.spend), FF_OK);
        ck_assert_int_eq(now.spend.month_spent, w.month_spent);
    }
}

/* ---- commands ---- */

/* Any purchase booked so far, -1 when there is none. */
static int some_purchase(void)
{
    for (int tries = 0; n_booked && tries < 20; tries++) {
        int back = n_booked < 12 || chance(4) == 0 ? n_booked : 12;
        int i = n_booked - 1 - chance(back);
        if (book[i].kind == BUY)
            return i;
    }
    return -1;
}

static struct booked invent(void)
{
    struct booked b = {.kind = BUY, .key = ++next_key, .person = chance(PEOPLE)};
    int dice = chance(100);
    b.at_ms = ff_clock_now_ms(fx.clock);
    ff_business_date(b.at_ms, 0, b.date);
    b.caller = chance(5) ? b.person : chance(3) ? OPERATOR : chance(PEOPLE);
    b.product = chance(PRODUCTS);
    b.amount = prices[b.product] * (1 + chance(4));
    if (!people[b.person].is_open || dice < 12) {
        b.kind = people[b.person].is_open ? TOPUP : OPEN;
        b.caller = OPERATOR;
        b.amount = 1 + chance(6000);
        people[b.person].is_open = true;
    } else if (dice < 32 && (b.purchase = some_purchase()) >= 0) {
        b.kind = UNDO;
        b.person = book[b.purchase].person;
        b.amount = book[b.purchase].amount;
    }
    return b;
}

static void try_new(struct ff_ctx *cx)
{
    struct booked b = invent();
    enum ff_rc expected = model(&b);
    struct said said = run(cx, &b);
    ck_assert_msg(said.rc == expected, "key %lld, kind %d: expected %d, got %d: %s",
                  (long long)b.key, (int)b.kind, expected, said.rc, cx->err.detail);
    answers[expected]++;
    if (expected)
        return;
    b.journal = b.kind == OPEN ? n_booked + 1 : said.journal;
    ck_assert_int_eq(b.journal, n_booked + 1); /* gapless, whatever was refused between */
    if (b.kind != OPEN)
        ck_assert_int_eq(said.balance_after, b.balance_after);
    ck_assert_int_eq(said.replayed, 0);
    book[n_booked++] = b;
}

/* Sends an earlier command again: nothing moves, the answer is that of then. */
static void repeat(struct ff_ctx *cx)
{
    const struct booked *b = &book[chance(n_booked)];
    struct said said = run(cx, b);
    if (b->kind == OPEN) {
        ck_assert_int_eq(said.rc, FF_ALREADY_EXISTS);
        return;
    }
    ck_assert_int_eq(said.rc, FF_OK);
    ck_assert_int_eq(said.replayed, 1);
    ck_assert_int_eq(said.journal, b->journal);
    ck_assert_int_eq(said.balance_after, b->balance_after);
    ck_assert_int_eq(said.undone, b->is_undone);
}

/* A block shares one commit, each command has its own savepoint: as under load. */
static enum ff_rc run_block(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    for (int i = 0; i < BLOCK; i++) {
        if (n_booked && chance(10) == 0)
            repeat(cx);
        else
            try_new(cx);
        if (chance(3) == 0)
            ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + chance(200000)));
        if (chance(40) == 0)
            ck_assert(ff_clock_advance_to(fx.clock, ff_clock_now_ms(fx.clock) + 86200000));
    }
    compare_people(cx);
    set_caller(cx, OPERATOR);
    return FF_OK;
}

START_TEST(product_does_what_the_model_says)
{
    const char *wish = getenv("FF_SEED"), *more = getenv("FF_COMMANDS");
    long commands = more && *more ? strtol(more, NULL, 10) : COMMANDS;
    ck_assert(commands >= COMMANDS && commands <= COMMANDS_MAX);
    seed = wish ? (unsigned)strtoul(wish, NULL, 10) : 20260302;
    ff_fixture_open(&fx);
    for (int i = 0; i < PEOPLE; i++) {
        char number[8], sql[100];
        snprintf(number, sizeof number, "P%d", i);
        people[i].limit = i % 2 ? 2000 : FF_NULL_INT;
        people[i].id = ff_fixture_person(&fx, number, "Person", 0);
        snprintf(sql, sizeof sql, "UPDATE employee SET monthly_limit_minor = 2000 WHERE id = %lld",
                 (long long)people[i].id);
        if (i % 2)
            ff_test_change(&fx, sql);
    }
    for (int i = 0; i < PRODUCTS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Dish %d", i);
        prices[i] = 50 + 97 * i;
        products[i] = ff_fixture_product(&fx, name, prices[i]);
    }
    for (long done = 0; done < commands; done += BLOCK) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_db_write(&fx.cx, run_block, NULL), FF_OK);
    }
    ck_assert_int_eq(ff_test_books(&fx), n_booked);
    static const enum ff_rc met[] = {
        FF_OK,         FF_NOT_FOUND, FF_MONTHLY_LIMIT, FF_INSUFFICIENT_BALANCE, FF_ALREADY_UNDONE,
        FF_UNDO_WINDOW};
    for (size_t i = 0; i < sizeof met / sizeof met[0]; i++)
        ck_assert_int_gt(answers[met[i]], 3); /* the run went everywhere */
    ff_fixture_close(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ledger_model");
    TCase *t = tcase_create("model");
    tcase_set_timeout(t, 300);
    tcase_add_test(t, product_does_what_the_model_says);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

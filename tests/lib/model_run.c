/* SPDX-License-Identifier: MIT */
/* model_run.c - random commands, given to the model and to the product. A block of them shares one
 * commit, each has its own savepoint: as under load. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/purchase/refund.h"
#include "model.h"

enum { BLOCK = 50, TRIES = 20, NEAR = 12 };

static struct ff_fixture *fx;
static unsigned seed;
static int64_t next_key;

static int chance(int n)
{
    return rand_r(&seed) % n;
}

static void set_caller(struct ff_ctx *cx, int caller)
{
    cx->who = (struct ff_actor){.role = FF_ROLE_ADMIN, .scope = FF_ALL, .is_cli = true};
    if (caller != FF_MODEL_OPERATOR)
        cx->who = (struct ff_actor){.role = FF_ROLE_EMPLOYEE,
                                    .scope = FF_SELF,
                                    .user_id = caller + 1,
                                    .employee_id = ff_model.people[caller].id};
}

/* ---- the product ---- */

struct said {
    enum ff_rc rc;
    int64_t journal, balance_after, replayed, undone;
};

static struct said said_of(enum ff_rc rc, const struct ff_movement *m)
{
    return (struct said){
        .rc = rc, .journal = m->id, .balance_after = m->balance_after, .replayed = m->replayed};
}

static struct said run_movement(struct ff_ctx *cx, const struct ff_model_command *c)
{
    struct ff_movement m = {0};
    struct ff_idem idem;
    const int64_t who = ff_model.people[c->person].id;
    const char *source = c->account == FF_MODEL_BANK ? "bank" : "cash";
    const char *reason = strchr(ff_model_codes[c->account], ':') + 1;
    ff_idem_make(cx, ff_test_key(c->key), "test", who, 0, &c->amount, sizeof c->amount, &idem);
    if (c->kind == FF_MODEL_TOPUP)
        return said_of(ff_ledger_topup(cx, who, c->amount, source, NULL, &idem, &m), &m);
    if (c->kind == FF_MODEL_PAYOUT)
        return said_of(ff_ledger_payout(cx, who, -c->amount, source, NULL, &idem, &m), &m);
    return said_of(ff_ledger_adjust(cx, who, c->amount, reason, "model", &idem, &m), &m);
}

static struct said run_take_back(struct ff_ctx *cx, const struct ff_model_command *c)
{
    struct ff_movement m = {0};
    struct ff_idem idem;
    const int64_t journal = ff_model.book[c->target].journal;
    ff_idem_make(cx, ff_test_key(c->key), "void", 0, journal, "", 0, &idem);
    return said_of(ff_ledger_void(cx, journal, c->is_bank_return ? "bank_return" : "wrong_amount",
                                  NULL, &idem, &m),
                   &m);
}

static struct said run_buy(struct ff_ctx *cx, const struct ff_model_command *c)
{
    struct ff_purchase_item tray[FF_MODEL_LINES] = {{0}};
    struct ff_purchase p = {0};
    for (int i = 0; i < c->n_lines; i++)
        tray[i] =
            (struct ff_purchase_item){ff_model.products[c->lines[i].product], c->lines[i].quantity};
    const enum ff_rc rc = ff_test_buy_tray(cx, ff_model.people[c->person].id, tray,
                                           (size_t)c->n_lines, ff_test_key(c->key), &p);
    return (struct said){rc, p.id, p.balance_after, p.replayed, p.undone};
}

static struct said run_undo(struct ff_ctx *cx, const struct ff_model_command *c)
{
    struct ff_undo u = {0};
    const enum ff_rc rc =
        ff_test_undo(cx, ff_model.book[c->target].journal, ff_test_key(c->key), &u);
    return (struct said){rc, u.id, u.balance_after, u.replayed, 0};
}

static struct said run_refund(struct ff_ctx *cx, const struct ff_model_command *c)
{
    struct ff_refund_piece piece = {c->piece_line + 1, c->piece_n};
    const struct ff_refund_new in = {.lines = {&piece, c->piece_line >= 0}, .reason = "other"};
    const int64_t sale = ff_model.book[c->target].journal;
    struct ff_refund out = {0};
    struct ff_idem idem;
    ff_idem_make(cx, ff_test_key(c->key), "refund", 0, sale, &piece, sizeof piece, &idem);
    const enum ff_rc rc = ff_purchase_refund(cx, sale, &in, &idem, &out);
    return (struct said){rc, out.id, out.balance_after, out.replayed, 0};
}

static struct said run(struct ff_ctx *cx, const struct ff_model_command *c)
{
    ff_arena_reset(cx->arena);
    ff_err_clear(cx);
    set_caller(cx, c->caller);
    switch (c->kind) {
    case FF_MODEL_OPEN:
        return (struct said){.rc = ff_test_opening(cx, ff_model.people[c->person].id, c->amount,
                                                   ff_test_key(c->key))};
    case FF_MODEL_BUY:
        return run_buy(cx, c);
    case FF_MODEL_UNDO:
        return run_undo(cx, c);
    case FF_MODEL_REFUND:
        return run_refund(cx, c);
    case FF_MODEL_TAKE_BACK:
        return run_take_back(cx, c);
    default:
        return run_movement(cx, c);
    }
}

/* ---- commands ---- */

static bool is_movement(enum ff_model_kind kind)
{
    return kind >= FF_MODEL_TOPUP && kind <= FF_MODEL_WRITEOFF;
}

/* Any booking so far of a purchase, or of a movement; -1: none was found. Mostly a recent one. */
static int some(bool movement)
{
    for (int tries = 0; ff_model.n && tries < TRIES; tries++) {
        const int back = ff_model.n < NEAR || chance(4) == 0 ? ff_model.n : NEAR;
        const int i = ff_model.n - 1 - chance(back);
        const enum ff_model_kind kind = ff_model.book[i].kind;
        if (movement ? is_movement(kind) : kind == FF_MODEL_BUY)
            return i;
    }
    return -1;
}

static void fill_tray(struct ff_model_command *c)
{
    c->n_lines = 1 + chance(FF_MODEL_LINES);
    const int first = chance(FF_MODEL_PRODUCTS);
    for (int i = 0; i < c->n_lines; i++)
        c->lines[i] = (struct ff_model_line){.product = (first + 2 * i) % FF_MODEL_PRODUCTS,
                                             .quantity = 1 + chance(3)};
}

static void aim(struct ff_model_command *c, enum ff_model_kind kind)
{
    const int target = some(kind == FF_MODEL_TAKE_BACK);
    if (target < 0)
        return;
    c->kind = kind;
    c->target = target;
    c->person = ff_model.book[target].person;
    if (kind != FF_MODEL_UNDO)
        c->caller = FF_MODEL_OPERATOR;
    c->piece_line =
        chance(3) ? chance(ff_model.book[target].n_lines ? ff_model.book[target].n_lines : 1) : -1;
    c->piece_n = 1 + chance(3);
    c->is_bank_return = chance(3) == 0;
}

static void move_money(struct ff_model_command *c, int dice)
{
    c->caller = FF_MODEL_OPERATOR;
    c->account = chance(2) ? FF_MODEL_CASH : FF_MODEL_BANK;
    c->kind = dice < 12 ? FF_MODEL_TOPUP : FF_MODEL_PAYOUT;
    c->amount = 1 + chance(dice < 12 ? 1800 : 1500);
    if (dice >= 15) {
        c->kind = dice < 19 ? FF_MODEL_ADJUST : FF_MODEL_WRITEOFF;
        c->account = dice >= 19  ? FF_MODEL_WRITTEN_OFF
                     : chance(2) ? FF_MODEL_CORRECTION
                                 : FF_MODEL_GOODWILL;
        c->amount = 1 + chance(400);
    }
    for (int i = 0; c->kind == FF_MODEL_WRITEOFF && i < FF_MODEL_PEOPLE; i++)
        if (ff_model.people[i].balance < 0)
            c->person = i; /* few owe something */
    if (c->kind == FF_MODEL_WRITEOFF && chance(3))
        c->amount = 1 + chance(60);
    if (c->kind == FF_MODEL_PAYOUT || (c->kind == FF_MODEL_ADJUST && chance(2)))
        c->amount = -c->amount;
}

static struct ff_model_command invent(void)
{
    struct ff_model_command c = {
        .kind = FF_MODEL_BUY, .key = ++next_key, .person = chance(FF_MODEL_PEOPLE)};
    struct ff_model_person *p = &ff_model.people[c.person];
    const int dice = chance(100);
    c.at_ms = ff_clock_now_ms(fx->clock);
    ff_business_date(c.at_ms, 0, c.date);
    c.caller = chance(5) ? c.person : chance(3) ? FF_MODEL_OPERATOR : chance(FF_MODEL_PEOPLE);
    fill_tray(&c);
    if (!p->is_open) {
        c.kind = FF_MODEL_OPEN;
        c.caller = FF_MODEL_OPERATOR;
        c.account = FF_MODEL_OPENING;
        c.amount = 1 + chance(6000);
        p->is_open = true;
    } else if (dice < 22) {
        move_money(&c, dice);
    } else if (dice < 27) {
        aim(&c, FF_MODEL_TAKE_BACK);
    } else if (dice < 50) {
        aim(&c, dice < 40 ? FF_MODEL_UNDO : FF_MODEL_REFUND);
    }
    return c;
}

static void try_new(struct ff_ctx *cx)
{
    struct ff_model_command c = invent();
    const enum ff_rc expected = ff_model_do(&c);
    const struct said got = run(cx, &c);
    ck_assert_msg(got.rc == expected, "key %lld, kind %d: expected %d, got %d: %s",
                  (long long)c.key, (int)c.kind, expected, got.rc, cx->err.detail);
    ff_model.answers[expected]++;
    if (expected)
        return;
    c.journal = c.kind == FF_MODEL_OPEN ? ff_model.n + 1 : got.journal;
    ck_assert_int_eq(c.journal, ff_model.n + 1); /* gapless, whatever was refused between */
    if (c.kind != FF_MODEL_OPEN)
        ck_assert_msg(got.balance_after == c.balance_after, "key %lld, kind %d: %lld, not %lld",
                      (long long)c.key, (int)c.kind, (long long)got.balance_after,
                      (long long)c.balance_after);
    ck_assert_int_eq(got.replayed, 0);
    ff_model.booked[c.kind]++;
    ff_model.book[ff_model.n++] = c;
}

void ff_model_repeat(struct ff_fixture *fixture, struct ff_ctx *cx, int i)
{
    const struct ff_model_command *c = &ff_model.book[i];
    fx = fixture;
    const struct said said = run(cx, c);
    if (c->kind == FF_MODEL_OPEN) {
        ck_assert_int_eq(said.rc, FF_ALREADY_EXISTS);
        return;
    }
    ck_assert_msg(said.rc == FF_OK, "key %lld, kind %d: %s", (long long)c->key, (int)c->kind,
                  cx->err.detail);
    ck_assert_int_eq(said.replayed, 1);
    ck_assert_int_eq(said.journal, c->journal);
    ck_assert_int_eq(said.balance_after, c->balance_after);
    if (c->kind == FF_MODEL_BUY)
        ck_assert_int_eq(said.undone, c->is_undone);
}

/* ---- the run ---- */

/* Is the model's month the current one? The counters are of the last purchase's. */
static bool is_month(const struct ff_model_person *p)
{
    char today[FF_DATE_CAP];
    ff_business_date(ff_clock_now_ms(fx->clock), 0, today);
    return strncmp(p->month, today, 7) == 0;
}

static void compare_people(struct ff_ctx *cx)
{
    set_caller(cx, FF_MODEL_OPERATOR);
    for (int i = 0; i < FF_MODEL_PEOPLE; i++) {
        const struct ff_model_person *p = &ff_model.people[i];
        struct ff_wallet w;
        struct ff_balance now;
        struct ff_spend spent;
        ff_arena_reset(cx->arena);
        ck_assert_int_eq(ff_wallet_get(cx, p->id, &w), FF_OK);
        ck_assert_int_eq(w.balance, p->balance);
        ck_assert_int_eq(ff_wallet_balance_at(cx, p->id, INT64_MAX, &now.balance), FF_OK);
        ck_assert_int_eq(now.balance, p->balance);
        ck_assert_int_eq(ff_wallet_spent_at(cx, p->id, ff_clock_now_ms(fx->clock), &spent), FF_OK);
        ck_assert_int_eq(spent.month_spent, w.month_spent);
        ck_assert_int_eq(w.month_spent, is_month(p) ? p->month_spent : 0);
    }
}

static enum ff_rc run_block(struct ff_ctx *cx, void *arg)
{
    (void)arg;
    for (int i = 0; i < BLOCK; i++) {
        const int64_t now = ff_clock_now_ms(fx->clock);
        if (ff_model.n && chance(10) == 0)
            ff_model_repeat(fx, cx, chance(ff_model.n));
        else
            try_new(cx);
        if (chance(3) == 0)
            ck_assert(ff_clock_advance_to(fx->clock, now + chance(200000)));
        if (chance(40) == 0)
            ck_assert(ff_clock_advance_to(fx->clock, ff_clock_now_ms(fx->clock) + 86200000));
    }
    compare_people(cx);
    set_caller(cx, FF_MODEL_OPERATOR);
    return FF_OK;
}

static void arrange(void)
{
    static const int64_t rates[FF_MODEL_PRODUCTS] = {0, 70000, 190000, 70000, 0};
    char text[160];
    memset(&ff_model, 0, sizeof ff_model);
    for (int i = 0; i < FF_MODEL_PEOPLE; i++) {
        struct ff_model_person *p = &ff_model.people[i];
        snprintf(text, sizeof text, "P%d", i);
        *p = (struct ff_model_person){.id = ff_fixture_person(fx, text, "Quilliam Person", 0),
                                      .floor = i % 3 == 2 ? -700 : 0,
                                      .limit = i % 2 ? 2000 : FF_NULL_INT};
        snprintf(text, sizeof text,
                 "UPDATE employee SET monthly_limit_minor = 2000 WHERE id = %lld AND id %% 2 = 0",
                 (long long)p->id);
        ff_test_change(fx, text);
        snprintf(text, sizeof text,
                 "UPDATE wallet SET floor_minor = %lld WHERE account_id = (SELECT id FROM account "
                 "WHERE code = 'wallet:%lld')",
                 (long long)p->floor, (long long)p->id);
        ff_test_change(fx, text);
    }
    for (int i = 0; i < FF_MODEL_PRODUCTS; i++) {
        snprintf(text, sizeof text, "Dish %d", i);
        ff_model.prices[i] = 50 + 97 * i;
        ff_model.rates[i] = rates[i];
        ff_model.products[i] = ff_fixture_product(fx, text, ff_model.prices[i]);
        snprintf(text, sizeof text, "UPDATE product SET tax_rate_ppm = %lld WHERE id = %lld",
                 (long long)rates[i], (long long)ff_model.products[i]);
        ff_test_change(fx, text);
    }
}

static void compare_accounts(void)
{
    char sql[200];
    for (int i = 0; i < FF_MODEL_ACCOUNTS; i++) {
        snprintf(sql, sizeof sql,
                 "SELECT COALESCE(SUM(amount_minor), 0) FROM entry JOIN account ON id = account_id "
                 "WHERE code = '%s'",
                 ff_model_codes[i]);
        ck_assert_msg(ff_test_number(fx, sql) == ff_model.accounts[i], "%s: %lld, not %lld",
                      ff_model_codes[i], (long long)ff_test_number(fx, sql),
                      (long long)ff_model.accounts[i]);
    }
}

void ff_model_run(struct ff_fixture *fixture, long commands, unsigned with)
{
    static const enum ff_rc met[] = {FF_OK,
                                     FF_NOT_FOUND,
                                     FF_MONTHLY_LIMIT,
                                     FF_INSUFFICIENT_BALANCE,
                                     FF_ALREADY_UNDONE,
                                     FF_ALREADY_REFUNDED,
                                     FF_AMOUNT_OUT_OF_RANGE,
                                     FF_UNDO_WINDOW};
    fx = fixture;
    seed = with;
    next_key = 0;
    arrange();
    for (long done = 0; done < commands; done += BLOCK) {
        ff_fixture_again(fx);
        ck_assert_int_eq(ff_db_write(&fx->cx, run_block, NULL), FF_OK);
    }
    ck_assert_int_eq(ff_test_books(fx), ff_model.n);
    compare_accounts();
    for (size_t i = 0; i < sizeof met / sizeof met[0]; i++) /* the run went everywhere */
        ck_assert_msg(ff_model.answers[met[i]] > 3, "answer %d came %d times", met[i],
                      ff_model.answers[met[i]]);
    for (int i = 0; i < FF_MODEL_KINDS; i++)
        ck_assert_msg(ff_model.booked[i] > 3, "kind %d was booked %d times", i, ff_model.booked[i]);
}

/* SPDX-License-Identifier: MIT */
/* model.h - a small reference model of the ledger in plain arrays, and a random run that compares
 * it with the product, answer by answer. Used by ledger_model.c (long) and invariants.c. */
#ifndef FF_TESTS_MODEL_H
#define FF_TESTS_MODEL_H

#include "money.h"

enum {
    FF_MODEL_PEOPLE = 6,
    FF_MODEL_PRODUCTS = 5,
    FF_MODEL_LINES = 2,
    FF_MODEL_MAX = 100000,
    FF_MODEL_OPERATOR = FF_MODEL_PEOPLE /* as caller */
};
#define FF_MODEL_WINDOW_MS INT64_C(300000)

enum ff_model_kind {
    FF_MODEL_OPEN,
    FF_MODEL_TOPUP,
    FF_MODEL_PAYOUT,
    FF_MODEL_ADJUST,
    FF_MODEL_WRITEOFF,
    FF_MODEL_TAKE_BACK, /* of one of the four before */
    FF_MODEL_BUY,
    FF_MODEL_UNDO,
    FF_MODEL_REFUND,
    FF_MODEL_KINDS
};

/* Everything that is no wallet. */
enum ff_model_account {
    FF_MODEL_REVENUE,
    FF_MODEL_VAT_7,
    FF_MODEL_VAT_19,
    FF_MODEL_CASH,
    FF_MODEL_BANK,
    FF_MODEL_OPENING,
    FF_MODEL_CORRECTION,
    FF_MODEL_GOODWILL,
    FF_MODEL_WRITTEN_OFF,
    FF_MODEL_ACCOUNTS
};
extern const char *const ff_model_codes[FF_MODEL_ACCOUNTS];

struct ff_model_person {
    int64_t id, balance, floor, limit, day_spent, month_spent;
    char day[FF_DATE_CAP], month[8];
    bool is_open;
};

struct ff_model_line {
    int product;
    int64_t quantity, gross, tax;
    int64_t quantity_back, tax_back;
};

/* A command, and what came of it when it was booked. */
struct ff_model_command {
    enum ff_model_kind kind;
    int caller, person, target; /* target: which booking is taken back */
    enum ff_model_account account;
    int64_t key, amount, at_ms;                 /* amount: what the wallet gets */
    struct ff_model_line lines[FF_MODEL_LINES]; /* BUY */
    int n_lines, piece_line, piece_n;           /* REFUND: -1: all that is left */
    bool is_bank_return, is_undone, is_refunded;
    int64_t journal, balance_after;
    char date[FF_DATE_CAP];
};

struct ff_model {
    struct ff_model_person people[FF_MODEL_PEOPLE];
    int64_t products[FF_MODEL_PRODUCTS], prices[FF_MODEL_PRODUCTS], rates[FF_MODEL_PRODUCTS];
    int64_t accounts[FF_MODEL_ACCOUNTS];
    struct ff_model_command book[FF_MODEL_MAX];
    int n;
    int answers[FF_RC_COUNT]; /* how often each came */
    int booked[FF_MODEL_KINDS];
};
extern struct ff_model ff_model;

/* What must be answered; FF_OK: it is booked in the model. Sets amount and balance_after. */
enum ff_rc ff_model_do(struct ff_model_command *c);

/* Makes people and products in an empty canteen, then runs so many commands, a tenth of them again;
 * fails the test at the first answer or balance that is not the model's, and at the end when an
 * account or the books do not hold, or the run did not go everywhere. */
void ff_model_run(struct ff_fixture *fx, long commands, unsigned seed);

/* Sends a booked command again: nothing may move, the answer is that of then. */
void ff_model_repeat(struct ff_fixture *fx, struct ff_ctx *cx, int i);

#endif

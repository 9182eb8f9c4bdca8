/* SPDX-License-Identifier: MIT */
/* filling.h - a canteen's file as it is after years, in minutes: people, products, and purchases
 * booked by ff_ledger_post in jobs of many, without the checks that come before it and with the
 * database's guards lifted. `verify` must find such a file sound. */
#ifndef FF_TESTS_FILLING_H
#define FF_TESTS_FILLING_H

#include "fixture.h"

#define FF_FILLING_ADMIN    "admin@canteen.example"
#define FF_FILLING_BUYER    "buyer@canteen.example" /* the account of the first person */
#define FF_FILLING_PASSWORD "Canteen-Test-1"

struct ff_filling {
    struct ff_fixture *fx;
    long people, products;
    int64_t start_ms, step_ms; /* the first purchase, and from one to the next */
    int64_t made;              /* purchases in the file */
    /* by id; 0 is nobody */
    struct ff_filling_buyer {
        int64_t account, balance;
    } * buyers;
    struct ff_line *dishes;
    char **names; /* of the dishes */
};

/* Opens the data directory for filling, or makes it with people 1.., products 1.. and two accounts.
 * `step_ms`: from one purchase to the next; the first of a new file is `days` before now. Fails the
 * test when it cannot. */
void ff_filling_open(struct ff_filling *f, struct ff_fixture *fx, const char *dir, long days);
/* Fills up to `purchases` in all, sums up the days that have ended, and leaves it sound. */
void ff_filling_to(struct ff_filling *f, int64_t purchases);
void ff_filling_close(struct ff_filling *f);

/* Sets the wallets to what their entries come to, where a filling was cut off: before anybody buys.
 */
void ff_filling_settle(struct ff_fixture *fx);

/* The purchases in an open file. */
int64_t ff_filling_count(struct ff_fixture *fx);

#endif

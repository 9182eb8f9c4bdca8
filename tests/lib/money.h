/* SPDX-License-Identifier: MIT */
/* money.h - what the tests of ledger and purchases say again and again. */
#ifndef FF_TESTS_MONEY_H
#define FF_TESTS_MONEY_H

#include "domain/ledger/movement.h"
#include "domain/purchase/purchase.h"
#include "fixture.h"

/* A key of its own for each n: "test-key-00000042". Static memory per thread, good until the next
 * call in that thread. */
const char *ff_test_key(int64_t n);

/* One product, `quantity` pieces, for `employee` (0: the caller's own). */
enum ff_rc ff_test_buy(struct ff_ctx *cx, int64_t employee, int64_t product, int64_t quantity,
                       const char *key, struct ff_purchase *out);
enum ff_rc ff_test_buy_tray(struct ff_ctx *cx, int64_t employee,
                            const struct ff_purchase_item *items, size_t n, const char *key,
                            struct ff_purchase *out);
enum ff_rc ff_test_undo(struct ff_ctx *cx, int64_t purchase, const char *key, struct ff_undo *out);
/* All that is left of a purchase goes back. */
enum ff_rc ff_test_refund(struct ff_ctx *cx, int64_t purchase, const char *key);
enum ff_rc ff_test_topup(struct ff_ctx *cx, int64_t employee, int64_t amount, const char *key,
                         struct ff_movement *out);
/* Opening balance, in a job of its own. */
enum ff_rc ff_test_opening(struct ff_ctx *cx, int64_t employee, int64_t amount, const char *key);

/* Fails the test when the books do not prove; gives the number of journals. */
int64_t ff_test_books(struct ff_fixture *fx);

/* A number from the database file by a connection of the test's own: sees only what is committed.
 * One row, one column; -1 for NULL. */
int64_t ff_test_number(struct ff_fixture *fx, const char *sql);
/* Changes the file behind the program's back. */
void ff_test_change(struct ff_fixture *fx, const char *sql);

/* Whether the database lets this happen; it does not when a guard of its own refuses. */
bool ff_test_try(struct ff_fixture *fx, const char *sql);

/* Drops every trigger and lets CHECKs pass, so that anything can be changed: what an intruder with
 * the file could do. */
void ff_test_unguard(struct ff_fixture *fx, const char *sql);

/* The parameter of the context's error, fails the test when it has none of that name. */
int64_t ff_test_param(struct ff_ctx *cx, const char *name);

/* A caller of its own for a thread, over the fixture's database; free with ff_test_no_caller. */
void ff_test_caller(struct ff_fixture *fx, struct ff_ctx *cx);
void ff_test_no_caller(struct ff_ctx *cx);

#endif

/* SPDX-License-Identifier: MIT */
/* fixture.h - what every test starts from: a private data directory, a migrated database, a fixed
 * clock, a context. Nothing is shared between tests; everything is removed at the end. */
#ifndef FF_TESTS_FIXTURE_H
#define FF_TESTS_FIXTURE_H

#include <check.h>

#include "store.h"

struct ff_fixture {
    char dir[64]; /* under $TMPDIR or /tmp, removed by ff_fixture_close */
    struct ff_arena *arena;
    struct ff_clock *clock; /* test clock at FF_TEST_NOW */
    struct ff_db *db;
    struct ff_auth *auth;
    struct ff_site *site;
    struct ff_lru *cache;       /* NULL unless a test gives one */
    struct ff_metrics *metrics; /* the same */
    struct ff_audit_queue *audit;
    struct ff_ctx cx; /* caller: the command line (admin rights) */
};

/* Opens everything (site "Test canteen", EUR, 2 decimals, Europe/Budapest); fails the test when it
 * cannot. */
void ff_fixture_open(struct ff_fixture *fx);
void ff_fixture_close(struct ff_fixture *fx);

/* The same in a directory that stays, made when it is not there (true; the clock stands at
 * `now_ms`) or as it was left (the clock stands at the last journal). Left by ff_fixture_leave. */
bool ff_fixture_open_in(struct ff_fixture *fx, const char *dir, int64_t now_ms,
                        struct ff_db_options options);
void ff_fixture_leave(struct ff_fixture *fx);

/* Closes the database and what goes with it, but keeps the directory: for what must not be open
 * while a process forks. ff_fixture_resume opens it again as it was left. */
void ff_fixture_park(struct ff_fixture *fx);
void ff_fixture_resume(struct ff_fixture *fx);

/* Clears arena, error and statement count for the next request; keeps the database. */
void ff_fixture_again(struct ff_fixture *fx);

/* A copy that outlives the arena: the test's process ends with it. */
char *ff_test_keep(const char *text);

/* Sets who asks. employee_id may be 0. */
void ff_fixture_as(struct ff_fixture *fx, enum ff_role role, enum ff_scope scope,
                   int64_t employee_id);

/* A person from a record, by the caller's rights: of what may be spent only the monthly limit is
 * taken. All fields of `e` are set. As ff_employee_make. */
struct ff_employee;
enum ff_rc ff_test_employee(struct ff_ctx *cx, struct ff_employee *e);

/* A person with `opening` minor units in the wallet; the employee id. */
int64_t ff_fixture_person(struct ff_fixture *fx, const char *number, const char *name,
                          int64_t opening);
/* A product of category food; the product id. */
int64_t ff_fixture_product(struct ff_fixture *fx, const char *name, int64_t price);
/* Balance from the wallet row. */
int64_t ff_fixture_balance(struct ff_fixture *fx, int64_t employee_id);

#endif

/* SPDX-License-Identifier: MIT */
/* fixture.c - a canteen for one test: the store of the db layer, keys, site settings, and people
 * and products made through the services that the product uses. */
#include "fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "auth/auth.h"
#include "domain/audit/queue.h"
#include "domain/catalog/price.h"
#include "domain/catalog/product.h"
#include "domain/ledger/ledger.h"
#include "domain/people/employee.h"
#include "domain/site/site.h"
#include "store.h"

static void require(struct ff_fixture *fx, enum ff_rc rc, const char *doing)
{
    ck_assert_msg(rc == FF_OK, "fixture: %s: %s (%s)", doing, fx->cx.err.detail,
                  rc ? ff_err_info(rc)->code : "");
}

static void as_operator(struct ff_ctx *cx)
{
    cx->who = (struct ff_actor){
        .role = FF_ROLE_ADMIN, .scope = FF_ALL, .site_wide = true, .is_cli = true};
}

static const struct ff_site_settings canteen = {.name = "Test canteen",
                                                .currency = "EUR",
                                                .decimals = 2,
                                                .locale = "en",
                                                .time_zone = "Europe/Budapest",
                                                .identify_badge = 1,
                                                .identify_number = 1,
                                                .identify_name = 1,
                                                .idle_seconds = 60,
                                                .undo_seconds = 300};

/* What stands on an open database; `site`: the name of one to be made first. */
static void stand_on(struct ff_fixture *fx, const char *site)
{
    struct ff_site_settings settings = canteen;
    fx->cx.db = fx->db;
    as_operator(&fx->cx);
    require(fx, ff_auth_open(&fx->cx, fx->dir, &fx->auth), "keys");
    fx->cx.auth = fx->auth;
    if (site)
        snprintf(settings.name, sizeof settings.name, "%s", site);
    if (site)
        require(fx, ff_site_init(&fx->cx, &settings), "site");
    require(fx, ff_site_load(&fx->cx, &fx->site), "site");
    fx->cx.site = fx->site;
    ff_price_watch(&fx->cx);
    fx->audit = fx->cx.audit = ff_audit_queue_new();
    ff_fixture_again(fx);
}

void ff_fixture_open(struct ff_fixture *fx)
{
    struct ff_store store;
    setenv("TZ", canteen.time_zone, 1);
    tzset();
    memset(fx, 0, sizeof *fx);
    ff_store_open(&store);
    memcpy(fx->dir, store.dir, sizeof fx->dir);
    fx->arena = store.arena;
    fx->clock = store.clock;
    fx->db = store.db;
    fx->cx = store.cx;
    stand_on(fx, canteen.name);
}

bool ff_fixture_open_in(struct ff_fixture *fx, const char *dir, int64_t now_ms,
                        struct ff_db_options options)
{
    int hint;
    setenv("TZ", canteen.time_zone, 1);
    tzset();
    memset(fx, 0, sizeof *fx);
    ck_assert_int_lt(snprintf(fx->dir, sizeof fx->dir, "%s", dir), sizeof fx->dir);
    options.dir = fx->dir;
    options.rerun_jobs = ff_test_reruns();
    options.create = !ff_db_exists(fx->dir);
    fx->arena = ff_arena_new(0);
    fx->clock = ff_clock_new_test(options.create ? now_ms : 0);
    ff_ctx_init(&fx->cx, fx->arena, fx->clock);
    require(fx, ff_db_open(&fx->cx, &options, &fx->db, &hint), "opening");
    stand_on(fx, options.create ? "Test works" : NULL);
    if (!options.create) {
        require(fx, ff_db_newest(&fx->cx, &now_ms), "the last journal");
        ff_fixture_again(fx);
        ck_assert(ff_clock_advance_to(fx->clock, now_ms));
    }
    return options.create;
}

void ff_fixture_close(struct ff_fixture *fx)
{
    ff_db_release(&fx->cx);
    ff_site_free(fx->site);
    ff_auth_free(fx->auth);
    ff_audit_queue_free(fx->audit);
    ff_db_close(fx->db);
    ff_arena_free(fx->arena);
    ff_clock_free(fx->clock);
    ff_remove_tree(fx->dir);
}

void ff_fixture_leave(struct ff_fixture *fx)
{
    ff_fixture_park(fx);
    ff_arena_free(fx->arena);
    ff_clock_free(fx->clock);
}

void ff_fixture_park(struct ff_fixture *fx)
{
    ff_db_release(&fx->cx);
    ff_site_free(fx->site);
    ff_auth_free(fx->auth);
    ff_audit_queue_free(fx->audit);
    ff_db_close(fx->db);
    fx->db = NULL;
}

void ff_fixture_resume(struct ff_fixture *fx)
{
    int hint;
    ff_arena_reset(fx->arena);
    ff_ctx_init(&fx->cx, fx->arena, fx->clock);
    require(fx,
            ff_db_open(&fx->cx,
                       &(struct ff_db_options){.dir = fx->dir, .rerun_jobs = ff_test_reruns()},
                       &fx->db, &hint),
            "opening again");
    stand_on(fx, NULL);
}

void ff_fixture_again(struct ff_fixture *fx)
{
    ff_db_release(&fx->cx);
    ff_err_clear(&fx->cx);
    ff_arena_reset(fx->arena);
    fx->cx.statements = 0;
}

char *ff_test_keep(const char *text)
{
    enum { KEPT = 1024 };
    static char *kept[KEPT];
    static size_t n;
    ck_assert_uint_lt(n, KEPT);
    kept[n] = strdup(text);
    ck_assert_ptr_nonnull(kept[n]);
    return kept[n++];
}

void ff_fixture_as(struct ff_fixture *fx, enum ff_role role, enum ff_scope scope,
                   int64_t employee_id)
{
    fx->cx.who = (struct ff_actor){.role = role, .scope = scope, .employee_id = employee_id};
}

struct opening {
    int64_t employee_id, amount;
};

static enum ff_rc open_wallet(struct ff_ctx *cx, void *arg)
{
    const struct opening *o = arg;
    struct ff_idem idem;
    char key[FF_IDEM_KEY_CAP];
    snprintf(key, sizeof key, "fixture-opening-%lld", (long long)o->employee_id);
    ff_idem_make(cx, key, "fixtureOpening", o->employee_id, 0, NULL, 0, &idem);
    return ff_ledger_opening(cx, o->employee_id, o->amount, &idem);
}

enum ff_rc ff_test_employee(struct ff_ctx *cx, struct ff_employee *e)
{
    const struct ff_employee_in in = {.number = e->number,
                                      .name = e->name,
                                      .email = e->email,
                                      .department_id = e->department_id,
                                      .department = e->department,
                                      .group_id = e->group_id,
                                      .group = e->group,
                                      .overdraft = FF_NULL_INT,
                                      .purchase_limit = FF_NULL_INT,
                                      .daily_limit = FF_NULL_INT,
                                      .monthly_limit = e->monthly_limit};
    return ff_employee_make(cx, &in, e);
}

int64_t ff_fixture_person(struct ff_fixture *fx, const char *number, const char *name,
                          int64_t opening)
{
    struct ff_actor asking = fx->cx.who;
    struct ff_employee e = {.number = number,
                            .name = name,
                            .department_id = FF_NULL_INT,
                            .monthly_limit = FF_NULL_INT,
                            .active = 1};
    as_operator(&fx->cx);
    require(fx, ff_test_employee(&fx->cx, &e), "person");
    struct opening o = {e.id, opening};
    if (opening)
        require(fx, ff_db_write(&fx->cx, open_wallet, &o), "opening balance");
    fx->cx.who = asking;
    return e.id;
}

int64_t ff_fixture_product(struct ff_fixture *fx, const char *name, int64_t price)
{
    struct ff_actor asking = fx->cx.who;
    struct ff_product_in in = {.set = 1U << FF_PRODUCT_NAME | 1U << FF_PRODUCT_PRICE |
                                      1U << FF_PRODUCT_CATEGORY,
                               .name = name,
                               .price = price,
                               .category = "food",
                               .category_id = FF_NULL_INT,
                               .available = 1,
                               .sort = FF_NULL_INT,
                               .archived = 0};
    struct ff_product out = {0};
    as_operator(&fx->cx);
    require(fx, ff_product_create(&fx->cx, &in, &out), "product");
    fx->cx.who = asking;
    return out.id;
}

int64_t ff_fixture_balance(struct ff_fixture *fx, int64_t employee_id)
{
    struct ff_wallet wallet = {0};
    bool borrowed = fx->cx.conn != NULL;
    require(fx, ff_wallet_get(&fx->cx, employee_id, &wallet), "balance");
    if (!borrowed)
        ff_db_release(&fx->cx);
    return wallet.balance;
}

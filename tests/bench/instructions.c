/* SPDX-License-Identifier: MIT */
/* instructions.c - what each kind of request costs, in instructions: the same on a busy machine as
 * on a quiet one. Runs under callgrind, which is asked for a sum after each kind; see
 * instructions.sh. By itself it prints how the requests were answered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <valgrind/callgrind.h>

#include "../lib/ask.h"
#include "../lib/identity.h"
#include "../lib/money.h"
#include "api/route.h"
#include "base/metrics.h"
#include "cache/lru.h"
#include "domain/report/rollup.h"

/* HISTORY purchases of the day before, and those of another person's month. */
enum { WARM = 20, COUNT = 100, PRODUCTS = 60, PEOPLE = 20, HISTORY = 400, MONTH = 30 };

static struct ff_fixture fx;
static struct ff_asker asker;
static const char *employee, *manager, *tag;
static int64_t anna, bela, first_product, bought[WARM + COUNT + 1];
static int n_bought;

/* ---- the kinds; i counts their requests ---- */

static int health(int i)
{
    (void)i;
    return ff_ask(&asker, &(struct ff_ask){.target = "/health/live"});
}

static int list_hit(int i)
{
    (void)i;
    return ff_ask(
        &asker, &(struct ff_ask){.target = "/api/v1/products?page=1&limit=10", .bearer = employee});
}

static int list_not_modified(int i)
{
    (void)i;
    return ff_ask(&asker, &(struct ff_ask){.target = "/api/v1/products?page=1&limit=10",
                                           .bearer = employee,
                                           .none_match = tag});
}

static int list_made(int i)
{
    char target[80];
    snprintf(target, sizeof target, "/api/v1/products?page=%d&limit=10&sort=%s", 1 + i % 6,
             i % 2 ? "name" : "-price");
    ff_lru_clear(fx.cache);
    return ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = employee});
}

static int product(int i)
{
    char target[64];
    snprintf(target, sizeof target, "/api/v1/products/%lld",
             (long long)(first_product + i % PRODUCTS));
    return ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = employee});
}

static int balance(int i)
{
    char target[64];
    (void)i;
    snprintf(target, sizeof target, "/api/v1/employees/%lld/balance", (long long)anna);
    return ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = employee});
}

static int buy(int i)
{
    char body[160];
    snprintf(
        body, sizeof body,
        "{\"items\":[{\"productId\":%lld,\"quantity\":1},{\"productId\":%lld,\"quantity\":2}]}",
        (long long)(first_product + i % PRODUCTS), (long long)(first_product + (i + 7) % PRODUCTS));
    int status = ff_ask(&asker, &(struct ff_ask){.method = "POST",
                                                 .target = "/api/v1/purchases",
                                                 .bearer = employee,
                                                 .body = body,
                                                 .keyed = true});
    if (status == 201 && n_bought <= WARM + COUNT)
        bought[n_bought++] = ff_ask_made(&asker);
    return status;
}

static int refused(int i)
{
    char body[120];
    snprintf(body, sizeof body,
             "{\"items\":[{\"productId\":%lld,\"quantity\":1}],\"expectedTotal\":1}",
             (long long)(first_product + i % PRODUCTS));
    return ff_ask(&asker, &(struct ff_ask){.method = "POST",
                                           .target = "/api/v1/purchases",
                                           .bearer = employee,
                                           .body = body,
                                           .keyed = true});
}

static int history(int i)
{
    (void)i;
    return ff_ask(&asker,
                  &(struct ff_ask){.target = "/api/v1/purchases?limit=20", .bearer = employee});
}

static int history_all(int i)
{
    char target[64];
    snprintf(target, sizeof target, "/api/v1/purchases?limit=20&after=%d", HISTORY - i);
    return ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = manager});
}

static int statement(int i)
{
    char target[80];
    (void)i;
    snprintf(target, sizeof target, "/api/v1/employees/%lld/statement?month=2026-03",
             (long long)bela);
    return ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = manager});
}

static int search(int i)
{
    char target[80];
    snprintf(target, sizeof target, "/api/v1/products?q=dish%%20%d&limit=10", i % 6);
    ff_lru_clear(fx.cache);
    return ff_ask(&asker, &(struct ff_ask){.target = target, .bearer = employee});
}

static int undo(int i)
{
    char target[64];
    snprintf(target, sizeof target, "/api/v1/purchases/%lld/undo",
             (long long)bought[i % (n_bought ? n_bought : 1)]);
    return ff_ask(
        &asker,
        &(struct ff_ask){.method = "POST", .target = target, .bearer = employee, .keyed = true});
}

static int topup(int i)
{
    char target[64];
    (void)i;
    snprintf(target, sizeof target, "/api/v1/employees/%lld/topups", (long long)anna);
    return ff_ask(&asker, &(struct ff_ask){.method = "POST",
                                           .target = target,
                                           .bearer = manager,
                                           .body = "{\"amount\":100,\"source\":\"cash\"}",
                                           .keyed = true});
}

static const struct {
    const char *name;
    int (*ask)(int i);
    int status;
} kinds[] = {
    {"health", health, 200},
    {"product_list_hit", list_hit, 200},
    {"product_list_not_modified", list_not_modified, 304},
    {"product_list_made", list_made, 200},
    {"product", product, 200},
    {"balance", balance, 200},
    {"product_search", search, 200},
    {"purchase_list", history, 200},
    {"purchase_list_all", history_all, 200},
    {"statement", statement, 200},
    {"purchase", buy, 201},
    {"purchase_refused", refused, 409},
    {"undo", undo, 201},
    {"topup", topup, 201},
};

static int buy_for_bela(int i)
{
    char body[160];
    snprintf(body, sizeof body,
             "{\"employeeId\":%lld,\"items\":[{\"productId\":%lld,\"quantity\":2}]}",
             (long long)bela, (long long)(first_product + i % PRODUCTS));
    return ff_ask(&asker, &(struct ff_ask){.method = "POST",
                                           .target = "/api/v1/purchases",
                                           .bearer = manager,
                                           .body = body,
                                           .keyed = true});
}

static void sign_in(void)
{
    employee = ff_test_keep(ff_test_sign_in(&fx, "anna@x.example").access);
    manager = ff_test_keep(ff_test_sign_in(&fx, "boss@x.example").access);
}

/* The day ends and is summed up, as a server does in the night. */
static void sleep_over(void)
{
    bool more = true;
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + INT64_C(86400000)));
    while (more) {
        ff_fixture_again(&fx);
        ck_assert_int_eq(ff_rollup_step(&fx.cx, &more), FF_OK);
    }
    ff_fixture_again(&fx);
}

static void furnish(void)
{
    static char kept[80];
    ff_fixture_open(&fx);
    fx.cache = ff_lru_new(4 << 20);
    fx.metrics = ff_metrics_new(ff_n_routes);
    ff_asker_open(&asker, &fx);
    for (int i = 0; i < PRODUCTS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Dish %d", i);
        int64_t id = ff_fixture_product(&fx, name, 100 + i);
        first_product = i ? first_product : id;
        ff_fixture_again(&fx);
    }
    for (int i = 0; i < PEOPLE; i++) {
        char number[16];
        snprintf(number, sizeof number, "B%03d", i);
        int64_t id = ff_fixture_person(&fx, number, "Customer", 50000000);
        anna = i ? anna : id;
        bela = i == 1 ? id : bela;
        ff_fixture_again(&fx);
    }
    (void)ff_test_user(&fx, "anna@x.example", "employee", anna);
    (void)ff_test_user(&fx, "boss@x.example", "admin", 0);
    sign_in();
    for (int i = 0; i < HISTORY; i++)
        ck_assert_int_eq(buy(i), 201);
    for (int i = 0; i < MONTH; i++)
        ck_assert_int_eq(buy_for_bela(i), 201);
    n_bought = 0;
    sleep_over();
    sign_in();
    (void)list_hit(0);
    ck_assert(ff_response_header(&asker.rp, "ETag", kept, sizeof kept));
    tag = kept;
}

START_TEST(count)
{
    furnish();
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        for (int i = 0; i < WARM; i++)
            ck_assert_msg(kinds[k].ask(i) == kinds[k].status, "%s: %d %s", kinds[k].name,
                          asker.rp.status, asker.rp.body.data ? asker.rp.body.data : "");
        CALLGRIND_DUMP_STATS_AT("warm"); /* a sum is of what came since the last one */
        for (int i = WARM; i < WARM + COUNT; i++)
            if (kinds[k].ask(i) != kinds[k].status)
                abort();
        CALLGRIND_DUMP_STATS_AT(kinds[k].name);
        printf("%s %d\n", kinds[k].name, COUNT);
    }
    ff_asker_close(&asker);
    ff_metrics_free(fx.metrics);
    ff_lru_free(fx.cache);
    ff_fixture_close(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("instructions");
    TCase *t = tcase_create("bench");
    tcase_set_timeout(t, 0);
    tcase_add_test(t, count);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

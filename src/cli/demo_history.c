/* SPDX-License-Identifier: MIT */
/* demo_history.c - what the sample canteen's people ate in the 90 days before today: planned by a
 * small generator, booked by the real services, a working day in one commit. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/demo.h"
#include "db/db.h"
#include "domain/ledger/movement.h"
#include "domain/ledger/wallet.h"
#include "domain/purchase/purchase.h"

enum { MEALS_A_DAY = 2 * FF_DEMO_PEOPLE, MEAL_ITEMS = 3, DAY_ARENA = 8 << 20 };
enum { KEPT_OF_LIMIT = 70 /* per cent of the month's limit */, KEPT_BALANCE = 4000 };
#define DAY_MS INT64_C(86400000)

/* Ranges of product ids, in the order of the seed file. */
struct shelf {
    int first, last;
};
static const struct shelf soup = {1, 8}, dish = {9, 23}, side = {24, 32}, salad = {33, 41},
                          sweet = {42, 49}, drink = {50, 57}, bread = {58, 65};

/* Meals people choose, cheapest last: who is short of money takes a smaller one. */
struct menu {
    const struct shelf *parts[MEAL_ITEMS];
    int weight;
};
static const struct menu lunches[] = {
    {{&dish, &side, &drink}, 8}, {{&soup, &dish, NULL}, 14},  {{&dish, &salad, NULL}, 12},
    {{&dish, NULL, NULL}, 20},   {{&soup, &sweet, NULL}, 14}, {{&soup, &bread, &drink}, 16},
    {{&salad, &bread, NULL}, 8}, {{&soup, &bread, NULL}, 8},
};
static const struct menu snacks[] = {
    {{&drink, &bread, NULL}, 60}, {{&drink, NULL, NULL}, 25}, {{&bread, NULL, NULL}, 15}};
enum { LUNCHES = sizeof lunches / sizeof lunches[0], SNACKS = sizeof snacks / sizeof snacks[0] };

struct meal {
    int64_t at_ms, employee_id;
    struct ff_purchase_item items[MEAL_ITEMS];
    size_t n_items;
    bool undone;
};

struct day {
    struct ff_demo *demo;
    const char *date; /* YYYY-MM-DD */
    int of_month;     /* 1..31 */
    bool is_payday;   /* first working day of a month: everybody tops up */
    struct meal meals[MEALS_A_DAY];
    size_t n;
    int64_t booked; /* by the last run of the job */
};

/* ---- the generator: splitmix64 ---- */

static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int between(uint64_t *state, int low, int high)
{
    return low + (int)(next(state) % (uint64_t)(high - low + 1));
}

static const struct menu *choose(uint64_t *state, const struct menu *menus, int n)
{
    int dice = between(state, 1, 100), i = 0;
    while (i < n - 1 && (dice -= menus[i].weight) > 0)
        i++;
    return &menus[i];
}

static void fill(uint64_t *state, const struct menu *menu, struct meal *meal)
{
    for (int i = 0; i < MEAL_ITEMS && menu->parts[i]; i++) {
        const struct shelf *shelf = menu->parts[i];
        /* favourites: the lower of two draws, turned by the person, comes up more often */
        int span = shelf->last - shelf->first + 1;
        int one = between(state, 0, span - 1), other = between(state, 0, span - 1);
        int draw = abs(one - other);
        int product = shelf->first + (draw + (int)meal->employee_id * 3) % span;
        meal->items[meal->n_items++] = (struct ff_purchase_item){product, 1};
    }
}

static int by_time(const void *a, const void *b)
{
    const struct meal *x = a, *y = b;
    return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

static void plan_day(struct day *day, int64_t midnight_ms, uint64_t *state)
{
    for (int person = 1; person <= FF_DEMO_PEOPLE; person++) {
        bool away = between(state, 1, 100) <= 12;
        bool snack = between(state, 1, 100) <= 30, lunch = between(state, 1, 100) <= 85;
        for (int i = 0; i < 2; i++) {
            if (away || !(i ? lunch : snack))
                continue;
            struct meal *meal = &day->meals[day->n++];
            int minute = i ? between(state, 11 * 60 + 30, 13 * 60 + 20)
                           : between(state, 7 * 60 + 30, 9 * 60 + 45);
            *meal = (struct meal){.employee_id = person,
                                  .at_ms = midnight_ms + minute * 60000 + between(state, 0, 59999)};
            fill(state, i ? choose(state, lunches, LUNCHES) : choose(state, snacks, SNACKS), meal);
            meal->undone = between(state, 1, 100) == 1;
        }
    }
    qsort(day->meals, day->n, sizeof day->meals[0], by_time);
}

/* ---- booking ---- */

/* Everybody fills up to the month's limit, in round notes. */
static enum ff_rc pay_in(struct ff_ctx *cx, const struct day *day)
{
    for (int person = 1; day->is_payday && person <= FF_DEMO_PEOPLE; person++) {
        struct ff_wallet w;
        struct ff_idem idem;
        struct ff_movement out;
        char key[40], body[64];
        enum ff_rc rc = ff_wallet_get(cx, person, &w);
        if (rc)
            return rc;
        int64_t amount = (30000 - w.balance) / 1000 * 1000;
        if (amount < 2000)
            continue;
        snprintf(key, sizeof key, "demo-topup-%s-%02d", day->date, person);
        int n = snprintf(body, sizeof body, "{\"amount\":%" PRId64 "}", amount);
        ff_idem_make(cx, key, "createTopup", person, person, body, (size_t)n, &idem);
        if ((rc = ff_ledger_topup(cx, person, amount, person % 3 ? "bank" : "cash", NULL, &idem,
                                  &out)))
            return rc;
    }
    return FF_OK;
}

struct books {
    struct day *day;
    const int64_t *prices, *limits;
};

/* What a careful person would still spend today: their month's share, a little ahead of its days.
 * Something is always left of limit and balance: whoever tries the demo must be able to buy as any
 * of its people. */
static int64_t pocket(const struct day *day, const struct ff_wallet *w, int64_t limit)
{
    int64_t ahead = day->of_month + 5 < 30 ? day->of_month + 5 : 30;
    int64_t left = limit * KEPT_OF_LIMIT / 100 * ahead / 30 - w->month_spent;
    return w->balance - KEPT_BALANCE < left ? w->balance - KEPT_BALANCE : left;
}

/* Leaves parts of the meal away until the rest fits the pocket, at last a roll instead of a meal;
 * false when nothing does. */
static bool afford(struct ff_ctx *cx, const struct books *b, struct meal *meal)
{
    struct ff_wallet w;
    int64_t total = 0;
    if (ff_wallet_get(cx, meal->employee_id, &w))
        return false;
    for (size_t i = 0; i < meal->n_items; i++)
        total += b->prices[meal->items[i].product_id];
    int64_t left = pocket(b->day, &w, b->limits[meal->employee_id]);
    while (meal->n_items && total > left)
        total -= b->prices[meal->items[--meal->n_items].product_id];
    if (meal->n_items)
        return true;
    int64_t roll = bread.first + meal->employee_id % 2;
    meal->items[meal->n_items++] = (struct ff_purchase_item){roll, 1};
    return b->prices[roll] <= left;
}

static enum ff_rc undo(struct ff_ctx *cx, int64_t purchase_id, const struct meal *meal)
{
    struct ff_idem idem;
    struct ff_undo out;
    char key[40];
    snprintf(key, sizeof key, "demo-undo-%012" PRId64, purchase_id);
    ff_idem_make(cx, key, "undoPurchase", meal->employee_id, purchase_id, "", 0, &idem);
    return ff_purchase_undo(cx, purchase_id, &idem, &out);
}

static enum ff_rc eat(struct ff_ctx *cx, struct books *b, size_t n)
{
    struct meal meal = b->day->meals[n];
    struct ff_idem idem;
    struct ff_purchase out;
    char key[40];
    if (!afford(cx, b, &meal))
        return FF_OK;
    cx->who.employee_id = meal.employee_id;
    struct ff_purchase_new in = {.items = {meal.items, meal.n_items},
                                 .expected_total = FF_NULL_INT,
                                 .employee_id = FF_NULL_INT};
    snprintf(key, sizeof key, "demo-%s-%04zu", b->day->date, n);
    ff_idem_make(cx, key, "createPurchase", meal.employee_id, 0, meal.items,
                 meal.n_items * sizeof meal.items[0], &idem);
    enum ff_rc rc = ff_purchase_create(cx, &in, &idem, &out);
    if (rc)
        return rc;
    b->day->booked++;
    return meal.undone ? undo(cx, out.id, &meal) : FF_OK;
}

/* Runs in the writer: one commit for the day. The clock goes on with each meal; when the job has to
 * run again it stands at the day's end already, which only makes the times coarser. */
static enum ff_rc book_day(struct ff_ctx *cx, void *arg)
{
    struct books *b = arg;
    struct ff_actor operator_ = cx->who;
    b->day->booked = 0;
    enum ff_rc rc = pay_in(cx, b->day);
    cx->who = (struct ff_actor){
        .role = FF_ROLE_PERSON, .scope = FF_SELF, .device_id = b->day->demo->device_id};
    for (size_t i = 0; !rc && i < b->day->n; i++) {
        (void)ff_clock_advance_to(b->day->demo->clock, b->day->meals[i].at_ms);
        rc = eat(cx, b, i);
    }
    cx->who = operator_;
    return rc;
}

/* ---- the calendar ---- */

static int64_t local_ms(struct tm day, int hour)
{
    day.tm_hour = hour;
    day.tm_min = day.tm_sec = 0;
    day.tm_isdst = -1;
    return (int64_t)mktime(&day) * 1000;
}

static bool read_prices(struct ff_demo *d, int64_t *prices, int64_t *limits)
{
    struct ff_caller c;
    struct ff_answer answer;
    ff_call_over(&c, d->cli, d->app);
    bool ok =
        ff_call(&c, &(struct ff_call){.method = "GET", .target = "/api/v1/products?limit=100"},
                "the demo's prices could not be read", &answer);
    struct ff_pick item = {0};
    while (ok && ff_pick_next(ff_pick_get(ff_pick(answer.body, answer.body_len), "data"), &item)) {
        int64_t id = ff_pick_int(ff_pick_get(item, "id"));
        if (id > 0 && id <= FF_DEMO_PRODUCTS)
            prices[id] = ff_pick_int(ff_pick_get(item, "price"));
    }
    item = (struct ff_pick){0};
    ok = ok &&
         ff_call(&c, &(struct ff_call){.method = "GET", .target = "/api/v1/employees?limit=100"},
                 "the demo's people could not be read", &answer);
    while (ok && ff_pick_next(ff_pick_get(ff_pick(answer.body, answer.body_len), "data"), &item)) {
        int64_t id = ff_pick_int(ff_pick_get(item, "id"));
        if (id > 0 && id <= FF_DEMO_PEOPLE)
            limits[id] = ff_pick_int(ff_pick_get(item, "monthlyLimit"));
    }
    ff_call_close(&c);
    return ok;
}

bool ff_demo_history(struct ff_demo *d)
{
    int64_t prices[FF_DEMO_PRODUCTS + 1] = {0}, limits[FF_DEMO_PEOPLE + 1] = {0};
    if (!read_prices(d, prices, limits))
        return false;
    struct ff_arena *arena = ff_arena_new(DAY_ARENA);
    struct day *day = ff_arena_alloc(d->cli->arena, sizeof *day);
    uint64_t state = d->seed;
    int month = -1;
    bool ok = arena && day;
    for (int back = FF_DEMO_DAYS; ok && back >= 1; back--) {
        struct tm tm;
        time_t noon = (time_t)((d->today_ms - back * DAY_MS) / 1000);
        localtime_r(&noon, &tm);
        if (tm.tm_wday == 0 || tm.tm_wday == 6)
            continue;
        char date[16];
        strftime(date, sizeof date, "%Y-%m-%d", &tm);
        *day = (struct day){
            .demo = d, .date = date, .of_month = tm.tm_mday, .is_payday = month != tm.tm_mon};
        month = tm.tm_mon;
        plan_day(day, local_ms(tm, 0), &state);
        (void)ff_clock_advance_to(d->clock, local_ms(tm, 7));
        struct ff_ctx cx;
        struct books books = {day, prices, limits};
        ff_arena_reset(arena);
        ff_app_ctx(d->app, arena, &cx);
        if (ff_db_write(&cx, book_day, &books)) {
            ok = ff_trouble(&d->cli->t, FF_EXIT_INTERNAL, NULL, "the demo's %s failed", date);
            ff_trouble_why(&d->cli->t, "%s", cx.err.detail);
        }
        d->purchases += day->booked;
        ff_db_release(&cx);
    }
    ff_arena_free(arena);
    return ok;
}

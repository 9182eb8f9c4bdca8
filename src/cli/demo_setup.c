/* SPDX-License-Identifier: MIT */
/* demo_setup.c - the works canteen from sql/seed: imported like an operator would, then given
 * pictures, badges, PINs, three accounts and a kiosk. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/seed.h"
#include "cli/demo.h"
#include "domain/identity/device.h"

enum { KIOSK_USES = 1000 };
#define TEN_YEARS_MS (INT64_C(3653) * 86400000)

void ff_demo_badge(int n, char out[16])
{
    snprintf(out, 16, "FF-%04d", n);
}

void ff_demo_pin(int n, char out[16])
{
    snprintf(out, 16, "%04d", 1397 + 389 * (n - 1)); /* 1397 1786 2175 ... 8788: none is trivial */
}

static bool send(struct ff_caller *c, const char *method, const char *target, const char *body)
{
    struct ff_answer answer;
    struct ff_call call = {.method = method, .target = target, .body = body};
    return ff_call(c, &call, "the demo could not be made", &answer);
}

static bool import(struct ff_caller *c, const char *target, const char *csv, size_t n)
{
    struct ff_answer answer;
    struct ff_call call = {
        .method = "POST", .target = target, .content_type = "text/csv", .body = csv, .body_len = n};
    return ff_call(c, &call, "the demo's data could not be imported", &answer);
}

static bool settle_site(struct ff_demo *d)
{
    struct ff_site_settings s = {.name = "Works canteen",
                                 .currency = "HUF",
                                 .locale = "en",
                                 .time_zone = "Europe/Budapest",
                                 .identify_badge = 1,
                                 .identify_number = 1,
                                 .identify_name = 1,
                                 .idle_seconds = 60,
                                 .undo_seconds = 300};
    if (ff_site_init(&d->app->cx, &s))
        return ff_app_trouble(d->app, &d->cli->t, NULL, "the demo could not be made");
    if (!ff_app_load_site(d->app, &d->cli->t))
        return false;
    ff_site_set_run(d->app->site, (struct ff_run_flags){.demo = true}); /* its passwords are good */
    return true;
}

/* ---- pictures ---- */

struct dish {
    const char *name, *emoji, *glaze;
    size_t name_len, emoji_len, glaze_len;
};

/* One line "name,emoji,glaze"; no quoting in this file. */
static const char *read_dish(const char *line, struct dish *out)
{
    const char *end = line + strcspn(line, "\n");
    out->name = line;
    out->name_len = strcspn(line, ",");
    out->emoji = line + out->name_len + 1;
    out->emoji_len = strcspn(out->emoji, ",");
    out->glaze = out->emoji + out->emoji_len + 1;
    out->glaze_len = (size_t)(end - out->glaze);
    return *end ? end + 1 : end;
}

/* The file's order is that of the import into an empty catalogue, so line n is product n. */
static bool paint(struct ff_caller *c)
{
    const char *line = ff_seed_art + strcspn(ff_seed_art, "\n") + 1;
    for (int id = 1; *line; id++) {
        struct dish dish;
        char target[64], body[160];
        line = read_dish(line, &dish);
        snprintf(target, sizeof target, "/api/v1/products/%d", id);
        snprintf(body, sizeof body, "{\"emoji\":\"%.*s\",\"glaze\":\"%.*s\",\"sort\":%d}",
                 (int)dish.emoji_len, dish.emoji, (int)dish.glaze_len, dish.glaze, id * 10);
        struct ff_answer answer;
        struct ff_call call = {
            .method = "PATCH", .target = target, .if_match = "\"v1\"", .body = body};
        if (!ff_call(c, &call, "the demo's dishes could not be painted", &answer))
            return false;
    }
    return true;
}

/* ---- people, accounts, kiosk ---- */

static bool equip(struct ff_caller *c)
{
    for (int n = 1; n <= FF_DEMO_PEOPLE; n++) {
        char target[64], body[64], secret[16];
        ff_demo_badge(n, secret);
        snprintf(target, sizeof target, "/api/v1/employees/%d/badges", n);
        snprintf(body, sizeof body, "{\"badge\":\"%s\"}", secret);
        if (!send(c, "POST", target, body))
            return false;
        ff_demo_pin(n, secret);
        snprintf(target, sizeof target, "/api/v1/employees/%d/pin", n);
        snprintf(body, sizeof body, "{\"pin\":\"%s\"}", secret);
        if (!send(c, "PUT", target, body))
            return false;
    }
    return true;
}

static bool add_users(struct ff_caller *c)
{
    return send(c, "POST", "/api/v1/users",
                "{\"email\":\"admin@feastfrenzy.com\",\"name\":\"Admin User\","
                "\"role\":\"admin\",\"password\":\"Admin123!\"}") &&
           send(c, "POST", "/api/v1/users",
                "{\"email\":\"manager@feastfrenzy.com\",\"name\":\"Manager User\","
                "\"role\":\"manager\",\"password\":\"Manager123!\",\"siteWide\":true}") &&
           send(c, "POST", "/api/v1/users",
                "{\"email\":\"employee@feastfrenzy.com\",\"name\":\"Kovács Péter\","
                "\"role\":\"employee\",\"password\":\"Employee123!\","
                "\"employeeNumber\":\"EMP001\"}");
}

/* Unlike an operator's, the demo's code may be used again: every browser that opens the link. */
static bool add_kiosk(struct ff_demo *d)
{
    struct ff_pair_rule rule = {.valid_ms = TEN_YEARS_MS, .uses = KIOSK_USES};
    struct ff_pair_code code;
    if (ff_device_create(&d->app->cx, "Canteen kiosk", &rule, &code))
        return ff_app_trouble(d->app, &d->cli->t, NULL, "the demo's kiosk could not be made");
    d->device_id = code.id;
    d->pair_code = ff_arena_strndup(d->cli->arena, code.code, strlen(code.code));
    ff_app_again(d->app);
    return true;
}

bool ff_demo_setup(struct ff_demo *d)
{
    if (!settle_site(d))
        return false;
    struct ff_caller c;
    ff_call_over(&c, d->cli, d->app);
    bool ok = import(&c, "/api/v1/products/import?amounts=minor&dryRun=false", ff_seed_products,
                     ff_seed_products_len) &&
              import(&c, "/api/v1/employees/import?amounts=minor&dryRun=false", ff_seed_employees,
                     ff_seed_employees_len) &&
              paint(&c) && equip(&c) && add_users(&c) && add_kiosk(d);
    ff_call_close(&c);
    return ok;
}

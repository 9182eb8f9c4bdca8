/* SPDX-License-Identifier: MIT */
/* site.h - the settings of this installation that live in its database: name, currency, languages,
 * kiosk rules. Currency, decimals, time zone and day start are fixed by `init`; the rest an admin
 * may change. The struct is read at start and after each change; readers copy what they need under
 * its lock. */
#ifndef FF_DOMAIN_SITE_SITE_H
#define FF_DOMAIN_SITE_SITE_H

#include "base/ctx.h"

struct ff_site_settings {
    char name[128];
    char currency[4];
    int64_t decimals; /* 0, 2 or 3 */
    char locale[3];   /* en hu de */
    char time_zone[64];
    int64_t day_start_min;
    int64_t identify_badge, identify_number, identify_name; /* booleans */
    int64_t idle_seconds, undo_seconds;
};

struct ff_site;

/* Loads the settings from the database of cx into a new object for cx->site. Free with
 * ff_site_free. */
FF_MUST_CHECK enum ff_rc ff_site_load(struct ff_ctx *cx, struct ff_site **site);
void ff_site_free(struct ff_site *site);

/* A copy of the settings as of now. */
struct ff_site_settings ff_site_get(struct ff_ctx *cx);

/* What this run is: shown by GET /public. Set once before serving. */
struct ff_run_flags {
    bool demo, test_clock;
};
void ff_site_set_run(struct ff_site *site, struct ff_run_flags flags);
struct ff_run_flags ff_site_run(const struct ff_site *site);

/* Writes name, currency, decimals, time zone, locale into an empty database (by `init`).
 * FF_VALIDATION with fields. */
FF_MUST_CHECK enum ff_rc ff_site_init(struct ff_ctx *cx, const struct ff_site_settings *settings);

#endif

/* SPDX-License-Identifier: MIT */
/* demo.h - the sample canteen: its dishes, people, accounts and kiosk, and what they ate. */
#ifndef FF_CLI_DEMO_H
#define FF_CLI_DEMO_H

#include "cli/call.h"

enum { FF_DEMO_DAYS = 90, FF_DEMO_PEOPLE = 20, FF_DEMO_PRODUCTS = 65 };

struct ff_demo {
    struct ff_cli *cli;
    struct ff_app *app;     /* opened over `clock`, a new database */
    struct ff_clock *clock; /* a test clock; its start is the first day, it ends at `today_ms` */
    int64_t today_ms;       /* any instant of the day the demo begins on */
    uint64_t seed;
    int64_t device_id; /* set by ff_demo_setup */
    const char *pair_code;
    int64_t purchases; /* set by ff_demo_history */
};

/* The badge and the PIN of person n (1..20), as printed and in the notes. */
void ff_demo_badge(int n, char out[16]);
void ff_demo_pin(int n, char out[16]);

/* Everything but the history: through the API's own routes. */
bool ff_demo_setup(struct ff_demo *d);

/* 90 days of lunches up to yesterday, and monthly top-ups, through the real services with the clock
 * moved on. The same seed and day give the same history. */
bool ff_demo_history(struct ff_demo *d);

#endif

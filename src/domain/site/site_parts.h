/* SPDX-License-Identifier: MIT */
/* site_parts.h - inside this folder only: what is kept in memory of the site. */
#ifndef FF_DOMAIN_SITE_SITE_PARTS_H
#define FF_DOMAIN_SITE_SITE_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "domain/site/counter.h"
#include "domain/site/site.h"

struct ff_counter_now;

struct ff_site {
    pthread_rwlock_t lock; /* guards `settings` and `counter` */
    struct ff_site_settings settings;
    struct ff_counter_now *counter; /* owned; never NULL once loaded */
    struct ff_run_flags run;        /* set before the first reader */
    atomic_int_least64_t next_day;  /* see ff_site_next_day */
};

/* Reads the rules of the counter from the database into memory that ff_counter_free ends. */
FF_MUST_CHECK enum ff_rc ff_counter_read(struct ff_ctx *cx, struct ff_counter_now **out);
void ff_counter_free(struct ff_counter_now *now);

#endif

/* SPDX-License-Identifier: MIT */
/* visit.h - a person's time at a kiosk: an opaque token in the server's memory, bound to the
 * device, ended by leaving, by idling and by a restart. Source: api.md, "Tokens". */
#ifndef FF_AUTH_VISIT_H
#define FF_AUTH_VISIT_H

#include <pthread.h>

#include "auth/auth.h"

enum { FF_VISITS_MAX = 4096 };

/* One person at one device. Only the token's hash is kept. */
struct ff_visit {
    unsigned char hash[32];
    int64_t device_id, employee_id; /* employee_id 0: the place is unused */
    int64_t used_at_ms, idle_ms;    /* of the monotonic clock */
    uint16_t next;                  /* in the bucket's chain, or in the list of unused places */
};

struct ff_visits {
    pthread_mutex_t lock; /* guards all below */
    uint16_t bucket[FF_VISITS_MAX];
    uint16_t unused, touched;                 /* head of the unused places; places ever used */
    struct ff_visit place[FF_VISITS_MAX + 1]; /* 0 is nobody's */
};

/* Prepares an empty table, and ends it. */
void ff_visits_init(struct ff_visits *visits);
void ff_visits_destroy(struct ff_visits *visits);

/* Begins a visit and gives its token. When all places are taken the idle ones go, else the one
 * that was unused longest. `now_ms` is monotonic here and below. */
void ff_visit_begin(struct ff_auth *auth, int64_t device_id, int64_t employee_id, int64_t now_ms,
                    int64_t idle_ms, char token[FF_SECRET_CAP]);

/* Whose token is it? False when there is no such visit. *idle: it ended by idling, just now. */
bool ff_visit_find(struct ff_auth *auth, const char *token, int64_t now_ms, int64_t *device_id,
                   int64_t *employee_id, bool *idle);

/* The person did something: idling counts from now. */
void ff_visit_touch(struct ff_auth *auth, const char *token, int64_t now_ms);

/* Ends a visit; an unknown token is no error. */
void ff_visit_end(struct ff_auth *auth, const char *token);

/* Ends all visits at a device, or all of a person; 0: of any. */
void ff_visit_end_all(struct ff_auth *auth, int64_t device_id, int64_t employee_id);

#endif

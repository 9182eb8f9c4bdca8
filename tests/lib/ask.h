/* SPDX-License-Identifier: MIT */
/* ask.h - requests through the dispatcher as lean as a server makes them, for measuring: nothing is
 * read back or checked. ff_call is the one for tests. */
#ifndef FF_TESTS_ASK_H
#define FF_TESTS_ASK_H

#include "fixture.h"
#include "http/message.h"

struct ff_asker {
    struct ff_fixture *fx;
    struct ff_arena *arena;
    struct ff_response rp; /* of the last request */
    long serial;           /* makes the keys */
};

struct ff_ask {
    const char *method; /* NULL: GET */
    const char *target, *bearer, *body, *none_match;
    bool keyed;      /* with an Idempotency-Key of its own */
    const char *key; /* or with this one */
};

void ff_asker_open(struct ff_asker *a, struct ff_fixture *fx);
void ff_asker_close(struct ff_asker *a);

/* Sends it; the status. */
int ff_ask(struct ff_asker *a, const struct ff_ask *ask);

/* The number behind the last slash of the reply's Location; 0: there is none. */
int64_t ff_ask_made(const struct ff_asker *a);

#endif

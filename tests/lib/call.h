/* SPDX-License-Identifier: MIT */
/* call.h - one request through the whole API without a socket, and its reply read back through its
 * own schema. */
#ifndef FF_TESTS_CALL_H
#define FF_TESTS_CALL_H

#include "fixture.h"
#include "http/message.h"

/* What to send. Zero means: nothing of it. */
struct ff_call {
    const char *method, *target;
    const char *bearer; /* token */
    const char *device; /* value of ff_device; X-FF-Request: 1 is sent with it */
    const char *key;    /* Idempotency-Key */
    const char *body;   /* JSON unless `type` says otherwise */
    size_t body_len;    /* when the body may hold a NUL; 0: up to its NUL */
    const char *type;
    const char *accept;
    const char *if_match;
    const char *none_match;
    bool browser; /* X-FF-Request: 1 and a same-origin Sec-Fetch-Site */
    bool cli;     /* as the command line */
    struct ff_header more[4];
    const char *peer;               /* NULL: 127.0.0.1 */
    const char *const *origins;     /* NULL: no other origin may read */
    const struct ff_limits *limits; /* NULL: requests are not counted */
    const struct ff_scrape *scrape; /* NULL: counters are for this machine */
};

struct ff_answer {
    int status;
    const char *head, *body; /* in the fixture's arena until ff_fixture_again */
    size_t body_len;
    unsigned statements; /* SQL statements the request made */
};

/* Sends it. A 2xx reply with a schema in its route row must conform to it, any other must be a
 * problem of the error table: the test fails with the text when it is not. */
struct ff_answer ff_call(struct ff_fixture *fx, const struct ff_call *call);

/* The raw text of the first member `name` anywhere in the reply, "" when there is none: enough for
 * assertions. */
const char *ff_answer_member(struct ff_fixture *fx, const struct ff_answer *answer,
                             const char *name);
/* The same as an integer; fails the test when it is none. */
int64_t ff_answer_int(struct ff_fixture *fx, const struct ff_answer *answer, const char *name);
/* The value of a reply header, NULL when absent. */
const char *ff_answer_header(struct ff_fixture *fx, const struct ff_answer *answer,
                             const char *name);

#endif

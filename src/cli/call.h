/* SPDX-License-Identifier: MIT */
/* call.h - how a command reaches the product: a request for the dispatcher, in this process when
 * the data directory is free, else sent to the server that holds it. Actor: the command line. */
#ifndef FF_CLI_CALL_H
#define FF_CLI_CALL_H

#include "app/app.h"
#include "cli/cli.h"
#include "cli/pick.h"
#include "http/message.h"

struct ff_caller {
    struct ff_cli *cli;
    bool is_remote;
    struct ff_app app;        /* in-process */
    int port;                 /* remote */
    const char *secret;       /* remote */
    struct ff_response local; /* the reply's memory */
    struct ff_buf remote;
};

struct ff_call {
    const char *method, *target;
    const char *accept;       /* NULL: JSON */
    const char *content_type; /* NULL: JSON, when there is a body */
    const char *key;          /* Idempotency-Key, NULL: none */
    const char *if_match;     /* entity tag, NULL: none */
    const char *body;
    size_t body_len; /* 0 with a body: its length as text */
};

struct ff_answer {
    int status;
    const char *body; /* until the next call */
    size_t body_len;
};

/* Opens the data directory of the options, or finds its server. */
bool ff_call_open(struct ff_caller *c, struct ff_cli *cli);

/* Over an already opened directory (the demo's). Close with ff_call_close, which leaves `app`
 * alone. */
void ff_call_over(struct ff_caller *c, struct ff_cli *cli, const struct ff_app *app);
void ff_call_close(struct ff_caller *c);

/* Makes the request. False, with trouble from the problem body, for anything but 2xx: `what` is its
 * first line ("cannot add the user"). */
bool ff_call(struct ff_caller *c, const struct ff_call *call, const char *what,
             struct ff_answer *answer);

/* The same without judging the status; false only when there is no answer. */
bool ff_call_raw(struct ff_caller *c, const struct ff_call *call, struct ff_answer *answer);

/* Turns a problem body into trouble. */
bool ff_call_failed(struct ff_caller *c, const struct ff_answer *answer, const char *what);

/* GETs a list page by page and gives each item to `each`; stops when it returns false. `target` has
 * no page or limit yet and may end in a query. */
typedef bool (*ff_call_each)(struct ff_caller *c, void *arg, struct ff_pick item);
bool ff_call_list(struct ff_caller *c, const char *target, const char *what, ff_call_each each,
                  void *arg);

/* The id of the payroll profile with this name. */
bool ff_call_payroll_profile(struct ff_caller *c, const char *name, int64_t *id);

/* The id of the employee with this number. */
bool ff_call_employee(struct ff_caller *c, const char *number, int64_t *id);

#endif

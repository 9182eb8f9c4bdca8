/* SPDX-License-Identifier: MIT */
/* ctx.h - what one request or job carries through the layers: memory, time, who asks, the first
 * error. Every call that can fail takes it first. One thread uses a context at a time. */
#ifndef FF_BASE_CTX_H
#define FF_BASE_CTX_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/ids.h"
#include "base/table_set.h"

/* Who asks. The order of the first five is the order of the columns in the route table. */
enum ff_role {
    FF_ROLE_DEVICE,
    FF_ROLE_PERSON,
    FF_ROLE_EMPLOYEE,
    FF_ROLE_MANAGER,
    FF_ROLE_ADMIN,
    FF_ROLE_ANON,
    FF_ROLE_COUNT
};
enum { FF_ROLE_COLUMNS = 5 };

/* Which rows a caller may see or touch. The route's row decides; SQL carries it. */
enum ff_scope { FF_NONE, FF_SELF, FF_DEPT, FF_ALL };

struct ff_actor {
    enum ff_role role;
    enum ff_scope scope;   /* of this caller on this route */
    bool site_wide;        /* a manager without department border */
    bool is_cli;           /* the operator's command line: admin rights, user_id 0 */
    int64_t cli_uid;       /* with is_cli */
    int64_t user_id;       /* 0: none */
    int64_t employee_id;   /* own employee: the person at the kiosk or the user's link; 0: none */
    int64_t department_id; /* of that employee or user; 0: none */
    int64_t device_id;     /* kiosk; 0: none */
    int64_t session_id;    /* of a signed-in user; 0: none */
    int64_t proven_at_ms;  /* when the password was last proven in that session, UTC */
    const char *session;   /* token of a visit at a kiosk, NULL: none */
};

struct ff_db;
struct ff_conn;
struct ff_auth;
struct ff_site;
struct ff_lru;
struct ff_health;
struct ff_audit_queue;
struct ff_metrics;

struct ff_ctx {
    ff_table_set tables_read; /* the tables that the statements asked for so far read */
    struct ff_arena *arena;
    struct ff_clock *clock;
    struct ff_db *db;
    struct ff_conn *conn;     /* the connection in use: a reader borrowed for this request, or the
                                 writer's inside a job */
    struct ff_auth *auth;     /* keys, hash slots, kiosk sessions */
    struct ff_site *site;     /* settings of this installation */
    struct ff_health *health; /* state of the background checks; NULL: nothing to report */
    struct ff_lru *cache;     /* finished replies; NULL: nothing is kept */
    struct ff_audit_queue *audit; /* notes that wait to be recorded; NULL: none are taken */
    struct ff_metrics *metrics;   /* what is counted; NULL: nothing is */
    struct ff_actor who;
    struct ff_error err;
    bool is_unhurried;   /* its statements may take as long as they take: a proof, not a request */
    unsigned statements; /* SQL statements executed; tests assert it */
    char request_id[FF_REQUEST_ID_CAP];
    const char *address;    /* where the caller is, as text; NULL: on this machine's command line */
    const char *user_agent; /* what the caller's program says it is; NULL: nothing */
};

/* A fresh context over `arena` and `clock`: no caller, no error, a new request id. The pointers are
 * borrowed. */
void ff_ctx_init(struct ff_ctx *cx, struct ff_arena *arena, struct ff_clock *clock);

/* `size` zeroed bytes in the request's arena. Never NULL: when the arena is exhausted it records
 * FF_INTERNAL and gives NULL only then - callers test it like any failure. */
void *ff_alloc(struct ff_ctx *cx, size_t size) __attribute__((malloc));
#define FF_NEW(cx, type) ((type *)ff_alloc((cx), sizeof(type)))

/* A copy in the arena; NULL for NULL or when exhausted (error recorded). */
const char *ff_strdup(struct ff_ctx *cx, const char *text);

/* Records the first error of the context and returns rc: use `return FF_FAIL(cx, FF_NOT_FOUND, "no
 * product %d", n);` */
enum ff_rc ff_fail(struct ff_ctx *cx, enum ff_rc rc, const char *file, int line, const char *format,
                   ...) __attribute__((format(printf, 5, 6)));
#define FF_FAIL(cx, rc, ...) ff_fail((cx), (rc), __FILE__, __LINE__, __VA_ARGS__)

/* Adds a parameter to the recorded error. `name` is a literal; `text` is copied to the arena. */
void ff_err_number(struct ff_ctx *cx, const char *name, int64_t number);
void ff_err_text(struct ff_ctx *cx, const char *name, const char *text);

/* Adds a bad field; at most FF_ERR_MAX_FIELDS are kept. Sets rc FF_VALIDATION unless a more
 * specific code is recorded (FF_UNKNOWN_FIELD, FF_MONEY_FORMAT, FF_AMOUNT_OUT_OF_RANGE follow from
 * `code`). Returns the recorded rc. */
enum ff_rc ff_field_fail(struct ff_ctx *cx, const char *pointer, const char *code,
                         const char *detail);
enum ff_rc ff_field_range(struct ff_ctx *cx, const char *pointer, const char *code, int64_t min,
                          int64_t max);

/* Forgets the error, so that a job can run again. */
void ff_err_clear(struct ff_ctx *cx);

#define FF_MUST_CHECK __attribute__((warn_unused_result))

#endif

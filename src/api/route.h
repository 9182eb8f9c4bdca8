/* SPDX-License-Identifier: MIT */
/* route.h - what a row of THE route table says. Router, authorisation, validation, reply writing,
 * the OpenAPI document and the permission tests all read it. The rows are in routes.c, one line of
 * data a route. */
#ifndef FF_API_ROUTE_H
#define FF_API_ROUTE_H

#include "json/schema.h"

enum ff_route_flag {
    FF_R_OPEN = 1,              /* anonymous callers may come */
    FF_R_KEYED = 2,             /* needs an Idempotency-Key */
    FF_R_LIST = 4,              /* the reply is a page of `out` */
    FF_R_CREATES = 8,           /* 201 and Location */
    FF_R_NO_CONTENT = 16,       /* 204 */
    FF_R_IF_MATCH = 32,         /* needs If-Match with the version */
    FF_R_CSV_BODY = 64,         /* the body is text/csv, up to 4 MiB, given raw */
    FF_R_CSV_REPLY = 128,       /* gives CSV on Accept: text/csv */
    FF_R_COOKIE = 256,          /* reads or sets an authentication cookie: CSRF fence */
    FF_R_CLI = 512,             /* only the command line may call it */
    FF_R_CACHEABLE = 1024,      /* ETag, private no-cache */
    FF_R_TEST = 2048,           /* exists only with --test-clock */
    FF_R_EMPTY_BODY = 4096,     /* POST whose body may be absent */
    FF_R_SITE_WIDE = 8192,      /* a manager must be site-wide */
    FF_R_LARGE_REPLY = 16384,   /* larger than a request's own memory */
    FF_R_NDJSON_REPLY = 32768,  /* gives a JSON object a line on Accept: application/x-ndjson */
    FF_R_STEP_UP = 65536,       /* the password must have been proven within five minutes */
    FF_R_HTML_REPLY = 131072,   /* a page to print; with `out`: on Accept: text/html */
    FF_R_SCRAPE = 262144,       /* for whoever the operator lets read the counters */
    FF_R_IMAGE_BODY = 4194304,  /* the body is image/webp, up to 256 KiB, given raw */
    FF_R_IMAGE_REPLY = 8388608, /* a picture that never changes: public, immutable */
    FF_R_APPROVED = 524288      /* 202: nothing is done before a second person agrees */
};

/* Against which counter a request goes. Source: security.md S36. */
enum ff_rate_class {
    FF_RATE_CALLER,  /* who sent it: kiosk, user, else the address */
    FF_RATE_FREE,    /* none: anybody may ask as often as they like */
    FF_RATE_SIGN_IN, /* the address, and the account that the body's e-mail names */
    FF_RATE_SESSION  /* the address, for a whole house that renews its sessions at noon */
};

struct ff_req;
struct ff_reply;
typedef enum ff_rc (*ff_handler)(struct ff_req *rq, struct ff_reply *rp);

enum { FF_ROUTE_MAX_FAILS = 20 };

struct ff_route {
    const char *method;                   /* GET POST PUT PATCH DELETE; HEAD follows GET */
    const char *path;                     /* "/api/v1/products/{id}" */
    const char *operation;                /* operationId, camelCase, unique */
    enum ff_scope scope[FF_ROLE_COLUMNS]; /* device, person, employee, manager, admin */
    unsigned flags;
    enum ff_rate_class rate;
    const struct ff_schema *query; /* NULL: no query string is accepted */
    const struct ff_schema *in;    /* NULL: no body is accepted */
    const struct ff_schema *out;   /* NULL: no body in the reply */
    ff_handler handle;
    enum ff_rc fails[FF_ROUTE_MAX_FAILS]; /* what it may answer beyond the common ones */
    const char *watch; /* of which entity it shows another person's data to managers and admins;
                          each such reading is recorded. NULL: shows none */
    const char *summary;
};

extern const struct ff_route ff_routes[];
extern const size_t ff_n_routes;

enum { FF_PATH_PARAMS = 2 };

/* A request as a handler sees it: checked, authorised, read. */
struct ff_req {
    struct ff_ctx *cx;
    const struct ff_route *route;
    int64_t id;        /* {id} of the path, 0: none */
    int64_t sub_id;    /* a further number of the path ({badgeId}), 0: none */
    const char *key;   /* {key} or {month} of the path, NULL: none */
    const void *query; /* struct of route->query */
    const void *body;  /* struct of route->in */
    const char *raw;   /* the body's bytes (CSV; also the fingerprint's material) */
    size_t raw_len;
    const char *idem_key; /* checked, with FF_R_KEYED */
    int64_t if_match;     /* version, with FF_R_IF_MATCH */
    bool wants_csv;       /* Accept: text/csv on a FF_R_CSV_REPLY row */
    bool wants_html;      /* Accept: text/html on a FF_R_HTML_REPLY row that has `out` */
    bool wants_bom;       /* the same with bom=true: for a spreadsheet that takes it for UTF-8 */
    bool wants_ndjson;    /* Accept: application/x-ndjson on a FF_R_NDJSON_REPLY row */
    bool is_browser;      /* X-FF-Request: 1 */
    bool is_tls;
    const char *cookie_refresh; /* value of ff_refresh, NULL: none */
    const char *peer;           /* address of the caller, text */
};

/* The page of a list reply. */
struct ff_page {
    int64_t page, limit, total; /* total < 0: cursor form */
    const char *next;           /* cursor form: the next cursor or NULL */
};

struct ff_reply {
    int status;       /* 0: by the flags (200, 201, 204) */
    const void *data; /* struct of route->out, or the first of `n` with FF_R_LIST */
    size_t n;
    struct ff_page page;
    int64_t location_id;  /* FF_R_CREATES: Location is the route's path (or the path before its last
                             literal) + this */
    const char *location; /* overrides location_id */
    const char *etag;     /* unquoted, NULL: none */
    bool replayed;        /* Idempotency-Replayed: true */
    const char *set_cookie[2]; /* whole header values */
    const char *content_type;  /* with `text`: CSV, HTML */
    const char *text;          /* raw body instead of data, in the arena */
    size_t text_len;
    int64_t
        valid_until; /* of a cacheable reply whose content time alone changes: UTC ms; 0: none */
};

/* Fields every list query shares; embed first in a list's own query struct. */
struct ff_list_query {
    int64_t page, limit; /* filled with 1 and 10 when absent */
    const char *sort, *q, *after;
};

#endif

/* SPDX-License-Identifier: MIT */
/* watch.c - refused attempts and readings of other people's data, in one place for all routes.
 * Source: security.md S78, T16. */
#include "http/watch.h"

#include <stdio.h>
#include <string.h>

#include "domain/audit/audit.h"

enum { ACTION_CAP = 41 };

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* ---- about whom ---- */

/* The person that a query or body asks for: FF_NULL_INT when it could and does not; 0: it cannot.
 */
static int64_t person_in(const struct ff_schema *s, const void *values)
{
    for (size_t i = 0; s && values && i < s->n_fields; i++) {
        int64_t id;
        if (s->fields[i].type != FF_T_INT || strcmp(s->fields[i].name, "employeeId") != 0)
            continue;
        memcpy(&id, (const char *)values + s->fields[i].offset, sizeof id);
        return id;
    }
    return 0;
}

/* A query without a person asks for nobody in particular, a body without one for the caller. */
static int64_t asked_person(const struct ff_ctx *cx, const struct ff_req *rq)
{
    const int64_t in_body = person_in(rq->route->in, rq->body);
    const int64_t in_query = person_in(rq->route->query, rq->query);
    if (in_body)
        return in_body == FF_NULL_INT ? cx->who.employee_id : in_body;
    return in_query == FF_NULL_INT ? 0 : in_query;
}

static enum ff_audit_subject subject_of(const struct ff_ctx *cx, const struct ff_req *rq,
                                        int64_t *id)
{
    *id = rq->id;
    if (rq->id && begins_with(rq->route->path, "/api/v1/employees/{id}"))
        return FF_AUDIT_EMPLOYEE;
    if (rq->id && begins_with(rq->route->path, "/api/v1/users/{id}"))
        return FF_AUDIT_USER;
    *id = asked_person(cx, rq);
    return *id ? FF_AUDIT_EMPLOYEE : FF_AUDIT_NOBODY;
}

static bool is_own(const struct ff_ctx *cx, enum ff_audit_subject subject, int64_t id)
{
    return (subject == FF_AUDIT_EMPLOYEE && id == cx->who.employee_id) ||
           (subject == FF_AUDIT_USER && id == cx->who.user_id);
}

/* ---- what ---- */

static void note(struct ff_ctx *cx, const struct ff_req *rq, const char *action, const char *code)
{
    int64_t id;
    const enum ff_audit_subject subject = subject_of(cx, rq, &id);
    const struct ff_audit_value values[] = {{"operation", rq->route->operation, 0},
                                            {"code", code, FF_NULL_INT}};
    ff_audit_note(cx, &(struct ff_audit){.action = action,
                                         .entity = rq->route->watch,
                                         .entity_id = rq->id,
                                         .subject = subject,
                                         .subject_id = id,
                                         .is_open = true,
                                         .after = values,
                                         .n_after = sizeof values / sizeof values[0]});
}

/* A stranger is told to sign in, and an address that guesses is the rate limit's; a caller we know
 * who is refused, or asks for one out of reach, is worth a line. */
static bool is_refusal(const struct ff_ctx *cx, const struct ff_req *rq, enum ff_rc rc)
{
    const int status = rc ? ff_err_info(rc)->status : 200;
    if (cx->who.role == FF_ROLE_ANON || !rq->route)
        return false;
    if (rc == FF_STEP_UP_REQUIRED) /* a question, not a refusal */
        return false;
    return status == 403 || (status == 404 && rq->route->watch && cx->who.scope != FF_ALL);
}

static bool is_reading(const struct ff_ctx *cx, const struct ff_req *rq)
{
    int64_t id;
    if (!rq->route || !rq->route->watch)
        return false;
    if (cx->who.role != FF_ROLE_MANAGER && cx->who.role != FF_ROLE_ADMIN)
        return false;
    const enum ff_audit_subject subject = subject_of(cx, rq, &id);
    return !is_own(cx, subject, id);
}

static const char *verb_of(const struct ff_req *rq)
{
    if (strcmp(rq->route->method, "GET") != 0)
        return strrchr(rq->route->path, '/') + 1;
    if (rq->wants_csv || rq->wants_ndjson)
        return "export";
    return rq->route->flags & FF_R_LIST ? "list" : "read";
}

void ff_watch(struct ff_ctx *cx, const struct ff_req *rq, enum ff_rc rc)
{
    char action[ACTION_CAP];
    if (is_refusal(cx, rq, rc)) {
        note(cx, rq, "access.refused", ff_err_info(rc)->code);
    } else if (!rc && is_reading(cx, rq)) {
        snprintf(action, sizeof action, "%s.%s", rq->route->watch, verb_of(rq));
        note(cx, rq, action, NULL);
    }
}

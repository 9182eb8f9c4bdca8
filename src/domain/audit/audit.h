/* SPDX-License-Identifier: MIT */
/* audit.h - the record of who did or saw what: append-only, in a keyed hash chain.
 * A change is recorded in its own transaction, so there is never one without the other. What is no
 * change (a look at another's data, a failed sign-in, a refused attempt) is queued and written
 * within a second. Source: security.md S78-S84. */
#ifndef FF_DOMAIN_AUDIT_AUDIT_H
#define FF_DOMAIN_AUDIT_AUDIT_H

#include "base/ctx.h"

/* A named value. `text` NULL: `number` counts; FF_NULL_INT there: no value. Never a secret. */
struct ff_audit_value {
    const char *name; /* camelCase, a literal */
    const char *text;
    int64_t number;
};

/* About whom the values tell something: they are sealed under that person's own key, and unreadable
 * once that key is gone (erasure). */
enum ff_audit_subject { FF_AUDIT_NOBODY, FF_AUDIT_EMPLOYEE, FF_AUDIT_USER };

struct ff_audit {
    const char *action; /* "product.change": entity and verb; a literal, at most 40 characters */
    const char *entity; /* "product"; a literal; NULL: about nothing in particular */
    int64_t entity_id;  /* 0: none */
    enum ff_audit_subject subject;
    int64_t subject_id;
    bool is_open; /* of the subject, but nothing that erasure must take: ids, amounts, words of
                     the program; such values are not sealed */
    const char *reason; /* what the person gave as the reason; sealed with the values when there is
                           a subject; NULL: none */
    const struct ff_audit_value *before,
        *after; /* values of one name that are equal are left out */
    size_t n_before, n_after;
};

/* Records inside a writer's job, as part of its transaction. Who, where from and under which
 * request id is read from the context. */
FF_MUST_CHECK enum ff_rc ff_audit(struct ff_ctx *cx, const struct ff_audit *event);

/* Records what changes nothing: queued, written within a second and at the stop; counted if it had
 * to be dropped. Never fails, never waits. Works inside and outside a job. */
void ff_audit_note(struct ff_ctx *cx, const struct ff_audit *event);

/* Forgets what the record knows of a person, inside a job: overwrites the key that the values are
 * sealed under, and makes none again. The rows and their chain stay. Values recorded about this
 * person afterwards are left out, a reason given afterwards is kept in clear: shred first, then
 * record that it was done and why. */
FF_MUST_CHECK enum ff_rc ff_audit_shred(struct ff_ctx *cx, enum ff_audit_subject subject,
                                        int64_t id);

#endif

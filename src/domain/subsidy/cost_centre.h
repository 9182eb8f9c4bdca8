/* SPDX-License-Identifier: MIT */
/* cost_centre.h - what the employer's money is booked on: a code, which is part of an account's
 * name and stays, and a name. The first one, "main", is where a department has none of its own. */
#ifndef FF_DOMAIN_SUBSIDY_COST_CENTRE_H
#define FF_DOMAIN_SUBSIDY_COST_CENTRE_H

#include "base/ctx.h"
#include "domain/common/list.h"

struct ff_cost_centre {
    int64_t id;
    const char *code, *name;
    int64_t version;
};

/* Sort fields: name, id. */
FF_MUST_CHECK enum ff_rc ff_cost_centre_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                             struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_cost_centre_get(struct ff_ctx *cx, int64_t id,
                                            struct ff_cost_centre *out);

/* Where a person's department books: its own, else the first. */
FF_MUST_CHECK enum ff_rc ff_cost_centre_of(struct ff_ctx *cx, int64_t employee_id,
                                           struct ff_cost_centre *out);

/* In a job: the account of a code, "subsidy:<code>", made on first use. */
FF_MUST_CHECK enum ff_rc ff_cost_centre_account(struct ff_ctx *cx, const char *code, int64_t *id);

/* FF_ALREADY_EXISTS for a code or a name that is in use. */
FF_MUST_CHECK enum ff_rc ff_cost_centre_create(struct ff_ctx *cx, const char *code,
                                               const char *name, struct ff_cost_centre *out);
/* FF_NOT_FOUND, FF_VERSION_CONFLICT, FF_ALREADY_EXISTS. */
FF_MUST_CHECK enum ff_rc ff_cost_centre_rename(struct ff_ctx *cx, int64_t id, int64_t version,
                                               const char *name, struct ff_cost_centre *out);
/* FF_IN_USE while a department, a rule or a booking refers to it, and for the first one. */
FF_MUST_CHECK enum ff_rc ff_cost_centre_delete(struct ff_ctx *cx, int64_t id, int64_t version);

#endif

/* SPDX-License-Identifier: MIT */
/* group.h - groups of customers: permanent staff, trainees, guests. A person is in one or in none;
 * what a group does not say is as the site has it. Admins change them, managers read them. */
#ifndef FF_DOMAIN_PEOPLE_GROUP_H
#define FF_DOMAIN_PEOPLE_GROUP_H

#include "base/ctx.h"
#include "domain/common/list.h"

struct ff_group {
    int64_t id;
    const char *name;
    int64_t overdraft, purchase_limit, daily_limit, monthly_limit; /* FF_NULL_INT: the site's */
    int64_t version;
};
/* A group that says nothing yet. */
#define FF_GROUP_UNSAID                                                                            \
    {                                                                                              \
        .overdraft = FF_NULL_INT, .purchase_limit = FF_NULL_INT, .daily_limit = FF_NULL_INT,       \
        .monthly_limit = FF_NULL_INT                                                               \
    }

/* Sort fields: name, id. */
FF_MUST_CHECK enum ff_rc ff_group_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                       struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_group_get(struct ff_ctx *cx, int64_t id, struct ff_group *out);
/* The group with this name, whatever its case and accents; *id 0: there is none. */
FF_MUST_CHECK enum ff_rc ff_group_find(struct ff_ctx *cx, const char *name, int64_t *id);

/* What was given of a group; bit i of `set`: field i (null included). */
enum ff_group_field {
    FF_GROUP_NAME,
    FF_GROUP_OVERDRAFT,
    FF_GROUP_PURCHASE_LIMIT,
    FF_GROUP_DAILY_LIMIT,
    FF_GROUP_MONTHLY_LIMIT,
    FF_GROUP_FIELDS
};
struct ff_group_in {
    uint64_t set;
    const char *name;
    int64_t overdraft, purchase_limit, daily_limit, monthly_limit;
};

/* A name must be given. FF_ALREADY_EXISTS when it is in use, whatever its case and accents. */
FF_MUST_CHECK enum ff_rc ff_group_create(struct ff_ctx *cx, const struct ff_group_in *in,
                                         struct ff_group *out);
/* With the overdraft go the floors of its people's wallets. FF_NOT_FOUND, FF_VERSION_CONFLICT,
 * FF_ALREADY_EXISTS. */
FF_MUST_CHECK enum ff_rc ff_group_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                         const struct ff_group_in *in, struct ff_group *out);
/* FF_IN_USE while someone is in it. */
FF_MUST_CHECK enum ff_rc ff_group_delete(struct ff_ctx *cx, int64_t id, int64_t version);

/* In a job: makes a group, records it and sets its id. FF_ALREADY_EXISTS. */
FF_MUST_CHECK enum ff_rc ff_group_insert(struct ff_ctx *cx, struct ff_group *g);

#endif

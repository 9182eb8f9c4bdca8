/* SPDX-License-Identifier: MIT */
/* rule.h - the rules by which the employer pays a part of a meal. Admins change them, managers read
 * them. How they are applied is in subsidy.h. */
#ifndef FF_DOMAIN_SUBSIDY_RULE_H
#define FF_DOMAIN_SUBSIDY_RULE_H

#include "base/ctx.h"
#include "domain/common/list.h"

enum { FF_CLOCK_CAP = 6, FF_WEEKDAYS_CAP = 8 };

/* fixed: so much off; percent: a part of the price. NULL-terminated. */
extern const char *const ff_subsidy_kinds[];

struct ff_subsidy_rule {
    int64_t id;
    const char *name, *kind;
    int64_t value;                     /* minor units; percent: parts per million */
    int64_t cap;                       /* at most so much a meal, FF_NULL_INT: no cap */
    int64_t group_id, category_id;     /* FF_NULL_INT: everybody, everything */
    const char *group, *category;      /* their names; only read */
    const char *weekdays;              /* "12345": Monday to Friday */
    const char *slot_from, *slot_to;   /* "11:00", before "14:30"; may go over midnight */
    const char *valid_from, *valid_to; /* its first and last day, NULL: open */
    int64_t cost_centre_id;            /* FF_NULL_INT: the department's */
    const char *cost_centre;           /* its code; only read */
    int64_t active, version;
};

/* Sort fields: name, id. */
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_list(struct ff_ctx *cx, const struct ff_list_filter *f,
                                              struct ff_list *out, int64_t *total);
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_get(struct ff_ctx *cx, int64_t id,
                                             struct ff_subsidy_rule *out);

/* What was given of a rule; bit i of `set`: field i (null included). */
enum ff_subsidy_field {
    FF_SUBSIDY_NAME,
    FF_SUBSIDY_KIND,
    FF_SUBSIDY_VALUE,
    FF_SUBSIDY_CAP,
    FF_SUBSIDY_GROUP_ID,
    FF_SUBSIDY_CATEGORY_ID,
    FF_SUBSIDY_WEEKDAYS,
    FF_SUBSIDY_SLOT_FROM,
    FF_SUBSIDY_SLOT_TO,
    FF_SUBSIDY_VALID_FROM,
    FF_SUBSIDY_VALID_TO,
    FF_SUBSIDY_COST_CENTRE_ID,
    FF_SUBSIDY_ACTIVE,
    FF_SUBSIDY_FIELDS
};
struct ff_subsidy_rule_in {
    uint64_t set;
    struct ff_subsidy_rule rule; /* its fields; what is only read is not looked at */
};

/* Name, kind and value must be given; the rest is open unless said. FF_ALREADY_EXISTS for the name,
 * FF_VALIDATION for a value beyond 100 %, a time or days that are none, a slot without length, a
 * group, category or cost centre that is not there. */
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_create(struct ff_ctx *cx,
                                                const struct ff_subsidy_rule_in *in,
                                                struct ff_subsidy_rule *out);
/* The same; also FF_NOT_FOUND, FF_VERSION_CONFLICT. What was paid before stays as it is. */
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_change(struct ff_ctx *cx, int64_t id, int64_t version,
                                                const struct ff_subsidy_rule_in *in,
                                                struct ff_subsidy_rule *out);
/* FF_IN_USE when it ever paid: switch it off instead. */
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_delete(struct ff_ctx *cx, int64_t id, int64_t version);

#endif

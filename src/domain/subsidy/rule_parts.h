/* SPDX-License-Identifier: MIT */
/* rule_parts.h - inside this folder only: a rule as it is stored. */
#ifndef FF_DOMAIN_SUBSIDY_RULE_PARTS_H
#define FF_DOMAIN_SUBSIDY_RULE_PARTS_H

#include "db/db.h"
#include "domain/subsidy/rule.h"

/* The columns of rule_list and rule_get into a struct ff_subsidy_rule. */
void ff_subsidy_rule_read(struct ff_ctx *cx, struct ff_stmt *st, void *out);

/* Lays what was given over a rule and checks the whole. FF_VALIDATION. */
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_apply(struct ff_ctx *cx,
                                               const struct ff_subsidy_rule_in *in,
                                               struct ff_subsidy_rule *rule);

/* In a job; sets the id. Any error of the statement as it is. */
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_insert(struct ff_ctx *cx, struct ff_subsidy_rule *rule);
FF_MUST_CHECK enum ff_rc ff_subsidy_rule_update(struct ff_ctx *cx,
                                                const struct ff_subsidy_rule *rule);

#endif

/* SPDX-License-Identifier: MIT */
/* rule_record.c - a rule between what people write ("11:30", "12345", no last day) and what the
 * table holds (minutes, a mask, the end of time). */
#include "domain/subsidy/rule_parts.h"

#include <stdio.h>
#include <string.h>

#include "domain/catalog/product.h"
#include "domain/people/group.h"
#include "domain/subsidy/cost_centre.h"

enum { HOUR = 60, DAY = 24 * HOUR, PERCENT_MAX = 1000000, WEEK = 7 };

static const char first_day[] = "0001-01-01", last_day[] = "9999-12-31";

/* ---- times and days ---- */

/* "07:30" is 450; -1 when it is no time. "24:00" is the end of a day. */
static int64_t minute_of(const char *text)
{
    int hour = 0, minute = 0, end = 0;
    if (sscanf(text, "%2d:%2d%n", &hour, &minute, &end) != 2 || end != 5 || text[end] != '\0' ||
        hour < 0 || minute < 0 || minute >= HOUR || hour * HOUR + minute > DAY)
        return -1;
    return hour * HOUR + minute;
}

static const char *clock_of(struct ff_ctx *cx, int64_t minute)
{
    return ff_arena_printf(cx->arena, "%02d:%02d", (int)(minute / HOUR), (int)(minute % HOUR));
}

/* "135" is Monday, Wednesday and Friday; 0 when it is no such list. */
static int64_t mask_of(const char *text)
{
    int64_t mask = 0;
    for (; *text; text++) {
        if (*text < '1' || *text > '7' || (mask >> (*text - '1') & 1))
            return 0;
        mask |= INT64_C(1) << (*text - '1');
    }
    return mask;
}

static const char *days_of(struct ff_ctx *cx, int64_t mask)
{
    char text[FF_WEEKDAYS_CAP];
    size_t n = 0;
    for (int i = 0; i < WEEK; i++) {
        if (mask >> i & 1)
            text[n++] = (char)('1' + i);
    }
    text[n] = '\0';
    return ff_strdup(cx, text);
}

void ff_subsidy_rule_read(struct ff_ctx *cx, struct ff_stmt *st, void *out)
{
    struct ff_subsidy_rule *r = out;
    *r = (struct ff_subsidy_rule){
        .id = ff_db_col_int(st, FF_C_RULE_LIST_ID),
        .name = ff_db_col_text(cx, st, FF_C_RULE_LIST_NAME),
        .kind = ff_db_col_text(cx, st, FF_C_RULE_LIST_KIND),
        .value = ff_db_col_int(st, FF_C_RULE_LIST_VALUE),
        .cap = ff_db_col_opt_int(st, FF_C_RULE_LIST_CAP),
        .group_id = ff_db_col_opt_int(st, FF_C_RULE_LIST_GROUP_ID),
        .group = ff_db_col_text(cx, st, FF_C_RULE_LIST_GROUP_NAME),
        .category_id = ff_db_col_opt_int(st, FF_C_RULE_LIST_CATEGORY_ID),
        .category = ff_db_col_text(cx, st, FF_C_RULE_LIST_CATEGORY),
        .weekdays = days_of(cx, ff_db_col_int(st, FF_C_RULE_LIST_WEEKDAYS)),
        .slot_from = clock_of(cx, ff_db_col_int(st, FF_C_RULE_LIST_FROM_MINUTE)),
        .slot_to = clock_of(cx, ff_db_col_int(st, FF_C_RULE_LIST_TO_MINUTE)),
        .valid_from = ff_db_col_text(cx, st, FF_C_RULE_LIST_VALID_FROM),
        .valid_to = ff_db_col_text(cx, st, FF_C_RULE_LIST_VALID_TO),
        .cost_centre_id = ff_db_col_opt_int(st, FF_C_RULE_LIST_COST_CENTRE_ID),
        .cost_centre = ff_db_col_text(cx, st, FF_C_RULE_LIST_COST_CENTRE),
        .active = ff_db_col_int(st, FF_C_RULE_LIST_IS_ACTIVE),
        .version = ff_db_col_int(st, FF_C_RULE_LIST_VERSION),
    };
    if (r->valid_from && strcmp(r->valid_from, first_day) == 0)
        r->valid_from = NULL;
    if (r->valid_to && strcmp(r->valid_to, last_day) == 0)
        r->valid_to = NULL;
}

/* ---- what was given ---- */

static void lay_over(const struct ff_subsidy_rule_in *in, struct ff_subsidy_rule *rule)
{
    const struct ff_subsidy_rule *given = &in->rule;
#define LAY(bit, member)                                                                           \
    if (in->set >> (bit)&1)                                                                        \
    rule->member = given->member
    LAY(FF_SUBSIDY_NAME, name);
    LAY(FF_SUBSIDY_KIND, kind);
    LAY(FF_SUBSIDY_VALUE, value);
    LAY(FF_SUBSIDY_CAP, cap);
    LAY(FF_SUBSIDY_GROUP_ID, group_id);
    LAY(FF_SUBSIDY_CATEGORY_ID, category_id);
    LAY(FF_SUBSIDY_WEEKDAYS, weekdays);
    LAY(FF_SUBSIDY_SLOT_FROM, slot_from);
    LAY(FF_SUBSIDY_SLOT_TO, slot_to);
    LAY(FF_SUBSIDY_VALID_FROM, valid_from);
    LAY(FF_SUBSIDY_VALID_TO, valid_to);
    LAY(FF_SUBSIDY_COST_CENTRE_ID, cost_centre_id);
    LAY(FF_SUBSIDY_ACTIVE, active);
#undef LAY
}

static enum ff_rc check_times(struct ff_ctx *cx, const struct ff_subsidy_rule *r)
{
    const int64_t from = minute_of(r->slot_from), to = minute_of(r->slot_to);
    if (from < 0 || from == DAY)
        return ff_field_fail(cx, "/slotFrom", "VALUE", "A time looks like 11:30.");
    if (to < 1 || to == from)
        return ff_field_fail(
            cx, "/slotTo", "VALUE",
            "A time looks like 14:00, is after 00:00 and not when the slot begins.");
    if (mask_of(r->weekdays) == 0)
        return ff_field_fail(cx, "/weekdays", "VALUE",
                             "Weekdays are digits from 1 (Monday) to 7, each once: 12345.");
    if (r->valid_from && r->valid_to && strcmp(r->valid_to, r->valid_from) < 0)
        return ff_field_fail(cx, "/validTo", "RANGE", "The last day is before the first.");
    return FF_OK;
}

/* A reference that leads nowhere is the field's fault. */
static enum ff_rc missing(struct ff_ctx *cx, enum ff_rc rc, const char *pointer)
{
    if (rc != FF_NOT_FOUND)
        return rc;
    ff_err_clear(cx);
    return ff_field_fail(cx, pointer, "VALUE", "There is none with this id.");
}

static enum ff_rc check_references(struct ff_ctx *cx, const struct ff_subsidy_rule *r)
{
    struct ff_group group;
    struct ff_category category;
    struct ff_cost_centre centre;
    enum ff_rc rc = FF_OK;
    if (r->group_id != FF_NULL_INT && (rc = ff_group_get(cx, r->group_id, &group)))
        return missing(cx, rc, "/groupId");
    if (r->category_id != FF_NULL_INT && (rc = ff_category_get(cx, r->category_id, &category)))
        return missing(cx, rc, "/categoryId");
    if (r->cost_centre_id != FF_NULL_INT &&
        (rc = ff_cost_centre_get(cx, r->cost_centre_id, &centre)))
        return missing(cx, rc, "/costCentreId");
    return FF_OK;
}

enum ff_rc ff_subsidy_rule_apply(struct ff_ctx *cx, const struct ff_subsidy_rule_in *in,
                                 struct ff_subsidy_rule *rule)
{
    lay_over(in, rule);
    if (strcmp(rule->kind, "percent") == 0 && rule->value > PERCENT_MAX)
        return ff_field_range(cx, "/value", "RANGE", 1, PERCENT_MAX);
    enum ff_rc rc = check_times(cx, rule);
    return rc ? rc : check_references(cx, rule);
}

/* ---- storing ---- */

#define SAME(name) ((int)FF_P_RULE_INSERT_##name == (int)FF_P_RULE_UPDATE_##name)
_Static_assert(SAME(NAME) && SAME(KIND) && SAME(VALUE) && SAME(CAP) && SAME(GROUP) &&
                   SAME(CATEGORY) && SAME(WEEKDAYS) && SAME(FROM_MINUTE) && SAME(TO_MINUTE) &&
                   SAME(VALID_FROM) && SAME(VALID_TO) && SAME(COST_CENTRE) && SAME(ACTIVE),
               "one binder for both");

static enum ff_rc bind(struct ff_ctx *cx, struct ff_stmt *st, const struct ff_subsidy_rule *r)
{
    const char *fold = ff_fold(cx, r->name);
    if (!fold)
        return cx->err.rc;
    ff_db_text(st, FF_P_RULE_INSERT_NAME, r->name);
    ff_db_text(st, FF_P_RULE_INSERT_NAME_FOLD, fold);
    ff_db_text(st, FF_P_RULE_INSERT_KIND, r->kind);
    ff_db_int(st, FF_P_RULE_INSERT_VALUE, r->value);
    ff_db_opt_int(st, FF_P_RULE_INSERT_CAP, r->cap);
    ff_db_opt_int(st, FF_P_RULE_INSERT_GROUP, r->group_id);
    ff_db_opt_int(st, FF_P_RULE_INSERT_CATEGORY, r->category_id);
    ff_db_int(st, FF_P_RULE_INSERT_WEEKDAYS, mask_of(r->weekdays));
    ff_db_int(st, FF_P_RULE_INSERT_FROM_MINUTE, minute_of(r->slot_from));
    ff_db_int(st, FF_P_RULE_INSERT_TO_MINUTE, minute_of(r->slot_to));
    ff_db_text(st, FF_P_RULE_INSERT_VALID_FROM, r->valid_from ? r->valid_from : first_day);
    ff_db_text(st, FF_P_RULE_INSERT_VALID_TO, r->valid_to ? r->valid_to : last_day);
    ff_db_opt_int(st, FF_P_RULE_INSERT_COST_CENTRE, r->cost_centre_id);
    ff_db_int(st, FF_P_RULE_INSERT_ACTIVE, r->active);
    return FF_OK;
}

enum ff_rc ff_subsidy_rule_insert(struct ff_ctx *cx, struct ff_subsidy_rule *rule)
{
    FF_STMT *st = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_RULE_INSERT, &st);
    if (rc || (rc = bind(cx, st, rule)) || (rc = ff_db_row(cx, st, &row)))
        return rc;
    rule->id = ff_db_col_int(st, FF_C_RULE_INSERT_ID);
    return FF_OK;
}

enum ff_rc ff_subsidy_rule_update(struct ff_ctx *cx, const struct ff_subsidy_rule *rule)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_RULE_UPDATE, &st);
    if (rc || (rc = bind(cx, st, rule)))
        return rc;
    ff_db_int(st, FF_P_RULE_UPDATE_ID, rule->id);
    ff_db_int(st, FF_P_RULE_UPDATE_VERSION, rule->version);
    return ff_db_run(cx, st);
}

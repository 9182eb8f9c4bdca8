/* SPDX-License-Identifier: MIT */
/* purge.c - the end of a record's time. Each table's row says how long it is kept and which query
 * deletes it; a pass runs them in small transactions, so that nobody at the till waits.
 * A clock that jumped could make everything look old: until it has run evenly for a day, also over
 * restarts, nothing is deleted. */
#include "base/log.h"
#include "domain/audit/audit.h"
#include "domain/privacy/erasure.h"
#include "domain/privacy/tables.h"

enum { SECOND_MS = 1000, DAY_MS = 86400000, BACK_MS = 5 * SECOND_MS };

/* ---- may the clock be trusted? ---- */

static bool is_jump(int64_t wall_passed, int64_t mono_passed)
{
    int64_t off = wall_passed - mono_passed;
    return off < -BACK_MS || off > DAY_MS;
}

int64_t ff_purge_distrust(const struct ff_purge_watch *watch, const struct ff_purge_state *state,
                          int64_t wall_ms, int64_t mono_ms)
{
    if (!watch->has_seen) { /* since the process before: nobody counted the time between */
        bool jumped = state->seen_at_ms && is_jump(wall_ms - state->seen_at_ms, 0);
        return jumped ? DAY_MS : state->distrust_ms;
    }
    int64_t passed = mono_ms - watch->mono_ms;
    if (is_jump(wall_ms - watch->wall_ms, passed))
        return DAY_MS;
    return state->distrust_ms > passed ? state->distrust_ms - passed : 0;
}

static enum ff_rc read_state(struct ff_ctx *cx, struct ff_purge_state *state)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_HOUSEKEEPING_GET, &st);
    *state = (struct ff_purge_state){0};
    if (rc || (rc = ff_db_row(cx, st, &row)) || !row)
        return rc;
    state->seen_at_ms = ff_db_col_int(st, FF_C_HOUSEKEEPING_GET_SEEN_AT_MS);
    state->distrust_ms = ff_db_col_int(st, FF_C_HOUSEKEEPING_GET_DISTRUST_MS);
    state->purged_at_ms = ff_db_col_int(st, FF_C_HOUSEKEEPING_GET_PURGED_AT_MS);
    return FF_OK;
}

static enum ff_rc write_state(struct ff_ctx *cx, void *arg)
{
    const struct ff_purge_state *state = arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_HOUSEKEEPING_PUT, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_HOUSEKEEPING_PUT_SEEN_AT, state->seen_at_ms);
    ff_db_int(st, FF_P_HOUSEKEEPING_PUT_DISTRUST, state->distrust_ms);
    ff_db_int(st, FF_P_HOUSEKEEPING_PUT_PURGED_AT, state->purged_at_ms);
    return ff_db_run(cx, st);
}

static void say_jump(struct ff_ctx *cx, int64_t before, int64_t now)
{
    char from[FF_INSTANT_CAP], to[FF_INSTANT_CAP];
    ff_instant_format(before, from);
    ff_instant_format(now, to);
    const struct ff_audit_value was = {.name = "clock", .text = from};
    const struct ff_audit_value is = {.name = "clock", .text = to};
    const struct ff_audit event = {
        .action = "clock.jump", .before = &was, .n_before = 1, .after = &is, .n_after = 1};
    ff_audit_note(cx, &event);
    ff_logf(FF_LOG_WARN, NULL,
            "the clock jumped: nothing is purged until it has run evenly for 24 hours");
}

static enum ff_rc look_at_clock(struct ff_ctx *cx, struct ff_purge_watch *watch,
                                struct ff_purge_state *state)
{
    int64_t wall = ff_clock_now_ms(cx->clock), mono = ff_clock_mono_ms(cx->clock);
    enum ff_rc rc = read_state(cx, state);
    if (rc)
        return rc;
    int64_t distrust = ff_purge_distrust(watch, state, wall, mono);
    if (distrust > state->distrust_ms)
        say_jump(cx, watch->has_seen ? watch->wall_ms : state->seen_at_ms, wall);
    *watch = (struct ff_purge_watch){.mono_ms = mono, .wall_ms = wall, .has_seen = true};
    state->distrust_ms = distrust;
    state->seen_at_ms = wall;
    if (!distrust)
        state->purged_at_ms = wall;
    return ff_db_write(cx, write_state, state);
}

/* ---- deleting ---- */

struct sweep {
    enum ff_query query;
    int64_t before, gone;
};

static enum ff_rc sweep_once(struct ff_ctx *cx, void *arg)
{
    struct sweep *s = arg;
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, s->query, &st);
    if (rc)
        return rc;
    ff_privacy_bind(st, "before", s->before);
    ff_privacy_bind(st, "limit", FF_PURGE_ROWS);
    rc = ff_db_run(cx, st);
    s->gone = rc ? 0 : ff_db_changes(st);
    return rc;
}

static enum ff_rc purge_table(struct ff_ctx *cx, const struct ff_privacy_table *table,
                              int64_t *rows)
{
    struct sweep s = {.query = (enum ff_query)(table->purged.plus_one - 1),
                      .before = ff_clock_now_ms(cx->clock) - table->keep_days * (int64_t)DAY_MS};
    enum ff_rc rc;
    do {
        rc = ff_db_write(cx, sweep_once, &s);
        *rows += s.gone;
    } while (!rc && s.gone == FF_PURGE_ROWS);
    return rc;
}

enum ff_rc ff_privacy_purge(struct ff_ctx *cx, struct ff_purge_watch *watch,
                            struct ff_purge_report *report)
{
    struct ff_purge_state state;
    *report = (struct ff_purge_report){0};
    enum ff_rc rc = look_at_clock(cx, watch, &state);
    report->is_suspended = !rc && state.distrust_ms > 0;
    for (size_t i = 0; i < ff_n_privacy_tables && !rc && !report->is_suspended; i++) {
        if (ff_privacy_tables[i].purged.plus_one)
            rc = purge_table(cx, &ff_privacy_tables[i], &report->rows);
    }
    if (rc)
        return rc;
    (void)ff_erase_scrub(cx);
    (void)ff_erased_list_complete(cx);
    ff_err_clear(cx);
    return FF_OK;
}

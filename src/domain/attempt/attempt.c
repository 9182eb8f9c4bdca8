/* SPDX-License-Identifier: MIT */
/* attempt.c - counting failures in a window that slides.
 * Of each key the last 30 times are kept, so "5 in 15 minutes" holds for any 15 minutes, not only
 * for those of a clock's face. A clock that was set back makes a wait void: nobody waits for a time
 * that the clock has to reach once more. */
#include "domain/attempt/attempt.h"

#include "auth/auth.h"
#include "db/db.h"
#include "domain/site/site.h"
#include "json/schema.h"

enum { HASH_BYTES = 32, TIME_BYTES = 8, TIMES_BYTES = FF_ATTEMPT_MAX * TIME_BYTES };
enum { MS_PER_S = 1000, MS_PER_MINUTE = 60000, WINDOW_MS = 15 * MS_PER_MINUTE };

struct rule {
    const char *use; /* what the hash is of */
    int64_t limit;
    bool is_sites; /* limit and wait are those of the options */
};

static const struct rule rules[FF_ATTEMPT_KINDS] = {
    [FF_ATTEMPT_LOGIN] = {"attempt/login", 5, true},
    [FF_ATTEMPT_CODE] = {"attempt/code", 5, true},
    [FF_ATTEMPT_PIN] = {"attempt/pin", 5, true},
    [FF_ATTEMPT_DEVICE] = {"attempt/device", 30, false},
    [FF_ATTEMPT_RESET] = {"attempt/reset", 3, false},
};

struct count {
    unsigned char hash[HASH_BYTES];
    unsigned char times[TIMES_BYTES];
    int64_t locked_at_ms; /* FF_NULL_INT: not locked */
    int64_t limit, wait_ms;
    bool is_known;
};

static void begin(struct ff_ctx *cx, enum ff_attempt_kind kind, const char *key, struct count *c)
{
    const struct rule *rule = &rules[kind];
    const struct ff_run_flags run = ff_site_run(cx->site);
    *c = (struct count){.locked_at_ms = FF_NULL_INT, .limit = rule->limit, .wait_ms = WINDOW_MS};
    if (rule->is_sites && run.lock_after)
        c->limit = run.lock_after;
    if (rule->is_sites && run.lock_for_ms)
        c->wait_ms = run.lock_for_ms;
    ff_auth_lookup_hash(cx->auth, rule->use, key, c->hash);
}

static enum ff_rc load(struct ff_ctx *cx, struct count *c)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ATTEMPT_GET, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_ATTEMPT_GET_KEY_HASH, c->hash, sizeof c->hash);
    if ((rc = ff_db_row(cx, st, &c->is_known)) || !c->is_known)
        return rc;
    c->locked_at_ms = ff_db_col_opt_int(st, FF_C_ATTEMPT_GET_LOCKED_AT_MS);
    if (!ff_db_col_blob(st, FF_C_ATTEMPT_GET_FAILED_AT, c->times, sizeof c->times))
        return FF_FAIL(cx, FF_INTERNAL, "the times of an attempt have another length");
    return FF_OK;
}

/* How long to wait still; 0: not at all. */
static int64_t wait_left(const struct count *c, int64_t now_ms)
{
    if (c->locked_at_ms == FF_NULL_INT || c->locked_at_ms > now_ms)
        return 0;
    const int64_t left = c->locked_at_ms + c->wait_ms - now_ms;
    return left > 0 ? left : 0;
}

static enum ff_rc refuse(struct ff_ctx *cx, int64_t left_ms)
{
    const int64_t minutes = (left_ms + MS_PER_MINUTE - 1) / MS_PER_MINUTE;
    enum ff_rc rc =
        FF_FAIL(cx, FF_ACCOUNT_LOCKED, "Too many attempts. Try again in %d minutes.", (int)minutes);
    ff_err_number(cx, "minutes", minutes);
    cx->err.retry_after_s = (int)((left_ms + MS_PER_S - 1) / MS_PER_S);
    return rc;
}

enum ff_rc ff_attempt_check(struct ff_ctx *cx, enum ff_attempt_kind kind, const char *key)
{
    struct count c;
    begin(cx, kind, key, &c);
    enum ff_rc rc = load(cx, &c);
    if (rc)
        return rc;
    const int64_t left = wait_left(&c, ff_clock_now_ms(cx->clock));
    return left ? refuse(cx, left) : FF_OK;
}

/* ---- the times: 8 bytes each, big endian, newest first, 0 for none ---- */

static int64_t time_at(const unsigned char *times, size_t i)
{
    uint64_t value = 0;
    for (size_t b = 0; b < TIME_BYTES; b++)
        value = value << 8 | times[i * TIME_BYTES + b];
    return (int64_t)value;
}

static void set_time(unsigned char *times, size_t i, int64_t at_ms)
{
    for (size_t b = 0; b < TIME_BYTES; b++)
        times[i * TIME_BYTES + b] = (unsigned char)((uint64_t)at_ms >> (8 * (TIME_BYTES - 1 - b)));
}

/* Puts `now` before the times that still count, and says how many they are now. */
static int64_t add_time(struct count *c, int64_t now_ms)
{
    unsigned char kept[TIMES_BYTES] = {0};
    size_t n = 1;
    set_time(kept, 0, now_ms);
    for (size_t i = 0; i < FF_ATTEMPT_MAX && n < FF_ATTEMPT_MAX; i++) {
        const int64_t at = time_at(c->times, i);
        if (at && at <= now_ms && now_ms - at < WINDOW_MS)
            set_time(kept, n++, at);
    }
    for (size_t i = 0; i < sizeof kept; i++)
        c->times[i] = kept[i];
    return (int64_t)n;
}

/* ---- in the writer's job ---- */

/* Room for one more key. */
static enum ff_rc make_room(struct ff_ctx *cx)
{
    FF_STMT *count = NULL;
    FF_STMT *drop = NULL;
    bool row;
    enum ff_rc rc = ff_db_query(cx, FF_Q_ATTEMPT_COUNT, &count);
    if (rc || (rc = ff_db_row(cx, count, &row)))
        return rc;
    const int64_t surplus = ff_db_col_int(count, FF_C_ATTEMPT_COUNT_ROWS) + 1 - FF_ATTEMPT_ROWS;
    if (surplus <= 0)
        return FF_OK;
    if ((rc = ff_db_query(cx, FF_Q_ATTEMPT_DROP_OLDEST, &drop)))
        return rc;
    ff_db_int(drop, FF_P_ATTEMPT_DROP_OLDEST_COUNT, surplus);
    return ff_db_run(cx, drop);
}

static enum ff_rc put(struct ff_ctx *cx, const struct count *c, int64_t now_ms)
{
    FF_STMT *st = NULL;
    enum ff_rc rc = c->is_known ? FF_OK : make_room(cx);
    if (rc || (rc = ff_db_query(cx, FF_Q_ATTEMPT_PUT, &st)))
        return rc;
    ff_db_blob(st, FF_P_ATTEMPT_PUT_KEY_HASH, c->hash, sizeof c->hash);
    ff_db_blob(st, FF_P_ATTEMPT_PUT_FAILED_AT, c->times, sizeof c->times);
    ff_db_opt_int(st, FF_P_ATTEMPT_PUT_LOCKED_AT, c->locked_at_ms);
    ff_db_int(st, FF_P_ATTEMPT_PUT_NOW, now_ms);
    return ff_db_run(cx, st);
}

struct failure {
    enum ff_attempt_kind kind;
    const char *key;
    bool *locked;
};

/* A failure of someone who waits already (two tried at once) changes nothing. */
static enum ff_rc record(struct ff_ctx *cx, void *arg)
{
    const struct failure *f = arg;
    const int64_t now_ms = ff_clock_now_ms(cx->clock);
    struct count c;
    ff_err_clear(cx);
    *f->locked = false;
    begin(cx, f->kind, f->key, &c);
    enum ff_rc rc = load(cx, &c);
    if (rc || wait_left(&c, now_ms))
        return rc;
    c.locked_at_ms = FF_NULL_INT;
    if (add_time(&c, now_ms) >= c.limit) {
        c.locked_at_ms = now_ms;
        for (size_t i = 0; i < sizeof c.times; i++)
            c.times[i] = 0;
        *f->locked = true;
    }
    return put(cx, &c, now_ms);
}

enum ff_rc ff_attempt_failed(struct ff_ctx *cx, enum ff_attempt_kind kind, const char *key,
                             bool *locked)
{
    struct failure f = {.kind = kind, .key = key, .locked = locked};
    return ff_db_write(cx, record, &f);
}

static enum ff_rc clear(struct ff_ctx *cx, void *arg)
{
    FF_STMT *st = NULL;
    ff_err_clear(cx);
    enum ff_rc rc = ff_db_query(cx, FF_Q_ATTEMPT_CLEAR, &st);
    if (rc)
        return rc;
    ff_db_blob(st, FF_P_ATTEMPT_CLEAR_KEY_HASH, arg, HASH_BYTES);
    return ff_db_run(cx, st);
}

enum ff_rc ff_attempt_clear(struct ff_ctx *cx, enum ff_attempt_kind kind, const char *key)
{
    unsigned char hash[HASH_BYTES];
    ff_auth_lookup_hash(cx->auth, rules[kind].use, key, hash);
    return ff_db_write(cx, clear, hash);
}

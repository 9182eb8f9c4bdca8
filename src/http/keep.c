/* SPDX-License-Identifier: MIT */
/* keep.c - the key of a cacheable reply and the generations it hangs on. The arguments are taken
 * from the struct they were read into, so that two spellings of one question are one key. */
#include "http/keep.h"

#include <stddef.h>
#include <string.h>

#include "db/db.h"

/* What a key begins with: numbers only, and no gaps between them. Rows differ by role and scope;
 * within a scope narrower than all, by who asks. */
struct key_head {
    uintptr_t route;
    int64_t id, sub_id;
    uint8_t role, scope, is_site_wide, has_query;
    uint32_t path_key_len;
    int64_t department_id, employee_id, user_id;
};

static struct key_head head_of(const struct ff_req *rq)
{
    const struct ff_actor *who = &rq->cx->who;
    struct key_head head = {.route = (uintptr_t)rq->route,
                            .id = rq->id,
                            .sub_id = rq->sub_id,
                            .role = (uint8_t)who->role,
                            .scope = (uint8_t)who->scope,
                            .is_site_wide = who->site_wide,
                            .has_query = rq->query != NULL,
                            .path_key_len = rq->key ? (uint32_t)strlen(rq->key) : 0};
    if (who->scope != FF_ALL) {
        head.department_id = who->department_id;
        head.employee_id = who->employee_id;
        head.user_id = who->user_id;
    }
    return head;
}

/* False when it does not fit: then the reply is not kept. */
static bool write_key(struct ff_keep *keep, const struct ff_req *rq)
{
    const struct key_head head = head_of(rq);
    size_t len = sizeof head;
    _Static_assert(sizeof head == sizeof(uintptr_t) + 48, "a key has no gaps");
    memcpy(keep->key, &head, sizeof head);
    if (head.path_key_len > sizeof keep->key - len)
        return false;
    if (head.path_key_len)
        memcpy(keep->key + len, rq->key, head.path_key_len);
    len += head.path_key_len;
    if (rq->query)
        len += ff_flat_bytes(rq->route->query, rq->query, keep->key + len, sizeof keep->key - len);
    keep->question.key = keep->key;
    keep->question.key_len = len;
    return len <= sizeof keep->key;
}

static uint64_t generation_of(void *db, ff_table_set tables)
{
    return ff_db_generation(db, tables);
}

/* Text that a handler writes itself is not kept, whatever it may be made from. */
static bool may_keep(const struct ff_req *rq)
{
    return rq->cx->cache && (rq->route->flags & FF_R_CACHEABLE) && rq->route->out && !rq->wants_csv;
}

bool ff_keep_find(struct ff_keep *keep, const struct ff_req *rq)
{
    struct ff_ctx *cx = rq->cx;
    memset(keep, 0, offsetof(struct ff_keep, key));
    keep->is_asked = may_keep(rq) && write_key(keep, rq);
    if (!keep->is_asked)
        return false;
    keep->question.now_ms = ff_clock_mono_ms(cx->clock);
    keep->question.generation = generation_of;
    keep->question.arg = cx->db;
    keep->found = ff_lru_find(cx->cache, &keep->question);
    if (keep->found)
        return true;
    ff_db_release(cx);
    keep->is_awaited = ff_lru_join(cx->cache, &keep->question, &keep->found) == FF_LRU_MAKE;
    cx->tables_read = 0;
    keep->generation = ff_db_generation(cx->db, FF_TABLES_ALL);
    return keep->found != NULL;
}

void ff_keep_store(struct ff_keep *keep, const struct ff_req *rq, int64_t valid_until,
                   const struct ff_lru_value *value)
{
    struct ff_ctx *cx = rq->cx;
    const int64_t left = valid_until - ff_clock_now_ms(cx->clock);
    struct ff_lru_stamp stamp = {.tables = cx->tables_read,
                                 .generation = keep->generation,
                                 .born_ms = ff_clock_mono_ms(cx->clock)};
    if (valid_until)
        stamp.until_ms = stamp.born_ms + left;
    if (keep->is_asked && cx->tables_read && (!valid_until || left > 0))
        keep->was_made = ff_lru_put(cx->cache, &keep->question, value, &stamp);
}

void ff_keep_end(struct ff_keep *keep, const struct ff_req *rq)
{
    ff_lru_release(keep->found);
    if (keep->is_awaited)
        ff_lru_end(rq->cx->cache, &keep->question, keep->was_made);
}

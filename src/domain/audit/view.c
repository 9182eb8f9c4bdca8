/* SPDX-License-Identifier: MIT */
/* view.c - a row as it is shown and as a line of CSV. The actor is ids alone: who that is, other
 * records say. */
#include "domain/audit/view.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/ids.h"

static const char *name_actor(struct ff_ctx *cx, const struct ff_audit_row *row)
{
    struct ff_arena *a = cx->arena;
    if (row->cli_uid != FF_NULL_INT)
        return ff_arena_printf(a, "cli:%" PRId64, row->cli_uid);
    if (row->user_id != FF_NULL_INT)
        return ff_arena_printf(a, "user:%" PRId64, row->user_id);
    if (row->employee_id != FF_NULL_INT)
        return ff_arena_printf(a, "employee:%" PRId64 " kiosk:%" PRId64, row->employee_id,
                               row->device_id);
    if (row->device_id != FF_NULL_INT)
        return ff_arena_printf(a, "kiosk:%" PRId64, row->device_id);
    return row->address ? "anonymous" : "system";
}

enum ff_rc ff_audit_show(struct ff_ctx *cx, const struct ff_audit_row *row,
                         struct ff_audit_view *out)
{
    struct ff_audit_parts parts;
    char *hash = ff_alloc(cx, 2 * sizeof row->hash + 1);
    enum ff_rc rc = ff_audit_open_detail(cx, row, &parts);
    if (rc || !hash)
        return cx->err.rc;
    ff_hex(row->hash, sizeof row->hash, hash);
    *out = (struct ff_audit_view){
        .seq = row->seq,
        .timestamp = row->at_ms,
        .action = row->action,
        .entity_type = row->entity,
        .entity_id = row->entity_id,
        .user_id = row->user_id,
        .actor = name_actor(cx, row),
        .old_values = parts.before,
        .new_values = parts.after,
        .ip_address = row->address,
        .request_id = row->request_id,
        .reason = parts.reason,
        .hash = hash,
        .erased = parts.is_shredded,
    };
    return out->actor ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "Out of memory.");
}

void ff_audit_csv_head(struct ff_buf *buf)
{
    ff_buf_str(buf, "seq,timestamp,action,entityType,entityId,userId,actor,oldValues,newValues,"
                    "ipAddress,requestId,reason,erased,hash\r\n");
}

static void text_cell(struct ff_buf *buf, const char *text)
{
    ff_buf_char(buf, ',');
    if (text)
        ff_buf_csv(buf, text);
}

static void int_cell(struct ff_buf *buf, int64_t value)
{
    ff_buf_char(buf, ',');
    if (value != FF_NULL_INT)
        ff_buf_int(buf, value);
}

void ff_audit_csv_row(struct ff_buf *buf, const struct ff_audit_view *view)
{
    char at[FF_INSTANT_CAP];
    ff_instant_format(view->timestamp, at);
    ff_buf_int(buf, view->seq);
    text_cell(buf, at);
    text_cell(buf, view->action);
    text_cell(buf, view->entity_type);
    int_cell(buf, view->entity_id);
    int_cell(buf, view->user_id);
    text_cell(buf, view->actor);
    text_cell(buf, view->old_values);
    text_cell(buf, view->new_values);
    text_cell(buf, view->ip_address);
    text_cell(buf, view->request_id);
    text_cell(buf, view->reason);
    ff_buf_str(buf, view->erased ? ",true" : ",false");
    text_cell(buf, view->hash);
    ff_buf_str(buf, "\r\n");
}

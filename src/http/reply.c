/* SPDX-License-Identifier: MIT */
/* reply.c - bodies from structs by the row's schema, and the headers that follow from the row. */
#include "http/reply.h"

#include "api/problem.h"
#include "auth/auth.h"
#include "base/ids.h"
#include "http/accept.h"
#include "http/head.h"

#include <inttypes.h>
#include <string.h>

static const char json_type[] = "application/json; charset=utf-8";

static void write_pagination(const struct ff_page *page, struct ff_buf *buf)
{
    if (page->total < 0) {
        ff_buf_str(buf, "{\"limit\":");
        ff_buf_int(buf, page->limit);
        ff_buf_str(buf, ",\"next\":");
        if (page->next)
            ff_buf_json(buf, page->next);
        else
            ff_buf_str(buf, "null");
        ff_buf_char(buf, '}');
        return;
    }
    int64_t pages = page->limit > 0 ? (page->total + page->limit - 1) / page->limit : 0;
    ff_buf_str(buf, "{\"page\":");
    ff_buf_int(buf, page->page);
    ff_buf_str(buf, ",\"limit\":");
    ff_buf_int(buf, page->limit);
    ff_buf_str(buf, ",\"total\":");
    ff_buf_int(buf, page->total);
    ff_buf_str(buf, ",\"totalPages\":");
    ff_buf_int(buf, pages);
    ff_buf_char(buf, '}');
}

static void write_list(const struct ff_req *rq, const struct ff_reply *reply, struct ff_buf *buf)
{
    const struct ff_schema *schema = rq->route->out;
    const char *item = reply->data;
    ff_buf_str(buf, "{\"data\":[");
    for (size_t i = 0; i < reply->n; i++, item += schema->size) {
        if (i)
            ff_buf_char(buf, ',');
        ff_json_write(buf, schema, item);
    }
    ff_buf_str(buf, "],\"pagination\":");
    write_pagination(&reply->page, buf);
}

/* The request id differs each time, so it comes after what the ETag is made of. */
static void end_list(const struct ff_req *rq, struct ff_buf *buf)
{
    ff_buf_str(buf, ",\"requestId\":\"");
    ff_buf_str(buf, rq->cx->request_id); /* letters, digits, - _ . */
    ff_buf_str(buf, "\"}");
}

/* The entity tag with its quotes, in the arena; NULL: the reply has none. A list's is weak. */
static const char *make_etag(const struct ff_req *rq, const struct ff_reply *reply, bool is_list,
                             const struct ff_buf *buf)
{
    unsigned char sum[16];
    char hex[2 * sizeof sum + 1];
    struct ff_hash hash;
    if (reply->etag)
        return ff_arena_printf(rq->cx->arena, "%s\"%s\"", is_list ? "W/" : "", reply->etag);
    if (!(rq->route->flags & FF_R_CACHEABLE) || buf->failed)
        return NULL;
    ff_hash_init(&hash, sizeof sum);
    ff_hash_add(&hash, buf->data ? buf->data : "", buf->len);
    ff_hash_final(&hash, sum);
    ff_hex(sum, sizeof sum, hex);
    return ff_arena_printf(rq->cx->arena, "%s\"%s\"", is_list ? "W/" : "", hex);
}

/* Writes the body but for the request id, and gives its entity tag. */
static const char *compose(const struct ff_req *rq, const struct ff_reply *reply, bool is_list,
                           struct ff_buf *body)
{
    if (reply->text && rq->wants_bom)
        ff_buf_str(body, "\xEF\xBB\xBF");
    if (reply->text)
        ff_buf_add(body, reply->text, reply->text_len);
    else if (is_list)
        write_list(rq, reply, body);
    else if (reply->data && rq->route->out)
        ff_json_write(body, rq->route->out, reply->data);
    return make_etag(rq, reply, is_list, body);
}

/* Only what a handler gave as a struct: whose bytes are all in the body by now. */
static void keep_body(struct ff_keep *keep, const struct ff_req *rq, const struct ff_reply *reply,
                      const struct ff_head *head, const struct ff_buf *body)
{
    if (keep->is_asked && head->status == 200 && !reply->text && head->etag && !body->failed)
        ff_keep_store(keep, rq, reply->valid_until,
                      &(struct ff_lru_value){body->data, body->len, head->etag});
}

/* Does the client have this reply already? */
static bool is_known(const struct ff_req *rq, const struct ff_message *m,
                     const struct ff_head *head)
{
    const char *known = ff_message_header(m, "If-None-Match", NULL);
    return known && head->etag && head->status == 200 && !strcmp(rq->route->method, "GET") &&
           ff_none_match_hits(known, head->etag);
}

static enum ff_rc write_known(const struct ff_req *rq, const struct ff_message *m,
                              struct ff_head *head, struct ff_response *rp)
{
    head->status = 304;
    head->content_type = NULL;
    ff_head_write(rq->cx, m, head, rp);
    return FF_OK;
}

/* Ends the body and writes the head. */
static enum ff_rc finish(const struct ff_req *rq, const struct ff_message *m, bool is_list,
                         struct ff_head *head, struct ff_response *rp)
{
    if (is_list)
        end_list(rq, &rp->body);
    if (rp->body.failed)
        return FF_FAIL(rq->cx, FF_INTERNAL, "the reply does not fit");
    if (!rp->body.len)
        head->content_type = NULL;
    head->content_length = rp->body.len;
    ff_head_write(rq->cx, m, head, rp);
    return FF_OK;
}

static int status_of(const struct ff_route *route, const struct ff_reply *reply)
{
    if (reply->status)
        return reply->status;
    if (route->flags & FF_R_NO_CONTENT)
        return 204;
    return (route->flags & FF_R_CREATES) && !reply->replayed ? 201 : 200;
}

static const char *location_of(const struct ff_req *rq, const struct ff_reply *reply,
                               const char *path)
{
    if (reply->location || !(rq->route->flags & FF_R_CREATES) || !reply->location_id)
        return reply->location;
    const size_t n = strlen(path);
    char *location = ff_arena_alloc(rq->cx->arena, n + 1 + FF_INT_DIGITS + 1); /* zeroed */
    if (!location)
        return NULL;
    memcpy(location, path, n);
    location[n] = '/';
    ff_int_put(location + n + 1, reply->location_id);
    return location;
}

static struct ff_head head_of(const struct ff_req *rq)
{
    unsigned flags = rq->route->flags;
    return (struct ff_head){
        .content_type = json_type,
        .cache_control = flags & FF_R_IMAGE_REPLY ? "public, max-age=31536000, immutable"
                         : flags & FF_R_CACHEABLE ? "private, no-cache"
                                                  : "no-store",
        .vary = flags & (FF_R_CACHEABLE | FF_R_CSV_REPLY) ? "Accept" : NULL,
        .cache = flags & FF_R_CACHEABLE ? "BYPASS" : NULL,
    };
}

enum ff_rc ff_reply_write(const struct ff_req *rq, const struct ff_message *m, const char *path,
                          const struct ff_reply *reply, struct ff_keep *keep,
                          struct ff_response *rp)
{
    bool is_list = !reply->text && (rq->route->flags & FF_R_LIST);
    struct ff_head head = head_of(rq);
    head.status = status_of(rq->route, reply);
    head.location = location_of(rq, reply, path);
    head.set_cookie[0] = reply->set_cookie[0];
    head.set_cookie[1] = reply->set_cookie[1];
    head.is_replayed = reply->replayed;
    if (reply->text && reply->content_type)
        head.content_type = reply->content_type;
    if (keep->is_asked)
        head.cache = "MISS";
    head.etag = compose(rq, reply, is_list, &rp->body);
    keep_body(keep, rq, reply, &head, &rp->body);
    return is_known(rq, m, &head) ? write_known(rq, m, &head, rp)
                                  : finish(rq, m, is_list, &head, rp);
}

enum ff_rc ff_reply_kept(const struct ff_req *rq, const struct ff_message *m,
                         const struct ff_lru_value *kept, struct ff_response *rp)
{
    struct ff_head head = head_of(rq);
    head.status = 200;
    head.cache = "HIT";
    head.etag = kept->tag;
    if (is_known(rq, m, &head))
        return write_known(rq, m, &head, rp);
    ff_buf_add(&rp->body, kept->body, kept->len);
    return finish(rq, m, rq->route->flags & FF_R_LIST, &head, rp);
}

void ff_reply_problem(struct ff_ctx *cx, const struct ff_message *m, const char *path,
                      const char *allow, struct ff_response *rp)
{
    ff_problem_log(cx);
    ff_buf_clear(&rp->body);
    rp->asset = NULL;
    rp->asset_len = 0;
    ff_problem_write(cx, path, &rp->body);
    struct ff_head head = {
        .status = ff_err_info(cx->err.rc)->status,
        .content_type = "application/problem+json",
        .content_length = rp->body.len,
        .cache_control = "no-store",
        .allow = allow,
        .retry_after_s = ff_problem_retry_after(&cx->err),
    };
    ff_head_write(cx, m, &head, rp);
}

void ff_reply_options(struct ff_ctx *cx, const struct ff_message *m, const char *allow,
                      struct ff_response *rp)
{
    struct ff_head head = {.status = 204, .cache_control = "no-store", .allow = allow};
    ff_head_write(cx, m, &head, rp);
}

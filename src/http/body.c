/* SPDX-License-Identifier: MIT */
/* body.c - body, query and the headers a row depends on, checked by what the row says. */
#include "http/body.h"

#include "base/ids.h"
#include "http/accept.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum { RAW_BODY = FF_R_CSV_BODY | FF_R_IMAGE_BODY }; /* not read by a schema */
enum { KEY_MIN = 16, KEY_MAX = 64 };

/* True for `type` alone or with parameters; a charset must be UTF-8. */
bool ff_media_is(const char *value, const char *type)
{
    size_t n = strlen(type);
    if (!value || strncasecmp(value, type, n))
        return false;
    value += n + strspn(value + n, " \t");
    if (!*value)
        return true;
    if (*value != ';')
        return false;
    value += 1 + strspn(value + 1, " \t");
    if (strncasecmp(value, "charset=", 8))
        return true;
    value += 8;
    return !strcasecmp(value, "utf-8") || !strcasecmp(value, "\"utf-8\"");
}

static enum ff_rc check_media(struct ff_req *rq, const struct ff_message *m)
{
    unsigned flags = rq->route->flags;
    const char *type = flags & FF_R_CSV_BODY     ? "text/csv"
                       : flags & FF_R_IMAGE_BODY ? "image/webp"
                                                 : "application/json";
    if (ff_media_is(ff_message_header(m, "Content-Type", NULL), type))
        return FF_OK;
    return FF_FAIL(rq->cx, FF_UNSUPPORTED_MEDIA, "Send the body as %s%s.", type,
                   flags & FF_R_IMAGE_BODY ? "" : " in UTF-8");
}

/* What the body of this row must be; NULL: it takes none. A row whose body may be absent takes an
 * empty object where it names no schema. */
static const struct ff_schema *body_schema(const struct ff_route *route)
{
    static const struct ff_schema empty = {.name = "Empty", .size = 1, .set_offset = FF_NO_SET};
    return route->in || !(route->flags & FF_R_EMPTY_BODY) ? route->in : &empty;
}

static enum ff_rc check_length(struct ff_req *rq, size_t length)
{
    unsigned flags = rq->route->flags;
    if (!body_schema(rq->route) && !(flags & RAW_BODY))
        return length ? FF_FAIL(rq->cx, FF_BAD_REQUEST, "No body is taken here.") : FF_OK;
    size_t max = flags & FF_R_CSV_BODY     ? FF_MAX_CSV_BYTES
                 : flags & FF_R_IMAGE_BODY ? FF_MAX_IMAGE_BYTES
                                           : FF_MAX_JSON_BYTES;
    if (length <= max)
        return FF_OK;
    enum ff_rc rc = FF_FAIL(rq->cx, FF_BODY_TOO_LARGE, "At most %zu bytes.", max);
    ff_err_number(rq->cx, "max", (int64_t)max);
    return rc;
}

/* Reads exactly `length` bytes into `out`; a reader may give fewer at a time. */
static enum ff_rc read_all(struct ff_ctx *cx, const struct ff_message *m, char *out, size_t length)
{
    size_t have = 0;
    int64_t n = 1;
    while (have < length && (n = m->read(m->read_arg, out + have, length - have)) > 0)
        have += (size_t)n;
    if (have == length)
        return FF_OK;
    if (n == FF_READ_SLOW)
        return FF_FAIL(cx, FF_REQUEST_TIMEOUT, "The body took too long to arrive.");
    return FF_FAIL(cx, FF_BAD_REQUEST, "The body ended early.");
}

static enum ff_rc take_bytes(struct ff_req *rq, const struct ff_message *m, size_t length)
{
    rq->raw = m->body ? m->body : "";
    rq->raw_len = length;
    if (!m->read)
        return m->body_len == length ? FF_OK
                                     : FF_FAIL(rq->cx, FF_BAD_REQUEST, "The body ended early.");
    char *bytes = ff_alloc(rq->cx, length + 1);
    rq->raw = bytes;
    return bytes ? read_all(rq->cx, m, bytes, length) : rq->cx->err.rc;
}

static enum ff_rc parse_json(struct ff_req *rq)
{
    const struct ff_schema *schema = body_schema(rq->route);
    bool absent = rq->raw_len == 0 && (rq->route->flags & FF_R_EMPTY_BODY);
    void *body = ff_alloc(rq->cx, schema->size);
    rq->body = body;
    if (!body)
        return rq->cx->err.rc;
    return ff_json_read(rq->cx, schema, absent ? "{}" : rq->raw, absent ? 2 : rq->raw_len, body);
}

enum ff_rc ff_body_read(struct ff_req *rq, const struct ff_message *m, size_t length)
{
    enum ff_rc rc = check_length(rq, length);
    if (rc)
        return rc;
    if (!body_schema(rq->route) && !(rq->route->flags & RAW_BODY))
        return FF_OK;
    if ((length > 0 || !(rq->route->flags & FF_R_EMPTY_BODY)) && (rc = check_media(rq, m)))
        return rc;
    if ((rc = take_bytes(rq, m, length)) || (rq->route->flags & RAW_BODY))
        return rc;
    return parse_json(rq);
}

/* Every list has a page and a limit. Source: api.md, "Shapes". */
static void default_page(struct ff_list_query *list)
{
    if (list->page == FF_NULL_INT)
        list->page = 1;
    if (list->limit == FF_NULL_INT)
        list->limit = 10;
}

static enum ff_rc refuse_query(struct ff_ctx *cx, const struct ff_query_pairs *q)
{
    if (!q->n)
        return FF_OK;
    const char *pointer = ff_arena_printf(cx->arena, "?%s", q->pairs[0].name);
    return ff_field_fail(cx, pointer ? pointer : "?", "UNKNOWN", "This address takes no query.");
}

enum ff_rc ff_query_read(struct ff_req *rq, const struct ff_path *path)
{
    struct ff_ctx *cx = rq->cx;
    const struct ff_schema *schema = rq->route->query;
    if (!schema && !path->query)
        return FF_OK;
    struct ff_query_pairs *q = FF_NEW(cx, struct ff_query_pairs);
    if (!q || ff_query_split(cx, path->query, q))
        return cx->err.rc;
    if (!schema)
        return refuse_query(cx, q);
    void *query = ff_alloc(cx, schema->size);
    if (!query || ff_pairs_read(cx, schema, q->pairs, q->n, "?", query))
        return cx->err.rc;
    if (rq->route->flags & FF_R_LIST)
        default_page(query);
    rq->query = query;
    return FF_OK;
}

static bool is_key_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static enum ff_rc take_key(struct ff_req *rq, const struct ff_message *m)
{
    const char *key = ff_message_header(m, "Idempotency-Key", NULL);
    size_t n = 0;
    while (key && n <= KEY_MAX && is_key_letter(key[n]))
        n++;
    if (n < KEY_MIN || n > KEY_MAX || key[n])
        return FF_FAIL(rq->cx, FF_KEY_REQUIRED,
                       "Send an Idempotency-Key of 16 to 64 letters, digits, - or _.");
    rq->idem_key = key;
    return FF_OK;
}

/* Exactly `"v<version>"`: one strong tag, as the reply gave it. */
static enum ff_rc take_version(struct ff_req *rq, const struct ff_message *m)
{
    char digits[24];
    const char *value = ff_message_header(m, "If-Match", NULL);
    if (!value)
        return FF_FAIL(rq->cx, FF_PRECONDITION_REQUIRED,
                       "Send If-Match with the ETag of the state you changed.");
    size_t n = strlen(value);
    if (n < 4 || n > sizeof digits || strncmp(value, "\"v", 2) || value[n - 1] != '"')
        return FF_FAIL(rq->cx, FF_BAD_REQUEST, "If-Match must be one ETag, such as \"v3\".");
    memcpy(digits, value + 2, n - 3);
    digits[n - 3] = '\0';
    if (!ff_parse_id(digits, &rq->if_match))
        return FF_FAIL(rq->cx, FF_BAD_REQUEST, "If-Match must be one ETag, such as \"v3\".");
    return FF_OK;
}

static enum ff_rc take_accept(struct ff_req *rq, const struct ff_message *m)
{
    const char *accept = ff_message_header(m, "Accept", NULL);
    int json = ff_accept_media(accept, "application/json");
    int csv = rq->route->flags & FF_R_CSV_REPLY ? ff_accept_media(accept, "text/csv") : 0;
    int lines =
        rq->route->flags & FF_R_NDJSON_REPLY ? ff_accept_media(accept, "application/x-ndjson") : 0;
    rq->wants_html = (rq->route->flags & FF_R_HTML_REPLY) && rq->route->out &&
                     ff_accept_names(accept, "text/html");
    rq->wants_csv = csv > json && csv >= lines;
    rq->wants_bom = rq->wants_csv && accept && strstr(accept, "bom=true");
    rq->wants_ndjson = lines > json && lines > csv;
    if (json || csv || lines || rq->wants_html || !rq->route->out)
        return FF_OK;
    return FF_FAIL(rq->cx, FF_NOT_ACCEPTABLE, "This address gives application/json.");
}

enum ff_rc ff_conditions_read(struct ff_req *rq, const struct ff_message *m)
{
    enum ff_rc rc = FF_OK;
    if ((rq->route->flags & FF_R_KEYED) && (rc = take_key(rq, m)))
        return rc;
    if ((rq->route->flags & FF_R_IF_MATCH) && (rc = take_version(rq, m)))
        return rc;
    return take_accept(rq, m);
}

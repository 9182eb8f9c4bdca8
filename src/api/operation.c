/* SPDX-License-Identifier: MIT */
/* operation.c - what a row says, in OpenAPI's words: parameters, body, replies, failures by status.
 * The failures that several rows share are derived from what the dispatcher does with the row, so
 * the document cannot promise less than it does. */
#include "api/operation.h"

#include <string.h>

static const char *const role_names[FF_ROLE_COLUMNS] = {"device", "person", "employee", "manager",
                                                        "admin"};
static const char *const scope_names[] = {"none", "self", "department", "all"};

/* ---- failures ---- */

static void set(bool codes[FF_RC_COUNT], const enum ff_rc *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        codes[list[i]] = true;
}
#define SET(codes, ...)                                                                            \
    set((codes), (const enum ff_rc[]){__VA_ARGS__},                                                \
        sizeof((const enum ff_rc[]){__VA_ARGS__}) / sizeof(enum ff_rc))

static bool has_money(const struct ff_schema *schema)
{
    for (size_t i = 0; schema && i < schema->n_fields; i++)
        if (schema->fields[i].type == FF_T_MONEY || has_money(schema->fields[i].of))
            return true;
    return false;
}

static bool is_health(const struct ff_route *route)
{
    return !strncmp(route->path, "/health", 7);
}

static void body_failures(const struct ff_route *route, bool codes[FF_RC_COUNT])
{
    bool is_raw = route->flags & (FF_R_CSV_BODY | FF_R_IMAGE_BODY);
    if (route->in || is_raw)
        SET(codes, FF_BODY_TOO_LARGE, FF_UNSUPPORTED_MEDIA, FF_REQUEST_TIMEOUT);
    if (strcmp(route->method, "GET") && strcmp(route->method, "DELETE"))
        SET(codes, FF_LENGTH_REQUIRED);
    if (route->in)
        SET(codes, FF_MALFORMED_JSON, FF_VALIDATION, FF_UNKNOWN_FIELD);
    if (has_money(route->in))
        SET(codes, FF_MONEY_FORMAT, FF_AMOUNT_OUT_OF_RANGE);
}

static void caller_failures(const struct ff_route *route, bool codes[FF_RC_COUNT])
{
    bool changes = strcmp(route->method, "GET") != 0;
    bool at_kiosk = route->scope[FF_ROLE_DEVICE] || route->scope[FF_ROLE_PERSON];
    if (!(route->flags & FF_R_OPEN))
        SET(codes, FF_UNAUTHENTICATED, FF_TOKEN_INVALID, FF_TOKEN_EXPIRED, FF_TOKEN_REVOKED,
            FF_DEVICE_UNKNOWN, FF_EMPLOYEE_INACTIVE, FF_FORBIDDEN);
    if (route->flags & FF_R_STEP_UP)
        SET(codes, FF_STEP_UP_REQUIRED);
    if ((route->flags & FF_R_COOKIE) || (changes && at_kiosk))
        SET(codes, FF_CSRF);
    if (changes)
        SET(codes, FF_BUSY, FF_STORAGE_FAULT, FF_STORAGE_FULL);
    if (!is_health(route))
        SET(codes, FF_SHUTTING_DOWN);
    if (route->rate != FF_RATE_FREE)
        SET(codes, FF_RATE_LIMITED);
}

void ff_operation_failures(const struct ff_route *route, bool codes[FF_RC_COUNT])
{
    memset(codes, 0, FF_RC_COUNT * sizeof codes[0]);
    SET(codes, FF_BAD_REQUEST, FF_UNKNOWN_FIELD, FF_INTERNAL);
    body_failures(route, codes);
    caller_failures(route, codes);
    if (route->query)
        SET(codes, FF_VALIDATION);
    if (strstr(route->path, "{id}"))
        SET(codes, FF_INVALID_ID);
    if (route->flags & FF_R_KEYED)
        SET(codes, FF_KEY_REQUIRED);
    if (route->flags & FF_R_IF_MATCH)
        SET(codes, FF_PRECONDITION_REQUIRED);
    if (route->out)
        SET(codes, FF_NOT_ACCEPTABLE);
    for (size_t i = 0; i < FF_ROUTE_MAX_FAILS && route->fails[i]; i++)
        SET(codes, route->fails[i]);
}

static void write_codes(struct ff_buf *buf, const bool codes[FF_RC_COUNT], int status)
{
    const char *comma = "";
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        const struct ff_err_info *info = ff_err_info((enum ff_rc)rc);
        if (!codes[rc] || info->status != status)
            continue;
        ff_buf_printf(buf, "%s\"%s\"", comma, info->code);
        comma = ",";
    }
}

/* One reply for each status; the table is in the order of the statuses. */
static void write_failures(struct ff_buf *buf, const struct ff_route *route)
{
    bool codes[FF_RC_COUNT];
    int last = 0;
    ff_operation_failures(route, codes);
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        const struct ff_err_info *info = ff_err_info((enum ff_rc)rc);
        if (!codes[rc] || info->status == last)
            continue;
        last = info->status;
        ff_buf_printf(buf, ",\n    \"%d\":{\"description\":", last);
        ff_buf_json(buf, info->title);
        ff_buf_str(buf, ",\"content\":{\"application/problem+json\":{\"schema\":"
                        "{\"$ref\":\"#/components/schemas/Problem\"}}},\"x-codes\":[");
        write_codes(buf, codes, last);
        ff_buf_str(buf, "]}");
    }
}

/* ---- replies ---- */

static void write_media(struct ff_buf *buf, const struct ff_route *route)
{
    if (route->flags & FF_R_IMAGE_REPLY) {
        ff_buf_str(buf, ",\"content\":{\"image/webp\":{}}");
        return;
    }
    if ((route->flags & FF_R_HTML_REPLY) && !route->out) {
        ff_buf_str(buf, ",\"content\":{\"text/html\":{\"schema\":{\"type\":\"string\"}}}");
        return;
    }
    ff_buf_str(buf, ",\"content\":{\"application/json\":{\"schema\":");
    if (route->flags & FF_R_LIST)
        ff_buf_printf(buf, "{\"$ref\":\"#/components/schemas/%sPage\"}", route->out->name);
    else if (route->out)
        ff_buf_printf(buf, "{\"$ref\":\"#/components/schemas/%s\"}", route->out->name);
    else
        ff_buf_str(buf, "{\"type\":\"object\"}");
    ff_buf_char(buf, '}');
    if (route->flags & FF_R_CSV_REPLY)
        ff_buf_str(buf, ",\"text/csv\":{\"schema\":{\"type\":\"string\"}}");
    if (route->flags & FF_R_HTML_REPLY)
        ff_buf_str(buf, ",\"text/html\":{\"schema\":{\"type\":\"string\"}}");
    if (route->flags & FF_R_NDJSON_REPLY)
        ff_buf_str(buf, ",\"application/x-ndjson\":{\"schema\":{\"type\":\"string\"}}");
    ff_buf_char(buf, '}');
}

static void write_reply(struct ff_buf *buf, const struct ff_route *route, int status,
                        const char *description, const char *headers)
{
    ff_buf_printf(buf, "\n    \"%d\":{\"description\":\"%s\"", status, description);
    if (*headers)
        ff_buf_printf(buf, ",\"headers\":{%s}", headers);
    if (status != 204 && status != 304)
        write_media(buf, route);
    ff_buf_char(buf, '}');
}

static void write_replies(struct ff_buf *buf, const struct ff_route *route)
{
    static const char location[] = "\"Location\":{\"schema\":{\"type\":\"string\"}}";
    static const char replayed[] =
        "\"Idempotency-Replayed\":{\"schema\":{\"type\":\"string\",\"const\":\"true\"}}";
    static const char etag[] = "\"ETag\":{\"schema\":{\"type\":\"string\"}}";
    unsigned flags = route->flags;
    ff_buf_str(buf, ",\n   \"responses\":{");
    if (flags & FF_R_NO_CONTENT)
        write_reply(buf, route, 204, "Done", "");
    else if (flags & FF_R_CREATES)
        write_reply(buf, route, 201, "Created", location);
    else
        write_reply(buf, route, 200, "OK", flags & FF_R_CACHEABLE ? etag : "");
    if (flags & FF_R_APPROVED) {
        ff_buf_char(buf, ',');
        write_reply(buf, route, 202, "A second person must agree first", location);
    }
    if ((flags & FF_R_CREATES) && (flags & FF_R_KEYED)) {
        ff_buf_char(buf, ',');
        write_reply(buf, route, 200, "Done before under this key: the same answer", replayed);
    }
    if (flags & FF_R_CACHEABLE) {
        ff_buf_char(buf, ',');
        write_reply(buf, route, 304, "Not changed since the ETag in If-None-Match", etag);
    }
    if (is_health(route) && route->out) {
        ff_buf_char(buf, ',');
        write_reply(buf, route, 503, "Not well", "");
    }
    write_failures(buf, route);
    ff_buf_char(buf, '}');
}

/* ---- parameters and body ---- */

static void write_path_parameters(struct ff_buf *buf, const char *path, const char **comma)
{
    while ((path = strchr(path, '{'))) {
        size_t n = strcspn(++path, "}");
        bool is_key = (n == 3 && !strncmp(path, "key", 3)) ||
                      (n == 5 && !strncmp(path, "month", 5)) ||
                      (n == 4 && !strncmp(path, "date", 4));
        ff_buf_printf(
            buf, "%s\n    {\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,\"schema\":", *comma,
            (int)n, path);
        ff_buf_str(buf, is_key ? "{\"type\":\"string\"}}"
                               : "{\"type\":\"integer\",\"format\":\"int64\",\"minimum\":1}}");
        *comma = ",";
    }
}

static void write_query_parameters(struct ff_buf *buf, const struct ff_schema *query,
                                   const char **comma)
{
    for (size_t i = 0; query && i < query->n_fields; i++) {
        const struct ff_field *field = &query->fields[i];
        ff_buf_printf(buf, "%s\n    {\"name\":\"%s\",\"in\":\"query\"%s,\"schema\":", *comma,
                      field->name, field->flags & FF_F_REQUIRED ? ",\"required\":true" : "");
        ff_field_write(buf, field);
        ff_buf_char(buf, '}');
        *comma = ",";
    }
}

static void refer(struct ff_buf *buf, const char *name, const char **comma)
{
    ff_buf_printf(buf, "%s\n    {\"$ref\":\"#/components/parameters/%s\"}", *comma, name);
    *comma = ",";
}

static void write_parameters(struct ff_buf *buf, const struct ff_route *route)
{
    const char *comma = "";
    ff_buf_str(buf, ",\n   \"parameters\":[");
    write_path_parameters(buf, route->path, &comma);
    write_query_parameters(buf, route->query, &comma);
    if (route->flags & FF_R_KEYED)
        refer(buf, "IdempotencyKey", &comma);
    if (route->flags & FF_R_IF_MATCH)
        refer(buf, "IfMatch", &comma);
    if (route->flags & FF_R_CACHEABLE)
        refer(buf, "IfNoneMatch", &comma);
    ff_buf_char(buf, ']');
}

static void write_body(struct ff_buf *buf, const struct ff_route *route)
{
    bool required = !(route->flags & FF_R_EMPTY_BODY);
    if (!route->in && !(route->flags & (FF_R_CSV_BODY | FF_R_IMAGE_BODY)))
        return;
    ff_buf_printf(buf, ",\n   \"requestBody\":{\"required\":%s,\"content\":{",
                  required ? "true" : "false");
    if (route->flags & FF_R_IMAGE_BODY)
        ff_buf_str(buf, "\"image/webp\":{}}}");
    else if (route->flags & FF_R_CSV_BODY)
        ff_buf_str(buf, "\"text/csv\":{\"schema\":{\"type\":\"string\"}}}}");
    else if (route->in)
        ff_buf_printf(buf,
                      "\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/%s\"}}}}",
                      route->in->name);
}

static void write_security(struct ff_buf *buf, const struct ff_route *route)
{
    const char *comma = "";
    ff_buf_str(buf, ",\n   \"security\":[");
    if (!(route->flags & FF_R_OPEN)) {
        bool users = route->scope[FF_ROLE_EMPLOYEE] || route->scope[FF_ROLE_MANAGER] ||
                     route->scope[FF_ROLE_ADMIN];
        if (route->scope[FF_ROLE_DEVICE])
            ff_buf_str(buf, "{\"device\":[]}");
        comma = route->scope[FF_ROLE_DEVICE] ? "," : "";
        if (route->scope[FF_ROLE_PERSON])
            ff_buf_printf(buf, "%s{\"device\":[],\"person\":[]}", comma);
        comma = route->scope[FF_ROLE_DEVICE] || route->scope[FF_ROLE_PERSON] ? "," : "";
        if (users)
            ff_buf_printf(buf, "%s{\"user\":[]}", comma);
    }
    ff_buf_str(buf, "],\"x-scope\":{");
    for (int i = 0; i < FF_ROLE_COLUMNS; i++)
        ff_buf_printf(buf, "%s\"%s\":\"%s\"", i ? "," : "", role_names[i],
                      scope_names[route->scope[i]]);
    ff_buf_char(buf, '}');
}

/* The first segment below the base is the area. */
static void write_tag(struct ff_buf *buf, const struct ff_route *route)
{
    const char *area = route->path + (strncmp(route->path, "/api/v1/", 8) ? 1 : 8);
    bool system = is_health(route) || !strncmp(area, "openapi", 7);
    int n = system ? 6 : (int)strcspn(area, "/");
    ff_buf_printf(buf, ",\"tags\":[\"%.*s\"]", n, system ? "system" : area);
}

/* Against which counter it goes, where the caller alone does not decide. */
static void write_rate(struct ff_buf *buf, const struct ff_route *route)
{
    static const char *const classes[] = {NULL, "free", "sign-in", "session"};
    if (classes[route->rate])
        ff_buf_printf(buf, ",\"x-rate\":\"%s\"", classes[route->rate]);
}

void ff_operation_write(struct ff_buf *buf, const struct ff_route *route)
{
    ff_buf_printf(buf, "{\"operationId\":\"%s\",\"summary\":", route->operation);
    ff_buf_json(buf, route->summary);
    write_tag(buf, route);
    write_security(buf, route);
    write_parameters(buf, route);
    write_body(buf, route);
    write_replies(buf, route);
    write_rate(buf, route);
    if (route->flags & FF_R_STEP_UP)
        ff_buf_str(buf, ",\"x-step-up\":true");
    if (route->flags & (FF_R_CLI | FF_R_TEST))
        ff_buf_printf(buf, ",\"x-only\":\"%s\"",
                      route->flags & FF_R_CLI ? "command line" : "test clock");
    ff_buf_char(buf, '}');
}

/* SPDX-License-Identifier: MIT */
/* openapi.c - the route table printed as an OpenAPI 3.1 document: paths in the order of the table,
 * components by name. The text is a pure function of the tables, so a change of the contract is a
 * change of a golden file. */
#include "api/openapi.h"

#include "api/operation.h"
#include "auth/auth.h"
#include "base/version.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SCHEMAS = 320, TAG_BYTES = 8 };

struct schemas {
    const struct ff_schema *list[MAX_SCHEMAS];
    bool is_page[MAX_SCHEMAS]; /* a list of it is a reply */
    size_t n;
};

static const char fixed_parameters[] =
    "{\n \"IdempotencyKey\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":true,"
    "\"description\":\"Of the caller's choice; the same key and body get the same answer again\","
    "\"schema\":{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9_-]{16,64}$\"}},\n"
    " \"IfMatch\":{\"name\":\"If-Match\",\"in\":\"header\",\"required\":true,"
    "\"description\":\"ETag of the state that is changed\","
    "\"schema\":{\"type\":\"string\",\"pattern\":\"^\\\"v[1-9][0-9]*\\\"$\"}},\n"
    " \"IfNoneMatch\":{\"name\":\"If-None-Match\",\"in\":\"header\","
    "\"schema\":{\"type\":\"string\"}}\n}";

static const char fixed_security[] =
    "{\n \"user\":{\"type\":\"http\",\"scheme\":\"bearer\",\"bearerFormat\":\"JWT\","
    "\"description\":\"Access token of an account\"},\n"
    " \"person\":{\"type\":\"http\",\"scheme\":\"bearer\","
    "\"description\":\"Token of a person who identified at a kiosk\"},\n"
    " \"device\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"ff_device\","
    "\"description\":\"A paired kiosk; what changes something needs X-FF-Request: 1 beside "
    "it\"}\n}";

static const char fixed_problem[] =
    "{\"type\":\"object\",\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
    "\"instance\":{\"type\":\"string\"},\"code\":{\"$ref\":\"#/components/schemas/ErrorCode\"},"
    "\"requestId\":{\"type\":\"string\"},"
    "\"retry\":{\"type\":\"string\",\"enum\":[\"no\",\"after\",\"same_key\",\"login\",\"reload\"]},"
    "\"params\":{\"type\":\"object\",\"additionalProperties\":{\"type\":[\"integer\",\"string\"]}},"
    "\"errors\":{\"type\":\"array\",\"maxItems\":20,\"items\":{\"type\":\"object\",\"properties\":{"
    "\"pointer\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},"
    "\"detail\":{\"type\":\"string\"},\"min\":{\"type\":\"integer\"},"
    "\"max\":{\"type\":\"integer\"}},\"required\":[\"pointer\",\"code\",\"detail\"]}}},"
    "\"required\":[\"type\",\"title\",\"status\",\"detail\",\"code\",\"requestId\",\"retry\","
    "\"params\",\"errors\"]}";

static const char fixed_pagination[] =
    "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"page\":{\"type\":\"integer\"},"
    "\"limit\":{\"type\":\"integer\"},\"total\":{\"type\":\"integer\"},"
    "\"totalPages\":{\"type\":\"integer\"}},"
    "\"required\":[\"page\",\"limit\",\"total\",\"totalPages\"]},"
    "{\"type\":\"object\",\"properties\":{\"limit\":{\"type\":\"integer\"},"
    "\"next\":{\"type\":[\"string\",\"null\"]}},\"required\":[\"limit\",\"next\"]}]}";

/* ---- components ---- */

static void collect(struct schemas *all, const struct ff_schema *schema, bool is_page)
{
    if (!schema)
        return;
    for (size_t i = 0; i < all->n; i++) {
        if (all->list[i] == schema) {
            all->is_page[i] |= is_page;
            return;
        }
        assert(strcmp(all->list[i]->name, schema->name) && "two schemas of one name");
    }
    assert(all->n < MAX_SCHEMAS);
    all->is_page[all->n] = is_page;
    all->list[all->n++] = schema;
    for (size_t i = 0; i < schema->n_fields; i++)
        collect(all, schema->fields[i].of, false);
}

/* The next schema by name after `last`; NULL: no more. */
static const struct ff_schema *next_by_name(const struct schemas *all, const char *last,
                                            bool *is_page)
{
    const struct ff_schema *next = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const struct ff_schema *s = all->list[i];
        if (strcmp(s->name, last) <= 0 || (next && strcmp(s->name, next->name) >= 0))
            continue;
        next = s;
        *is_page = all->is_page[i];
    }
    return next;
}

static void write_page(struct ff_buf *buf, const char *name)
{
    ff_buf_printf(
        buf,
        ",\n \"%sPage\":{\"type\":\"object\",\"properties\":{\"data\":{\"type\":\"array\","
        "\"items\":{\"$ref\":\"#/components/schemas/%s\"}},"
        "\"pagination\":{\"$ref\":\"#/components/schemas/Pagination\"},"
        "\"requestId\":{\"type\":\"string\"}},"
        "\"required\":[\"data\",\"pagination\",\"requestId\"]}",
        name, name);
}

/* The codes, and of each what base/err.h says. */
static void write_error_codes(struct ff_buf *buf)
{
    ff_buf_str(buf, "{\"type\":\"string\",\"enum\":[");
    for (int rc = 1; rc < FF_RC_COUNT; rc++)
        ff_buf_printf(buf, "%s\"%s\"", rc > 1 ? "," : "", ff_err_info((enum ff_rc)rc)->code);
    ff_buf_str(buf, "],\"x-errors\":{");
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        const struct ff_err_info *info = ff_err_info((enum ff_rc)rc);
        ff_buf_printf(buf, "%s\n  \"%s\":{\"status\":%d,\"title\":", rc > 1 ? "," : "", info->code,
                      info->status);
        ff_buf_json(buf, info->title);
        ff_buf_printf(buf, ",\"retry\":\"%s\"}", info->retry);
    }
    ff_buf_str(buf, "}}");
}

static void write_schemas(struct ff_buf *buf)
{
    struct schemas all = {.n = 0};
    bool is_page = false;
    for (size_t i = 0; i < ff_n_routes; i++) {
        collect(&all, ff_routes[i].in, false);
        collect(&all, ff_routes[i].out, ff_routes[i].flags & FF_R_LIST);
    }
    ff_buf_printf(buf, "{\n \"Problem\":%s,\n \"Pagination\":%s,\n \"ErrorCode\":", fixed_problem,
                  fixed_pagination);
    write_error_codes(buf);
    const char *last = "";
    for (const struct ff_schema *s; (s = next_by_name(&all, last, &is_page)); last = s->name) {
        ff_buf_printf(buf, ",\n \"%s\":", s->name);
        ff_schema_write(buf, s);
        if (is_page)
            write_page(buf, s->name);
    }
    ff_buf_str(buf, "\n}");
}

/* ---- paths ---- */

static bool is_first_of_path(size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (!strcmp(ff_routes[i].path, ff_routes[row].path))
            return false;
    return true;
}

static void write_method(struct ff_buf *buf, const char *method)
{
    ff_buf_str(buf, "\n  \"");
    for (const char *c = method; *c; c++)
        ff_buf_char(buf, (char)(*c | 0x20));
    ff_buf_str(buf, "\":");
}

static void write_path(struct ff_buf *buf, size_t row)
{
    const char *comma = "";
    ff_buf_printf(buf, "\n \"%s\":{", ff_routes[row].path);
    for (size_t i = row; i < ff_n_routes; i++) {
        if (strcmp(ff_routes[i].path, ff_routes[row].path))
            continue;
        ff_buf_str(buf, comma);
        write_method(buf, ff_routes[i].method);
        ff_operation_write(buf, &ff_routes[i]);
        comma = ",";
    }
    ff_buf_char(buf, '}');
}

static void write_paths(struct ff_buf *buf)
{
    const char *comma = "";
    ff_buf_char(buf, '{');
    for (size_t i = 0; i < ff_n_routes; i++) {
        if (!is_first_of_path(i))
            continue;
        ff_buf_str(buf, comma);
        write_path(buf, i);
        comma = ",";
    }
    ff_buf_str(buf, "\n}");
}

void ff_openapi_write(struct ff_buf *buf)
{
    ff_buf_printf(buf,
                  "{\"openapi\":\"3.1.0\",\n\"info\":{\"title\":\"FeastFrenzy\",\"version\":\"%s\","
                  "\"description\":\"A company canteen: menu, wallets, purchases, ledger. Money is "
                  "in minor units, instants are UTC.\",\"license\":{\"name\":\"MIT\","
                  "\"identifier\":\"MIT\"}},\n\"servers\":[{\"url\":\"/\"}],\n\"paths\":",
                  ff_version());
    write_paths(buf);
    ff_buf_str(buf, ",\n\"components\":{\n\"schemas\":");
    write_schemas(buf);
    ff_buf_printf(buf, ",\n\"parameters\":%s,\n\"securitySchemes\":%s}}\n", fixed_parameters,
                  fixed_security);
}

/* ---- the one that is served ---- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct ff_buf kept_text;
static struct ff_openapi kept;

static void make_kept(void)
{
    unsigned char sum[16];
    struct ff_hash hash;
    ff_buf_init(&kept_text, FF_OPENAPI_MAX_BYTES);
    ff_openapi_write(&kept_text);
    if (kept_text.failed)
        return;
    ff_hash_init(&hash, sizeof sum);
    ff_hash_add(&hash, kept_text.data, kept_text.len);
    ff_hash_final(&hash, sum);
    ff_hex(sum, TAG_BYTES, kept.etag);
    kept.len = kept_text.len;
    kept.text = kept_text.data;
}

const struct ff_openapi *ff_openapi_get(void)
{
    pthread_once(&once, make_kept);
    return kept.text ? &kept : NULL;
}

/* SPDX-License-Identifier: MIT */
/* read.c - a JSON body into a struct. The strict scan comes first; then cJSON builds the tree and
 * decodes the strings, while integers come from their own digits in the text, since cJSON turns
 * every number into a double. Tree and tokens are walked side by side: both are in text order. */
#include "json/bind.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <string.h>

struct walk {
    struct ff_ctx *cx;
    const char *text;
    const struct ff_json_token *tokens;
    bool is_reply;
};

/* A node of the tree and its token. */
struct node {
    const cJSON *json;
    uint32_t token;
};

static enum ff_rc read_object(const struct walk *w, const struct ff_place *place,
                              const struct ff_schema *schema, struct node node, void *out);

static void default_member(const struct ff_field *field, void *member)
{
    static const int64_t null_int = FF_NULL_INT;
    switch (field->type) {
    case FF_T_INT:
    case FF_T_MONEY:
    case FF_T_BOOL:
    case FF_T_INSTANT:
    case FF_T_FLAGS:
        memcpy(member, &null_int, sizeof null_int);
        break;
    case FF_T_OBJECT:
        ff_schema_defaults(field->of, member);
        break;
    default:
        break;
    }
}

void ff_schema_defaults(const struct ff_schema *schema, void *out)
{
    assert(schema->n_fields <= 64);
    memset(out, 0, schema->size);
    for (size_t i = 0; i < schema->n_fields; i++)
        default_member(&schema->fields[i], (char *)out + schema->fields[i].offset);
}

size_t ff_schema_find(const struct ff_schema *schema, const char *name)
{
    size_t i = 0;
    while (i < schema->n_fields && strcmp(schema->fields[i].name, name) != 0)
        i++;
    return i;
}

static enum ff_rc wrong_type(const struct walk *w, const struct ff_place *place,
                             const char *expected)
{
    return ff_place_fail(w->cx, place, "TYPE", expected);
}

static enum ff_rc read_number(const struct walk *w, const struct ff_place *place,
                              const struct ff_field *field, struct node node, int64_t *out)
{
    if (!cJSON_IsNumber(node.json))
        return field->type == FF_T_MONEY ? ff_place_fail(w->cx, place, "MONEY_FORMAT", NULL)
                                         : wrong_type(w, place, "Must be a whole number.");
    const struct ff_json_token *token = &w->tokens[node.token];
    return ff_value_from_number(w->cx, place, field, w->text + token->start,
                                token->end - token->start, out);
}

static enum ff_rc read_bool(const struct walk *w, const struct ff_place *place, struct node node,
                            int64_t *out)
{
    if (!cJSON_IsBool(node.json))
        return wrong_type(w, place, "Must be true or false.");
    *out = cJSON_IsTrue(node.json) ? 1 : 0;
    return FF_OK;
}

/* Requests may give an instant in any offset; a reply has one spelling. */
static bool is_canonical_instant(const char *text, int64_t ms)
{
    char canonical[FF_INSTANT_CAP];
    ff_instant_format(ms, canonical);
    return !strcmp(canonical, text);
}

static enum ff_rc read_string(const struct walk *w, const struct ff_place *place,
                              const struct ff_field *field, struct node node, void *member)
{
    if (!cJSON_IsString(node.json))
        return wrong_type(w, place, "Must be a text in quotes.");
    const char *text = node.json->valuestring;
    enum ff_rc rc = ff_value_from_text(w->cx, place, field, text, member);
    if (rc || !w->is_reply || field->type != FF_T_INSTANT)
        return rc;
    int64_t ms;
    memcpy(&ms, member, sizeof ms);
    return is_canonical_instant(text, ms)
               ? FF_OK
               : ff_place_fail(w->cx, place, "PATTERN", "Must be UTC with milliseconds and Z.");
}

static enum ff_rc read_opt_object(const struct walk *w, const struct ff_place *place,
                                  const struct ff_schema *schema, struct node node, void **member)
{
    void *object = ff_alloc(w->cx, schema->size);
    if (!object)
        return w->cx->err.rc;
    ff_schema_defaults(schema, object);
    *member = object;
    return read_object(w, place, schema, node, object);
}

static enum ff_rc read_item(const struct walk *w, const struct ff_place *place,
                            const struct ff_field *field, struct node node, void *item)
{
    static const struct ff_field any_int = {.name = "", .type = FF_T_INT};
    if (field->type == FF_T_INT_LIST)
        return read_number(w, place, &any_int, node, item);
    ff_schema_defaults(field->of, item);
    return read_object(w, place, field->of, node, item);
}

static enum ff_rc read_items(const struct walk *w, const struct ff_place *place,
                             const struct ff_field *field, struct node node, struct ff_list *list)
{
    size_t size = field->type == FF_T_INT_LIST ? sizeof(int64_t) : field->of->size;
    char *items = ff_alloc(w->cx, list->n * size);
    if (!items)
        return w->cx->err.rc;
    list->items = items;
    enum ff_rc first = FF_OK;
    struct ff_place at = {.up = place};
    struct node child = {node.json->child, node.token + 1};
    for (; child.json; child.json = child.json->next, at.index++) {
        enum ff_rc rc = read_item(w, &at, field, child, items + at.index * size);
        first = first ? first : rc;
        child.token = w->tokens[child.token].next;
    }
    return first;
}

static enum ff_rc read_list(const struct walk *w, const struct ff_place *place,
                            const struct ff_field *field, struct node node, struct ff_list *list)
{
    if (!cJSON_IsArray(node.json))
        return wrong_type(w, place, "Must be a list.");
    size_t n = (size_t)cJSON_GetArraySize(node.json);
    if (ff_field_is_bounded(field) && ((int64_t)n < field->min || (int64_t)n > field->max))
        return ff_place_range(w->cx, place, "LENGTH", field->min, field->max);
    list->n = n;
    return n ? read_items(w, place, field, node, list) : FF_OK;
}

static enum ff_rc read_flags(const struct walk *w, const struct ff_place *place,
                             const struct ff_field *field, struct node node, int64_t *mask)
{
    if (!cJSON_IsArray(node.json))
        return wrong_type(w, place, "Must be a list.");
    struct ff_place at = {.up = place};
    int64_t bits = 0;
    for (const cJSON *item = node.json->child; item; item = item->next, at.index++) {
        if (!cJSON_IsString(item))
            return wrong_type(w, &at, "Must be a text in quotes.");
        int64_t bit = ff_flag_bit(field->values, item->valuestring, strlen(item->valuestring));
        if (!bit)
            return ff_flag_unknown(w->cx, &at, field->values);
        bits |= bit;
    }
    *mask = bits;
    return FF_OK;
}

static enum ff_rc read_member(const struct walk *w, const struct ff_place *place,
                              const struct ff_field *field, struct node node, void *member)
{
    if (cJSON_IsNull(node.json))
        return field->flags & FF_F_NULLABLE ? FF_OK : ff_place_fail(w->cx, place, "NULL", NULL);
    switch (field->type) {
    case FF_T_INT:
    case FF_T_MONEY:
        return read_number(w, place, field, node, member);
    case FF_T_BOOL:
        return read_bool(w, place, node, member);
    case FF_T_FLAGS:
        return read_flags(w, place, field, node, member);
    case FF_T_JSON: /* replies alone have one: it is looked at, not kept */
        return cJSON_IsObject(node.json) ? FF_OK : wrong_type(w, place, "Must be an object.");
    case FF_T_OBJECT:
        return read_object(w, place, field->of, node, member);
    case FF_T_OPT_OBJECT:
        return read_opt_object(w, place, field->of, node, member);
    case FF_T_LIST:
    case FF_T_INT_LIST:
        return read_list(w, place, field, node, member);
    default:
        return read_string(w, place, field, node, member);
    }
}

static enum ff_rc check_required(const struct walk *w, const struct ff_place *up,
                                 const struct ff_schema *schema, uint64_t seen)
{
    enum ff_rc first = FF_OK;
    for (size_t i = 0; i < schema->n_fields; i++) {
        const struct ff_field *field = &schema->fields[i];
        if (!(field->flags & FF_F_REQUIRED) || seen & UINT64_C(1) << i)
            continue;
        struct ff_place place = {.up = up, .name = field->name};
        enum ff_rc rc = ff_place_fail(w->cx, &place, "REQUIRED", NULL);
        first = first ? first : rc;
    }
    return first;
}

static enum ff_rc read_object(const struct walk *w, const struct ff_place *place,
                              const struct ff_schema *schema, struct node node, void *out)
{
    if (!cJSON_IsObject(node.json))
        return wrong_type(w, place, "Must be an object.");
    enum ff_rc first = FF_OK;
    uint64_t seen = 0;
    struct node child = {node.json->child, node.token + 2}; /* behind the first name */
    for (; child.json; child.json = child.json->next) {
        struct ff_place at = {.up = place, .name = child.json->string};
        size_t i = ff_schema_find(schema, child.json->string);
        const struct ff_field *field = i < schema->n_fields ? &schema->fields[i] : NULL;
        enum ff_rc rc = field ? read_member(w, &at, field, child, (char *)out + field->offset)
                              : ff_place_fail(w->cx, &at, "UNKNOWN", NULL);
        first = first ? first : rc;
        seen |= field ? UINT64_C(1) << i : 0;
        child.token = w->tokens[child.token].next + 1;
    }
    if (schema->set_offset != FF_NO_SET)
        memcpy((char *)out + schema->set_offset, &seen, sizeof seen);
    enum ff_rc rc = check_required(w, place, schema, seen);
    return first ? first : rc;
}

/* cJSON cuts a number at 63 bytes and then takes the rest for garbage. So it gets a copy in which
 * such numbers are a 0 and spaces; their true digits stay in the text. */
static const char *without_long_numbers(struct ff_ctx *cx, const struct ff_json_tokens *tokens,
                                        const char *text, size_t n)
{
    char *copy = ff_alloc(cx, n);
    if (!copy)
        return NULL;
    memcpy(copy, text, n);
    for (uint32_t i = 0; i < tokens->n; i++) {
        const struct ff_json_token *token = &tokens->at[i];
        bool is_number =
            copy[token->start] == '-' || (copy[token->start] >= '0' && copy[token->start] <= '9');
        bool is_string = token->start > 0 && text[token->start - 1] == '"';
        if (is_number && !is_string && token->end - token->start > FF_JSON_NUMBER_BYTES) {
            memset(copy + token->start, ' ', token->end - token->start);
            copy[token->start] = '0';
        }
    }
    return copy;
}

enum ff_rc ff_json_bind(struct ff_ctx *cx, const struct ff_json_limits *limits,
                        const struct ff_schema *schema, const char *text, size_t n, void *out)
{
    struct ff_json_tokens tokens;
    ff_schema_defaults(schema, out);
    enum ff_rc rc = ff_json_tokens(cx, limits, text, n, &tokens);
    if (rc)
        return rc;
    const char *parsed = tokens.has_long_number ? without_long_numbers(cx, &tokens, text, n) : text;
    cJSON *tree = parsed ? cJSON_ParseWithLength(parsed, n) : NULL;
    if (!tree)
        return FF_FAIL(cx, FF_INTERNAL, "The body could not be kept in memory.");
    struct walk walk = {.cx = cx, .text = text, .tokens = tokens.at, .is_reply = limits->is_reply};
    rc = read_object(&walk, NULL, schema, (struct node){tree, 0}, out);
    cJSON_Delete(tree);
    return rc;
}

enum ff_rc ff_json_read(struct ff_ctx *cx, const struct ff_schema *schema, const char *text,
                        size_t n, void *out)
{
    return ff_json_bind(cx, &ff_json_request_limits, schema, text, n, out);
}

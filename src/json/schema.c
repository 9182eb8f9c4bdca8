/* SPDX-License-Identifier: MIT */
/* schema.c - a list of fields printed as JSON Schema 2020-12, the dialect of OpenAPI 3.1. The
 * document is compared with a golden file, so the order of everything here is fixed. */
#include "json/bind.h"

#include <assert.h>
#include <string.h>

static void put_member(struct ff_buf *buf, const char *name)
{
    ff_buf_printf(buf, ",\"%s\":", name);
}

static void put_bound(struct ff_buf *buf, const char *name, int64_t bound)
{
    put_member(buf, name);
    ff_buf_int(buf, bound);
}

/* "integer", or ["integer","null"] */
static void put_type(struct ff_buf *buf, const struct ff_field *field, const char *type)
{
    ff_buf_printf(
        buf, field->flags & FF_F_NULLABLE ? "\"type\":[\"%s\",\"null\"]" : "\"type\":\"%s\"", type);
}

static void put_integer(struct ff_buf *buf, const struct ff_field *field)
{
    put_type(buf, field, "integer");
    ff_buf_str(buf, ",\"format\":\"int64\"");
    if (!ff_field_is_bounded(field))
        return;
    if (field->min != INT64_MIN)
        put_bound(buf, "minimum", field->min);
    if (field->max != INT64_MAX)
        put_bound(buf, "maximum", field->max);
}

static void put_lengths(struct ff_buf *buf, const struct ff_field *field, const char *min_name,
                        const char *max_name)
{
    if (!ff_field_is_bounded(field))
        return;
    if (field->min > 0)
        put_bound(buf, min_name, field->min);
    if (field->max != INT64_MAX)
        put_bound(buf, max_name, field->max);
}

static const char *string_format(enum ff_type type)
{
    switch (type) {
    case FF_T_INSTANT:
        return "date-time";
    case FF_T_DATE:
        return "date";
    case FF_T_EMAIL:
        return "email";
    case FF_T_SECRET:
        return "password";
    default:
        return NULL;
    }
}

static void put_string(struct ff_buf *buf, const struct ff_field *field)
{
    put_type(buf, field, "string");
    const char *format = string_format(field->type);
    if (format)
        ff_buf_printf(buf, ",\"format\":\"%s\"", format);
    if (field->type != FF_T_INSTANT && field->type != FF_T_DATE)
        put_lengths(buf, field, "minLength", "maxLength");
    if (field->type == FF_T_CODE)
        ff_buf_str(buf, ",\"pattern\":\"^[A-Za-z0-9._-]*$\"");
}

static void put_words(struct ff_buf *buf, const char *const *values)
{
    put_member(buf, "enum");
    for (const char *const *value = values; *value; value++) {
        ff_buf_char(buf, value == values ? '[' : ',');
        ff_buf_json(buf, *value);
    }
}

static void put_flags(struct ff_buf *buf, const struct ff_field *field)
{
    put_type(buf, field, "array");
    ff_buf_str(buf, ",\"items\":{\"type\":\"string\"");
    put_words(buf, field->values);
    ff_buf_str(buf, "]},\"uniqueItems\":true");
}

static void put_enum(struct ff_buf *buf, const struct ff_field *field)
{
    put_type(buf, field, "string");
    put_words(buf, field->values);
    ff_buf_str(buf, field->flags & FF_F_NULLABLE ? ",null]" : "]");
}

static void put_reference(struct ff_buf *buf, const struct ff_schema *schema)
{
    ff_buf_printf(buf, "\"$ref\":\"#/components/schemas/%s\"", schema->name);
}

static void put_object(struct ff_buf *buf, const struct ff_field *field)
{
    if (!(field->flags & FF_F_NULLABLE)) {
        put_reference(buf, field->of);
        return;
    }
    ff_buf_str(buf, "\"anyOf\":[{");
    put_reference(buf, field->of);
    ff_buf_str(buf, "},{\"type\":\"null\"}]");
}

static void put_list(struct ff_buf *buf, const struct ff_field *field)
{
    put_type(buf, field, "array");
    ff_buf_str(buf, ",\"items\":{");
    if (field->type == FF_T_INT_LIST)
        ff_buf_str(buf, "\"type\":\"integer\",\"format\":\"int64\"");
    else
        put_reference(buf, field->of);
    ff_buf_char(buf, '}');
    put_lengths(buf, field, "minItems", "maxItems");
}

static void put_field(struct ff_buf *buf, const struct ff_field *field)
{
    switch (field->type) {
    case FF_T_INT:
    case FF_T_MONEY:
        put_integer(buf, field);
        break;
    case FF_T_BOOL:
        put_type(buf, field, "boolean");
        break;
    case FF_T_ENUM:
        put_enum(buf, field);
        break;
    case FF_T_FLAGS:
        put_flags(buf, field);
        break;
    case FF_T_JSON:
        put_type(buf, field, "object");
        break;
    case FF_T_OBJECT:
    case FF_T_OPT_OBJECT:
        put_object(buf, field);
        break;
    case FF_T_LIST:
    case FF_T_INT_LIST:
        put_list(buf, field);
        break;
    default:
        put_string(buf, field);
        break;
    }
    if (field->meaning) {
        put_member(buf, "description");
        ff_buf_json(buf, field->meaning);
    }
}

void ff_field_write(struct ff_buf *buf, const struct ff_field *field)
{
    ff_buf_char(buf, '{');
    put_field(buf, field);
    ff_buf_char(buf, '}');
}

static void put_required(struct ff_buf *buf, const struct ff_schema *schema)
{
    bool is_first = true;
    for (size_t i = 0; i < schema->n_fields; i++) {
        if (!(schema->fields[i].flags & FF_F_REQUIRED))
            continue;
        ff_buf_str(buf, is_first ? ",\"required\":[" : ",");
        ff_buf_json(buf, schema->fields[i].name);
        is_first = false;
    }
    if (!is_first)
        ff_buf_char(buf, ']');
}

void ff_schema_write(struct ff_buf *buf, const struct ff_schema *schema)
{
    ff_buf_str(buf, "{\"type\":\"object\",\"properties\":{");
    for (size_t i = 0; i < schema->n_fields; i++) {
        if (i > 0)
            ff_buf_char(buf, ',');
        ff_buf_json(buf, schema->fields[i].name);
        ff_buf_char(buf, ':');
        ff_field_write(buf, &schema->fields[i]);
    }
    ff_buf_char(buf, '}');
    put_required(buf, schema);
    ff_buf_str(buf, ",\"additionalProperties\":false}");
}

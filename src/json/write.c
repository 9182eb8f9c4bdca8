/* SPDX-License-Identifier: MIT */
/* write.c - a struct as JSON, member by member in the order of the fields. Integers are written
 * from their 64 bits; nothing passes through a float. */
#include "base/clock.h"
#include "json/schema.h"

#include <string.h>

/* Members lie in structs of any type: they are copied out, which the compiler makes one load. */
static int64_t int_at(const void *member)
{
    int64_t value;
    memcpy(&value, member, sizeof value);
    return value;
}

static const void *pointer_at(const void *member)
{
    const void *value;
    memcpy(&value, member, sizeof value);
    return value;
}

static bool is_null(enum ff_type type, const void *member)
{
    switch (type) {
    case FF_T_INT:
    case FF_T_MONEY:
    case FF_T_BOOL:
    case FF_T_INSTANT:
    case FF_T_FLAGS:
        return int_at(member) == FF_NULL_INT;
    case FF_T_OBJECT:
    case FF_T_LIST:
    case FF_T_INT_LIST:
        return false;
    default:
        return pointer_at(member) == NULL;
    }
}

static void write_instant(struct ff_buf *buf, int64_t ms)
{
    char text[FF_INSTANT_CAP];
    ff_instant_format(ms, text);
    size_t n = strlen(text);
    char *room = ff_buf_take(buf, n + 2);
    if (!room)
        return;
    room[0] = room[n + 1] = '"';
    memcpy(room + 1, text, n);
}

static void write_list(struct ff_buf *buf, const struct ff_field *field, const void *member)
{
    struct ff_list list;
    memcpy(&list, member, sizeof list);
    const char *item = list.items;
    ff_buf_char(buf, '[');
    for (size_t i = 0; i < list.n; i++) {
        if (i > 0)
            ff_buf_char(buf, ',');
        if (field->type == FF_T_INT_LIST) {
            ff_buf_int(buf, int_at(item));
            item += sizeof(int64_t);
        } else {
            ff_json_write(buf, field->of, item);
            item += field->of->size;
        }
    }
    ff_buf_char(buf, ']');
}

static void write_flags(struct ff_buf *buf, const struct ff_field *field, int64_t mask)
{
    char before = '[';
    for (int i = 0; field->values[i]; i++) {
        if (!(mask >> i & 1))
            continue;
        ff_buf_char(buf, before);
        ff_buf_json(buf, field->values[i]);
        before = ',';
    }
    ff_buf_str(buf, before == '[' ? "[]" : "]");
}

static void write_value(struct ff_buf *buf, const struct ff_field *field, const void *member)
{
    switch (field->type) {
    case FF_T_INT:
    case FF_T_MONEY:
        ff_buf_int(buf, int_at(member));
        break;
    case FF_T_BOOL:
        ff_buf_str(buf, int_at(member) ? "true" : "false");
        break;
    case FF_T_INSTANT:
        write_instant(buf, int_at(member));
        break;
    case FF_T_FLAGS:
        write_flags(buf, field, int_at(member));
        break;
    case FF_T_JSON:
        ff_buf_str(buf, pointer_at(member));
        break;
    case FF_T_OBJECT:
        ff_json_write(buf, field->of, member);
        break;
    case FF_T_OPT_OBJECT:
        ff_json_write(buf, field->of, pointer_at(member));
        break;
    case FF_T_LIST:
    case FF_T_INT_LIST:
        write_list(buf, field, member);
        break;
    default:
        ff_buf_json(buf, pointer_at(member));
        break;
    }
}

/* `{"name":` or `,"name":` as one write; names are plain literals of the tables. */
static void write_name(struct ff_buf *buf, char before, const char *name)
{
    size_t n = strlen(name);
    char *room = ff_buf_take(buf, n + 4);
    if (!room)
        return;
    room[0] = before;
    room[1] = '"';
    memcpy(room + 2, name, n);
    room[n + 2] = '"';
    room[n + 3] = ':';
}

void ff_json_write(struct ff_buf *buf, const struct ff_schema *schema, const void *in)
{
    char before = '{';
    for (size_t i = 0; i < schema->n_fields; i++) {
        const struct ff_field *field = &schema->fields[i];
        const void *member = (const char *)in + field->offset;
        bool is_empty = is_null(field->type, member);
        if (is_empty && !(field->flags & (FF_F_REQUIRED | FF_F_NULLABLE)))
            continue;
        write_name(buf, before, field->name);
        before = ',';
        if (is_empty)
            ff_buf_add(buf, "null", 4);
        else
            write_value(buf, field, member);
    }
    ff_buf_str(buf, before == '{' ? "{}" : "}");
}

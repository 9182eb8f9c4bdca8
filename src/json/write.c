/* SPDX-License-Identifier: MIT */
/* write.c - a struct as JSON, member by member in the order of the fields. Integers are written
 * from their 64 bits; nothing passes through a float. */
#include "base/clock.h"
#include "json/scan.h"
#include "json/schema.h"

#include <string.h>

enum { INSTANT_BYTES = 24 }; /* what ff_instant_format writes, without the NUL */

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

/* A value that does not fit into one short write. */
static void write_long(struct ff_buf *buf, const struct ff_field *field, const void *member)
{
    switch (field->type) {
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

/* `{"name":` or `,"name":`; names are plain literals of the tables. */
static char *put_name(char *out, char before, const char *name)
{
    *out++ = before;
    *out++ = '"';
    while (*name)
        *out++ = *name++;
    *out++ = '"';
    *out++ = ':';
    return out;
}

static char *put_word(char *out, const char *word, size_t n)
{
    memcpy(out, word, n);
    return out + n;
}

static char *put_instant(char *out, int64_t ms)
{
    *out = '"';
    ff_instant_format(ms, out + 1);
    out[1 + INSTANT_BYTES] = '"';
    return out + INSTANT_BYTES + 2;
}

/* A value that is short whatever it is; NULL: it is not, nothing was written. */
static char *put_short(char *out, enum ff_type type, const void *member)
{
    switch (type) {
    case FF_T_INT:
    case FF_T_MONEY:
        return ff_int_put(out, int_at(member));
    case FF_T_BOOL:
        return int_at(member) ? put_word(out, "true", 4) : put_word(out, "false", 5);
    case FF_T_INSTANT:
        return put_instant(out, int_at(member));
    default:
        return NULL;
    }
}

/* What a name and a short value take at most: a name is no longer than a reader would take. */
enum { SHORT_MEMBER = FF_JSON_KEY_BYTES + 4 + FF_INSTANT_CAP + 2 };

void ff_json_write(struct ff_buf *buf, const struct ff_schema *schema, const void *in)
{
    char before = '{';
    for (size_t i = 0; i < schema->n_fields; i++) {
        const struct ff_field *field = &schema->fields[i];
        const void *member = (const char *)in + field->offset;
        bool is_empty = is_null(field->type, member);
        if (is_empty && !(field->flags & (FF_F_REQUIRED | FF_F_NULLABLE)))
            continue;
        char *out = ff_buf_room(buf, SHORT_MEMBER);
        if (!out)
            return;
        out = put_name(out, before, field->name);
        char *end = is_empty ? put_word(out, "null", 4) : put_short(out, field->type, member);
        ff_buf_end(buf, end ? end : out);
        if (!end)
            write_long(buf, field, member);
        before = ',';
    }
    ff_buf_str(buf, before == '{' ? "{}" : "}");
}

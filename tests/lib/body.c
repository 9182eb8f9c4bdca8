/* SPDX-License-Identifier: MIT */
/* body.c - see body.h. */
#include "body.h"

/* A good value of a field, by its type and bounds. */
static void put_value(struct ff_buf *buf, const struct ff_field *field);

void ff_test_body(struct ff_buf *buf, const struct ff_schema *schema, const char *more)
{
    const char *comma = "";
    ff_buf_char(buf, '{');
    for (size_t i = 0; i < schema->n_fields; i++) {
        if (!(schema->fields[i].flags & FF_F_REQUIRED))
            continue;
        ff_buf_printf(buf, "%s\"%s\":", comma, schema->fields[i].name);
        put_value(buf, &schema->fields[i]);
        comma = ",";
    }
    if (more)
        ff_buf_printf(buf, "%s%s", comma, more);
    ff_buf_char(buf, '}');
}

static void put_text(struct ff_buf *buf, const struct ff_field *field)
{
    ff_buf_char(buf, '"');
    for (int64_t i = 0; i < field->min || i < 1; i++)
        ff_buf_char(buf, 'a');
    ff_buf_char(buf, '"');
}

static void put_value(struct ff_buf *buf, const struct ff_field *field)
{
    switch (field->type) {
    case FF_T_INT:
    case FF_T_MONEY:
        ff_buf_int(buf, field->min > 0 ? field->min : 1);
        return;
    case FF_T_BOOL:
        ff_buf_str(buf, "true");
        return;
    case FF_T_INSTANT:
        ff_buf_str(buf, "\"2026-03-02T11:45:00Z\"");
        return;
    case FF_T_DATE:
        ff_buf_str(buf, "\"2026-03-02\"");
        return;
    case FF_T_ENUM:
        ff_buf_printf(buf, "\"%s\"", field->values[0]);
        return;
    case FF_T_EMAIL:
        ff_buf_str(buf, "\"a@example.com\"");
        return;
    case FF_T_OBJECT:
    case FF_T_OPT_OBJECT:
        ff_test_body(buf, field->of, NULL);
        return;
    case FF_T_LIST:
        ff_buf_char(buf, '[');
        ff_test_body(buf, field->of, NULL);
        ff_buf_char(buf, ']');
        return;
    case FF_T_INT_LIST:
        ff_buf_str(buf, "[1]");
        return;
    default:
        put_text(buf, field);
    }
}

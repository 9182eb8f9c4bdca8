/* SPDX-License-Identifier: MIT */
/* detail.c - old and new values as JSON, of the members that changed. */
#include <string.h>

#include "base/buf.h"
#include "domain/audit/row.h"

static bool is_null(const struct ff_audit_value *v)
{
    return !v->text && v->number == FF_NULL_INT;
}

static bool is_equal(const struct ff_audit_value *a, const struct ff_audit_value *b)
{
    if (a->text || b->text)
        return a->text && b->text && strcmp(a->text, b->text) == 0;
    return a->number == b->number;
}

static const struct ff_audit_value *find(const struct ff_audit_value *list, size_t n,
                                         const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    }
    return NULL;
}

/* A value that stays the same is left out, and so is one that is null where there is no other to
 * compare with. */
static bool is_telling(const struct ff_audit_value *v, const struct ff_audit_value *other)
{
    return other ? !is_equal(v, other) : !is_null(v);
}

/* Names are literals of ours, so they stand for themselves in JSON. */
static void add_value(struct ff_buf *out, const struct ff_audit_value *v, bool is_first)
{
    enum { AROUND = 4 }; /* {"": */
    const size_t n = strlen(v->name);
    char *at = ff_buf_room(out, n + AROUND + FF_INT_DIGITS);
    if (!at)
        return;
    *at++ = is_first ? '{' : ',';
    *at++ = '"';
    memcpy(at, v->name, n);
    at += n;
    *at++ = '"';
    *at++ = ':';
    ff_buf_end(out, v->text || is_null(v) ? at : ff_int_put(at, v->number));
    if (v->text)
        ff_buf_json(out, v->text);
    else if (is_null(v))
        ff_buf_str(out, "null");
}

static void add_values(struct ff_buf *out, const struct ff_audit_value *list, size_t n,
                       const struct ff_audit_value *others, size_t n_others)
{
    bool is_first = true;
    for (size_t i = 0; i < n; i++) {
        if (!is_telling(&list[i], find(others, n_others, list[i].name)))
            continue;
        add_value(out, &list[i], is_first);
        is_first = false;
    }
    if (!is_first)
        ff_buf_char(out, '}');
}

void ff_audit_detail(const struct ff_audit *event, struct ff_buf *out)
{
    add_values(out, event->before, event->n_before, event->after, event->n_after);
    ff_buf_char(out, '\n');
    add_values(out, event->after, event->n_after, event->before, event->n_before);
    ff_buf_char(out, '\n');
    if (event->reason && event->subject != FF_AUDIT_NOBODY && !event->is_open)
        ff_buf_str(out, event->reason);
    if (out->len == 2 && !out->failed)
        ff_buf_clear(out);
}

/* SPDX-License-Identifier: MIT */
/* ctx.c - the request's memory and its first error. Field errors are the one kind that adds up: a
 * person corrects all fields of a form at once. */
#include "base/ctx.h"

#include "base/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void ff_ctx_init(struct ff_ctx *cx, struct ff_arena *arena, struct ff_clock *clock)
{
    memset(cx, 0, sizeof *cx);
    cx->arena = arena;
    cx->clock = clock;
    cx->who.role = FF_ROLE_ANON;
    ff_request_id(cx->request_id);
}

void *ff_alloc(struct ff_ctx *cx, size_t size)
{
    void *p = ff_arena_alloc(cx->arena, size);
    if (!p)
        (void)FF_FAIL(cx, FF_INTERNAL, "The request needs too much memory.");
    return p;
}

const char *ff_strdup(struct ff_ctx *cx, const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    char *copy = ff_alloc(cx, size);
    return copy ? memcpy(copy, text, size) : NULL;
}

enum ff_rc ff_fail(struct ff_ctx *cx, enum ff_rc rc, const char *file, int line, const char *format,
                   ...)
{
    assert(rc > FF_OK && rc < FF_RC_COUNT);
    struct ff_error *err = &cx->err;
    if (err->rc)
        return rc;
    err->rc = rc;
    err->file = file;
    err->line = line;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(err->detail, sizeof err->detail, format, args);
    va_end(args);
    ff_utf8_trim(err->detail);
    return rc;
}

static struct ff_err_param *next_param(struct ff_ctx *cx, const char *name)
{
    struct ff_error *err = &cx->err;
    if (err->n_params == FF_ERR_MAX_PARAMS)
        return NULL;
    struct ff_err_param *param = &err->params[err->n_params++];
    *param = (struct ff_err_param){.name = name};
    return param;
}

void ff_err_number(struct ff_ctx *cx, const char *name, int64_t number)
{
    struct ff_err_param *param = next_param(cx, name);
    if (param)
        param->number = number;
}

void ff_err_text(struct ff_ctx *cx, const char *name, const char *text)
{
    struct ff_err_param *param = next_param(cx, name);
    if (param)
        param->text = ff_arena_strndup(cx->arena, text ? text : "", SIZE_MAX);
}

struct field_kind {
    const char *code; /* as the caller gives it */
    const char *wire; /* as the reply shows it */
    enum ff_rc rc;
    const char *detail; /* when the caller has none */
};

static const struct field_kind field_kinds[] = {
    {"REQUIRED", "REQUIRED", FF_VALIDATION, "This field is required."},
    {"TYPE", "TYPE", FF_VALIDATION, "This field has the wrong type."},
    {"RANGE", "RANGE", FF_VALIDATION, "This value is out of range."},
    {"AMOUNT", "RANGE", FF_AMOUNT_OUT_OF_RANGE, "This amount is out of range."},
    {"LENGTH", "LENGTH", FF_VALIDATION, "This value is too short or too long."},
    {"PATTERN", "PATTERN", FF_VALIDATION, "This value is not written in the right form."},
    {"MONEY_FORMAT", "MONEY_FORMAT", FF_MONEY_FORMAT,
     "Give the amount as a whole number of minor units, without quotes, fraction or exponent."},
    {"UNKNOWN", "UNKNOWN", FF_UNKNOWN_FIELD, "This field is not known here; leave it out."},
    {"NULL", "NULL", FF_VALIDATION, "This field may not be null."},
    {"VALUE", "VALUE", FF_VALIDATION, "This value is not allowed here."},
};

static const struct field_kind *kind_of(const char *code)
{
    for (size_t i = 0; i < sizeof field_kinds / sizeof field_kinds[0]; i++) {
        if (!strcmp(field_kinds[i].code, code))
            return &field_kinds[i];
    }
    assert(false && "a field code that err.h does not list");
    return &field_kinds[0];
}

static bool is_field_rc(enum ff_rc rc)
{
    return rc == FF_VALIDATION || rc == FF_UNKNOWN_FIELD || rc == FF_MONEY_FORMAT ||
           rc == FF_AMOUNT_OUT_OF_RANGE;
}

/* The row for one more field error, or NULL: the list is full, memory is out, or the request has
 * already failed for another reason. */
static struct ff_field_error *next_field(struct ff_ctx *cx)
{
    struct ff_error *err = &cx->err;
    if (!is_field_rc(err->rc) || err->n_fields == FF_ERR_MAX_FIELDS)
        return NULL;
    if (!err->fields)
        err->fields = ff_arena_alloc(cx->arena, FF_ERR_MAX_FIELDS * sizeof *err->fields);
    return err->fields ? &err->fields[err->n_fields] : NULL;
}

static enum ff_rc add_field(struct ff_ctx *cx, const struct ff_field_error *given,
                            const struct field_kind *kind)
{
    if (!cx->err.rc)
        (void)FF_FAIL(cx, kind->rc, "%s%s%s", given->pointer, *given->pointer ? ": " : "",
                      given->detail);
    struct ff_field_error *field = next_field(cx);
    if (!field)
        return cx->err.rc;
    *field = *given;
    field->code = kind->wire;
    field->pointer = ff_arena_strndup(cx->arena, given->pointer, SIZE_MAX);
    field->detail = ff_arena_strndup(cx->arena, given->detail, SIZE_MAX);
    if (field->pointer && field->detail)
        cx->err.n_fields++;
    return cx->err.rc;
}

enum ff_rc ff_field_fail(struct ff_ctx *cx, const char *pointer, const char *code,
                         const char *detail)
{
    const struct field_kind *kind = kind_of(code);
    struct ff_field_error given = {.pointer = pointer, .detail = detail ? detail : kind->detail};
    return add_field(cx, &given, kind);
}

static void range_sentence(char *out, size_t cap, const char *what, int64_t min, int64_t max)
{
    if (max == INT64_MAX)
        (void)snprintf(out, cap, "%s at least %" PRId64 ".", what, min);
    else if (min == INT64_MIN)
        (void)snprintf(out, cap, "%s at most %" PRId64 ".", what, max);
    else
        (void)snprintf(out, cap, "%s between %" PRId64 " and %" PRId64 ".", what, min, max);
}

enum ff_rc ff_field_range(struct ff_ctx *cx, const char *pointer, const char *code, int64_t min,
                          int64_t max)
{
    char sentence[96];
    const struct field_kind *kind = kind_of(code);
    range_sentence(sentence, sizeof sentence,
                   strcmp(code, "LENGTH") ? "Must be" : "The length must be", min, max);
    struct ff_field_error given = {
        .pointer = pointer, .detail = sentence, .min = min, .max = max, .has_range = true};
    bool is_first = !cx->err.rc;
    enum ff_rc rc = add_field(cx, &given, kind);
    if (is_first && rc == FF_AMOUNT_OUT_OF_RANGE) { /* its words tell the bounds */
        ff_err_number(cx, "min", min);
        ff_err_number(cx, "max", max);
    }
    return rc;
}

void ff_err_clear(struct ff_ctx *cx)
{
    memset(&cx->err, 0, sizeof cx->err);
}

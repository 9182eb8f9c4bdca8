/* SPDX-License-Identifier: MIT */
/* value.c - one value of one type: what is allowed, and the sentence that says so. It does not know
 * whether the value came from a body, a query string or a CSV cell. */
#include "json/bind.h"

#include "base/clock.h"
#include "base/money.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { POINTER_CAP = 512, EMAIL_BYTES = 254, MAX_PLACES = FF_JSON_DEPTH + 1 };

struct pointer {
    char text[POINTER_CAP];
    size_t len;
};

static void point_char(struct pointer *p, char c)
{
    if (p->len < POINTER_CAP - 1)
        p->text[p->len++] = c;
}

static void point_text(struct pointer *p, const char *text, bool is_escaped)
{
    for (; *text; text++) {
        bool is_special = is_escaped && (*text == '~' || *text == '/');
        point_char(p, is_special ? '~' : *text);
        if (is_special)
            point_char(p, *text == '~' ? '0' : '1');
    }
}

static void point_place(struct pointer *p, const struct ff_place *place)
{
    char digits[24];
    bool is_query = place->prefix && place->prefix[0] != '/';
    point_text(p, place->prefix ? place->prefix : "/", false);
    (void)snprintf(digits, sizeof digits, "%zu", place->index);
    point_text(p, place->name ? place->name : digits, !is_query);
}

const char *ff_place_pointer(struct ff_ctx *cx, const struct ff_place *place)
{
    const struct ff_place *places[MAX_PLACES];
    size_t n = 0;
    for (; place; place = place->up) {
        assert(n < MAX_PLACES);
        places[n++] = place;
    }
    struct pointer pointer = {.len = 0};
    while (n > 0)
        point_place(&pointer, places[--n]);
    pointer.text[pointer.len] = '\0';
    ff_utf8_trim(pointer.text);
    const char *copy = ff_strdup(cx, pointer.text);
    return copy ? copy : "";
}

enum ff_rc ff_place_fail(struct ff_ctx *cx, const struct ff_place *place, const char *code,
                         const char *detail)
{
    return ff_field_fail(cx, ff_place_pointer(cx, place), code, detail);
}

enum ff_rc ff_place_range(struct ff_ctx *cx, const struct ff_place *place, const char *code,
                          int64_t min, int64_t max)
{
    return ff_field_range(cx, ff_place_pointer(cx, place), code, min, max);
}

bool ff_field_is_bounded(const struct ff_field *field)
{
    return field->min != 0 || field->max != 0;
}

static bool is_within(const struct ff_field *field, int64_t value)
{
    return !ff_field_is_bounded(field) || (value >= field->min && value <= field->max);
}

static enum ff_rc read_money(struct ff_ctx *cx, const struct ff_place *place,
                             const struct ff_field *field, const char *token, size_t n,
                             int64_t *member)
{
    int64_t minor;
    if (!ff_money_parse_minor(token, n, &minor))
        return ff_place_fail(cx, place, "MONEY_FORMAT", NULL);
    if (!is_within(field, minor))
        return ff_place_range(cx, place, "AMOUNT", field->min, field->max);
    *member = minor;
    return FF_OK;
}

/* -?(0|[1-9][0-9]*), of any length */
static bool is_whole_number(const char *token, size_t n)
{
    size_t from = n > 0 && token[0] == '-';
    if (from == n || (token[from] == '0' && n - from > 1))
        return false;
    for (size_t i = from; i < n; i++) {
        if (token[i] < '0' || token[i] > '9')
            return false;
    }
    return true;
}

/* The value of a whole number; false beyond 64 bits, and for the one value that means null. */
static bool whole_value(const char *token, size_t n, int64_t *out)
{
    bool is_negative = token[0] == '-';
    int64_t value = 0;
    for (size_t i = is_negative; i < n; i++) {
        int digit = token[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, is_negative ? -digit : digit, &value))
            return false;
    }
    *out = value;
    return value != FF_NULL_INT;
}

static enum ff_rc read_int(struct ff_ctx *cx, const struct ff_place *place,
                           const struct ff_field *field, const char *token, size_t n,
                           int64_t *member)
{
    int64_t value;
    if (!is_whole_number(token, n))
        return ff_place_fail(cx, place, "TYPE", "Must be a whole number.");
    if (whole_value(token, n, &value) && is_within(field, value)) {
        *member = value;
        return FF_OK;
    }
    if (!ff_field_is_bounded(field))
        return ff_place_fail(cx, place, "RANGE", NULL);
    return ff_place_range(cx, place, "RANGE", field->min, field->max);
}

enum ff_rc ff_value_from_number(struct ff_ctx *cx, const struct ff_place *place,
                                const struct ff_field *field, const char *token, size_t n,
                                int64_t *member)
{
    if (field->type == FF_T_MONEY)
        return read_money(cx, place, field, token, n, member);
    assert(field->type == FF_T_INT || field->type == FF_T_INT_LIST);
    return read_int(cx, place, field, token, n, member);
}

/* No control characters but the newline. */
static bool is_text(const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        uint32_t point;
        size_t length = ff_utf8_next(text + i, n - i, &point);
        if (!length || (ff_utf8_is_control(point) && point != '\n'))
            return false;
        i += length;
    }
    return true;
}

static bool is_code(const char *text)
{
    for (; *text; text++) {
        char c = *text;
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '.' || c == '_' || c == '-'))
            return false;
    }
    return true;
}

/* One @ with something on both sides; no space and nothing that a mail header would split at. */
static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');
    return at && at > text && at[1] && !strchr(at + 1, '@') &&
           !text[strcspn(text, " <>()\",;:\\")] && ff_utf8_is_name(text);
}

static enum ff_rc check_length(struct ff_ctx *cx, const struct ff_place *place,
                               const struct ff_field *field, const char *text)
{
    bool is_email_field = field->type == FF_T_EMAIL;
    int64_t length = (int64_t)(is_email_field ? strlen(text) : ff_utf8_length(text));
    if (!is_within(field, length))
        return ff_place_range(cx, place, "LENGTH", field->min, field->max);
    if (is_email_field && length > EMAIL_BYTES)
        return ff_place_range(cx, place, "LENGTH", 3, EMAIL_BYTES);
    return FF_OK;
}

/* The sentence of what is wrong with the characters, NULL: nothing. */
static const char *wrong_characters(enum ff_type type, const char *text)
{
    switch (type) {
    case FF_T_NAME:
        return ff_utf8_is_name(text) ? NULL : "Must be a visible text without control characters.";
    case FF_T_EMAIL:
        return is_email(text) ? NULL : "Must be an e-mail address.";
    case FF_T_CODE:
        return is_code(text) ? NULL
                             : "May hold only letters A-Z, digits, dot, dash and underscore.";
    case FF_T_DATE:
        return ff_date_valid(text) ? NULL : "Must be a calendar day written YYYY-MM-DD.";
    default:
        return is_text(text) ? NULL : "May not hold control characters.";
    }
}

static void lower_ascii(char *text)
{
    for (; *text; text++) {
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text - 'A' + 'a');
    }
}

static enum ff_rc read_text(struct ff_ctx *cx, const struct ff_place *place,
                            const struct ff_field *field, const char *text, const char **member)
{
    enum ff_rc rc = field->type == FF_T_DATE ? FF_OK : check_length(cx, place, field, text);
    if (rc)
        return rc;
    const char *wrong = wrong_characters(field->type, text);
    if (wrong)
        return ff_place_fail(cx, place, "PATTERN", wrong);
    size_t size = strlen(text) + 1;
    char *copy = ff_alloc(cx, size);
    if (!copy)
        return cx->err.rc;
    memcpy(copy, text, size);
    if (field->type == FF_T_EMAIL)
        lower_ascii(copy);
    *member = copy;
    return FF_OK;
}

static enum ff_rc read_enum(struct ff_ctx *cx, const struct ff_place *place,
                            const struct ff_field *field, const char *text, const char **member)
{
    char sentence[160] = "Must be one of:";
    for (const char *const *value = field->values; *value; value++) {
        if (!strcmp(*value, text)) {
            *member = *value;
            return FF_OK;
        }
        size_t used = strlen(sentence);
        (void)snprintf(sentence + used, sizeof sentence - used, " %s%s", *value,
                       value[1] ? "," : ".");
    }
    return ff_place_fail(cx, place, "VALUE", sentence);
}

static enum ff_rc read_instant(struct ff_ctx *cx, const struct ff_place *place,
                               const struct ff_field *field, const char *text, int64_t *member)
{
    int64_t ms;
    if (!ff_instant_parse(text, &ms))
        return ff_place_fail(cx, place, "PATTERN",
                             "Must be an instant such as 2026-11-23T08:25:01.123Z.");
    if (!is_within(field, ms))
        return ff_place_fail(cx, place, "RANGE", "This instant is out of range.");
    *member = ms;
    return FF_OK;
}

enum ff_rc ff_value_from_text(struct ff_ctx *cx, const struct ff_place *place,
                              const struct ff_field *field, const char *text, void *member)
{
    if (field->type == FF_T_INSTANT)
        return read_instant(cx, place, field, text, member);
    if (field->type == FF_T_FLAGS)
        return ff_flags_from_text(cx, place, field, text, member);
    if (field->type == FF_T_ENUM)
        return read_enum(cx, place, field, text, member);
    return read_text(cx, place, field, text, member);
}

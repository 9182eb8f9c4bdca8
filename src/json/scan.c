/* SPDX-License-Identifier: MIT */
/* scan.c - the strict check, as one loop over an explicit stack of 16 levels: a hostile text can
 * neither grow the C stack nor reach a parser. It notes where every value and name lies, so that
 * integers are later read from their own digits. Source: RFC 8259, security.md S50. */
#include "json/scan.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

const struct ff_json_limits ff_json_request_limits = {
    .tokens = FF_JSON_TOKENS,
    .key_bytes = FF_JSON_KEY_BYTES,
    .string_bytes = FF_JSON_STRING_BYTES,
};

enum { FIRST_TOKENS = 48, LONGEST_NAME = 256 };

#define FNV_BASIS 2166136261u /* FNV-1a, 32 bits */
#define FNV_PRIME 16777619u

/* One open array or object. */
struct level {
    uint32_t token;     /* of the array or object itself */
    uint32_t last_name; /* index + 1; 0: none yet */
    bool is_object;
};

/* What the grammar wants next. */
enum want { WANT_VALUE, WANT_VALUE_OR_END, WANT_NAME, WANT_NAME_OR_END, WANT_COMMA_OR_END };

struct scan {
    struct ff_ctx *cx;
    const struct ff_json_limits *limits;
    const char *text;
    size_t n, pos;
    struct ff_json_tokens tokens;
    uint32_t cap; /* of tokens.at */
    int depth;
    enum want want;
    struct level levels[FF_JSON_DEPTH];
};

static enum ff_rc refuse(struct scan *s, const char *why)
{
    return FF_FAIL(s->cx, FF_MALFORMED_JSON, "The body is not valid JSON at byte %zu: %s.", s->pos,
                   why);
}

/* The byte at the position, 0 at the end (a NUL in the text is refused wherever it is met). */
static char peek(const struct scan *s)
{
    return s->pos < s->n ? s->text[s->pos] : '\0';
}

static void skip_space(struct scan *s)
{
    while (s->pos < s->n) {
        char c = s->text[s->pos];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        s->pos++;
    }
}

static enum ff_rc grow_tokens(struct scan *s)
{
    if (s->tokens.n >= s->limits->tokens)
        return refuse(s, "it holds too many values");
    uint32_t cap = s->cap ? s->cap * 2 : FIRST_TOKENS;
    if (cap > s->limits->tokens)
        cap = s->limits->tokens;
    struct ff_json_token *at = ff_alloc(s->cx, cap * sizeof *at);
    if (!at)
        return s->cx->err.rc;
    if (s->tokens.n)
        memcpy(at, s->tokens.at, s->tokens.n * sizeof *at);
    s->tokens.at = at;
    s->cap = cap;
    return FF_OK;
}

/* Opens a token at the position; its index in *index. */
static enum ff_rc add_token(struct scan *s, uint32_t *index)
{
    if (s->tokens.n == s->cap) {
        enum ff_rc rc = grow_tokens(s);
        if (rc)
            return rc;
    }
    *index = s->tokens.n++;
    s->tokens.at[*index] = (struct ff_json_token){
        .start = (uint32_t)s->pos, .end = (uint32_t)s->pos, .next = *index + 1};
    return FF_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take_digits(struct scan *s)
{
    size_t from = s->pos;
    while (is_digit(peek(s)))
        s->pos++;
    return s->pos > from;
}

/* number = [ "-" ] int [ frac ] [ exp ] */
static enum ff_rc scan_number(struct scan *s, struct ff_json_token *token)
{
    if (peek(s) == '-')
        s->pos++;
    bool is_zero = peek(s) == '0';
    size_t from = s->pos;
    if (!take_digits(s))
        return refuse(s, "a digit is missing");
    if (is_zero && s->pos - from > 1)
        return refuse(s, "a number begins with 0");
    if (peek(s) == '.') {
        s->pos++;
        if (!take_digits(s))
            return refuse(s, "a digit is missing behind the point");
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        s->pos++;
        if (peek(s) == '+' || peek(s) == '-')
            s->pos++;
        if (!take_digits(s))
            return refuse(s, "a digit is missing in the exponent");
    }
    token->end = (uint32_t)s->pos;
    if (token->end - token->start > FF_JSON_NUMBER_BYTES)
        s->tokens.has_long_number = true;
    return FF_OK;
}

static enum ff_rc scan_word(struct scan *s, const char *word, struct ff_json_token *token)
{
    size_t length = strlen(word);
    if (s->n - s->pos < length || memcmp(s->text + s->pos, word, length) != 0)
        return refuse(s, "a value is expected");
    s->pos += length;
    token->end = (uint32_t)s->pos;
    return FF_OK;
}

static uint32_t hash_bytes(uint32_t hash, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * FNV_PRIME;
    return hash;
}

/* One character of a string, plain or escaped: its decoded length, 0 when it is not allowed. */
static size_t scan_char(struct scan *s, struct ff_json_token *token)
{
    char out[4];
    size_t length = 0, used;
    unsigned char c = (unsigned char)s->text[s->pos];
    if (c >= 0x20 && c < 0x80 && c != '\\') {
        token->hash = (token->hash ^ c) * FNV_PRIME;
        s->pos++;
        return 1;
    }
    if (c == '\\') {
        token->is_escaped = true;
        used = ff_json_unescape(s->text, s->n, s->pos, out, &length);
        token->hash = hash_bytes(token->hash, out, used ? length : 0);
    } else {
        uint32_t point;
        used = c < 0x20 ? 0 : ff_utf8_next(s->text + s->pos, s->n - s->pos, &point);
        length = used;
        token->hash = hash_bytes(token->hash, s->text + s->pos, used);
    }
    s->pos += used;
    return used ? length : 0;
}

/* A string from its opening quote to behind the closing one. */
static enum ff_rc scan_string(struct scan *s, uint32_t max_bytes, struct ff_json_token *token)
{
    s->pos++;
    token->start = (uint32_t)s->pos;
    token->hash = FNV_BASIS;
    size_t decoded = 0;
    while (s->pos < s->n && s->text[s->pos] != '"') {
        size_t length = scan_char(s, token);
        if (!length)
            return refuse(s, "a character or escape in a string is not allowed");
        decoded += length;
        if (decoded > max_bytes)
            return refuse(s, "a string is too long");
    }
    if (s->pos == s->n)
        return refuse(s, "a string does not end");
    token->end = (uint32_t)s->pos;
    s->pos++;
    return FF_OK;
}

/* The decoded bytes of a name (at most `cap`); their number. The name has been scanned. */
static size_t decode_name(const struct scan *s, const struct ff_json_token *token, char *out,
                          size_t cap)
{
    size_t used = 0;
    for (size_t pos = token->start; pos < token->end;) {
        char bytes[4] = {s->text[pos]};
        size_t length = 1;
        pos +=
            s->text[pos] == '\\' ? ff_json_unescape(s->text, token->end, pos, bytes, &length) : 1;
        assert(length <= cap - used);
        memcpy(out + used, bytes, length);
        used += length;
    }
    return used;
}

static bool is_same_name(const struct scan *s, const struct ff_json_token *a,
                         const struct ff_json_token *b)
{
    if (a->hash != b->hash)
        return false;
    if (!a->is_escaped && !b->is_escaped)
        return a->end - a->start == b->end - b->start &&
               !memcmp(s->text + a->start, s->text + b->start, a->end - a->start);
    char x[LONGEST_NAME], y[LONGEST_NAME];
    assert(s->limits->key_bytes <= sizeof x);
    size_t x_n = decode_name(s, a, x, sizeof x), y_n = decode_name(s, b, y, sizeof y);
    return x_n == y_n && !memcmp(x, y, x_n);
}

/* Notes a name in its object's chain; false when the object has it already. */
static bool link_name(struct scan *s, struct level *level, uint32_t index)
{
    struct ff_json_token *names = s->tokens.at;
    for (uint32_t i = level->last_name; i; i = names[i - 1].earlier) {
        if (is_same_name(s, &names[i - 1], &names[index]))
            return false;
    }
    names[index].earlier = level->last_name;
    level->last_name = index + 1;
    return true;
}

static enum ff_rc scan_name(struct scan *s)
{
    uint32_t index;
    if (peek(s) != '"')
        return refuse(s, "a name in quotes is expected");
    enum ff_rc rc = add_token(s, &index);
    if (rc || (rc = scan_string(s, s->limits->key_bytes, &s->tokens.at[index])))
        return rc;
    if (!link_name(s, &s->levels[s->depth - 1], index))
        return refuse(s, "a name comes twice in one object");
    skip_space(s);
    if (peek(s) != ':')
        return refuse(s, "a colon is expected");
    s->pos++;
    s->want = WANT_VALUE;
    return FF_OK;
}

static enum ff_rc open_level(struct scan *s, uint32_t token, bool is_object)
{
    if (s->depth == FF_JSON_DEPTH)
        return refuse(s, "it is nested too deeply");
    s->levels[s->depth++] = (struct level){.token = token, .is_object = is_object};
    s->pos++;
    s->want = is_object ? WANT_NAME_OR_END : WANT_VALUE_OR_END;
    return FF_OK;
}

static void close_level(struct scan *s)
{
    struct ff_json_token *token = &s->tokens.at[s->levels[--s->depth].token];
    s->pos++;
    token->end = (uint32_t)s->pos;
    token->next = s->tokens.n;
    s->want = WANT_COMMA_OR_END;
}

static enum ff_rc scan_value(struct scan *s)
{
    uint32_t index;
    enum ff_rc rc = add_token(s, &index);
    if (rc)
        return rc;
    struct ff_json_token *token = &s->tokens.at[index];
    s->want = WANT_COMMA_OR_END;
    switch (peek(s)) {
    case '{':
        return open_level(s, index, true);
    case '[':
        return open_level(s, index, false);
    case '"':
        return scan_string(s, s->limits->string_bytes, token);
    case 't':
        return scan_word(s, "true", token);
    case 'f':
        return scan_word(s, "false", token);
    case 'n':
        return scan_word(s, "null", token);
    default:
        if (peek(s) == '-' || is_digit(peek(s)))
            return scan_number(s, token);
        return refuse(s, s->pos == s->n ? "it ends too early" : "a value is expected");
    }
}

/* A comma, or the bracket that closes the innermost level. */
static enum ff_rc scan_after(struct scan *s)
{
    bool is_object = s->levels[s->depth - 1].is_object;
    if (peek(s) == ',') {
        s->pos++;
        s->want = is_object ? WANT_NAME : WANT_VALUE;
        return FF_OK;
    }
    if (peek(s) != (is_object ? '}' : ']'))
        return refuse(s, is_object ? "a comma or } is expected" : "a comma or ] is expected");
    close_level(s);
    return FF_OK;
}

static enum ff_rc scan_step(struct scan *s)
{
    switch (s->want) {
    case WANT_NAME_OR_END:
        if (peek(s) == '}') {
            close_level(s);
            return FF_OK;
        }
        return scan_name(s);
    case WANT_NAME:
        return scan_name(s);
    case WANT_VALUE_OR_END:
        if (peek(s) == ']') {
            close_level(s);
            return FF_OK;
        }
        return scan_value(s);
    case WANT_VALUE:
        return scan_value(s);
    case WANT_COMMA_OR_END:
        break;
    }
    return scan_after(s);
}

enum ff_rc ff_json_tokens(struct ff_ctx *cx, const struct ff_json_limits *limits, const char *text,
                          size_t n, struct ff_json_tokens *out)
{
    struct scan s = {.cx = cx, .limits = limits, .text = text, .n = n, .want = WANT_VALUE};
    assert(n < UINT32_MAX);
    do {
        skip_space(&s);
        enum ff_rc rc = scan_step(&s);
        if (rc)
            return rc;
    } while (s.depth > 0);
    skip_space(&s);
    if (s.pos < n)
        return refuse(&s, "something follows the value");
    *out = s.tokens;
    return FF_OK;
}

enum ff_rc ff_json_scan(struct ff_ctx *cx, const char *text, size_t n)
{
    struct ff_json_tokens tokens;
    return ff_json_tokens(cx, &ff_json_request_limits, text, n, &tokens);
}

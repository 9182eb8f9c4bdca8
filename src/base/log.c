/* SPDX-License-Identifier: MIT */
/* log.c - one event, one line, one write(2), at most FF_LOG_LINE_BYTES. Whatever a client sent may
 * end up in a value, so everything that could forge or hide a line is escaped; a value that does
 * not fit is cut and the line stays well-formed. */
#include "base/log.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    FF_LOG_LINE_BYTES = 4096,
    ROOM_AT_END = 16, /* kept free for quotes, the closing brace and the newline */
    SENTENCE_CAP = 1024,
    SYSLOG_ERR = 3 /* priorities of syslog(3): err, warning, info (6), debug (7) */
};

struct level_name {
    const char *name;
    int priority;
};

static const struct level_name levels[] = {
    [FF_LOG_ERROR] = {"error", SYSLOG_ERR},
    [FF_LOG_WARN] = {"warn", 4},
    [FF_LOG_INFO] = {"info", 6},
    [FF_LOG_DEBUG] = {"debug", 7},
};

static _Atomic int max_level = FF_LOG_INFO;
static _Atomic int set_level = FF_LOG_INFO; /* what SIGUSR2 goes back to */
static _Atomic int line_format = FF_LOG_TEXT;

struct line {
    char *data;
    size_t len;
    bool is_full;
};

void ff_log_setup(enum ff_log_level level, enum ff_log_format format)
{
    atomic_store(&max_level, (int)level);
    atomic_store(&set_level, level == FF_LOG_DEBUG ? (int)FF_LOG_INFO : (int)level);
    atomic_store(&line_format, (int)format);
}

bool ff_log_toggle_debug(void)
{
    bool is_on = atomic_load(&max_level) != FF_LOG_DEBUG;
    atomic_store(&max_level, is_on ? (int)FF_LOG_DEBUG : atomic_load(&set_level));
    return is_on;
}

bool ff_log_enabled(enum ff_log_level level)
{
    return (int)level <= atomic_load_explicit(&max_level, memory_order_relaxed);
}

/* All or nothing, so that no escape sequence is cut in the middle. */
static void put(struct line *line, const char *bytes, size_t n)
{
    if (line->is_full || line->len + n > FF_LOG_LINE_BYTES - ROOM_AT_END) {
        line->is_full = true;
        return;
    }
    memcpy(line->data + line->len, bytes, n);
    line->len += n;
}

static void put_text(struct line *line, const char *text)
{
    put(line, text, strlen(text));
}

/* What closes a line may use the room that put() leaves. */
static void close_with(struct line *line, const char *text)
{
    size_t n = strlen(text);
    assert(line->len + n <= FF_LOG_LINE_BYTES);
    memcpy(line->data + line->len, text, n);
    line->len += n;
}

/* Characters that move the cursor, end the line or turn the direction of what follows. */
static bool needs_escape(uint32_t point)
{
    return ff_utf8_is_control(point) || point == '"' || point == '\\' ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

static void put_escaped(struct line *line, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n && !line->is_full;) {
        uint32_t point;
        size_t length = ff_utf8_next(text + i, n - i, &point);
        if (!length) {
            put_text(line, "\xEF\xBF\xBD"); /* U+FFFD for a byte that is no UTF-8 */
            length = 1;
        } else if (point == '"' || point == '\\') {
            const char pair[2] = {'\\', text[i]};
            put(line, pair, 2);
        } else if (needs_escape(point)) {
            char unit[8];
            (void)snprintf(unit, sizeof unit, "\\u%04x", (unsigned)point);
            put_text(line, unit);
        } else {
            put(line, text + i, length);
        }
        i += length;
    }
}

/* Needs room for the first quote (see has_room_for); the closing one always has some. */
static void put_quoted(struct line *line, const char *text)
{
    assert(!line->is_full && line->len + 2 <= FF_LOG_LINE_BYTES - ROOM_AT_END);
    put(line, "\"", 1);
    put_escaped(line, text);
    close_with(line, "\"");
}

static void put_number(struct line *line, int64_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, number);
    put_text(line, digits);
}

/* Bare when it is one plain word, else quoted. */
static void put_word(struct line *line, const char *text)
{
    bool is_plain = *text != '\0';
    for (const char *p = text; *p && is_plain; p++)
        is_plain = *p > ' ' && *p < 0x7f && *p != '"' && *p != '\\' && *p != '=';
    if (is_plain)
        put_text(line, text);
    else
        put_quoted(line, text);
}

/* A member is begun only when its name and an empty value fit: JSON stays JSON. */
static bool has_room_for(const struct line *line, const char *key)
{
    return !line->is_full && line->len + strlen(key) + 32 <= FF_LOG_LINE_BYTES - ROOM_AT_END;
}

static void json_member(struct line *line, const struct ff_log_kv *kv)
{
    if (!has_room_for(line, kv->key))
        return;
    put_text(line, line->len > 1 ? "," : "");
    put_quoted(line, kv->key);
    put_text(line, ":");
    if (kv->text)
        put_quoted(line, kv->text);
    else
        put_number(line, kv->number);
}

static void text_member(struct line *line, const struct ff_log_kv *kv)
{
    if (!has_room_for(line, kv->key))
        return;
    put_text(line, " ");
    put_text(line, kv->key);
    put_text(line, "=");
    if (kv->text)
        put_word(line, kv->text);
    else
        put_number(line, kv->number);
}

/* Always the machine's time: a log that follows a test clock could not be compared with others. */
static void now_text(char out[FF_INSTANT_CAP])
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    ff_instant_format((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000, out);
}

static void json_head(struct line *line, enum ff_log_level level, const char *event)
{
    char now[FF_INSTANT_CAP];
    now_text(now);
    put_text(line, "{");
    json_member(line, &(struct ff_log_kv){"ts", now, 0});
    json_member(line, &(struct ff_log_kv){"level", levels[level].name, 0});
    json_member(line, &(struct ff_log_kv){"event", event, 0});
}

/* The journal has its own time stamps and takes the priority from <n>. */
static void text_head(struct line *line, enum ff_log_level level, const char *event,
                      bool is_journal)
{
    char head[FF_INSTANT_CAP + 16], now[FF_INSTANT_CAP];
    now_text(now);
    if (is_journal)
        (void)snprintf(head, sizeof head, "<%d>", levels[level].priority);
    else
        (void)snprintf(head, sizeof head, "%s %-5s ", now, levels[level].name);
    put_text(line, head);
    put_escaped(line, event);
}

static void write_line(const struct line *line)
{
    while (write(STDERR_FILENO, line->data, line->len) < 0 && errno == EINTR)
        ;
}

void ff_log(enum ff_log_level level, const char *request_id, const char *event,
            const struct ff_log_kv *kv, size_t n)
{
    if (!ff_log_enabled(level))
        return;
    /* Too large for a worker's frame, and one for each thread would be a page for each of them. */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static char bytes[FF_LOG_LINE_BYTES];
    struct line line = {.data = bytes};
    pthread_mutex_lock(&lock);
    int format = atomic_load(&line_format);
    bool is_json = format == FF_LOG_JSON;
    if (is_json)
        json_head(&line, level, event);
    else
        text_head(&line, level, event, format == FF_LOG_JOURNAL);
    void (*member)(struct line *, const struct ff_log_kv *) = is_json ? json_member : text_member;
    if (request_id)
        member(&line, &(struct ff_log_kv){"requestId", request_id, 0});
    for (size_t i = 0; i < n; i++)
        member(&line, &kv[i]);
    close_with(&line, is_json ? "}\n" : "\n");
    write_line(&line);
    pthread_mutex_unlock(&lock);
}

void ff_logf(enum ff_log_level level, const char *request_id, const char *format, ...)
{
    if (!ff_log_enabled(level))
        return;
    char sentence[SENTENCE_CAP];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    ff_utf8_trim(sentence);
    ff_log(level, request_id, sentence, NULL, 0);
}

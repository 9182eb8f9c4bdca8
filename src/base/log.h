/* SPDX-License-Identifier: MIT */
/* log.h - one line per event, JSON, journal (with <n> priority) or text, to stderr.
 * A line is at most 4 KiB, control characters escaped, written by one write(2). Secrets never come
 * here. */
#ifndef FF_BASE_LOG_H
#define FF_BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ff_log_level { FF_LOG_ERROR, FF_LOG_WARN, FF_LOG_INFO, FF_LOG_DEBUG };
enum ff_log_format { FF_LOG_TEXT, FF_LOG_JSON, FF_LOG_JOURNAL };

/* Sets level and format for the process; called at start and on reload. Before it: info, text. */
void ff_log_setup(enum ff_log_level level, enum ff_log_format format);
/* Turns the debug level on, or back to the level that was set; true when it is on now. */
bool ff_log_toggle_debug(void);
bool ff_log_enabled(enum ff_log_level level);

/* One further member of a line. text NULL: `number` counts. */
struct ff_log_kv {
    const char *key;
    const char *text;
    int64_t number;
};

/* Logs `event` (a short constant phrase) with the request id (may be NULL) and n members. */
void ff_log(enum ff_log_level level, const char *request_id, const char *event,
            const struct ff_log_kv *kv, size_t n);

/* The same with one formatted sentence. */
void ff_logf(enum ff_log_level level, const char *request_id, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

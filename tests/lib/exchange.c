/* SPDX-License-Identifier: MIT */
/* exchange.c - masking and comparing. */
#include "exchange.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LINE_SHOWN = 400, UUID_CHARS = 36, FILE_CAP = 1 << 16 };

/* Headers that belong to the answer; the others are the same on every reply and tested there. */
static const char *const kept[] = {
    "HTTP/1.1",        "Content-Type",        "Cache-Control",   "Retry-After",
    "Allow",           "WWW-Authenticate",    "Connection",      "Set-Cookie",
    "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset",
};

static bool is_uuid(const char *at)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (size_t i = 0; i < UUID_CHARS; i++)
        if (shape[i] == 'x' ? !isxdigit((unsigned char)at[i]) : at[i] != '-')
            return false;
    return true;
}

static size_t secret_at(const char *at, const char *const *secrets)
{
    for (; *secrets; secrets++) {
        size_t n = strlen(*secrets);
        if (n && !strncmp(at, *secrets, n))
            return n;
    }
    return 0;
}

/* One line; `n` bytes without its end. */
static void write_line(struct ff_buf *out, const char *line, size_t n, const char *const *secrets)
{
    for (size_t i = 0, used, shown = 0; i < n; i += used, shown++) {
        used = 1;
        if (shown == LINE_SHOWN) {
            ff_buf_printf(out, "... (%zu bytes)", n);
            break;
        }
        if ((used = secret_at(line + i, secrets))) {
            ff_buf_str(out, "(secret)");
        } else if (n - i >= UUID_CHARS && is_uuid(line + i)) {
            ff_buf_str(out, "(request id)");
            used = UUID_CHARS;
        } else {
            ff_buf_char(out, line[i]);
            used = 1;
        }
    }
    ff_buf_char(out, '\n');
}

static void write_lines(struct ff_buf *out, const char *text, bool (*wanted)(const char *line),
                        const char *const *secrets)
{
    while (*text) {
        size_t n = strcspn(text, "\n"), end = n > 0 && text[n - 1] == '\r' ? n - 1 : n;
        if (!wanted || wanted(text))
            write_line(out, text, end, secrets);
        text += n + (text[n] == '\n');
    }
}

static bool is_kept(const char *line)
{
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        size_t n = strlen(kept[i]);
        if (!strncasecmp(line, kept[i], n) && strchr(": ", line[n]))
            return true;
    }
    return false;
}

void ff_exchange_write(struct ff_buf *out, const char *request, const struct ff_raw_reply *reply,
                       const char *const *secrets)
{
    write_lines(out, request, NULL, secrets);
    ff_buf_str(out, "\n----\n");
    write_lines(out, reply->head, is_kept, secrets);
    ff_buf_char(out, '\n');
    write_lines(out, reply->body, NULL, secrets);
}

static void accept_file(const char *path, const struct ff_buf *got)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file && fwrite(got->data, 1, got->len, file) == got->len, "%s", path);
    ck_assert_int_eq(fclose(file), 0);
}

void ff_exchange_compare(const char *path, const struct ff_buf *got)
{
    static char want[FILE_CAP];
    if (getenv("FF_ACCEPT")) {
        accept_file(path, got);
        return;
    }
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is missing; `make errors` writes it. It would be:\n%s", path,
                  got->data);
    size_t n = fread(want, 1, sizeof want - 1, file);
    want[n] = '\0';
    (void)fclose(file);
    ck_assert_msg(!strcmp(want, got->data),
                  "%s differs; if that is meant, `make errors` accepts it.\n%s\n--- now:\n%s", path,
                  want, got->data);
}

/* SPDX-License-Identifier: MIT */
/* ids.c - random and printable identifiers, and the strict reading of integers in text. */
#include "base/ids.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static const char hex_digits[] = "0123456789abcdef";

void ff_random(void *out, size_t n)
{
    unsigned char *p = out;
    while (n > 0) {
        ssize_t got = getrandom(p, n, 0);
        if (got > 0) {
            p += got;
            n -= (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            fputs("feastfrenzy: the kernel gives no random bytes\n", stderr);
            abort();
        }
    }
}

/* The two digits of each byte. */
static void put_hex(const unsigned char *b, size_t n, char *out)
{
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = hex_digits[b[i] >> 4];
        out[2 * i + 1] = hex_digits[b[i] & 15];
    }
}

static void write_uuid(const unsigned char random[16], char out[37])
{
    static const unsigned char groups[] = {4, 2, 2, 2, 6};
    unsigned char b[16];
    memcpy(b, random, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40); /* version 4 */
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80); /* variant of RFC 9562 */
    for (size_t i = 0, at = 0; i < sizeof groups; at += groups[i++]) {
        put_hex(b + at, groups[i], out);
        out += 2 * groups[i];
        *out++ = '-';
    }
    out[-1] = '\0';
}

void ff_uuid(char out[37])
{
    unsigned char b[16];
    ff_random(b, sizeof b);
    write_uuid(b, out);
}

/* ---- for ids that are no secrets: the kernel is asked for a few dozen at once ---- */

static _Thread_local struct {
    unsigned char bytes[512];
    size_t left;
} ahead;

/* The thread that forks is the one that the child has. */
static void forget_ahead(void)
{
    ahead.left = 0;
}

static void forget_in_children(void)
{
    if (pthread_atfork(NULL, NULL, forget_ahead))
        abort();
}

void ff_request_id(char out[37])
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (ahead.left < 16) {
        pthread_once(&once, forget_in_children);
        ff_random(ahead.bytes, sizeof ahead.bytes);
        ahead.left = sizeof ahead.bytes;
    }
    ahead.left -= 16;
    write_uuid(ahead.bytes + ahead.left, out);
}

static bool is_id_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

bool ff_request_id_ok(const char *text)
{
    size_t n = 0;
    while (is_id_char(text[n])) {
        if (++n >= FF_REQUEST_ID_CAP)
            return false;
    }
    return text[n] == '\0' && n >= 8;
}

void ff_hex(const void *bytes, size_t n, char *out)
{
    put_hex(bytes, n, out);
    out[2 * n] = '\0';
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool ff_unhex(const char *hex, size_t hex_len, void *out, size_t n)
{
    if (hex_len % 2 || hex_len / 2 != n)
        return false;
    unsigned char *b = out;
    for (size_t i = 0; i < n; i++) {
        int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        b[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

void ff_b64url(const void *bytes, size_t n, char *out)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const unsigned char *b = bytes;
    unsigned bits = 0;
    int n_bits = 0;
    for (size_t i = 0; i < n; i++) {
        bits = (bits << 8 | b[i]) & 0xffff;
        for (n_bits += 8; n_bits >= 6; n_bits -= 6)
            *out++ = digits[bits >> (n_bits - 6) & 63];
    }
    if (n_bits)
        *out++ = digits[bits << (6 - n_bits) & 63];
    *out = '\0';
}

bool ff_parse_id(const char *text, int64_t *out)
{
    return ff_parse_int(text, 1, INT64_MAX, out);
}

bool ff_parse_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
    bool is_negative = *text == '-';
    const char *p = text + is_negative;
    if (*p < '0' || *p > '9' || (*p == '0' && p[1] != '\0'))
        return false;
    int64_t n = 0;
    for (; *p >= '0' && *p <= '9'; p++) {
        int digit = *p - '0';
        if (__builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, is_negative ? -digit : digit, &n))
            return false;
    }
    if (*p || n < min || n > max)
        return false;
    *out = n;
    return true;
}

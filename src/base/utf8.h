/* SPDX-License-Identifier: MIT */
/* utf8.h - strict UTF-8, and the folding that search and sort use. */
#ifndef FF_BASE_UTF8_H
#define FF_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Valid UTF-8: no overlong form, no surrogate, no NUL, at most U+10FFFF. */
bool ff_utf8_valid(const char *text, size_t n);

/* Decodes the character at `text` (`n` bytes left). Its length in bytes, or 0 when there is none:
 * end, NUL or a sequence that ff_utf8_valid refuses. */
size_t ff_utf8_next(const char *text, size_t n, uint32_t *out);

/* Encodes a code point; its length in bytes. */
size_t ff_utf8_put(uint32_t point, char out[4]);

/* Cuts an incomplete last character off a text that was shortened at a byte. */
void ff_utf8_trim(char *text);

/* C0, DEL and C1. */
bool ff_utf8_is_control(uint32_t point);

/* Number of code points of a valid text. */
size_t ff_utf8_length(const char *text);

/* A name a person may see: valid, no control character, no bidi override or isolate, not only
 * spaces and zero-width characters. Outer spaces stay as they are: the names of a real till have
 * them, and an export must give back what was imported. Source: security.md S86. */
bool ff_utf8_is_name(const char *text);

/* Folds for matching and sorting: lower case, Latin diacritics removed (Á -> a, ő -> o, ß -> ss),
 * other scripts unchanged. `out` holds `cap` bytes; a text that does not fit is cut at a code
 * point. */
void ff_utf8_fold(const char *text, char *out, size_t cap);

/* Up to two initials of a name ("Kovács Péter" -> "KP"), NUL-terminated. */
void ff_utf8_initials(const char *name, char out[12]);

#endif

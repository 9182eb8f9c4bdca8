/* SPDX-License-Identifier: MIT */
/* qr.h - a text as a QR code: the dark squares as one path of an SVG. The only place that touches
 * libqrencode. */
#ifndef FF_BASE_QR_H
#define FF_BASE_QR_H

#include "base/buf.h"

enum { FF_QR_TEXT_MAX = 512 };

/* Appends `<path d="..."/>` with the symbol of `text` (1..FF_QR_TEXT_MAX bytes, medium error
 * correction) fitted into a square of `size` at x, y, a quiet zone of four squares included. Whole
 * units of the picture, so `size` is a hundred or more times a square. False when memory is out or
 * the text does not fit. */
bool ff_qr_path(struct ff_buf *buf, const char *text, int x, int y, int size);

#endif

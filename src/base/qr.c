/* SPDX-License-Identifier: MIT */
/* qr.c - see qr.h. Squares side by side in a row become one rectangle, which halves the text. */
#include "base/qr.h"

#include <qrencode.h>
#include <string.h>

enum { QUIET = 4 };

/* One row: "M<x> <y>h<n>v1h-<n>z" for each run of dark squares. */
static void write_row(struct ff_buf *buf, const unsigned char *squares, int width, int row)
{
    for (int from = 0; from < width; from++) {
        int n = 0;
        while (from + n < width && (squares[from + n] & 1))
            n++;
        if (n)
            ff_buf_printf(buf, "M%d %dh%dv1h-%dz", from, row, n, n);
        from += n;
    }
}

bool ff_qr_path(struct ff_buf *buf, const char *text, int x, int y, int size)
{
    const size_t n = strlen(text);
    QRcode *code = n > 0 && n <= FF_QR_TEXT_MAX
                       ? QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
                       : NULL;
    if (!code)
        return false;
    const int unit = size / (code->width + 2 * QUIET);
    ff_buf_printf(buf, "<path transform=\"translate(%d %d) scale(%d)\" d=\"", x + QUIET * unit,
                  y + QUIET * unit, unit);
    for (int row = 0; row < code->width; row++)
        write_row(buf, code->data + row * code->width, code->width, row);
    ff_buf_str(buf, "\"/>");
    QRcode_free(code);
    return !buf->failed;
}

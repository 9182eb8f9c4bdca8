/* SPDX-License-Identifier: MIT */
/* sheet.c - see sheet.h. Hundredths of a millimetre throughout; a card has the size of a bank
 * card. */
#include "domain/common/sheet.h"

#include "base/qr.h"
#include "base/utf8.h"
#include "domain/site/site.h"

enum { COLUMNS = 2, ROWS = 5, CARD_W = 8600, CARD_H = 5400, GAP = 400 };
enum { PAGE_W = COLUMNS * CARD_W + GAP, PAGE_H = ROWS * CARD_H, PER_MM = 100 };
enum { TEXT_X = 500, QR_X = 4800, QR_Y = 1200, QR_SIZE = 3600, SHEET_BYTES = 8 << 20 };

static void write_text(struct ff_buf *buf, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            ff_buf_str(buf, "&lt;");
        else if (*text == '&')
            ff_buf_str(buf, "&amp;");
        else
            ff_buf_char(buf, *text);
    }
}

/* A line that shrinks until it fits into `width`; a letter is taken for 0.6 of its height. */
static void write_line(struct ff_buf *buf, int y, int height, int width, bool is_bold,
                       const char *text)
{
    const int letters = (int)ff_utf8_length(text);
    if (letters * height * 6 / 10 > width)
        height = width * 10 / 6 / letters;
    ff_buf_printf(buf, "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s>", TEXT_X, y, height,
                  is_bold ? " font-weight=\"700\"" : "");
    write_text(buf, text);
    ff_buf_str(buf, "</text>");
}

static bool write_card(struct ff_buf *buf, const char *site, const struct ff_sheet_card *card,
                       int place)
{
    const int whole = CARD_W - 2 * TEXT_X, width = card->qr ? QR_X - TEXT_X : whole;
    ff_buf_printf(buf,
                  "<g transform=\"translate(%d %d)\"><rect width=\"%d\" height=\"%d\" rx=\"300\" "
                  "fill=\"none\" stroke=\"#999\" stroke-width=\"20\"/>",
                  place % COLUMNS * (CARD_W + GAP), place / COLUMNS * CARD_H, CARD_W, CARD_H);
    write_line(buf, 800, 320, whole, false, site);
    write_line(buf, 1800, 500, width, true, card->name);
    write_line(buf, 2450, 400, width, false, card->number);
    if (card->department)
        write_line(buf, 3000, 320, width, false, card->department);
    if (card->secret)
        write_line(buf, 4100, 700, width, true, card->secret);
    if (card->note)
        write_line(buf, 4950, 280, card->qr ? width : whole, false, card->note);
    const bool ok = !card->qr || ff_qr_path(buf, card->qr, QR_X, QR_Y, QR_SIZE);
    ff_buf_str(buf, "</g>\n");
    return ok;
}

static bool write_page(struct ff_buf *buf, const char *site, const struct ff_sheet_card *cards,
                       size_t n)
{
    bool ok = true;
    ff_buf_printf(buf,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dmm\" height=\"%dmm\" "
                  "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">\n",
                  PAGE_W / PER_MM, PAGE_H / PER_MM, PAGE_W, PAGE_H);
    for (size_t i = 0; i < n; i++)
        ok = write_card(buf, site, &cards[i], (int)i) && ok;
    ff_buf_str(buf, "</svg>\n");
    return ok;
}

static bool write_pages(struct ff_buf *buf, const struct ff_site_settings *site, const char *title,
                        const struct ff_sheet_card *cards, size_t n)
{
    bool ok = true;
    ff_buf_printf(buf, "<!doctype html>\n<html lang=\"%s\"><meta charset=\"utf-8\"><title>",
                  site->locale);
    write_text(buf, title);
    ff_buf_str(buf, "</title>\n<style>@page{size:A4;margin:12mm}body{margin:0}"
                    "svg{display:block;break-inside:avoid;break-after:page}</style>\n");
    for (size_t i = 0; i < n; i += COLUMNS * ROWS) {
        const size_t here = n - i < COLUMNS * ROWS ? n - i : COLUMNS * ROWS;
        ok = write_page(buf, site->name, cards + i, here) && ok;
    }
    ff_buf_str(buf, "</html>\n");
    return ok;
}

enum ff_rc ff_sheet_write(struct ff_ctx *cx, const char *title, const struct ff_sheet_card *cards,
                          size_t n, struct ff_text *out)
{
    const struct ff_site_settings site = ff_site_get(cx);
    struct ff_buf buf;
    ff_buf_init(&buf, SHEET_BYTES);
    const bool ok = write_pages(&buf, &site, title, cards, n);
    enum ff_rc rc = FF_OK;
    if (!ok || buf.failed)
        rc = FF_FAIL(cx, FF_VALIDATION,
                     "The sheet would be too large; print a department at a time.");
    else if (!(out->text = ff_arena_strndup(cx->arena, buf.data, buf.len)))
        rc = FF_FAIL(cx, FF_INTERNAL, "There is no memory for this sheet.");
    out->n = buf.len;
    ff_buf_free(&buf);
    return rc;
}

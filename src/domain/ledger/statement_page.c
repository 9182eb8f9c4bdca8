/* SPDX-License-Identifier: MIT */
/* statement_page.c - a statement as a page to print: plain HTML in the site's language, without
 * style or script, which the content policy would not let through. */
#include "domain/ledger/statement.h"

#include <string.h>

#include "base/money.h"
#include "domain/site/site.h"

enum { PAGE_BYTES = 2 << 20 };

/* In the order of `words`. */
enum { TITLE, DAY, KIND, JOURNAL, AMOUNT, BALANCE, OPENING, CLOSING, CLOSED, WORDS };

static const struct {
    const char *locale, *words[WORDS];
} languages[] = {
    {"en",
     {"Statement", "Day", "Movement", "Journal", "Amount", "Balance", "Opening balance",
      "Closing balance", "Closed month"}},
    {"hu",
     {"Kivonat", "Nap", "Mozgás", "Napló", "Összeg", "Egyenleg", "Nyitó egyenleg", "Záró egyenleg",
      "Lezárt hónap"}},
    {"de",
     {"Kontoauszug", "Tag", "Bewegung", "Journal", "Betrag", "Saldo", "Anfangssaldo", "Endsaldo",
      "Abgeschlossener Monat"}},
};

static const char *const *words_of(const char *locale)
{
    for (size_t i = 1; i < sizeof languages / sizeof languages[0]; i++) {
        if (strcmp(languages[i].locale, locale) == 0)
            return languages[i].words;
    }
    return languages[0].words;
}

static void text(struct ff_buf *buf, const char *s)
{
    for (; *s; s++) {
        if (*s == '<')
            ff_buf_str(buf, "&lt;");
        else if (*s == '&')
            ff_buf_str(buf, "&amp;");
        else
            ff_buf_char(buf, *s);
    }
}

static void money(struct ff_buf *buf, int64_t minor, int decimals)
{
    char amount[FF_MONEY_TEXT_CAP];
    ff_money_format(minor, decimals, amount);
    ff_buf_printf(buf, "<td align=\"right\">%s</td>", amount);
}

static void balance_row(struct ff_buf *buf, const char *day, const char *what, int64_t balance,
                        int decimals)
{
    ff_buf_printf(buf, "<tr><td>%s</td><td>%s</td><td></td><td></td>", day, what);
    money(buf, balance, decimals);
    ff_buf_str(buf, "</tr>\n");
}

static void movement_row(struct ff_buf *buf, const struct ff_statement_line *l, int decimals)
{
    ff_buf_printf(buf, "<tr><td>%s</td><td>%s%s%s</td><td align=\"right\">%lld</td>",
                  l->business_date, l->kind, l->reason ? ", " : "", l->reason ? l->reason : "",
                  (long long)l->journal_id);
    money(buf, l->amount, decimals);
    money(buf, l->balance, decimals);
    ff_buf_str(buf, "</tr>\n");
}

static void head(struct ff_buf *buf, const struct ff_site_settings *site,
                 const struct ff_statement *s, const char *const *words)
{
    ff_buf_printf(
        buf,
        "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title>"
        "</head><body>\n<h1>",
        site->locale, words[TITLE]);
    text(buf, site->name);
    ff_buf_printf(buf, "</h1>\n<h2>%s ", words[TITLE]);
    ff_buf_printf(buf, "%s \xe2\x80\x93 %s</h2>\n<p>", s->from, s->to);
    text(buf, s->holder_number);
    ff_buf_char(buf, ' ');
    text(buf, s->holder_name);
    ff_buf_printf(buf, ", %s%s%s</p>\n", site->currency, s->is_closed ? ", " : "",
                  s->is_closed ? words[CLOSED] : "");
    ff_buf_printf(buf,
                  "<table border=\"1\" cellpadding=\"4\"><thead><tr><th>%s</th><th>%s</th><th>%s"
                  "</th><th>%s</th><th>%s</th></tr></thead><tbody>\n",
                  words[DAY], words[KIND], words[JOURNAL], words[AMOUNT], words[BALANCE]);
}

enum ff_rc ff_statement_page(struct ff_ctx *cx, const struct ff_statement *s, struct ff_text *out)
{
    const struct ff_site_settings site = ff_site_get(cx);
    const char *const *words = words_of(site.locale);
    const struct ff_statement_line *line = s->lines.items;
    const int decimals = (int)site.decimals;
    struct ff_buf buf;
    ff_buf_init(&buf, PAGE_BYTES);
    head(&buf, &site, s, words);
    balance_row(&buf, s->from, words[OPENING], s->opening, decimals);
    for (size_t i = 0; i < s->lines.n; i++)
        movement_row(&buf, &line[i], decimals);
    balance_row(&buf, s->to, words[CLOSING], s->closing, decimals);
    ff_buf_str(&buf, "</tbody></table>\n</body></html>\n");
    out->n = buf.len;
    out->text = buf.failed ? NULL : ff_arena_strndup(cx->arena, buf.data, buf.len);
    ff_buf_free(&buf);
    return out->text ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "There is no memory for this page.");
}

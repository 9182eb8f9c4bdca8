/* SPDX-License-Identifier: MIT */
/* compose.c - one message as text: its head, and the body in the site's language.
 * Names come from people. In the head they are made of printable ASCII alone, so that no name can
 * begin a line there; the body is UTF-8. */
#include <string.h>
#include <time.h>

#include "base/ids.h"
#include "base/utf8.h"
#include "domain/mail/outbox.h"
#include "domain/site/site.h"

enum { MESSAGE_BYTES = 16384, CHUNK = 45, MS_PER_S = 1000 };

struct texts {
    const char *hello, *after_name;
    const char *subject[FF_MAIL_KINDS], *body[FF_MAIL_KINDS];
    const char *bye;
};

/* clang-format off */
static const struct texts en = {
    .hello = "Hello ", .after_name = ",\n\n",
    .subject = {
        [FF_MAIL_RESET] = "A new password", [FF_MAIL_REGISTER] = "Your account",
        [FF_MAIL_PASSWORD_CHANGED] = "Your password was changed", [FF_MAIL_INVITE] = "Your account",
    },
    .body = {
        [FF_MAIL_RESET] = "somebody, probably you, asked for a new password. Choose it within an hour here:\n",
        [FF_MAIL_REGISTER] = "here you can make your account and choose a password, within a week:\n",
        [FF_MAIL_PASSWORD_CHANGED] =
            "your password was changed, and all other devices were signed out.\n"
            "If it was not you, ask for a new password at once and tell the canteen.\n",
        [FF_MAIL_INVITE] = "here you can make your account and choose a password, within a week:\n",
    },
    .bye = "\nIf this is not meant for you, you need do nothing.\n\n",
};
static const struct texts hu = {
    .hello = "Kedves ", .after_name = "!\n\n",
    .subject = {
        [FF_MAIL_RESET] = "Új jelszó", [FF_MAIL_REGISTER] = "Az Ön fiókja",
        [FF_MAIL_PASSWORD_CHANGED] = "Megváltozott a jelszava", [FF_MAIL_INVITE] = "Az Ön fiókja",
    },
    .body = {
        [FF_MAIL_RESET] = "Valaki, valószínűleg Ön, új jelszót kért. Egy órán belül itt adhatja meg:\n",
        [FF_MAIL_REGISTER] = "Itt egy héten belül elkészítheti fiókját és jelszót választhat:\n",
        [FF_MAIL_PASSWORD_CHANGED] =
            "Jelszava megváltozott, a többi eszközön kijelentkeztettük.\n"
            "Ha nem Ön volt, azonnal kérjen új jelszót, és szóljon a büfének.\n",
        [FF_MAIL_INVITE] = "Itt egy héten belül elkészítheti fiókját és jelszót választhat:\n",
    },
    .bye = "\nHa ez nem Önnek szól, nincs teendője.\n\n",
};
static const struct texts de = {
    .hello = "Guten Tag ", .after_name = ",\n\n",
    .subject = {
        [FF_MAIL_RESET] = "Neues Passwort", [FF_MAIL_REGISTER] = "Ihr Konto",
        [FF_MAIL_PASSWORD_CHANGED] = "Ihr Passwort wurde geändert", [FF_MAIL_INVITE] = "Ihr Konto",
    },
    .body = {
        [FF_MAIL_RESET] = "jemand, vermutlich Sie, möchte ein neues Passwort. Wählen Sie es binnen einer Stunde hier:\n",
        [FF_MAIL_REGISTER] = "hier können Sie binnen einer Woche Ihr Konto anlegen und ein Passwort wählen:\n",
        [FF_MAIL_PASSWORD_CHANGED] =
            "Ihr Passwort wurde geändert, alle anderen Geräte wurden abgemeldet.\n"
            "Waren Sie es nicht, fordern Sie sofort ein neues an und sagen Sie der Kantine Bescheid.\n",
        [FF_MAIL_INVITE] = "hier können Sie binnen einer Woche Ihr Konto anlegen und ein Passwort wählen:\n",
    },
    .bye = "\nFalls dies nicht für Sie bestimmt ist, müssen Sie nichts tun.\n\n",
};
/* clang-format on */

static const char *const pages[FF_MAIL_KINDS] = {
    [FF_MAIL_RESET] = "reset",
    [FF_MAIL_REGISTER] = "welcome",
    [FF_MAIL_INVITE] = "welcome",
};

static const struct texts *texts_of(const char *locale)
{
    if (strcmp(locale, "hu") == 0)
        return &hu;
    return strcmp(locale, "de") == 0 ? &de : &en;
}

/* ---- the head ---- */

static bool is_plain(const char *text)
{
    for (; *text; text++) {
        if (*text < ' ' || *text > '~' || strchr("\"\\()<>[]:;@,=?", *text))
            return false;
    }
    return true;
}

static void add_base64(struct ff_buf *buf, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        const unsigned group = (unsigned)bytes[i] << 16 |
                               (i + 1 < n ? (unsigned)bytes[i + 1] << 8 : 0) |
                               (i + 2 < n ? bytes[i + 2] : 0U);
        ff_buf_char(buf, digits[group >> 18]);
        ff_buf_char(buf, digits[group >> 12 & 63]);
        ff_buf_char(buf, i + 1 < n ? digits[group >> 6 & 63] : '=');
        ff_buf_char(buf, i + 2 < n ? digits[group & 63] : '=');
    }
}

/* A value of the head: as it is when that is safe, else as RFC 2047 words of whole characters. */
static void add_words(struct ff_buf *buf, const char *text)
{
    if (is_plain(text)) {
        ff_buf_str(buf, text);
        return;
    }
    const char *gap = "";
    while (*text) {
        size_t n = 0;
        uint32_t point;
        for (size_t k; (k = ff_utf8_next(text + n, strlen(text + n), &point)) && n + k <= CHUNK;)
            n += k;
        if (!n)
            return; /* not UTF-8: the rest is left out */
        ff_buf_printf(buf, "%s=?UTF-8?B?", gap);
        add_base64(buf, (const unsigned char *)text, n);
        ff_buf_str(buf, "?=");
        gap = "\n ";
        text += n;
    }
}

static void add_date(struct ff_buf *buf, int64_t now_ms)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const time_t seconds = (time_t)(now_ms / MS_PER_S);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    ff_buf_printf(buf, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\n", days[tm.tm_wday],
                  tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min,
                  tm.tm_sec);
}

void ff_mail_head(struct ff_buf *buf, const struct ff_mail_head *head)
{
    char id[37];
    const char *at = strchr(head->from, '@');
    ff_uuid(id);
    ff_buf_str(buf, "From: ");
    add_words(buf, head->site_name);
    ff_buf_printf(buf, " <%s>\nTo: <%s>\nSubject: ", head->from, head->to);
    add_words(buf, head->subject);
    ff_buf_char(buf, '\n');
    add_date(buf, head->now_ms);
    ff_buf_printf(buf,
                  "Message-ID: <%s%s>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
                  "Content-Transfer-Encoding: 8bit\nAuto-Submitted: auto-generated\n\n",
                  id, at ? at : "@localhost");
}

const char *ff_mail_compose(struct ff_ctx *cx, enum ff_mail_kind kind,
                            const struct ff_mail_site *site, const char *to,
                            const struct ff_mail_words *words)
{
    const struct ff_site_settings s = ff_site_get(cx);
    const struct texts *t = texts_of(s.locale);
    struct ff_buf buf;
    ff_buf_init(&buf, MESSAGE_BYTES);
    ff_mail_head(&buf, &(struct ff_mail_head){.site_name = s.name,
                                              .from = site->from,
                                              .to = to,
                                              .subject = t->subject[kind],
                                              .now_ms = ff_clock_now_ms(cx->clock)});
    ff_buf_printf(&buf, "%s%s%s", t->hello, words->name, t->after_name);
    ff_buf_str(&buf, t->body[kind]);
    if (words->code)
        ff_buf_printf(&buf, "\n%s/%s#%s\n", site->url, pages[kind], words->code);
    ff_buf_printf(&buf, "%s%s\n", t->bye, s.name);
    const char *text = buf.failed ? NULL : ff_strdup(cx, buf.data);
    if (buf.failed)
        (void)FF_FAIL(cx, FF_INTERNAL, "a message does not fit");
    ff_buf_free(&buf);
    return text;
}

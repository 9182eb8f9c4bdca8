/* SPDX-License-Identifier: MIT */
/* scrape_token.c - the token that a monitor on another machine reads the counters with. */
#include "app/scrape_token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ids.h"

enum { PATH_CAP = 1100, TOKEN_BYTES = 32, OTHERS = 077 };

static bool make(const char *path)
{
    unsigned char random[TOKEN_BYTES];
    char text[FF_SCRAPE_TOKEN_CAP + 1];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST;
    ff_random(random, sizeof random);
    ff_hex(random, sizeof random, text);
    text[FF_SCRAPE_TOKEN_CAP - 1] = '\n';
    bool ok = write(fd, text, FF_SCRAPE_TOKEN_CAP) == FF_SCRAPE_TOKEN_CAP && fsync(fd) == 0;
    return close(fd) == 0 && ok;
}

/* The first line; what may stand around it is nothing but its end. */
static bool load(const char *path, char token[FF_SCRAPE_TOKEN_CAP])
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !(st.st_mode & OTHERS) &&
              read(fd, token, FF_SCRAPE_TOKEN_CAP - 1) == FF_SCRAPE_TOKEN_CAP - 1;
    close(fd);
    token[ok ? FF_SCRAPE_TOKEN_CAP - 1 : 0] = 0;
    return ok && strspn(token, "0123456789abcdef") == FF_SCRAPE_TOKEN_CAP - 1;
}

bool ff_scrape_fill(struct ff_scrape *out, char token[FF_SCRAPE_TOKEN_CAP],
                    const struct ff_options *o, const char *dir, struct ff_trouble *t)
{
    const char *who = ff_opt_text(o, FF_OPT_METRICS);
    char path[PATH_CAP];
    *out = (struct ff_scrape){.access = !strcmp(who, "off")        ? FF_SCRAPE_OFF
                                        : !strcmp(who, "loopback") ? FF_SCRAPE_LOOPBACK
                                                                   : FF_SCRAPE_TOKEN,
                              .token = token};
    token[0] = 0;
    if (out->access != FF_SCRAPE_TOKEN)
        return true;
    snprintf(path, sizeof path, "%s/metrics.token", dir);
    if (make(path) && load(path, token))
        return true;
    ff_trouble(t, FF_EXIT_CONFIG, "remove it, and the next start makes a new one",
               "%s must be a file of mode 0600 with 64 hexadecimal digits", path);
    return false;
}

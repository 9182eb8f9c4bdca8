/* SPDX-License-Identifier: MIT */
/* message.c - looking into requests and replies as plain data. */
#include "http/message.h"

#include <string.h>
#include <strings.h>

void ff_response_init(struct ff_response *rp)
{
    memset(rp, 0, sizeof *rp);
    ff_buf_init(&rp->head, FF_RESPONSE_MAX_BYTES);
    ff_buf_init(&rp->body, FF_RESPONSE_MAX_BYTES);
    rp->date_s = -1;
}

void ff_response_clear(struct ff_response *rp)
{
    ff_buf_clear(&rp->head);
    ff_buf_clear(&rp->body);
    rp->status = 0;
    rp->asset = NULL;
    rp->asset_len = 0;
    rp->close = false;
    rp->rate = (struct ff_rate_state){0};
}

static void trim(struct ff_buf *buf)
{
    enum { KEPT_BYTES = 256 << 10 };
    if (buf->cap > KEPT_BYTES)
        ff_buf_free(buf);
}

void ff_response_trim(struct ff_response *rp)
{
    trim(&rp->head);
    trim(&rp->body);
}

void ff_response_free(struct ff_response *rp)
{
    ff_buf_free(&rp->head);
    ff_buf_free(&rp->body);
}

bool ff_response_header(const struct ff_response *rp, const char *name, char *out, size_t cap)
{
    size_t n = strlen(name);
    const char *line = rp->head.data;
    while (line && (line = strstr(line, "\r\n"))) {
        line += 2;
        if (strncasecmp(line, name, n) || line[n] != ':')
            continue;
        const char *value = line + n + 1 + strspn(line + n + 1, " ");
        size_t len = strcspn(value, "\r");
        if (len >= cap)
            len = cap - 1;
        memcpy(out, value, len);
        out[len] = '\0';
        return true;
    }
    return false;
}

bool ff_same_header(const char *a, const char *b)
{
    /* Most pairs differ in the first letter, and looking at it is cheaper than the call. */
    return ((a[0] ^ b[0]) & 0x5f) == 0 && !strcasecmp(a, b);
}

/* Not inlined: what is asked for is absent more often than not, and need not save registers. */
__attribute__((noinline)) static const char *look_for(const struct ff_message *m, const char *name,
                                                      size_t *count)
{
    const char *value = NULL;
    size_t n = 0;
    for (size_t i = 0; i < m->n_headers; i++) {
        if (!ff_same_header(m->headers[i].name, name))
            continue;
        if (!n++)
            value = m->headers[i].value;
    }
    if (count)
        *count = n;
    return value;
}

const char *ff_message_header(const struct ff_message *m, const char *name, size_t *count)
{
    if (!m->initials || m->initials & ff_initial(name))
        return look_for(m, name, count);
    if (count)
        *count = 0;
    return NULL;
}

bool ff_message_add(struct ff_message *m, const char *name, const char *value)
{
    if (m->n_headers == sizeof m->headers / sizeof m->headers[0])
        return false;
    if (m->initials || !m->n_headers)
        m->initials |= ff_initial(name);
    m->headers[m->n_headers++] = (struct ff_header){name, value};
    return true;
}

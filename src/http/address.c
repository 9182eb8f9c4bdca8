/* SPDX-License-Identifier: MIT */
/* address.c - addresses, networks, and the list that proxies write. */
#include "http/address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"

enum { V4_BITS = 96, ALL_BITS = 128, GROUP_BYTES = 8, MAX_HOPS = 32 };

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_v4(const struct ff_address *a)
{
    return !memcmp(a->bytes, mapped, sizeof mapped);
}

bool ff_address_read(const char *text, struct ff_address *out)
{
    memcpy(out->bytes, mapped, sizeof mapped);
    return inet_pton(AF_INET, text, out->bytes + sizeof mapped) == 1 ||
           inet_pton(AF_INET6, text, out->bytes) == 1;
}

static void write_address(const struct ff_address *a, char out[FF_ADDRESS_CAP])
{
    bool v4 = is_v4(a);
    if (!inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? a->bytes + sizeof mapped : a->bytes, out,
                   FF_ADDRESS_CAP))
        out[0] = '\0';
}

static unsigned bit(const struct ff_address *a, unsigned i)
{
    return (unsigned)a->bytes[i / 8] >> (7 - i % 8) & 1u;
}

bool ff_network_read(const char *text, struct ff_network *out)
{
    char address[FF_ADDRESS_CAP];
    size_t n = strcspn(text, "/");
    int64_t bits = ALL_BITS;
    if (n >= sizeof address)
        return false;
    memcpy(address, text, n);
    address[n] = '\0';
    if (!ff_address_read(address, &out->base))
        return false;
    bool v4 = !strchr(address, ':');
    if (text[n] && !ff_parse_int(text + n + 1, 0, v4 ? ALL_BITS - V4_BITS : ALL_BITS, &bits))
        return false;
    out->bits = (unsigned)bits + (text[n] && v4 ? V4_BITS : 0);
    for (unsigned i = out->bits; i < ALL_BITS; i++)
        if (bit(&out->base, i))
            return false;
    return true;
}

bool ff_network_has(const struct ff_network *network, const struct ff_address *address)
{
    unsigned whole = network->bits / 8;
    if (memcmp(network->base.bytes, address->bytes, whole) != 0)
        return false;
    for (unsigned i = whole * 8; i < network->bits; i++)
        if (bit(&network->base, i) != bit(address, i))
            return false;
    return true;
}

void ff_address_group(struct ff_address *address)
{
    if (!is_v4(address))
        memset(address->bytes + GROUP_BYTES, 0, sizeof address->bytes - GROUP_BYTES);
}

static bool is_trusted(const struct ff_address *a, const struct ff_network *trusted, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ff_network_has(&trusted[i], a))
            return true;
    return false;
}

static bool is_trusted_text(const char *peer, const struct ff_network *trusted, size_t n)
{
    struct ff_address a;
    return n > 0 && peer && ff_address_read(peer, &a) && is_trusted(&a, trusted, n);
}

/* One hop: an address, perhaps with a port ("1.2.3.4:5", "[::1]:5"). */
static bool read_hop(const char *text, size_t n, struct ff_address *out)
{
    char hop[FF_ADDRESS_CAP];
    while (n && (text[n - 1] == ' ' || text[n - 1] == '\t'))
        n--;
    while (n && (*text == ' ' || *text == '\t'))
        text++, n--;
    if (n && *text == '[') {
        const char *end = memchr(text, ']', n);
        n = end ? (size_t)(end - ++text) : 0;
    } else if (memchr(text, '.', n) && memchr(text, ':', n) &&
               !memchr(text, ':', strcspn(text, "."))) {
        n = strcspn(text, ":");
    }
    if (!n || n >= sizeof hop)
        return false;
    memcpy(hop, text, n);
    hop[n] = '\0';
    return ff_address_read(hop, out);
}

/* Walks one header from its end. True when the search is over. */
static bool walk(const char *list, const struct ff_network *trusted, size_t n, int *hops,
                 struct ff_address *client)
{
    size_t end = strlen(list);
    for (;;) {
        struct ff_address hop;
        size_t start = end;
        while (start && list[start - 1] != ',')
            start--;
        if (++*hops > MAX_HOPS || !read_hop(list + start, end - start, &hop))
            return true;
        *client = hop;
        if (!is_trusted(&hop, trusted, n))
            return true;
        if (!start)
            return false;
        end = start - 1;
    }
}

const char *ff_client_of(const struct ff_message *m, const char *peer,
                         const struct ff_network *trusted, size_t n, char out[FF_ADDRESS_CAP])
{
    struct ff_address client;
    int hops = 0;
    if (!is_trusted_text(peer, trusted, n) || !ff_address_read(peer, &client))
        return peer;
    for (size_t i = m->n_headers; i-- > 0;)
        if (ff_same_header(m->headers[i].name, "X-Forwarded-For") &&
            walk(m->headers[i].value, trusted, n, &hops, &client))
            break;
    write_address(&client, out);
    return out;
}

bool ff_client_has_tls(const struct ff_message *m, const char *peer,
                       const struct ff_network *trusted, size_t n)
{
    size_t count;
    const char *proto = ff_message_header(m, "X-Forwarded-Proto", &count);
    return count == 1 && !strcmp(proto, "https") && is_trusted_text(peer, trusted, n);
}

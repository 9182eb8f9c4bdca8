/* SPDX-License-Identifier: MIT */
/* address.h - network addresses as numbers: whom to count as one, and who is behind a proxy. */
#ifndef FF_HTTP_ADDRESS_H
#define FF_HTTP_ADDRESS_H

#include "http/message.h"

/* IPv4 as ::ffff:a.b.c.d. */
struct ff_address {
    unsigned char bytes[16];
};

/* All addresses whose first `bits` bits are those of `base`. */
struct ff_network {
    struct ff_address base;
    unsigned bits; /* 0..128; an IPv4 prefix of n is 96 + n */
};

enum { FF_ADDRESS_CAP = 46, FF_MAX_PROXIES = 8 };

/* Reads an address ("10.0.0.7", "2001:db8::7"); false when it is none. */
bool ff_address_read(const char *text, struct ff_address *out);

/* Reads ADDRESS/BITS, or an address alone. False when it is none, or bits of the host are set. */
bool ff_network_read(const char *text, struct ff_network *out);

/* True when `address` is one of them. */
bool ff_network_has(const struct ff_network *network, const struct ff_address *address);

/* Takes the part away that one subscriber chooses freely: IPv6 counts by its /64. */
void ff_address_group(struct ff_address *address);

/* Who really sent `m`, which came from `peer`: `peer` itself unless it is one of the `n` trusted
 * proxies; then the right-most address of X-Forwarded-For that is none of them, written to `out`.
 * What cannot be read ends the search: whatever is left of it came from nobody who is trusted. */
const char *ff_client_of(const struct ff_message *m, const char *peer,
                         const struct ff_network *trusted, size_t n, char out[FF_ADDRESS_CAP]);

/* True when a trusted proxy says that its client spoke TLS: X-Forwarded-Proto: https. */
bool ff_client_has_tls(const struct ff_message *m, const char *peer,
                       const struct ff_network *trusted, size_t n);

#endif

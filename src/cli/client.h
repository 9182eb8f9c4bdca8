/* SPDX-License-Identifier: MIT */
/* client.h - one HTTP request to a server on this machine: as much HTTP as our own server speaks.
 */
#ifndef FF_CLI_CLIENT_H
#define FF_CLI_CLIENT_H

#include "base/buf.h"

struct ff_client_request {
    const char *host; /* IPv4 address */
    int port;
    int timeout_ms; /* for each wait */
    const char *method, *target;
    const char *headers; /* further lines, each with its CR LF; NULL: none */
    const char *body;
    size_t body_len;
};

struct ff_client_reply {
    int status;
    const char *body; /* inside the buffer */
    size_t body_len;
};

enum ff_client_result { FF_CLIENT_OK, FF_CLIENT_NO_SERVER, FF_CLIENT_BROKEN };

/* Sends the request and reads the whole reply into `buf`. NO_SERVER: nothing was sent; BROKEN: the
 * request may have been taken, the reply did not come. errno says why. */
enum ff_client_result ff_client_send(const struct ff_client_request *rq, struct ff_buf *buf,
                                     struct ff_client_reply *rp);

#endif

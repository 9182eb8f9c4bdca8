/* SPDX-License-Identifier: MIT */
/* frame.h - did the head of a request arrive as HTTP says? CivetWeb takes a bare line feed, a space
 * before a colon, a folded line and an empty name, and drops what comes after some of them. It cuts
 * the text in place, so what it took still shows in the bytes between the parts. */
#ifndef FF_HTTP_FRAME_H
#define FF_HTTP_FRAME_H

#include "http/message.h"

/* The parts as CivetWeb cut them, all pointing into one buffer, each ended by a NUL where a
 * separator was. */
struct ff_frame {
    const char *method, *uri;
    const char *query;   /* NULL: none; else right after the NUL that ends `uri` */
    const char *version; /* after "HTTP/" */
    const struct ff_header *headers;
    size_t n_headers;
    size_t buffer_bytes; /* room from `method` on; the head must end before it by 4 bytes */
};

/* True when every separator was exactly what HTTP says and the list of headers ends with the empty
 * line. */
bool ff_frame_is_strict(const struct ff_frame *frame);

#endif

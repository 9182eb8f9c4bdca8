/* SPDX-License-Identifier: MIT */
/* queue.h - what is recorded without a job of its own: a bounded queue that a background thread
 * empties through the writer, and the stop. */
#ifndef FF_DOMAIN_AUDIT_QUEUE_H
#define FF_DOMAIN_AUDIT_QUEUE_H

#include "domain/audit/audit.h"

struct ff_audit_queue;

/* An empty queue for cx->audit; NULL without memory. Free with ff_audit_queue_free. */
struct ff_audit_queue *ff_audit_queue_new(void);
void ff_audit_queue_free(struct ff_audit_queue *queue);

/* Writes all that waits in cx->audit, and how many were dropped before; returns after the commit.
 * On failure what is left stays queued. One caller at a time. */
FF_MUST_CHECK enum ff_rc ff_audit_flush(struct ff_ctx *cx);

#endif

/* SPDX-License-Identifier: MIT */
/* queue.c - notes wait here for the writer. A note owns copies of all it holds, because the request
 * that made it is over when it is written. When the queue is full the new one is dropped and
 * counted; the count becomes a row of its own as soon as there is room. */
#include "domain/audit/queue.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/audit/row.h"

enum { MAX_NOTES = 4096, NOTE_DETAIL_BYTES = 8192, BATCH = 256 };

struct note {
    struct note *next;
    struct ff_audit_entry entry; /* points into this note */
    struct ff_actor who;
    char action[FF_AUDIT_ACTION_CAP], entity[FF_AUDIT_ACTION_CAP];
    char address[FF_AUDIT_ADDRESS_CAP], request_id[FF_REQUEST_ID_CAP];
    char *reason; /* behind the detail, in its memory */
    char detail[];
};

struct ff_audit_queue {
    pthread_mutex_t lock; /* guards all below */
    struct note *first, **end;
    size_t n;
    int64_t dropped;
};

struct ff_audit_queue *ff_audit_queue_new(void)
{
    struct ff_audit_queue *q = calloc(1, sizeof *q);
    if (!q)
        return NULL;
    q->end = &q->first;
    pthread_mutex_init(&q->lock, NULL);
    return q;
}

static void free_notes(struct note *list)
{
    while (list) {
        struct note *next = list->next;
        free(list);
        list = next;
    }
}

void ff_audit_queue_free(struct ff_audit_queue *queue)
{
    if (!queue)
        return;
    free_notes(queue->first);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

/* ---- in ---- */

static const char *copy(char *out, size_t cap, const char *text)
{
    if (!text)
        return NULL;
    snprintf(out, cap, "%s", text);
    return out;
}

static void fill(struct note *note, const struct ff_ctx *cx, const struct ff_audit *event,
                 const struct ff_buf *detail)
{
    note->who = cx->who;
    note->who.session = NULL; /* a secret, and gone by then */
    if (detail->len)
        memcpy(note->detail, detail->data, detail->len);
    if (event->reason)
        note->reason = memcpy(note->detail + detail->len + 1, event->reason, strlen(event->reason));
    note->entry = (struct ff_audit_entry){
        .action = copy(note->action, sizeof note->action, event->action),
        .entity = copy(note->entity, sizeof note->entity, event->entity),
        .entity_id = event->entity_id,
        .subject = event->subject,
        .subject_id = event->subject_id,
        .is_open = event->is_open,
        .reason = note->reason,
        .detail = detail->len ? note->detail : NULL,
        .n_detail = detail->len,
        .at_ms = ff_clock_now_ms(cx->clock),
        .who = &note->who,
        .address = copy(note->address, sizeof note->address, cx->address),
        .request_id = copy(note->request_id, sizeof note->request_id, cx->request_id)};
}

static struct note *make(const struct ff_ctx *cx, const struct ff_audit *event)
{
    struct ff_buf detail;
    struct note *note = NULL;
    ff_buf_init(&detail, NOTE_DETAIL_BYTES);
    ff_audit_detail(event, &detail);
    size_t reason = event->reason ? strlen(event->reason) : 0;
    if (!detail.failed && reason < NOTE_DETAIL_BYTES)
        note = calloc(1, sizeof *note + detail.len + reason + 2);
    if (note)
        fill(note, cx, event, &detail);
    ff_buf_free(&detail);
    return note;
}

void ff_audit_note(struct ff_ctx *cx, const struct ff_audit *event)
{
    struct ff_audit_queue *q = cx->audit;
    if (!q)
        return;
    struct note *note = make(cx, event);
    pthread_mutex_lock(&q->lock);
    bool has_room = note && q->n < MAX_NOTES;
    if (has_room) {
        *q->end = note;
        q->end = &note->next;
        q->n++;
    } else {
        q->dropped++;
    }
    pthread_mutex_unlock(&q->lock);
    if (!has_room)
        free(note);
}

/* ---- out ---- */

struct batch {
    struct note *first, *last;
    size_t n;
    int64_t dropped;
};

static struct batch take(struct ff_audit_queue *q)
{
    pthread_mutex_lock(&q->lock);
    struct batch b = {.first = q->first, .dropped = q->dropped};
    for (struct note *note = q->first; note && b.n < BATCH; note = note->next) {
        b.last = note;
        b.n++;
    }
    if (b.last) {
        q->first = b.last->next;
        b.last->next = NULL;
        if (!q->first)
            q->end = &q->first;
    }
    q->n -= b.n;
    q->dropped = 0;
    pthread_mutex_unlock(&q->lock);
    return b;
}

static void put_back(struct ff_audit_queue *q, const struct batch *b)
{
    pthread_mutex_lock(&q->lock);
    if (b->last) {
        b->last->next = q->first;
        if (!q->first)
            q->end = &b->last->next;
        q->first = b->first;
    }
    q->n += b->n;
    q->dropped += b->dropped;
    pthread_mutex_unlock(&q->lock);
}

static enum ff_rc record_dropped(struct ff_ctx *cx, int64_t dropped)
{
    const struct ff_audit_value count = {"count", NULL, dropped};
    return ff_audit(
        cx, &(struct ff_audit){
                .action = "audit.dropped", .entity = "audit", .after = &count, .n_after = 1});
}

static enum ff_rc write_batch(struct ff_ctx *cx, void *arg)
{
    const struct batch *b = arg;
    enum ff_rc rc = FF_OK;
    for (const struct note *note = b->first; note && !rc; note = note->next)
        rc = ff_audit_put(cx, &note->entry);
    return rc || !b->dropped ? rc : record_dropped(cx, b->dropped);
}

enum ff_rc ff_audit_flush(struct ff_ctx *cx)
{
    struct ff_audit_queue *q = cx->audit;
    for (;;) {
        struct batch b = take(q);
        if (!b.n && !b.dropped)
            return FF_OK;
        enum ff_rc rc = ff_db_write(cx, write_batch, &b);
        if (rc) {
            put_back(q, &b);
            return rc;
        }
        free_notes(b.first);
    }
}

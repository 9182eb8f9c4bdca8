/* SPDX-License-Identifier: MIT */
/* metrics.c - counters and histograms. */
#include "base/metrics.h"

#include <stdlib.h>

static void add(atomic_uint_least64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static uint64_t get(const atomic_uint_least64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void ff_histogram_add(struct ff_histogram *h, uint64_t first, uint64_t value)
{
    size_t i = 0;
    while (i < FF_HISTOGRAM_BUCKETS && value > first << i)
        i++;
    add(&h->bucket[i], 1);
    add(&h->sum, value);
}

void ff_histogram_read(const struct ff_histogram *h, struct ff_histogram_view *out)
{
    *out = (struct ff_histogram_view){.sum = get(&h->sum)};
    for (size_t i = 0; i <= FF_HISTOGRAM_BUCKETS; i++) {
        out->bucket[i] = get(&h->bucket[i]);
        out->count += out->bucket[i];
    }
}

struct ff_metrics *ff_metrics_new(size_t n_routes)
{
    struct ff_metrics *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->n_routes = n_routes;
    m->requests = calloc((n_routes + 1) * FF_STATUS_CLASSES, sizeof *m->requests);
    m->hits = calloc(n_routes + 1, sizeof *m->hits);
    if (m->requests && m->hits)
        return m;
    ff_metrics_free(m);
    return NULL;
}

void ff_metrics_free(struct ff_metrics *m)
{
    if (!m)
        return;
    free(m->requests);
    free(m->hits);
    free(m);
}

static size_t row_of(const struct ff_metrics *m, size_t route)
{
    return route < m->n_routes ? route : m->n_routes;
}

static size_t place(const struct ff_metrics *m, size_t route, int class)
{
    return row_of(m, route) * FF_STATUS_CLASSES + (size_t) class - 1;
}

void ff_metrics_request(struct ff_metrics *m, size_t route, int status, enum ff_request_kind kind,
                        int64_t took_ns)
{
    int class = status / 100;
    if (class < 1 || class > FF_STATUS_CLASSES)
        return;
    add(&m->requests[place(m, route, class)], 1);
    if (kind == FF_REQUEST_HIT)
        add(&m->hits[row_of(m, route)], 1);
    ff_histogram_add(&m->latency_ns[kind], FF_LATENCY_FIRST_NS,
                     took_ns > 0 ? (uint64_t)took_ns : 0);
}

uint64_t ff_metrics_requests(const struct ff_metrics *m, size_t route, int class)
{
    return get(&m->requests[place(m, route, class)]);
}

uint64_t ff_metrics_hits(const struct ff_metrics *m, size_t route)
{
    return get(&m->hits[row_of(m, route)]);
}

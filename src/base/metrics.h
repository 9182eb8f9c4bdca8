/* SPDX-License-Identifier: MIT */
/* metrics.h - what the process has done since it started, counted where it happens and read by
 * whoever watches it. Counting takes no lock; a reading may be a few events apart within itself. */
#ifndef FF_BASE_METRICS_H
#define FF_BASE_METRICS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Values by size: bucket i counts those of at most first << i, the last all that are larger. */
enum { FF_HISTOGRAM_BUCKETS = 16 };
struct ff_histogram {
    atomic_uint_least64_t bucket[FF_HISTOGRAM_BUCKETS + 1], sum;
};
/* The same at one moment; `count` is of all. */
struct ff_histogram_view {
    uint64_t bucket[FF_HISTOGRAM_BUCKETS + 1], sum, count;
};
void ff_histogram_add(struct ff_histogram *h, uint64_t first, uint64_t value);
void ff_histogram_read(const struct ff_histogram *h, struct ff_histogram_view *out);

/* `first` of durations in nanoseconds: the buckets end at 0.125 ms, 0.25 ms, ... 4.096 s. */
enum { FF_LATENCY_FIRST_NS = 125000 };

/* How a request was answered, for its duration. */
enum ff_request_kind {
    FF_REQUEST_HIT,    /* read, from the cache of replies */
    FF_REQUEST_READ,   /* read, made anew */
    FF_REQUEST_CHANGE, /* all that is no GET */
    FF_REQUEST_KINDS
};

enum { FF_STATUS_CLASSES = 5 };

/* One a process. Requests are counted by the place of their row in the route table. */
struct ff_metrics {
    size_t n_routes;
    atomic_uint_least64_t *requests; /* [n_routes + 1][FF_STATUS_CLASSES]; the last: no row */
    atomic_uint_least64_t *hits;     /* [n_routes + 1]: of them, of kind FF_REQUEST_HIT */
    struct ff_histogram latency_ns[FF_REQUEST_KINDS];
    atomic_uint_least64_t refused[FF_RC_COUNT]; /* purchases that were not made, by why */
};

/* Zeroed; NULL when memory is out. Free with ff_metrics_free (NULL does nothing). */
struct ff_metrics *ff_metrics_new(size_t n_routes);
void ff_metrics_free(struct ff_metrics *m);

/* Counts a request that was answered with `status` (100..599); `route` from n_routes on: no row. */
void ff_metrics_request(struct ff_metrics *m, size_t route, int status, enum ff_request_kind kind,
                        int64_t took_ns);

/* The counter of a route and class of status (2: 200..299). */
uint64_t ff_metrics_requests(const struct ff_metrics *m, size_t route, int class);

/* How many of a route's requests were answered from the cache of replies. */
uint64_t ff_metrics_hits(const struct ff_metrics *m, size_t route);

#endif

/* SPDX-License-Identifier: MIT */
/* metrics_api.c - what the process counts, in the text form that Prometheus reads (0.0.4). Nothing
 * in it tells of a person: routes, codes, sizes and times. */
#include <inttypes.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/handlers.h"
#include "base/health.h"
#include "base/metrics.h"
#include "base/version.h"
#include "cache/lru.h"
#include "db/db.h"

enum { TEXT_MAX = 256 << 10, NS_PER_S = 1000000000 };

static void head(struct ff_buf *out, const char *name, const char *type, const char *help)
{
    ff_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct ff_buf *out, const char *name, const char *type, const char *help,
                int64_t value)
{
    head(out, name, type, help);
    ff_buf_printf(out, "%s %" PRId64 "\n", name, value);
}

/* `unit` 1: plain numbers; NS_PER_S: nanoseconds told as seconds. */
static void number(struct ff_buf *out, uint64_t value, uint64_t unit)
{
    ff_buf_printf(out, "%" PRIu64, value / unit);
    if (unit != 1)
        ff_buf_printf(out, ".%09" PRIu64, value % unit);
}

static void histogram(struct ff_buf *out, const char *name, const char *label,
                      const struct ff_histogram_view *h, uint64_t first, uint64_t unit)
{
    const char *comma = label[0] ? "," : "";
    uint64_t sum = 0;
    for (size_t i = 0; i < FF_HISTOGRAM_BUCKETS; i++) {
        sum += h->bucket[i];
        ff_buf_printf(out, "%s_bucket{%s%sle=\"", name, label, comma);
        number(out, first << i, unit);
        ff_buf_printf(out, "\"} %" PRIu64 "\n", sum);
    }
    ff_buf_printf(out, "%s_bucket{%s%sle=\"+Inf\"} %" PRIu64 "\n", name, label, comma, h->count);
    ff_buf_printf(out, label[0] ? "%s_sum{%s} " : "%s_sum%s ", name, label);
    number(out, h->sum, unit);
    ff_buf_printf(out, label[0] ? "\n%s_count{%s} %" PRIu64 "\n" : "\n%s_count%s %" PRIu64 "\n",
                  name, label, h->count);
}

/* ---- requests ---- */

static void requests(struct ff_buf *out, const struct ff_metrics *m)
{
    static const char name[] = "feastfrenzy_http_requests_total";
    head(out, name, "counter", "requests by operation and class of status");
    for (size_t i = 0; i <= m->n_routes; i++) {
        for (int class = 1; class <= FF_STATUS_CLASSES; class ++) {
            uint64_t n = ff_metrics_requests(m, i, class);
            if (n)
                ff_buf_printf(out, "%s{operation=\"%s\",class=\"%dxx\"} %" PRIu64 "\n", name,
                              i < m->n_routes ? ff_routes[i].operation : "none", class, n);
        }
    }
}

static void durations(struct ff_buf *out, const struct ff_metrics *m)
{
    static const char name[] = "feastfrenzy_http_request_duration_seconds";
    static const char *const kinds[FF_REQUEST_KINDS] = {"kind=\"hit\"", "kind=\"read\"",
                                                        "kind=\"change\""};
    struct ff_histogram_view view;
    head(out, name, "histogram",
         "from the head of a request to its reply: from the cache, read anew, or a change");
    for (int i = 0; i < FF_REQUEST_KINDS; i++) {
        ff_histogram_read(&m->latency_ns[i], &view);
        histogram(out, name, kinds[i], &view, FF_LATENCY_FIRST_NS, NS_PER_S);
    }
}

static void refusals(struct ff_buf *out, const struct ff_metrics *m)
{
    static const char name[] = "feastfrenzy_purchase_refusals_total";
    head(out, name, "counter", "purchases that were not made, by the code of the reason");
    for (int rc = 1; rc < FF_RC_COUNT; rc++) {
        uint64_t n = atomic_load_explicit(&m->refused[rc], memory_order_relaxed);
        if (n)
            ff_buf_printf(out, "%s{code=\"%s\"} %" PRIu64 "\n", name,
                          ff_err_info((enum ff_rc)rc)->code, n);
    }
}

static void hits(struct ff_buf *out, const struct ff_metrics *m)
{
    static const char name[] = "feastfrenzy_cache_operation_hits_total";
    head(out, name, "counter", "replies found in the cache, by operation");
    for (size_t i = 0; i < m->n_routes; i++) {
        if (ff_routes[i].flags & FF_R_CACHEABLE)
            ff_buf_printf(out, "%s{operation=\"%s\"} %" PRIu64 "\n", name, ff_routes[i].operation,
                          ff_metrics_hits(m, i));
    }
}

/* ---- database and cache ---- */

static void duration(struct ff_buf *out, const char *name, const char *help,
                     const struct ff_histogram_view *h)
{
    head(out, name, "histogram", help);
    histogram(out, name, "", h, FF_LATENCY_FIRST_NS, NS_PER_S);
}

static void writer(struct ff_buf *out, struct ff_db *db)
{
    struct ff_db_stats s;
    ff_db_get_stats(db, &s);
    one(out, "feastfrenzy_ledger_height", "gauge", "journals in the chain", s.ledger_height);
    one(out, "feastfrenzy_writer_queue_length", "gauge", "changes that wait for the writer",
        s.queue_length);
    one(out, "feastfrenzy_writer_failed", "gauge", "1: the storage failed, nothing is written",
        s.failed);
    one(out, "feastfrenzy_writer_reruns_total", "counter",
        "batches that were undone for one change that failed, and run again", s.reruns);
    one(out, "feastfrenzy_checkpoints_total", "counter", "copies of the WAL into the main file",
        s.checkpoints);
    one(out, "feastfrenzy_wal_bytes", "gauge", "size of the write-ahead log", s.wal_bytes);
    one(out, "feastfrenzy_slow_queries_total", "counter", "statements slower than --slow-query",
        s.slow);
    head(out, "feastfrenzy_writer_batch_jobs", "histogram", "changes that shared one commit");
    histogram(out, "feastfrenzy_writer_batch_jobs", "", &s.batch, 1, 1);
    duration(out, "feastfrenzy_writer_queue_seconds",
             "from asking for a change until the writer takes it", &s.queue);
    duration(out, "feastfrenzy_writer_commit_seconds",
             "from taking the first change of a batch until all of it is durable", &s.commit);
    duration(out, "feastfrenzy_writer_sync_seconds",
             "of that, writing the WAL and waiting for the disk", &s.sync);
    duration(out, "feastfrenzy_checkpoint_seconds",
             "copying the WAL into the main file, while changes wait", &s.checkpoint);
}

static void cache(struct ff_buf *out, struct ff_lru *lru)
{
    struct ff_lru_stats s = ff_lru_get_stats(lru);
    one(out, "feastfrenzy_cache_hits_total", "counter", "replies found in the cache",
        (int64_t)s.hits);
    one(out, "feastfrenzy_cache_misses_total", "counter", "replies that had to be made",
        (int64_t)s.misses);
    one(out, "feastfrenzy_cache_waits_total", "counter",
        "of the hits: waited for while another request made the reply", (int64_t)s.waits);
    one(out, "feastfrenzy_cache_evictions_total", "counter", "replies dropped for want of room",
        (int64_t)s.evictions);
    one(out, "feastfrenzy_cache_bytes", "gauge", "size of the cached replies", (int64_t)s.bytes);
    one(out, "feastfrenzy_cache_entries", "gauge", "cached replies", (int64_t)s.entries);
}

/* ---- the process ---- */

static int64_t resident_bytes(void)
{
    long long total = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f)
        return 0;
    int n = fscanf(f, "%20lld %20lld", &total, &resident);
    (void)fclose(f);
    return n == 2 ? (int64_t)resident * sysconf(_SC_PAGESIZE) : 0;
}

static uint64_t cpu_ns(void)
{
    struct rusage u;
    if (getrusage(RUSAGE_SELF, &u))
        return 0;
    return ((uint64_t)u.ru_utime.tv_sec + (uint64_t)u.ru_stime.tv_sec) * NS_PER_S +
           ((uint64_t)u.ru_utime.tv_usec + (uint64_t)u.ru_stime.tv_usec) * 1000;
}

static void process(struct ff_buf *out, const struct ff_ctx *cx)
{
    head(out, "feastfrenzy_build_info", "gauge", "the version");
    ff_buf_printf(out, "feastfrenzy_build_info{version=\"%s\"} 1\n", ff_version());
    one(out, "process_resident_memory_bytes", "gauge", "memory in use", resident_bytes());
    head(out, "process_cpu_seconds_total", "counter", "processor time of user and system");
    ff_buf_str(out, "process_cpu_seconds_total ");
    number(out, cpu_ns(), NS_PER_S);
    ff_buf_char(out, '\n');
    if (cx->health)
        one(out, "feastfrenzy_uptime_seconds", "gauge", "since the start",
            (ff_clock_mono_ms(cx->clock) - atomic_load(&cx->health->started_mono_ms)) / 1000);
}

enum ff_rc ff_api_metrics(struct ff_req *rq, struct ff_reply *rp)
{
    struct ff_ctx *cx = rq->cx;
    struct ff_buf out;
    ff_buf_init(&out, TEXT_MAX);
    process(&out, cx);
    one(&out, "feastfrenzy_ready", "gauge", "1: ready to sell", ff_api_is_ready(cx));
    if (cx->metrics) {
        requests(&out, cx->metrics);
        durations(&out, cx->metrics);
        refusals(&out, cx->metrics);
        hits(&out, cx->metrics);
    }
    writer(&out, cx->db);
    if (cx->cache)
        cache(&out, cx->cache);
    rp->content_type = "text/plain; version=0.0.4; charset=utf-8";
    rp->text_len = out.len;
    rp->text = out.failed ? NULL : ff_arena_strndup(cx->arena, out.data, out.len);
    ff_buf_free(&out);
    return rp->text ? FF_OK : FF_FAIL(cx, FF_INTERNAL, "out of memory");
}

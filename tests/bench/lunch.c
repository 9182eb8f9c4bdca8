/* SPDX-License-Identifier: MIT */
/* lunch.c - people at lunch: each on a kept-alive connection and signed in, with pauses as people
 * make: 70 % look at products, 15 % at their balance, 10 % buy, 5 % look at what they bought.
 *   lunch PORT SECONDS RATE <TOKENS
 * TOKENS: a line for each person, who is employee 1, 2, ...; RATE: requests a second of all of them
 * together, from which follows how long they pause. One thread with epoll: it shares the cores.
 * Prints a line of CSV: people,seconds,requests,per_second,average_ms,p50_ms,p95_ms,p99_ms,max_ms,
 * errors,reconnects,bought. What each kind of request took goes to stderr. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_PEOPLE = 8000,
    MAX_SAMPLES = 8 << 20,
    PRODUCTS = 500,
    TICKS = 1 << 16, /* of a millisecond; no pause is longer */
    TIME_OUT_US = 10000000,
    MOST_ERRORS_TOLD = 5
};

enum kind { LIST, PRODUCT, BALANCE, BUY, HISTORY, KINDS };
static const char *const kind_names[] = {"list", "product", "balance", "purchase", "history"};

struct person {
    int fd, next; /* next: in the tick of the wheel, -1: last */
    bool is_asking, is_second_try, closes;
    enum kind kind;
    int64_t asked_us;
    long left; /* of the body; -1: the head is not complete */
    size_t head_len, out_len;
    char token[800], out[1600], head[1600];
};

static struct person *people;
static int n_people, port, wheel[TICKS], poller;
static int64_t mean_us, wheel_ms;
static long errors, reconnects, bought, serial, n_samples;
static uint32_t *samples;
static unsigned char *sample_kinds;
static unsigned seed = 1;

static int64_t now_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void die(const char *what)
{
    fprintf(stderr, "lunch: %s: %s\n", what, strerror(errno));
    exit(70);
}

/* ---- what people do ---- */

static enum kind choose(void)
{
    const int dice = rand_r(&seed) % 100;
    return dice < 55 ? LIST : dice < 70 ? PRODUCT : dice < 85 ? BALANCE : dice < 95 ? BUY : HISTORY;
}

static int some_product(void)
{
    return 1 + rand_r(&seed) % (rand_r(&seed) % 4 ? 40 : PRODUCTS); /* most like the same */
}

static int write_target(const struct person *p, char *out, size_t cap)
{
    const int id = (int)(p - people) + 1;
    switch (p->kind) {
    case LIST:
        return snprintf(out, cap, "GET /api/v1/products?page=%d&limit=10",
                        rand_r(&seed) % 2 ? 1 : 2 + rand_r(&seed) % 5);
    case PRODUCT:
        return snprintf(out, cap, "GET /api/v1/products/%d", some_product());
    case BALANCE:
        return snprintf(out, cap, "GET /api/v1/employees/%d/balance", id);
    case BUY:
        return snprintf(out, cap, "POST /api/v1/purchases");
    default:
        return snprintf(out, cap, "GET /api/v1/purchases?limit=20");
    }
}

static void write_request(struct person *p)
{
    static char target[100], body[160], more[240];
    body[0] = more[0] = '\0';
    (void)write_target(p, target, sizeof target);
    if (p->kind == BUY) {
        const int n = snprintf(
            body, sizeof body,
            "{\"items\":[{\"productId\":%d,\"quantity\":1},{\"productId\":%d,\"quantity\":2}]}",
            1 + rand_r(&seed) % 250, 251 + rand_r(&seed) % 250);
        snprintf(more, sizeof more,
                 "Content-Type: application/json\r\nContent-Length: %d\r\n"
                 "Idempotency-Key: lunch-%08ld-%012ld\r\n",
                 n, (long)getpid(), ++serial);
    }
    const int n = snprintf(p->out, sizeof p->out,
                           "%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: application/json\r\n"
                           "Authorization: Bearer %s\r\n%s\r\n%s",
                           target, port, p->token, more, body);
    if (n < 0 || (size_t)n >= sizeof p->out)
        die("a request is too long");
    p->out_len = (size_t)n;
}

/* ---- connections ---- */

static void sit_down(struct person *p)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = p};
    const int one = 1;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (p->fd < 0 || connect(p->fd, (struct sockaddr *)&to, sizeof to) ||
        setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) ||
        fcntl(p->fd, F_SETFL, O_NONBLOCK) || epoll_ctl(poller, EPOLL_CTL_ADD, p->fd, &event))
        die("connecting");
}

static void stand_up(struct person *p)
{
    close(p->fd);
    reconnects++;
    sit_down(p);
}

/* ---- pauses: a wheel of milliseconds ---- */

static void pause_for(struct person *p, int64_t us)
{
    int64_t at = (now_us() + us) / 1000;
    if (at <= wheel_ms)
        at = wheel_ms + 1;
    if (at >= wheel_ms + TICKS)
        at = wheel_ms + TICKS - 1;
    p->is_asking = false;
    p->next = wheel[at % TICKS];
    wheel[at % TICKS] = (int)(p - people);
}

/* From one request to the next: half to one and a half of the mean. */
static int64_t some_pause(void)
{
    return mean_us / 2 + (int64_t)((double)mean_us * rand_r(&seed) / RAND_MAX);
}

/* ---- asking ---- */

static void failed(struct person *p, const char *why)
{
    if (errors++ < MOST_ERRORS_TOLD)
        fprintf(stderr, "lunch: %s: %s\n%.*s\n", kind_names[p->kind], why, (int)p->head_len,
                p->head);
    stand_up(p);
    pause_for(p, some_pause());
}

static void send_request(struct person *p)
{
    p->left = -1;
    p->head_len = 0;
    p->closes = false;
    p->is_asking = true;
    p->asked_us = p->is_second_try ? p->asked_us : now_us();
    if (send(p->fd, p->out, p->out_len, MSG_NOSIGNAL) != (ssize_t)p->out_len) {
        if (p->is_second_try) {
            failed(p, "could not be sent");
            return;
        }
        p->is_second_try = true;
        stand_up(p);
        send_request(p);
    }
}

static void ask(struct person *p)
{
    p->kind = choose();
    p->is_second_try = false;
    write_request(p);
    send_request(p);
}

/* The server ended the connection. Between two requests it may; just then a request can be on its
 * way, and is sent once more. */
static void ended(struct person *p)
{
    if (!p->is_asking) {
        stand_up(p);
    } else if (p->head_len || p->is_second_try) {
        failed(p, "the connection ended in a reply");
    } else {
        p->is_second_try = true;
        stand_up(p);
        send_request(p);
    }
}

static void answered(struct person *p)
{
    const int64_t took = now_us() - p->asked_us;
    const int status = p->head_len > 12 ? (p->head[9] - '0') * 100 : 0;
    if (status != 200) {
        failed(p, "refused");
        return;
    }
    bought += p->kind == BUY;
    if (n_samples < MAX_SAMPLES) {
        sample_kinds[n_samples] = (unsigned char)p->kind;
        samples[n_samples++] = (uint32_t)took;
    }
    if (p->closes)
        stand_up(p);
    pause_for(p, some_pause() - took);
}

/* Takes bytes of the head; how many of them. */
static size_t take_head(struct person *p, const char *bytes, size_t n)
{
    const size_t before = p->head_len;
    const size_t room = sizeof p->head - 1 - before, take = n < room ? n : room;
    memcpy(p->head + before, bytes, take);
    p->head_len += take;
    p->head[p->head_len] = '\0';
    const char *end = strstr(p->head, "\r\n\r\n");
    if (!end)
        return take;
    const char *length = strstr(p->head, "\r\nContent-Length: ");
    const char *close_it = strstr(p->head, "\r\nConnection: close");
    p->left = length && length < end ? strtol(length + 18, NULL, 10) : 0;
    p->closes = close_it && close_it < end;
    p->head_len = (size_t)(end - p->head) + 4;
    return p->head_len - before;
}

static void take(struct person *p, const char *bytes, size_t n)
{
    while (n && p->is_asking) {
        size_t used = p->left < 0 ? take_head(p, bytes, n) : 0;
        if (!used && p->left < 0) {
            failed(p, "the head is too long");
            return;
        }
        bytes += used;
        n -= used;
        if (p->left < 0)
            return;
        used = (size_t)p->left < n ? (size_t)p->left : n;
        p->left -= (long)used;
        bytes += used;
        n -= used;
        if (!p->left)
            answered(p);
    }
}

static void hear(struct person *p)
{
    static char bytes[65536];
    ssize_t n = recv(p->fd, bytes, sizeof bytes, 0);
    if (n > 0)
        take(p, bytes, (size_t)n);
    else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        ended(p);
}

/* ---- lunch ---- */

static void wake_people(void)
{
    for (const int64_t now_ms = now_us() / 1000; wheel_ms < now_ms;) {
        int *tick = &wheel[++wheel_ms % TICKS];
        int i = *tick;
        *tick = -1;
        for (int next; i >= 0; i = next) {
            next = people[i].next;
            ask(&people[i]);
        }
    }
}

static void give_up_waiting(int64_t now)
{
    for (int i = 0; i < n_people; i++)
        if (people[i].is_asking && now - people[i].asked_us > TIME_OUT_US)
            failed(&people[i], "no answer");
}

static void have_lunch(int seconds)
{
    struct epoll_event events[256];
    const int64_t began = now_us(), end = began + (int64_t)seconds * 1000000;
    int64_t looked = began;
    for (int i = 0; i < n_people; i++)
        pause_for(&people[i], (int64_t)((double)mean_us * rand_r(&seed) / RAND_MAX));
    for (int64_t now = began; now < end; now = now_us()) {
        const int n = epoll_wait(poller, events, 256, 1);
        for (int i = 0; i < n; i++)
            hear(events[i].data.ptr);
        wake_people();
        if (now - looked > 1000000) {
            give_up_waiting(now);
            looked = now;
        }
    }
}

/* What was asked when the time was up is answered, and counts. */
static void finish(void)
{
    struct epoll_event events[256];
    for (int64_t end = now_us() + TIME_OUT_US; now_us() < end;) {
        int waiting = 0;
        for (int i = 0; i < n_people; i++)
            waiting += people[i].is_asking;
        if (!waiting)
            return;
        const int n = epoll_wait(poller, events, 256, 10);
        for (int i = 0; i < n; i++)
            hear(events[i].data.ptr);
    }
    give_up_waiting(INT64_MAX);
}

/* ---- figures ---- */

static int by_size(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Milliseconds below which so many thousandths of the sorted samples are. */
static double quantile(const uint32_t *sorted, long n, long thousandths)
{
    const long i = n * thousandths / 1000;
    return n ? sorted[i < n ? i : n - 1] / 1e3 : 0;
}

static void tell_kinds(void)
{
    uint32_t *some = malloc((size_t)(n_samples + 1) * sizeof *some);
    if (!some)
        die("memory");
    for (int kind = 0; kind < KINDS; kind++) {
        long n = 0;
        for (long i = 0; i < n_samples; i++)
            if (sample_kinds[i] == kind)
                some[n++] = samples[i];
        qsort(some, (size_t)n, sizeof *some, by_size);
        fprintf(stderr, "%-8s %8ld  p50 %7.2f  p95 %7.2f  p99 %7.2f ms\n", kind_names[kind], n,
                quantile(some, n, 500), quantile(some, n, 950), quantile(some, n, 990));
    }
    free(some);
}

static void tell(double seconds)
{
    struct rusage used;
    double sum = 0;
    tell_kinds();
    getrusage(RUSAGE_SELF, &used);
    fprintf(stderr, "the load client itself took %.0f %% of a core\n",
            ((double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
             (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6) *
                100 / seconds);
    for (long i = 0; i < n_samples; i++)
        sum += samples[i] / 1e3;
    qsort(samples, (size_t)n_samples, sizeof *samples, by_size);
    printf("%d,%.1f,%ld,%.1f,%.2f,%.2f,%.2f,%.2f,%.2f,%ld,%ld,%ld\n", n_people, seconds, n_samples,
           (double)n_samples / seconds, n_samples ? sum / (double)n_samples : 0,
           quantile(samples, n_samples, 500), quantile(samples, n_samples, 950),
           quantile(samples, n_samples, 990), quantile(samples, n_samples, 1000), errors,
           reconnects, bought);
}

static void read_people(void)
{
    char *line = NULL;
    size_t cap = 0;
    people = calloc(MAX_PEOPLE, sizeof *people);
    samples = malloc(MAX_SAMPLES * sizeof *samples);
    sample_kinds = malloc(MAX_SAMPLES);
    if (!people || !samples || !sample_kinds)
        die("memory");
    for (ssize_t n; n_people < MAX_PEOPLE && (n = getline(&line, &cap, stdin)) > 0; n_people++) {
        line[strcspn(line, "\n")] = '\0';
        snprintf(people[n_people].token, sizeof people[n_people].token, "%s", line);
    }
    free(line);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: lunch PORT SECONDS RATE <TOKENS\n");
        return 64;
    }
    port = (int)strtol(argv[1], NULL, 10);
    const int seconds = (int)strtol(argv[2], NULL, 10);
    const long rate = strtol(argv[3], NULL, 10);
    read_people();
    if (!n_people || rate < 1 || seconds < 1 || (poller = epoll_create1(EPOLL_CLOEXEC)) < 0)
        return 64;
    mean_us = (int64_t)n_people * 1000000 / rate;
    for (int i = 0; i < TICKS; i++)
        wheel[i] = -1;
    for (int i = 0; i < n_people; i++)
        sit_down(&people[i]);
    wheel_ms = now_us() / 1000;
    const int64_t began = now_us();
    have_lunch(seconds);
    const double took = (double)(now_us() - began) / 1e6;
    finish();
    tell(took);
    return 0;
}

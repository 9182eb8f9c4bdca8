/* SPDX-License-Identifier: MIT */
/* signals.c - a thread waits for signals, so that nothing ever runs in a signal handler. */
#include "app/signals.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* One set a process, like the signals themselves. Written before the thread starts, but for
 * `first`, which the thread sets and the pipe announces. */
static struct {
    sigset_t set;
    int pipe[2];
    _Atomic int first;
    void (*last)(void *arg);
    void *arg;
} signals;

static void *watch(void *unused)
{
    (void)unused;
    for (;;) {
        int number;
        if (sigwait(&signals.set, &number))
            continue;
        if (atomic_load(&signals.first)) {
            if (signals.last)
                signals.last(signals.arg);
            _exit(128 + number);
        }
        atomic_store(&signals.first, number);
        (void)!write(signals.pipe[1], "!", 1);
    }
    return NULL;
}

bool ff_signals_start(void (*last)(void *arg), void *arg)
{
    signals.last = last;
    signals.arg = arg;
    sigemptyset(&signals.set);
    sigaddset(&signals.set, SIGTERM);
    sigaddset(&signals.set, SIGINT);
    sigaddset(&signals.set, SIGHUP);
    pthread_t thread;
    if (pipe(signals.pipe) || pthread_sigmask(SIG_BLOCK, &signals.set, NULL) ||
        pthread_create(&thread, NULL, watch, NULL))
        return false;
    pthread_detach(thread);
    return true;
}

int ff_signals_wait(int timeout_ms)
{
    struct pollfd p = {.fd = signals.pipe[0], .events = POLLIN};
    (void)poll(&p, 1, timeout_ms);
    return atomic_load(&signals.first);
}

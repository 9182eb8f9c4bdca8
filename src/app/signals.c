/* SPDX-License-Identifier: MIT */
/* signals.c - a thread waits for signals, so that nothing ever runs in a signal handler. */
#include "app/signals.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* One set a process, like the signals themselves. Written before the thread starts, but for `first`
 * and `wishes`, which the thread sets and the pipe announces. */
static struct {
    sigset_t set;
    int pipe[2];
    _Atomic int first;
    _Atomic unsigned wishes;
    void (*last)(void *arg);
    void *arg;
} signals;

/* What a running server is asked for without ending; 0: to end. A hang-up that the kernel sends is
 * of a terminal that went away, and ends; one that somebody sends asks to read the settings. */
static unsigned wish_of(int number, int code)
{
    if (number == SIGUSR2)
        return FF_WISH_DEBUG;
    return number == SIGHUP && code != SI_KERNEL ? FF_WISH_RELOAD : 0;
}

static void *watch(void *unused)
{
    (void)unused;
    for (;;) {
        siginfo_t info;
        int number = sigwaitinfo(&signals.set, &info);
        if (number < 0)
            continue;
        unsigned wish = wish_of(number, info.si_code);
        if (wish) {
            atomic_fetch_or(&signals.wishes, wish);
        } else if (atomic_load(&signals.first)) {
            if (signals.last)
                signals.last(signals.arg);
            _exit(128 + number);
        } else {
            atomic_store(&signals.first, number);
        }
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
    sigaddset(&signals.set, SIGUSR2);
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
    char news;
    int has_news = poll(&p, 1, timeout_ms) > 0, first = atomic_load(&signals.first);
    if (has_news && !first) /* a wish is told once, the end again and again */
        (void)!read(signals.pipe[0], &news, 1);
    return first;
}

unsigned ff_signals_wishes(void)
{
    return atomic_exchange(&signals.wishes, 0);
}

/* SPDX-License-Identifier: MIT */
/* wait.c - one thread waits for one word: the futex of the kernel, without a lock to share.
 * A condition variable for all would wake everybody; one for each would need a mutex each and still
 * a system call.  The waiter's memory may vanish as soon as the word says done: a late wake-up then
 * hits a foreign address, which every user of futexes must bear. */
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "db/engine.h"

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

struct timespec ff_wait_end(int64_t ms)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    ts.tv_sec += ms / 1000;
    ts.tv_nsec += ms % 1000 * 1000000;
    if (ts.tv_nsec >= 1000000000) {
        ts.tv_sec++;
        ts.tv_nsec -= 1000000000;
    }
    return ts;
}

bool ff_wait(atomic_uint *word, int64_t timeout_ms)
{
    int64_t end = now_ms() + timeout_ms;
    for (;;) {
        unsigned expected = FF_WAIT_PENDING;
        if (!atomic_compare_exchange_strong(word, &expected, FF_WAIT_SLEEPING) &&
            expected == FF_WAIT_DONE)
            return true;
        int64_t left = end - now_ms();
        if (timeout_ms >= 0 && left <= 0)
            return false;
        struct timespec ts = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, FF_WAIT_SLEEPING, timeout_ms >= 0 ? &ts : NULL,
                NULL, 0);
    }
}

void ff_wait_done(atomic_uint *word)
{
    if (atomic_exchange(word, FF_WAIT_DONE) == FF_WAIT_SLEEPING)
        syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

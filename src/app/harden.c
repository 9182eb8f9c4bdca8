/* SPDX-License-Identifier: MIT */
/* harden.c - the process limits itself; the rest is the service manager's (see the unit file). */
#include "app/harden.h"

#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A connection each: shells give 1,024, which many connections pass. */
static void allow_files(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) || files.rlim_cur >= FF_HARDEN_FILES)
        return;
    files.rlim_cur = files.rlim_max < FF_HARDEN_FILES ? files.rlim_max : FF_HARDEN_FILES;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

/* The C library makes eight heaps a core for its threads, and each keeps what it once needed. Two
 * are enough not to wait for one another: the small pieces are each thread's own. */
static void bound_heaps(void)
{
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    (void)mallopt(M_ARENA_MAX, cores > 1 ? 2 * (int)cores : 2);
}

void ff_harden(bool may_start_browser)
{
    umask(0077);
    signal(SIGPIPE, SIG_IGN);
    struct rlimit none = {0, 0};
    allow_files();
    bound_heaps();
    (void)setrlimit(RLIMIT_CORE, &none);
#ifndef FF_SANITIZED /* the leak checker traces its own process */
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    if (!may_start_browser) /* browsers have set-uid sandbox helpers */
        (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

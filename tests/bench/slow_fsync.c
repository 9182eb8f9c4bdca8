/* SPDX-License-Identifier: MIT */
/* slow_fsync.c - loaded before the program (LD_PRELOAD), it makes the disk as slow as a kiosk's:
 * every fsync and fdatasync takes SLOW_FSYNC_US microseconds more (5000). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void delay(void)
{
    const char *told = getenv("SLOW_FSYNC_US");
    long us = told ? strtol(told, NULL, 10) : 5000;
    nanosleep(&(struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000}, NULL);
}

int fsync(int fd)
{
    delay();
    return REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    delay();
    return REAL(fdatasync)(fd);
}

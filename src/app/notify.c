/* SPDX-License-Identifier: MIT */
/* notify.c - one datagram to a Unix socket; "@name" is one without a file. */
#include "app/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/ids.h"

void ff_notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = path ? strlen(path) : 0;
    if (n < 2 || n >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(to.sun_path, path, n);
    if (path[0] == '@')
        to.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    struct sockaddr_storage any;
    memset(&any, 0, sizeof any);
    memcpy(&any, &to, sizeof to);
    (void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&any,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
    close(fd);
}

int64_t ff_notify_watchdog_ms(void)
{
    const char *usec = getenv("WATCHDOG_USEC");
    int64_t n = 0;
    if (!usec || !ff_parse_int(usec, 1, INT64_C(3600000000), &n))
        return 0;
    return n / 2000;
}

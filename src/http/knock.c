/* SPDX-License-Identifier: MIT */
/* knock.c - a client of ten lines. It uses read and write, not recv, which compat.c watches for
 * CivetWeb's sake. */
#include "http/knock.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { WAIT_S = 5 };

int ff_knock_reach(const char *address, int port)
{
    struct sockaddr_in to;
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((in_port_t)port);
    if (inet_pton(AF_INET, address, &to.sin_addr) != 1 || to.sin_addr.s_addr == htonl(INADDR_ANY))
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    struct timeval wait = {.tv_sec = WAIT_S};
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (!connect(fd, (struct sockaddr *)&to, sizeof to))
        return fd;
    close(fd);
    return -1;
}

void ff_knock(const char *address, int port)
{
    int fd = ff_knock_reach(address, port);
    if (fd >= 0)
        close(fd);
}

bool ff_knock_answers(const char *address, int port)
{
    static const char request[] = FF_KNOCK_REQUEST, wanted[] = FF_KNOCK_ANSWER;
    char got[sizeof wanted] = "";
    size_t have = 0;
    int fd = ff_knock_reach(address, port);
    if (fd < 0)
        return false;
    ssize_t n = sendto(fd, request, sizeof request - 1, MSG_NOSIGNAL, NULL, 0);
    while (n > 0 && have < sizeof wanted - 1) {
        n = read(fd, got + have, sizeof wanted - 1 - have);
        have += n > 0 ? (size_t)n : 0;
    }
    close(fd);
    return !strcmp(got, wanted);
}

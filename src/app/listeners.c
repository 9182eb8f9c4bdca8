/* SPDX-License-Identifier: MIT */
/* listeners.c - where to listen, under which names, and who is in the way. */
#include "app/listeners.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/option_check.h"
#include "app/paths.h"
#include "base/ids.h"

static void take_public_host(struct ff_listeners *l, const char *url)
{
    const char *host = strstr(url, "://") + 3;
    size_t n = strcspn(host, ":/");
    if (n >= sizeof l->public_host)
        n = sizeof l->public_host - 1;
    memcpy(l->public_host, host, n);
    l->public_host[n] = 0;
}

static void fill_hosts(struct ff_listeners *l, const struct ff_options *o)
{
    const struct ff_setting *names = &o->settings[FF_OPT_HOST];
    const char *url = ff_opt_text(o, FF_OPT_PUBLIC_URL);
    size_t n = 0;
    for (; n < names->n; n++)
        l->hosts[n] = names->values[n];
    if (url) {
        take_public_host(l, url);
        l->hosts[n++] = l->public_host;
    }
    l->server.hosts = l->hosts;
}

/* Adds an address; `out` tells about it. */
static bool add_address(struct ff_listeners *l, const char *address, bool tls, struct ff_trouble *t)
{
    char host[16];
    int port;
    size_t i = l->server.n_listen++;
    l->server.listen[i] = address;
    l->server.tls[i] = tls;
    if (!ff_option_address(address, host, &port))
        return ff_trouble(t, FF_EXIT_USAGE, NULL, "\"%s\" is no address", address);
    bool any = strcmp(host, "0.0.0.0") == 0;
    if (tls && l->tls == FF_MAX_LISTEN)
        l->tls = i;
    if (!tls && strncmp(host, "127.", 4) != 0)
        l->is_open = true;
    if (!tls && l->loopback == FF_MAX_LISTEN && (any || strcmp(host, "127.0.0.1") == 0))
        l->loopback = i;
    return true;
}

static bool add_addresses(struct ff_listeners *l, const struct ff_options *o, struct ff_trouble *t)
{
    const struct ff_setting *plain = &o->settings[FF_OPT_LISTEN];
    const struct ff_setting *tls = &o->settings[FF_OPT_TLS_LISTEN];
    for (size_t i = 0; i < plain->n; i++)
        if (!add_address(l, plain->values[i], false, t))
            return false;
    for (size_t i = 0; i < tls->n; i++)
        if (!add_address(l, tls->values[i], true, t))
            return false;
    return l->loopback != FF_MAX_LISTEN || add_address(l, "127.0.0.1:0", false, t);
}

/* Passwords and balances in clear on a network are a choice that somebody must make by name. */
static bool check_open(const struct ff_listeners *l, const struct ff_options *o,
                       struct ff_trouble *t)
{
    if (!l->is_open || ff_opt_bool(o, FF_OPT_INSECURE_LAN))
        return true;
    ff_trouble(t, FF_EXIT_USAGE,
               "--tls-listen in its place (feastfrenzy tls self-signed makes a certificate), "
               "a proxy on this machine, or --insecure-lan",
               "--listen reaches beyond this machine, and without TLS");
    ff_trouble_why(t, "everybody on the network could read passwords along");
    return false;
}

bool ff_listeners_fill(struct ff_listeners *l, const struct ff_options *o, const char *dir,
                       struct ff_trouble *t)
{
    *l = (struct ff_listeners){.loopback = FF_MAX_LISTEN, .tls = FF_MAX_LISTEN};
    if (!add_addresses(l, o, t) || !check_open(l, o, t) ||
        !ff_scrape_fill(&l->server.scrape, l->scrape_token, o, dir, t))
        return false;
    l->server.certificate = ff_tls_cert_path(o, dir);
    l->server.certificate_key = ff_tls_key_path(o, dir);
    fill_hosts(l, o);
    const struct ff_setting *proxies = &o->settings[FF_OPT_TRUSTED_PROXY];
    for (size_t i = 0; i < proxies->n; i++)
        l->proxies[i] = proxies->values[i];
    l->server.proxies = l->proxies;
    const struct ff_setting *origins = &o->settings[FF_OPT_CORS_ORIGIN];
    for (size_t i = 0; i < origins->n; i++)
        l->origins[i] = origins->values[i];
    l->server.origins = l->origins;
    l->server.rate_factor = (int)ff_opt_int(o, FF_OPT_RATE_LIMIT);
    l->server.threads = (int)ff_opt_int(o, FF_OPT_THREADS);
    return true;
}

void ff_listeners_url(const struct ff_listeners *l, const struct ff_options *o,
                      const struct ff_server *server, char out[300])
{
    char host[16] = "127.0.0.1";
    int port;
    const char *url = ff_opt_text(o, FF_OPT_PUBLIC_URL);
    if (url) {
        size_t n = strlen(url);
        snprintf(out, 300, "%.*s", (int)(url[n - 1] == '/' ? n - 1 : n), url);
        return;
    }
    bool tls = l->tls != FF_MAX_LISTEN;
    size_t i = tls ? l->tls : 0;
    (void)ff_option_address(l->server.listen[i], host, &port);
    const char *name = strcmp(host, "0.0.0.0") != 0 ? host
                       : l->hosts[0]                ? l->hosts[0]
                                                    : "127.0.0.1";
    snprintf(out, 300, "http%s://%s:%d", tls ? "s" : "", name, ff_server_port(server, i));
}

/* ---- who is in the way: /proc/net/tcp gives the socket, /proc/PID/fd who has it ---- */

static unsigned long socket_on(int port)
{
    FILE *f = fopen("/proc/net/tcp", "re");
    char line[256];
    unsigned long found = 0;
    while (f && !found && fgets(line, sizeof line, f)) {
        unsigned local, state;
        unsigned long inode;
        if (sscanf(line, " %*d: %*8x:%4x %*8x:%*4x %2x %*x:%*x %*x:%*x %*x %*u %*u %20lu", &local,
                   &state, &inode) == 3 &&
            local == (unsigned)port && state == 0x0A)
            found = inode;
    }
    if (f)
        fclose(f);
    return found;
}

static bool has_socket(const char *pid, const char *wanted)
{
    char dir[64], link[64];
    snprintf(dir, sizeof dir, "/proc/%.20s/fd", pid);
    DIR *d = opendir(dir);
    bool found = false;
    for (struct dirent *e; d && !found && (e = readdir(d));) {
        char path[96];
        snprintf(path, sizeof path, "%s/%.20s", dir, e->d_name);
        ssize_t n = readlink(path, link, sizeof link - 1);
        if (n > 0) {
            link[n] = 0;
            found = strcmp(link, wanted) == 0;
        }
    }
    if (d)
        closedir(d);
    return found;
}

long ff_listeners_owner(int port)
{
    char wanted[48];
    unsigned long inode = socket_on(port);
    int64_t pid = 0, found = 0;
    DIR *d = inode ? opendir("/proc") : NULL;
    snprintf(wanted, sizeof wanted, "socket:[%lu]", inode);
    for (struct dirent *e; d && !found && (e = readdir(d));)
        if (ff_parse_int(e->d_name, 1, INT32_MAX, &pid) && has_socket(e->d_name, wanted))
            found = pid;
    if (d)
        closedir(d);
    return (long)found;
}

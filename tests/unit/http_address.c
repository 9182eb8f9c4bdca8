/* SPDX-License-Identifier: MIT */
/* http_address.c - addresses, networks, and who is behind which proxy. */
#include "http/address.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define ROWS(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const struct {
    const char *network, *address; /* address NULL: the network cannot be read */
    bool has;
} networks[] = {
    {"10.0.0.7", "10.0.0.7", true},
    {"10.0.0.7", "10.0.0.8", false},
    {"10.0.0.0/24", "10.0.0.255", true},
    {"10.0.0.0/24", "10.0.1.0", false},
    {"10.0.0.128/25", "10.0.0.127", false},
    {"10.0.0.128/25", "10.0.0.128", true},
    {"0.0.0.0/0", "203.0.113.9", true},
    {"0.0.0.0/0", "2001:db8::1", false},
    {"10.0.0.0/8", "::ffff:10.1.2.3", true},
    {"2001:db8::/32", "2001:db8:ffff::1", true},
    {"2001:db8::/32", "2001:db9::1", false},
    {"::1", "::1", true},
    {"::/0", "127.0.0.1", true},
    {"10.0.0.1/24", NULL, false},
    {"10.0.0.0/33", NULL, false},
    {"10.0.0.0/", NULL, false},
    {"10.0.0.0/-1", NULL, false},
    {"10.0.0.0/8/8", NULL, false},
    {"10.0.0", NULL, false},
    {"", NULL, false},
    {"proxy.example", NULL, false},
    {"2001:db8::/129", NULL, false},
    {"2001:db8::1/64", NULL, false},
    {"1111:2222:3333:4444:5555:6666:7777:8888:9999:0000", NULL, false},
};

START_TEST(a_network_has_what_begins_like_it)
{
    struct ff_network network;
    struct ff_address address;
    bool reads = ff_network_read(networks[_i].network, &network);
    ck_assert_msg(reads == (networks[_i].address != NULL), "%s", networks[_i].network);
    if (!reads)
        return;
    ck_assert(ff_address_read(networks[_i].address, &address));
    ck_assert_msg(ff_network_has(&network, &address) == networks[_i].has, "%s %s",
                  networks[_i].network, networks[_i].address);
}
END_TEST

static bool same_group(const char *one, const char *other)
{
    struct ff_address a, b;
    ck_assert(ff_address_read(one, &a) && ff_address_read(other, &b));
    ff_address_group(&a);
    ff_address_group(&b);
    return !memcmp(&a, &b, sizeof a);
}

START_TEST(ipv6_counts_by_its_64)
{
    ck_assert(same_group("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"));
    ck_assert(!same_group("2001:db8:1:2::1", "2001:db8:1:3::1"));
    ck_assert(!same_group("10.0.0.1", "10.0.0.2"));
    ck_assert(same_group("10.0.0.1", "::ffff:10.0.0.1"));
}
END_TEST

static const struct {
    const char *peer, *forwarded[2], *client;
} clients[] = {
    {"203.0.113.9", {"1.2.3.4"}, "203.0.113.9"},    /* nobody we trust */
    {"127.0.0.1", {NULL}, "127.0.0.1"},             /* the proxy itself asks */
    {"127.0.0.1", {"1.2.3.4"}, "1.2.3.4"},          /* what it says */
    {"127.0.0.1", {"9.9.9.9, 1.2.3.4"}, "1.2.3.4"}, /* the left is the client's own word */
    {"127.0.0.1", {"9.9.9.9, 1.2.3.4, 10.0.0.3"}, "1.2.3.4"}, /* a chain of ours */
    {"127.0.0.1", {"9.9.9.9", "1.2.3.4"}, "1.2.3.4"},         /* two headers are one list */
    {"127.0.0.1", {"1.2.3.4", "10.0.0.3"}, "1.2.3.4"},
    {"127.0.0.1", {"9.9.9.9, nonsense, 10.0.0.3"}, "10.0.0.3"},
    {"127.0.0.1", {"nonsense"}, "127.0.0.1"},
    {"127.0.0.1", {""}, "127.0.0.1"},
    {"127.0.0.1", {",,,"}, "127.0.0.1"},
    {"127.0.0.1", {"10.0.0.3"}, "10.0.0.3"},
    {"127.0.0.1", {"1.2.3.4:5678"}, "1.2.3.4"},
    {"127.0.0.1", {"[2001:db8::7]:443"}, "2001:db8::7"},
    {"127.0.0.1", {"[2001:db8::7"}, "127.0.0.1"},
    {"127.0.0.1", {"  2001:db8::7\t"}, "2001:db8::7"},
    {"127.0.0.1", {"::ffff:1.2.3.4"}, "1.2.3.4"},
    {"10.0.0.9", {"unknown"}, "10.0.0.9"},
    {"10.1.0.9", {"1.2.3.4"}, "10.1.0.9"},
};

START_TEST(the_client_is_the_last_one_that_is_not_ours)
{
    struct ff_network trusted[2];
    struct ff_message m = {.method = "GET"};
    char out[FF_ADDRESS_CAP];
    ck_assert(ff_network_read("127.0.0.1", &trusted[0]) &&
              ff_network_read("10.0.0.0/24", &trusted[1]));
    for (int i = 0; i < 2 && clients[_i].forwarded[i]; i++)
        ck_assert(ff_message_add(&m, "x-forwarded-for", clients[_i].forwarded[i]));
    ck_assert_str_eq(ff_client_of(&m, clients[_i].peer, trusted, 2, out), clients[_i].client);
    ck_assert_str_eq(ff_client_of(&m, clients[_i].peer, trusted, 0, out), clients[_i].peer);
}
END_TEST

START_TEST(a_list_without_end_is_not_walked_for_ever)
{
    static char list[8001];
    struct ff_network all;
    struct ff_message m = {.method = "GET"};
    char out[FF_ADDRESS_CAP];
    for (int i = 0; i < 1000; i++)
        memcpy(list + 8 * i, "1.1.1.1,", 8);
    list[7999] = '\0';
    ck_assert(ff_network_read("::/0", &all));
    ck_assert(ff_message_add(&m, "X-Forwarded-For", list));
    ck_assert_str_eq(ff_client_of(&m, "127.0.0.1", &all, 1, out), "1.1.1.1");
}
END_TEST

START_TEST(only_a_trusted_proxy_says_that_it_was_tls)
{
    struct ff_network proxy;
    struct ff_message m = {.method = "GET"};
    ck_assert(ff_network_read("127.0.0.1", &proxy));
    ck_assert(!ff_client_has_tls(&m, "127.0.0.1", &proxy, 1));
    ck_assert(ff_message_add(&m, "X-Forwarded-Proto", "https"));
    ck_assert(ff_client_has_tls(&m, "127.0.0.1", &proxy, 1));
    ck_assert(!ff_client_has_tls(&m, "127.0.0.2", &proxy, 1));
    ck_assert(!ff_client_has_tls(&m, "127.0.0.1", &proxy, 0));
    ck_assert(!ff_client_has_tls(&m, NULL, &proxy, 1));
    ck_assert(ff_message_add(&m, "X-Forwarded-Proto", "https"));
    ck_assert(!ff_client_has_tls(&m, "127.0.0.1", &proxy, 1));
    m.headers[0].value = "http";
    m.n_headers = 1;
    ck_assert(!ff_client_has_tls(&m, "127.0.0.1", &proxy, 1));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("http_address");
    TCase *t = tcase_create("address");
    tcase_add_loop_test(t, a_network_has_what_begins_like_it, 0, ROWS(networks));
    tcase_add_test(t, ipv6_counts_by_its_64);
    tcase_add_loop_test(t, the_client_is_the_last_one_that_is_not_ours, 0, ROWS(clients));
    tcase_add_test(t, a_list_without_end_is_not_walked_for_ever);
    tcase_add_test(t, only_a_trusted_proxy_says_that_it_was_tls);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

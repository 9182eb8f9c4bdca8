/* SPDX-License-Identifier: MIT */
/* base_metrics.c - counters by row and class, values by size. */
#include <check.h>
#include <pthread.h>

#include "base/metrics.h"

START_TEST(a_value_falls_into_the_first_bucket_that_holds_it)
{
    static const struct {
        uint64_t value;
        size_t bucket;
    } rows[] = {{0, 0}, {1, 0}, {2, 1}, {3, 2}, {4, 2}, {5, 3}, {32768, 15}, {32769, 16}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ff_histogram h = {0};
        struct ff_histogram_view view;
        ff_histogram_add(&h, 1, rows[i].value);
        ff_histogram_read(&h, &view);
        ck_assert_uint_eq(view.bucket[rows[i].bucket], 1);
        ck_assert_uint_eq(view.count, 1);
        ck_assert_uint_eq(view.sum, rows[i].value);
    }
}
END_TEST

START_TEST(requests_are_counted_by_row_and_class_and_strays_in_a_row_of_their_own)
{
    struct ff_metrics *m = ff_metrics_new(3);
    ff_metrics_request(m, 0, 200, FF_REQUEST_READ, 1);
    ff_metrics_request(m, 0, 204, FF_REQUEST_READ, 1);
    ff_metrics_request(m, 2, 503, FF_REQUEST_CHANGE, -1);
    ff_metrics_request(m, 3, 404, FF_REQUEST_READ, 1);
    ff_metrics_request(m, 99, 404, FF_REQUEST_READ, 1);
    ff_metrics_request(m, 1, 0, FF_REQUEST_READ, 1);
    ff_metrics_request(m, 1, 600, FF_REQUEST_READ, 1);
    ck_assert_uint_eq(ff_metrics_requests(m, 0, 2), 2);
    ck_assert_uint_eq(ff_metrics_requests(m, 2, 5), 1);
    ck_assert_uint_eq(ff_metrics_requests(m, 3, 4), 2);
    for (int class = 1; class <= FF_STATUS_CLASSES; class ++)
        ck_assert_uint_eq(ff_metrics_requests(m, 1, class), 0);
    ff_metrics_free(m);
    ff_metrics_free(NULL);
}
END_TEST

static void *crowd(void *arg)
{
    for (int i = 0; i < 10000; i++)
        ff_metrics_request(arg, 0, 200, FF_REQUEST_HIT, 1000);
    return NULL;
}

START_TEST(a_crowd_loses_no_count)
{
    struct ff_metrics *m = ff_metrics_new(1);
    struct ff_histogram_view view;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, crowd, m), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    ff_histogram_read(&m->latency_ns[FF_REQUEST_HIT], &view);
    ck_assert_uint_eq(ff_metrics_requests(m, 0, 2), 40000);
    ck_assert_uint_eq(view.count, 40000);
    ck_assert_uint_eq(view.sum, 40000000);
    ff_metrics_free(m);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_metrics");
    TCase *tc = tcase_create("metrics");
    tcase_add_test(tc, a_value_falls_into_the_first_bucket_that_holds_it);
    tcase_add_test(tc, requests_are_counted_by_row_and_class_and_strays_in_a_row_of_their_own);
    tcase_add_test(tc, a_crowd_loses_no_count);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

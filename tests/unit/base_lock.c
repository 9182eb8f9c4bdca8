/* SPDX-License-Identifier: MIT */
/* base_lock.c - a lock that spins before it sleeps: it excludes, and those who sleep are woken. */
#include <check.h>
#include <errno.h>
#include <stdbool.h>

#include "base/lock.h"

enum { THREADS = 4, TURNS = 20000 };

struct shared {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    int turns;
    bool is_open;
};

static void *take_turns(void *arg)
{
    struct shared *s = arg;
    pthread_mutex_lock(&s->lock);
    while (!s->is_open)
        pthread_cond_wait(&s->moved, &s->lock);
    pthread_mutex_unlock(&s->lock);
    for (int i = 0; i < TURNS; i++) {
        pthread_mutex_lock(&s->lock);
        s->turns++;
        pthread_mutex_unlock(&s->lock);
    }
    return NULL;
}

START_TEST(a_crowd_takes_turns_and_whoever_sleeps_is_woken)
{
    struct shared s = {.moved = PTHREAD_COND_INITIALIZER};
    pthread_t threads[THREADS];
    ff_lock_init(&s.lock);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_turns, &s), 0);
    pthread_mutex_lock(&s.lock);
    s.is_open = true;
    pthread_cond_broadcast(&s.moved);
    pthread_mutex_unlock(&s.lock);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(s.turns, THREADS * TURNS);
    ck_assert_int_eq(pthread_mutex_destroy(&s.lock), 0);
}
END_TEST

START_TEST(it_is_held_by_one)
{
    pthread_mutex_t lock;
    ff_lock_init(&lock);
    ck_assert_int_eq(pthread_mutex_lock(&lock), 0);
    ck_assert_int_eq(pthread_mutex_trylock(&lock), EBUSY);
    ck_assert_int_eq(pthread_mutex_unlock(&lock), 0);
    ck_assert_int_eq(pthread_mutex_trylock(&lock), 0);
    pthread_mutex_unlock(&lock);
    pthread_mutex_destroy(&lock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base_lock");
    TCase *tc = tcase_create("lock");
    tcase_add_test(tc, a_crowd_takes_turns_and_whoever_sleeps_is_woken);
    tcase_add_test(tc, it_is_held_by_one);
    suite_add_tcase(suite, tc);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

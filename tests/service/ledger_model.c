/* SPDX-License-Identifier: MIT */
/* ledger_model.c - a random run of 5,000 commands (FF_COMMANDS: up to 100,000) of every kind that
 * moves a wallet against a model of plain arrays (tests/lib/model.c): each answer, each balance and
 * each account must be what the model says, and in the end the books must prove. FF_SEED=n repeats
 * a run. */
#include <stdlib.h>

#include "../lib/canteen.h"
#include "../lib/model.h"

enum { COMMANDS = 5000 };

static struct ff_fixture fx;

START_TEST(product_does_what_the_model_says)
{
    const char *wish = getenv("FF_SEED"), *more = getenv("FF_COMMANDS");
    const long commands = more && *more ? strtol(more, NULL, 10) : COMMANDS;
    ck_assert(commands >= COMMANDS && commands <= FF_MODEL_MAX);
    ff_fixture_open(&fx);
    ff_model_run(&fx, commands, wish ? (unsigned)strtoul(wish, NULL, 10) : 20260302);
    ff_fixture_close(&fx);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ledger_model");
    TCase *t = tcase_create("model");
    tcase_set_timeout(t, 300);
    tcase_add_test(t, product_does_what_the_model_says);
    suite_add_tcase(s, t);
    return ff_test_run(s);
}

/* SPDX-License-Identifier: MIT */
/* cmd_employee.c - employee list, pin. */
#include <inttypes.h>
#include <stdio.h>

#include "cli/secret.h"
#include "cli/show.h"

int ff_cmd_employee_list(struct ff_cli *cli)
{
    static const struct ff_column columns[] = {
        {"NUMBER", "number", 10, FF_SHOW_TEXT},         {"NAME", "name", 28, FF_SHOW_TEXT},
        {"DEPARTMENT", "department", 16, FF_SHOW_TEXT}, {"PIN", "hasPin", 3, FF_SHOW_BOOL},
        {"BADGES", "badges", 6, FF_SHOW_INT},           {"ACTIVE", "active", 0, FF_SHOW_BOOL},
    };
    struct ff_caller c;
    if (!ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    (void)ff_show_list(&c, "/api/v1/employees?sort=number", "cannot list the employees", columns,
                       sizeof columns / sizeof columns[0]);
    ff_call_close(&c);
    return 0;
}

int ff_cmd_employee_pin(struct ff_cli *cli)
{
    const struct ff_secret_source from = {.noun = "pin",
                                          .from_stdin = ff_opt_bool(&cli->o, FF_OPT_PIN_STDIN),
                                          .asks_twice = true,
                                          .stdin_flag = "--pin-stdin"};
    const char *pin = ff_secret_read(cli, &from);
    struct ff_caller c;
    if (!pin || !ff_call_open(&c, cli))
        return FF_EXIT_USAGE;
    int64_t id;
    struct ff_answer answer;
    if (ff_call_employee(&c, cli->args[0], &id)) {
        char target[64];
        struct ff_buf body;
        ff_buf_init(&body, 2048);
        ff_buf_str(&body, "{\"pin\":");
        ff_buf_json(&body, pin);
        ff_buf_char(&body, '}');
        snprintf(target, sizeof target, "/api/v1/employees/%" PRId64 "/pin", id);
        struct ff_call call = {
            .method = "PUT", .target = target, .body = body.data, .body_len = body.len};
        if (ff_call(&c, &call, "cannot set the pin", &answer))
            printf("%s has a new pin.\n", cli->args[0]);
        ff_buf_free(&body);
    }
    ff_call_close(&c);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* config.c - a configuration file: it is taken with all its values within their bounds, or refused
 * with a sentence that names the line. */
#include "app/ini.h"
#include "fuzz.h"

enum { ARENA_BYTES = 8 << 20 };

static void check_taken(const struct ff_options *o)
{
    for (enum ff_option_id id = 0; id < FF_OPT_COUNT; id++) {
        const struct ff_option *row = &ff_option_rows[id];
        const struct ff_setting *set = &o->settings[id];
        FF_PROMISE(set->n <= FF_OPTION_MAX_VALUES);
        if (!set->n)
            continue;
        FF_PROMISE(row->section && set->values[0]);
        if (row->type == FF_OT_INT || row->type == FF_OT_DURATION)
            FF_PROMISE(ff_opt_int(o, id) >= row->min && ff_opt_int(o, id) <= row->max);
        if (row->type == FF_OT_BOOL)
            (void)ff_opt_bool(o, id);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct ff_options o; /* too large for a frame */
    static struct ff_trouble t;
    struct ff_arena *arena = ff_arena_new(ARENA_BYTES);
    char *text = ff_fuzz_bytes(data, size);
    FF_PROMISE(arena != NULL);
    t = (struct ff_trouble){.code = FF_EXIT_OK};
    ff_options_init(&o, arena);
    if (ff_ini_text(&o, "fuzz.ini", text, size, &t))
        check_taken(&o);
    else
        FF_PROMISE(t.code == FF_EXIT_CONFIG && strstr(t.what, "fuzz.ini"));
    ff_arena_free(arena);
    free(text);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* cmd_product_image.c - product image: a picture given or taken away. */
#include <stdio.h>
#include <string.h>

#include "cli/files.h"
#include "cli/product.h"

enum { MAX_PICTURE = 256 << 10 };

static void send_picture(struct ff_caller *c, const struct ff_product_ref *ref,
                         const struct ff_buf *bytes)
{
    char target[96];
    struct ff_answer answer;
    snprintf(target, sizeof target, "%s/image", ref->target);
    struct ff_call call = {.method = bytes->len ? "PUT" : "DELETE",
                           .target = target,
                           .content_type = "image/webp",
                           .body = bytes->len ? bytes->data : NULL,
                           .body_len = bytes->len};
    if (ff_call(c, &call, "cannot change the picture", &answer))
        printf("%s has %s.\n", ref->name, bytes->len ? "a new picture" : "no picture any more");
}

int ff_cmd_product_image(struct ff_cli *cli)
{
    struct ff_caller c;
    struct ff_product_ref ref;
    struct ff_buf bytes;
    ff_buf_init(&bytes, MAX_PICTURE + 1);
    bool is_none = strcmp(cli->args[1], "none") == 0;
    if (!is_none && ff_file_read(cli, cli->args[1], &bytes) && !bytes.len)
        ff_trouble(&cli->t, FF_EXIT_DATA, NULL, "%s is empty", cli->args[1]);
    if (!cli->t.code && ff_call_open(&c, cli)) {
        if (ff_product_find(&c, cli->args[0], &ref))
            send_picture(&c, &ref, &bytes);
        ff_call_close(&c);
    }
    ff_buf_free(&bytes);
    return 0;
}

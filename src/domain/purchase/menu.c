/* SPDX-License-Identifier: MIT */
/* menu.c - what is bound to the menu's dates is sold on them only, while a window is open. */
#include "domain/menu/menu.h"
#include "domain/purchase/sale.h"

enum ff_rc ff_sale_check_menu(struct ff_ctx *cx, const struct ff_sale *s)
{
    enum ff_rc rc = FF_OK;
    for (size_t i = 0; i < s->n_lines && !rc; i++) {
        if (s->is_menu_only[i])
            rc = ff_menu_check(cx, s->lines[i].product_id, s->lines[i].name);
    }
    return rc;
}

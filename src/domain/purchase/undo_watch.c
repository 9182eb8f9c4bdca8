/* SPDX-License-Identifier: MIT */
/* undo_watch.c - counts the undos of a person and of a kiosk, and records when they are many. */
#include "domain/purchase/undo_watch.h"

#include "db/db.h"
#include "domain/audit/audit.h"
#include "domain/site/site.h"

enum { HOUR_MS = 3600000 };

static enum ff_rc count_person(struct ff_ctx *cx, int64_t employee_id, int64_t since, int64_t *n)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_UNDO_COUNT_PERSON, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_UNDO_COUNT_PERSON_EMPLOYEE, employee_id);
    ff_db_int(st, FF_P_UNDO_COUNT_PERSON_SINCE, since);
    rc = ff_db_row(cx, st, &row);
    *n = !rc && row ? ff_db_col_int(st, FF_C_UNDO_COUNT_PERSON_UNDOS) : 0;
    return rc;
}

static enum ff_rc count_kiosk(struct ff_ctx *cx, int64_t device_id, int64_t since, int64_t *n)
{
    FF_STMT *st = NULL;
    bool row = false;
    enum ff_rc rc = ff_db_query(cx, FF_Q_UNDO_COUNT_KIOSK, &st);
    if (rc)
        return rc;
    ff_db_int(st, FF_P_UNDO_COUNT_KIOSK_DEVICE, device_id);
    ff_db_int(st, FF_P_UNDO_COUNT_KIOSK_SINCE, since);
    rc = ff_db_row(cx, st, &row);
    *n = !rc && row ? ff_db_col_int(st, FF_C_UNDO_COUNT_KIOSK_UNDOS) : 0;
    return rc;
}

/* kiosk 0: it is the person who undoes so often. */
static enum ff_rc alert(struct ff_ctx *cx, const struct ff_purchase *p, int64_t kiosk, int64_t n,
                        int64_t hours)
{
    const struct ff_audit_value is[] = {
        {"undos", NULL, n}, {"hours", NULL, hours}, {"kioskId", NULL, kiosk ? kiosk : FF_NULL_INT}};
    return ff_audit(cx, &(struct ff_audit){.action = "purchase.undo_alert",
                                           .entity = "purchase",
                                           .entity_id = p->id,
                                           .subject = FF_AUDIT_EMPLOYEE,
                                           .subject_id = p->employee_id,
                                           .is_open = true,
                                           .after = is,
                                           .n_after = 3});
}

enum ff_rc ff_undo_watch(struct ff_ctx *cx, const struct ff_purchase *undone)
{
    const struct ff_site_settings site = ff_site_get(cx);
    const int64_t since = ff_clock_now_ms(cx->clock) - site.undo_alert_hours * HOUR_MS;
    const int64_t device = cx->who.device_id;
    int64_t n = 0;
    enum ff_rc rc = FF_OK;
    if (site.undo_alert_count != FF_NULL_INT) {
        rc = count_person(cx, undone->employee_id, since, &n);
        if (!rc && n >= site.undo_alert_count)
            rc = alert(cx, undone, 0, n, site.undo_alert_hours);
    }
    if (!rc && device && site.undo_alert_kiosk_count != FF_NULL_INT) {
        rc = count_kiosk(cx, device, since, &n);
        if (!rc && n >= site.undo_alert_kiosk_count)
            rc = alert(cx, undone, device, n, site.undo_alert_hours);
    }
    return rc;
}

/* SPDX-License-Identifier: MIT */
/* problem.c - what a failed request tells the caller, and what it tells the operator: the cause of
 * a 5xx goes to the log, the request id joins the two. */
#include "api/problem.h"

#include "base/log.h"

#include <stdint.h>

enum { RETRY_BUSY_S = 2, RETRY_STOPPING_S = 5, RETRY_FULL_S = 60, SERVER_ERRORS = 500 };

static const char inside[] = "The request was not carried out. If it happens again, give the "
                             "request id to the operator.";

/* A commit that failed halfway: only the same key can tell. */
static const char unknown[] = "It is not known whether the request was carried out: send it again "
                              "with the same key, or give the request id to the operator.";

static bool is_ours(const struct ff_error *err)
{
    return ff_err_info(err->rc)->status >= SERVER_ERRORS && err->rc != FF_TRANSFER_ENCODING;
}

static const char *detail_of(const struct ff_error *err)
{
    if (is_ours(err))
        return err->rc == FF_STORAGE_FAULT ? unknown : inside;
    return *err->detail ? err->detail : ff_err_info(err->rc)->title;
}

static void member(struct ff_buf *buf, const char *name, const char *text)
{
    ff_buf_printf(buf, ",\"%s\":", name);
    ff_buf_json(buf, text);
}

static void write_params(const struct ff_error *err, struct ff_buf *buf)
{
    ff_buf_str(buf, ",\"params\":{");
    for (size_t i = 0; i < err->n_params; i++) {
        const struct ff_err_param *p = &err->params[i];
        ff_buf_printf(buf, "%s\"%s\":", i ? "," : "", p->name);
        if (p->text)
            ff_buf_json(buf, p->text);
        else
            ff_buf_int(buf, p->number);
    }
    ff_buf_char(buf, '}');
}

static void write_field(const struct ff_field_error *field, struct ff_buf *buf)
{
    ff_buf_str(buf, "{\"pointer\":");
    ff_buf_json(buf, field->pointer);
    member(buf, "code", field->code);
    member(buf, "detail", field->detail);
    if (field->has_range && field->min != INT64_MIN) {
        ff_buf_str(buf, ",\"min\":");
        ff_buf_int(buf, field->min);
    }
    if (field->has_range && field->max != INT64_MAX) {
        ff_buf_str(buf, ",\"max\":");
        ff_buf_int(buf, field->max);
    }
    ff_buf_char(buf, '}');
}

static void write_fields(const struct ff_error *err, struct ff_buf *buf)
{
    ff_buf_str(buf, ",\"errors\":[");
    for (size_t i = 0; i < err->n_fields; i++) {
        if (i)
            ff_buf_char(buf, ',');
        write_field(&err->fields[i], buf);
    }
    ff_buf_char(buf, ']');
}

void ff_problem_write(const struct ff_ctx *cx, const char *instance, struct ff_buf *buf)
{
    const struct ff_error *err = &cx->err;
    const struct ff_err_info *info = ff_err_info(err->rc);
    ff_buf_str(buf, "{\"type\":");
    ff_buf_json(buf, info->type);
    member(buf, "title", info->title);
    ff_buf_str(buf, ",\"status\":");
    ff_buf_int(buf, info->status);
    member(buf, "detail", detail_of(err));
    if (instance)
        member(buf, "instance", instance);
    member(buf, "code", info->code);
    member(buf, "requestId", cx->request_id);
    member(buf, "retry", info->retry);
    write_params(err, buf);
    write_fields(err, buf);
    ff_buf_str(buf, "}\n");
}

int ff_problem_retry_after(const struct ff_error *err)
{
    int status = ff_err_info(err->rc)->status;
    if (err->retry_after_s)
        return err->retry_after_s;
    if (err->rc == FF_STORAGE_FULL)
        return RETRY_FULL_S;
    if (status != 503 && status != 429 && status != 423)
        return 0;
    return err->rc == FF_SHUTTING_DOWN ? RETRY_STOPPING_S : RETRY_BUSY_S;
}

void ff_problem_log(const struct ff_ctx *cx)
{
    const struct ff_error *err = &cx->err;
    if (!is_ours(err))
        return;
    const struct ff_log_kv kv[] = {
        {"code", ff_err_info(err->rc)->code, 0},
        {"cause", err->detail, 0},
        {"file", err->file ? err->file : "", 0},
        {"line", NULL, err->line},
    };
    bool expected = err->rc == FF_BUSY || err->rc == FF_SHUTTING_DOWN;
    ff_log(expected ? FF_LOG_WARN : FF_LOG_ERROR, cx->request_id, "request failed", kv,
           sizeof kv / sizeof kv[0]);
}

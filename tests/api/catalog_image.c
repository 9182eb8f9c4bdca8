/* SPDX-License-Identifier: MIT */
/* catalog_image.c - pictures of products: what is one, where it is, and when it is forgotten. */
#include "../lib/call.h"
#include "../lib/canteen.h"
#include "../lib/money.h"
#include "domain/catalog/image.h"
#include "domain/catalog/webp.h"

static struct ff_fixture fx;

static void setup(void)
{
    ff_fixture_open(&fx);
    ff_fixture_product(&fx, "Soup", 300);
    ff_fixture_product(&fx, "Stew", 300);
}

static void teardown(void)
{
    ff_fixture_close(&fx);
}

#define URL "/api/v1/images/" FF_TEST_WEBP_HASH

static struct ff_answer put(const char *target, const char *bytes, size_t n, const char *type)
{
    ff_fixture_again(&fx);
    return ff_call(&fx, &(struct ff_call){.method = "PUT",
                                          .target = target,
                                          .type = type,
                                          .body = bytes,
                                          .body_len = n,
                                          .cli = true});
}

static struct ff_answer soup(void)
{
    return put("/api/v1/products/1/image", FF_TEST_WEBP, FF_TEST_WEBP_BYTES, "image/webp");
}

static struct ff_answer call(const char *method, const char *target)
{
    return ff_call(&fx, &(struct ff_call){.method = method, .target = target, .cli = true});
}

START_TEST(a_picture_is_put_shown_and_taken_away)
{
    struct ff_answer a = soup();
    ck_assert_int_eq(a.status, 200);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "imageUrl"), URL);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "ETag"), "\"v2\"");
    a = soup(); /* the same again */
    ck_assert_str_eq(ff_answer_header(&fx, &a, "ETag"), "\"v2\"");
    a = call("GET", "/api/v1/kiosk/catalogue");
    ck_assert_ptr_nonnull(strstr(a.body, "\"imageUrl\":\"" URL "\""));
    ck_assert_ptr_nonnull(strstr(a.body, "\"imageUrl\":null"));
    a = ff_call(&fx, &(struct ff_call){.method = "GET", .target = URL}); /* by anybody */
    ck_assert_int_eq(a.status, 200);
    ck_assert_uint_eq(a.body_len, FF_TEST_WEBP_BYTES);
    ck_assert_mem_eq(a.body, "RIFF", 4);
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Content-Type"), "image/webp");
    ck_assert_str_eq(ff_answer_header(&fx, &a, "Cache-Control"),
                     "public, max-age=31536000, immutable");
    a = ff_call(&fx, &(struct ff_call){.method = "GET",
                                       .target = URL,
                                       .none_match = "\"" FF_TEST_WEBP_HASH "\""});
    ck_assert_int_eq(a.status, 304);
    ck_assert_int_eq(call("DELETE", "/api/v1/products/1/image").status, 204);
    ck_assert_int_eq(call("DELETE", "/api/v1/products/1/image").status, 404);
    a = call("GET", "/api/v1/products/1");
    ck_assert_str_eq(ff_answer_member(&fx, &a, "imageUrl"), "null");
    ck_assert_int_eq(
        ff_test_number(&fx, "SELECT COUNT(*) FROM audit WHERE action = 'product.image'"), 2);
}
END_TEST

START_TEST(what_is_no_address_of_a_picture_is_not_found)
{
    struct ff_text picture;
    (void)soup();
    ck_assert_int_eq(ff_image_get(&fx.cx, FF_TEST_WEBP_HASH, &picture), FF_OK);
    ck_assert_uint_eq(picture.n, FF_TEST_WEBP_BYTES);
    ck_assert_mem_eq(picture.text, FF_TEST_WEBP, FF_TEST_WEBP_BYTES);
    ck_assert_int_eq(call("GET", "/api/v1/images/abc").status, 404);
    ck_assert_int_eq(call("GET", "/api/v1/images/0" FF_TEST_WEBP_HASH).status, 404);
    ck_assert_int_eq(call("GET", "/api/v1/images/8EF9BA02D026DD8AF456832331FD475E568EF803FFAA8FC3D2"
                                 "00829B3AEBB770")
                         .status,
                     404);
    ck_assert_int_eq(
        put("/api/v1/products/4711/image", FF_TEST_WEBP, FF_TEST_WEBP_BYTES, "image/webp").status,
        404);
}
END_TEST

START_TEST(a_body_that_is_no_picture_is_refused)
{
    char *large = calloc(1, FF_WEBP_BYTES + 1);
    ck_assert_ptr_nonnull(large);
    struct ff_answer a =
        put("/api/v1/products/1/image", FF_TEST_WEBP, FF_TEST_WEBP_BYTES, "image/png");
    ck_assert_int_eq(a.status, 415);
    a = put("/api/v1/products/1/image", large, FF_WEBP_BYTES + 1, "image/webp");
    ck_assert_int_eq(a.status, 413);
    a = put("/api/v1/products/1/image", large, FF_WEBP_BYTES, "image/webp");
    ck_assert_int_eq(a.status, 400);
    ck_assert_str_eq(ff_answer_member(&fx, &a, "code"), "ERR_VALIDATION");
    a = put("/api/v1/products/1/image", FF_TEST_WEBP, FF_TEST_WEBP_BYTES - 1, "image/webp");
    ck_assert_int_eq(a.status, 400);
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM image"), 0);
    free(large);
}
END_TEST

/* Of the first chunk: its name, and ten bytes of it. */
static const struct {
    const char *name, *bytes;
    int64_t width, height; /* 0: refused */
} chunks[] = {
    {"VP8 ", "\0\0\0\x9d\x01\x2a\x40\x01\xf0\x00", 320, 240},
    {"VP8 ", "\0\0\0\x9d\x01\x2a\x40\xc1\xf0\x40", 320, 240}, /* with scaling bits */
    {"VP8 ", "\0\0\0\x9d\x01\x2b\x40\x01\xf0\x00", 0, 0},
    {"VP8 ", "\0\0\0\x9d\x01\x2a\x00\x00\xf0\x00", 0, 0},
    {"VP8 ", "\0\0\0\x9d\x01\x2a\x00\x04\x00\x04", 1024, 1024},
    {"VP8 ", "\0\0\0\x9d\x01\x2a\x01\x04\x00\x04", 0, 0},
    {"VP8L", "\x2f\x3f\xc1\x3b\x00\0\0\0\0\0", 320, 240},
    {"VP8L", "\x2e\x3f\xc1\x3b\x00\0\0\0\0\0", 0, 0},
    {"VP8X", "\x10\0\0\0\x3f\x01\0\xef\0\0", 320, 240},
    {"VP8X", "\x02\0\0\0\x3f\x01\0\xef\0\0", 0, 0}, /* it moves */
    {"VP8X", "\x08\0\0\0\x3f\x01\0\xef\0\0", 0, 0}, /* where it was taken */
    {"VP8X", "\x04\0\0\0\x3f\x01\0\xef\0\0", 0, 0},
    {"VP8X", "\0\0\0\0\xff\xff\xff\xff\xff\xff", 0, 0},
    {"ALPH", "\0\0\0\0\0\0\0\0\0\0", 0, 0},
};

START_TEST(a_header_says_how_large_the_picture_is)
{
    char bytes[30] = "RIFF\x16\0\0\0WEBP";
    int64_t width = 0, height = 0;
    memcpy(bytes + 12, chunks[_i].name, 4);
    memcpy(bytes + 20, chunks[_i].bytes, 10);
    const char *fault = ff_webp_fault(bytes, sizeof bytes, &width, &height);
    ck_assert_int_eq(fault == NULL, chunks[_i].width != 0);
    if (!fault) {
        ck_assert_int_eq(width, chunks[_i].width);
        ck_assert_int_eq(height, chunks[_i].height);
    }
}
END_TEST

START_TEST(a_picture_that_no_product_has_is_forgotten_after_a_day)
{
    int64_t n = -1;
    (void)soup();
    (void)put("/api/v1/products/2/image", FF_TEST_WEBP, FF_TEST_WEBP_BYTES, "image/webp");
    ck_assert_int_eq(ff_test_number(&fx, "SELECT COUNT(*) FROM image"), 1);
    ck_assert_int_eq(call("DELETE", "/api/v1/products/1/image").status, 204);
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 2 * (int64_t)FF_IMAGE_KEEP_MS));
    ff_fixture_again(&fx);
    ck_assert_int_eq(ff_image_purge(&fx.cx, &n), FF_OK);
    ck_assert_int_eq(n, 0); /* the stew has it */
    ck_assert_int_eq(call("DELETE", "/api/v1/products/2/image").status, 204);
    (void)soup();
    ck_assert_int_eq(call("DELETE", "/api/v1/products/1/image").status, 204);
    ck_assert_int_eq(ff_image_purge(&fx.cx, &n), FF_OK);
    ck_assert_int_eq(n, 0); /* a page may still show it */
    ck_assert(ff_clock_advance_to(fx.clock, FF_TEST_NOW + 4 * (int64_t)FF_IMAGE_KEEP_MS));
    ck_assert_int_eq(ff_image_purge(&fx.cx, &n), FF_OK);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(call("GET", URL).status, 404);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalog_image");
    TCase *cases = tcase_create("image");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_picture_is_put_shown_and_taken_away);
    tcase_add_test(cases, what_is_no_address_of_a_picture_is_not_found);
    tcase_add_test(cases, a_body_that_is_no_picture_is_refused);
    tcase_add_loop_test(cases, a_header_says_how_large_the_picture_is, 0, FF_ROWS(chunks));
    tcase_add_test(cases, a_picture_that_no_product_has_is_forgotten_after_a_day);
    suite_add_tcase(suite, cases);
    return ff_test_run(suite);
}

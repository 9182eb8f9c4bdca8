/* SPDX-License-Identifier: MIT */
/* utf8.c - one strict decoder, and what names, search and initials need of Unicode. No locale: the
 * tables below cover the Latin blocks, other scripts pass unchanged. */
#include "base/utf8.h"

#include <string.h>

enum { FIRST_LATIN = 0xC0, FIRST_ADDITIONAL = 0x1E00, MAX_FOLDED = 4 };

/* Folded letter of U+00C0.. and U+1E00..: '.' keeps the character, '2' stands for two letters. */
/* clang-format off */
static const char latin[] =
    "aaaaaa2ceeeeiiiidnooooo.ouuuuy22aaaaaa2ceeeeiiiidnooooo.ouuuuy2y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii22jjkkklllllll"
    "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bb.....ccdd......ff....ikkl..nn.oo..pp......tt.uu..yyzz........."
    "....222222222aaiioouuuuuuuuuu.aaaa22ggggkkoooo..j222gg..nnaa22oo"
    "aaaaeeeeiiiioooorrrruuuusstt..hhn...zzaaeeooooooooyy.......ccl.."
    "...b..eejj..rryy";
static const char latin_additional[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwy.s..2.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";
static const struct {
    uint16_t from, to;
    char letters[3];
} pairs[] = {
    {0xC6, 0xC6, "ae"}, {0xDE, 0xDE, "th"}, {0xDF, 0xDF, "ss"}, {0xE6, 0xE6, "ae"},
    {0xFE, 0xFE, "th"}, {0x132, 0x133, "ij"}, {0x152, 0x153, "oe"}, {0x1C4, 0x1C6, "dz"},
    {0x1C7, 0x1C9, "lj"}, {0x1CA, 0x1CC, "nj"}, {0x1E2, 0x1E3, "ae"}, {0x1F1, 0x1F3, "dz"},
    {0x1FC, 0x1FD, "ae"}, {0x1E9E, 0x1E9E, "ss"},
};
/* clang-format on */

struct range {
    uint32_t from, to;
};

/* Bytes of the sequence that `lead` opens (0: none) and the bits of the code point it holds. */
static size_t sequence_length(unsigned char lead, uint32_t *bits)
{
    if (lead >= 0xC2 && lead <= 0xDF) {
        *bits = lead & 0x1Fu;
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *bits = lead & 0x0Fu;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *bits = lead & 0x07u;
        return 4;
    }
    return 0;
}

size_t ff_utf8_next(const char *text, size_t n, uint32_t *out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (n == 0 || !text[0])
        return 0;
    unsigned char lead = (unsigned char)text[0];
    uint32_t point = lead;
    size_t length = lead < 0x80 ? 1 : sequence_length(lead, &point);
    if (length == 0 || length > n)
        return 0;
    for (size_t i = 1; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (c & 0x3Fu);
    }
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return 0;
    *out = point;
    return length;
}

bool ff_utf8_valid(const char *text, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t point;
        const bool is_ascii = (unsigned char)text[i] - 1u < 0x7f; /* a NUL is no text */
        size_t length = is_ascii ? 1 : ff_utf8_next(text + i, n - i, &point);
        if (!length)
            return false;
        i += length;
    }
    return true;
}

size_t ff_utf8_length(const char *text)
{
    size_t n = 0;
    for (const char *p = text; *p; p++)
        n += ((unsigned char)*p & 0xC0) != 0x80;
    return n;
}

size_t ff_utf8_put(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char)((0xF00u >> length & 0xF0u) | point);
    return length;
}

void ff_utf8_trim(char *text)
{
    size_t n = strlen(text), tail = 0;
    while (tail < n && tail < 3 && ((unsigned char)text[n - 1 - tail] & 0xC0) == 0x80)
        tail++;
    if (tail == n)
        return;
    uint32_t bits;
    if (sequence_length((unsigned char)text[n - 1 - tail], &bits) > tail + 1)
        text[n - 1 - tail] = '\0';
}

static bool is_in(uint32_t point, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (point >= ranges[i].from && point <= ranges[i].to)
            return true;
    }
    return false;
}

#define IS_IN(point, ranges) is_in((point), (ranges), sizeof(ranges) / sizeof(ranges)[0])

bool ff_utf8_is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point <= 0x9F);
}

/* Line and paragraph separator, bidi embedding, override and isolate: they change how the text
 * around a name is shown. */
static bool is_deceptive(uint32_t point)
{
    static const struct range list[] = {{0x2028, 0x202E}, {0x2066, 0x2069}};
    return IS_IN(point, list);
}

static bool is_space(uint32_t point)
{
    static const struct range list[] = {
        {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
        {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
    };
    return IS_IN(point, list);
}

/* Zero-width characters, fillers, variation selectors, tags: nothing that can be seen alone. */
static bool is_invisible(uint32_t point)
{
    static const struct range list[] = {
        {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},   {0x115F, 0x1160},
        {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2060, 0x2065},
        {0x206A, 0x206F}, {0x2800, 0x2800}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
    };
    return IS_IN(point, list);
}

bool ff_utf8_is_name(const char *text)
{
    size_t n = strlen(text);
    bool has_visible = false;
    uint32_t point = 0;
    for (size_t i = 0; i < n;) {
        size_t length = ff_utf8_next(text + i, n - i, &point);
        if (!length || ff_utf8_is_control(point) || is_deceptive(point))
            return false;
        has_visible = has_visible || (!is_space(point) && !is_invisible(point));
        i += length;
    }
    return has_visible;
}

/* The two letters of a character marked '2'. */
static void put_pair(uint32_t point, char out[2])
{
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (point >= pairs[i].from && point <= pairs[i].to)
            memcpy(out, pairs[i].letters, 2);
    }
}

/* The folded form of one character; the number of bytes, 0 for a mark that folds away. */
static size_t fold_point(uint32_t point, char out[MAX_FOLDED])
{
    char letter = '.';
    if (point >= 'A' && point <= 'Z')
        letter = (char)(point - 'A' + 'a');
    else if (point >= 0x300 && point <= 0x36F) /* combining marks of a decomposed letter */
        return 0;
    else if (point >= FIRST_LATIN && point < FIRST_LATIN + sizeof latin - 1)
        letter = latin[point - FIRST_LATIN];
    else if (point >= FIRST_ADDITIONAL && point < FIRST_ADDITIONAL + sizeof latin_additional - 1)
        letter = latin_additional[point - FIRST_ADDITIONAL];
    if (letter == '.')
        return ff_utf8_put(point, out);
    if (letter == '2') {
        put_pair(point, out);
        return 2;
    }
    out[0] = letter;
    return 1;
}

void ff_utf8_fold(const char *text, char *out, size_t cap)
{
    size_t n = strlen(text), used = 0;
    for (size_t i = 0; i < n;) {
        uint32_t point;
        char folded[MAX_FOLDED];
        size_t length = ff_utf8_next(text + i, n - i, &point);
        if (!length)
            break;
        size_t size = fold_point(point, folded);
        if (used + size >= cap)
            break;
        memcpy(out + used, folded, size);
        used += size;
        i += length;
    }
    if (cap)
        out[used] = '\0';
}

/* Upper case of a Latin letter; others unchanged. In U+0100..U+017F the pairs lie side by side, the
 * capital on an even place up to U+0137 and from U+014A, on an odd one between and from U+0179. */
static uint32_t upper(uint32_t point)
{
    if ((point >= 'a' && point <= 'z') || (point >= 0xE0 && point <= 0xFE && point != 0xF7))
        return point - 0x20;
    bool is_even_pair =
        (point >= 0x100 && point <= 0x137 && point != 0x131) || (point >= 0x14A && point <= 0x177);
    bool is_odd_pair = (point >= 0x139 && point <= 0x148) || (point >= 0x179 && point <= 0x17E);
    if (is_even_pair)
        return point & ~1u;
    return is_odd_pair ? ((point - 1) | 1u) : point;
}

/* The first character of the word at `text`, as a capital. */
static size_t put_initial(const char *text, char out[4])
{
    uint32_t point;
    if (!ff_utf8_next(text, strlen(text), &point))
        return 0;
    return ff_utf8_put(upper(point), out);
}

void ff_utf8_initials(const char *name, char out[12])
{
    const char *first = NULL, *last = NULL;
    for (const char *p = name; *p; p++) {
        if (*p == ' ' || (p > name && p[-1] != ' '))
            continue;
        if (!first)
            first = p;
        last = p;
    }
    size_t used = 0;
    if (first)
        used = put_initial(first, out);
    if (last != first)
        used += put_initial(last, out + used);
    out[used] = '\0';
}

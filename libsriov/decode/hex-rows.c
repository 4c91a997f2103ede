/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two things make it fast: most rows are zeros, and are found by comparing text; the others have their digits at known
 * places, and are taken all at a time where the machine can (SSSE3, AVX-512 with VBMI, asked at run time).
 */
#include <string.h>

#include "hex-rows.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#define ROW_CHARS (3 * HEX_ROW_BYTES - 1)

const uint8_t hex_digits[256] = {
	['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14, ['5'] = 0x15, ['6'] = 0x16, ['7'] = 0x17,
	['8'] = 0x18, ['9'] = 0x19, ['a'] = 0x1a, ['b'] = 0x1b, ['c'] = 0x1c, ['d'] = 0x1d, ['e'] = 0x1e, ['f'] = 0x1f,
	['A'] = 0x1a, ['B'] = 0x1b, ['C'] = 0x1c, ['D'] = 0x1d, ['E'] = 0x1e, ['F'] = 0x1f,
};

/* One row, address == expected. Returns the length of the line with its end, or 0 where it is anything else. */
static size_t plain_row(const char *p, size_t n, size_t expected, uint8_t *to)
{
	size_t width = expected < 0x100 ? 2 : 3, address = 0;
	if (n < width + 2 + ROW_CHARS || p[width] != ':' || p[width + 1] != ' ')
		return 0;
	unsigned good = HEX_DIGIT, between = 0;
	for (size_t i = 0; i < width; i++) {
		unsigned d = hex_digits[(unsigned char)p[i]];
		good &= d;
		address = address << 4 | (d & 0xf);
	}
	const char *q = p + width + 2;
	uint8_t bytes[HEX_ROW_BYTES];
	for (unsigned i = 0; i < HEX_ROW_BYTES; i++) {
		unsigned high = hex_digits[(unsigned char)q[3 * i]], low = hex_digits[(unsigned char)q[3 * i + 1]];
		good &= high & low;
		bytes[i] = (uint8_t)(high << 4 | (low & 0xf));
	}
	for (unsigned i = 0; i < HEX_ROW_BYTES - 1; i++)
		between |= (unsigned char)q[3 * i + 2] ^ ' ';
	if (!good || between || address != expected)
		return 0;
	size_t end = width + 2 + ROW_CHARS;
	if (end < n && p[end] == '\r')
		end++;
	if (end < n && p[end] != '\n')
		return 0;
	memcpy(to, bytes, HEX_ROW_BYTES);
	return end < n ? end + 1 : end;
}

size_t hex_rows_plain(const char *text, size_t n, size_t at, uint8_t *to, size_t room, size_t *used)
{
	size_t rows = 0;
	*used = 0;
	while (room >= HEX_ROW_BYTES && at <= room - HEX_ROW_BYTES) {
		size_t len = plain_row(text + *used, n - *used, at, to + at);
		if (!len)
			break;
		*used += len;
		at += HEX_ROW_BYTES;
		rows++;
	}
	return rows;
}

/* Text of 4096 zeros: rows of zeros are found by comparing, sixteen at a time where they are many. */
#define Z16    "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n"
#define ROWS(h) \
	h "00: " Z16 h "10: " Z16 h "20: " Z16 h "30: " Z16 h "40: " Z16 h "50: " Z16 h "60: " Z16 h "70: " Z16 h "80: " Z16 h "90: " Z16 \
	h "a0: " Z16 h "b0: " Z16 h "c0: " Z16 h "d0: " Z16 h "e0: " Z16 h "f0: " Z16
static const char zero_text[16][16 * 53 + 1] = {
	ROWS(""), ROWS("1"), ROWS("2"), ROWS("3"), ROWS("4"), ROWS("5"), ROWS("6"), ROWS("7"),
	ROWS("8"), ROWS("9"), ROWS("a"), ROWS("b"), ROWS("c"), ROWS("d"), ROWS("e"), ROWS("f"),
};
#define SIXTEEN (16 * HEX_ROW_BYTES)

#if defined(__SSE2__)
/* Every third of 48 characters, from the first, second or third on. */
__attribute__((target("ssse3"))) static inline __m128i thirds(const __m128i text[3], int from)
{
	__m128i all = _mm_setzero_si128();
	const __m128i step = _mm_setr_epi8(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45);
	for (int i = 0; i < 3; i++) {
		__m128i at = _mm_add_epi8(step, _mm_set1_epi8((char)(from - 16 * i)));
		/* places outside of this part: the top bit makes a zero */
		__m128i out = _mm_or_si128(_mm_cmplt_epi8(at, _mm_setzero_si128()), _mm_cmpgt_epi8(at, _mm_set1_epi8(15)));
		all = _mm_or_si128(all, _mm_shuffle_epi8(text[i], _mm_or_si128(at, out)));
	}
	return all;
}

__attribute__((target("ssse3"))) static inline __m128i digit_values(__m128i c, __m128i *bad)
{
	__m128i lower = _mm_or_si128(c, _mm_set1_epi8(0x20));
	__m128i is_09 = _mm_and_si128(_mm_cmpgt_epi8(c, _mm_set1_epi8('0' - 1)), _mm_cmplt_epi8(c, _mm_set1_epi8('9' + 1)));
	__m128i is_af = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('f' + 1)));
	*bad = _mm_or_si128(*bad, _mm_cmpeq_epi8(_mm_or_si128(is_09, is_af), _mm_setzero_si128()));
	return _mm_add_epi8(_mm_and_si128(c, _mm_set1_epi8(0xf)), _mm_and_si128(is_af, _mm_set1_epi8(9)));
}

/* 48 characters, the newline included. */
__attribute__((target("ssse3"))) static bool row_ssse3(const char *q, uint8_t *to)
{
	__m128i text[3], bad = _mm_setzero_si128();
	for (unsigned i = 0; i < 3; i++)
		text[i] = _mm_loadu_si128((const __m128i *)(const void *)(q + 16 * i));
	__m128i high = digit_values(thirds(text, 0), &bad), low = digit_values(thirds(text, 1), &bad);
	const __m128i after = _mm_setr_epi8(' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '\n');
	__m128i ends = _mm_cmpeq_epi8(thirds(text, 2), after);
	if (_mm_movemask_epi8(bad) || _mm_movemask_epi8(ends) != 0xffff)
		return false;
	_mm_storeu_si128((__m128i *)(void *)to, _mm_or_si128(_mm_slli_epi16(high, 4), low));
	return true;
}

/* The same in one register: digits from the first and second of every three places side by side, then what stands between. */
__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi"))) static bool row_avx512(const char *q, uint8_t *to)
{
	static const uint8_t places[64] = {
		0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 34, 37, 40, 43, 46,
		2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 32, 35, 38, 41, 44, 47, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 47,
	};
	static const char after[64] = "                               \n               \n               \n";
	const __mmask64 text = (UINT64_C(1) << 48) - 1, digits = UINT32_MAX;
	__m512i c = _mm512_permutexvar_epi8(_mm512_loadu_si512(places), _mm512_maskz_loadu_epi8(text, q));
	__mmask64 is_09 = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(c, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
	__m512i lower = _mm512_or_si512(c, _mm512_set1_epi8(0x20));
	__mmask64 is_af = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(lower, _mm512_set1_epi8('a')), _mm512_set1_epi8(6));
	__mmask64 ends = _mm512_cmpeq_epi8_mask(c, _mm512_loadu_si512(after));
	if ((((is_09 | is_af) & digits) | (ends & ~digits)) != UINT64_MAX)
		return false;
	__m512i values = _mm512_and_si512(c, _mm512_set1_epi8(0xf));
	values = _mm512_mask_add_epi8(values, is_af, values, _mm512_set1_epi8(9));
	__m128i high = _mm512_castsi512_si128(values), low = _mm512_extracti32x4_epi32(values, 1);
	_mm_storeu_si128((__m128i *)(void *)to, _mm_or_si128(_mm_slli_epi16(high, 4), low));
	return true;
}

enum hex_means hex_means(void)
{
	return (enum hex_means)(!!__builtin_cpu_supports("ssse3") + !!__builtin_cpu_supports("avx512vbmi"));
}
#else
enum hex_means hex_means(void)
{
	return HEX_PLAIN;
}
#endif

/* A whole row at known places: 48 characters, the newline included. False: it is anything else, or the machine has no means. */
static bool row_none(const char *q, uint8_t *to)
{
	(void)q;
	(void)to;
	return false;
}

static bool (*const rows_by[])(const char *q, uint8_t *to) = {
	[HEX_PLAIN] = row_none,
#if defined(__SSE2__)
	[HEX_SSSE3] = row_ssse3,
	[HEX_AVX512] = row_avx512,
#endif
};

/* Is p the address of the row of zeros at `zeros`, and what is between it and the bytes? */
static inline bool same_head(const char *p, const char *zeros, size_t head)
{
	return !memcmp(p, zeros, 4) && p[head - 1] == ' ';
}

/* Sixteen rows from an address divisible by 256 on, of which there is text enough; returns how many are as usual. */
static size_t sixteen(enum hex_means means, const char *p, const char *zeros, size_t line, uint8_t *to)
{
	bool (*const row)(const char *q, uint8_t *to) = rows_by[means];
	size_t head = line - ROW_CHARS - 1, done = 0;
	if (!memcmp(p, zeros, 16 * line)) {
		memset(to, 0, SIXTEEN);
		return 16;
	}
	while (done < 16 && same_head(p, zeros, head) && row(p + head, to)) {
		done++;
		p += line;
		zeros += line;
		to += HEX_ROW_BYTES;
	}
	return done;
}

size_t hex_rows_by(enum hex_means means, const char *text, size_t n, size_t at, uint8_t *to, size_t room, size_t *used)
{
	const char *p = text, *end = text + n;
	size_t rows = 0;
	while (room >= HEX_ROW_BYTES && at <= room - HEX_ROW_BYTES) {
		size_t left = (size_t)(end - p), head = at < 0x100 ? 4 : 5, line = head + ROW_CHARS + 1, done = 0, len;
		bool usual = at % HEX_ROW_BYTES == 0 && at < 4096 && left >= line;
		const char *zeros = usual ? zero_text[at / SIXTEEN] + at % SIXTEEN / HEX_ROW_BYTES * line : NULL;
		if (usual && at % SIXTEEN == 0 && room - at >= SIXTEEN && left >= 16 * line)
			done = sixteen(means, p, zeros, line, to + at);
		else if (usual && same_head(p, zeros, head))
			done = rows_by[means](p + head, to + at);
		len = done * line;
		if (!done) {
			len = plain_row(p, left, at, to + at);
			done = len > 0;
		}
		if (!done)
			break;
		p += len;
		at += done * HEX_ROW_BYTES;
		rows += done;
	}
	*used = (size_t)(p - text);
	return rows;
}

size_t hex_rows(const char *text, size_t n, size_t at, uint8_t *to, size_t room, size_t *used)
{
	return hex_rows_by(hex_means(), text, n, at, to, room, used);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of configuration space as lspci -x writes them, "1a0: 17 00 …": nearly all of a dump's text, so read as fast as memory allows. */
#ifndef SRIOV_DECODE_HEX_ROWS_H
#define SRIOV_DECODE_HEX_ROWS_H

#include "util/macro.h"

#define HEX_ROW_BYTES 16

/*
 * The rows at the beginning of text whose addresses follow on `at` (below room, each of 16 bytes, nothing else in the line).
 * Their bytes go to to + at. Returns how many rows; *used is the length of their text. The first line that is not such a row ends it.
 */
size_t hex_rows(const char *text, size_t n, size_t at, uint8_t *to, size_t room, size_t *used);
/* The same row by row, without the instructions of one machine: what the fast one is compared with. */
size_t hex_rows_plain(const char *text, size_t n, size_t at, uint8_t *to, size_t room, size_t *used);

/* The instructions that the machine has for it, each with those before; and hex_rows() with less than those, for who compares them. */
enum hex_means { HEX_PLAIN, HEX_SSSE3, HEX_AVX512 };
enum hex_means hex_means(void);
size_t hex_rows_by(enum hex_means means, const char *text, size_t n, size_t at, uint8_t *to, size_t room, size_t *used);

/* Of a hexadecimal digit its value with HEX_DIGIT set; else 0. */
#define HEX_DIGIT 0x10
extern const uint8_t hex_digits[256];

#endif

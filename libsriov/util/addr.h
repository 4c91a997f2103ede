/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The address of a function, from text and to text. */
#ifndef SRIOV_UTIL_ADDR_H
#define SRIOV_UTIL_ADDR_H

#include "sriov.h"
#include "util/digits.h"
#include "util/slice.h"

#define ADDR_TEXT 20

#define ADDR_PLACE 7

/* "01:00.0", ADDR_PLACE bytes, without a NUL; returns how many. */
static inline size_t addr_put_place(char *to, const struct sriov_addr *addr)
{
	memcpy(to, &hex_pairs[2 * addr->bus], 2);
	to[2] = ':';
	memcpy(to + 3, &hex_pairs[2 * addr->device], 2);
	to[5] = '.';
	to[6] = hex_pairs[2 * (addr->function & 0xf) + 1];
	return ADDR_PLACE;
}

/* "0000:01:00.0" without a NUL, at most 16 bytes; returns how many. */
size_t addr_put(char *to, const struct sriov_addr *addr);
/* The same with a NUL into buf of ADDR_TEXT bytes; returns buf. */
char *addr_text(const struct sriov_addr *addr, char *buf);
/* "dddd:bb:dd.f" or "bb:dd.f" (domain 0) at the beginning of the slice, which moves behind it. */
bool addr_eat(struct slice *s, struct sriov_addr *addr);

/* Field by field: the structure has a byte of padding that says nothing. */
static inline bool addr_same(const struct sriov_addr *a, const struct sriov_addr *b)
{
	return a->domain == b->domain && a->bus == b->bus && a->device == b->device && a->function == b->function;
}

static inline bool addr_same_bus(const struct sriov_addr *a, const struct sriov_addr *b) { return a->domain == b->domain && a->bus == b->bus; }

/* The routing ID within its segment. */
static inline uint16_t addr_rid(const struct sriov_addr *a) { return (uint16_t)(a->bus << 8 | a->device << 3 | a->function); }
/* As a number in the order of addresses, of at most 48 bits. */
static inline uint64_t addr_key(const struct sriov_addr *a) { return (uint64_t)a->domain << 16 | addr_rid(a); }
/* The function with a routing ID of at most ffff. */
static inline struct sriov_addr addr_of_rid(uint32_t domain, uint64_t rid)
{
	return (struct sriov_addr){domain, (uint8_t)(rid >> 8), (uint8_t)(rid >> 3 & 0x1f), (uint8_t)(rid & 7)};
}
/* The order of segments and routing IDs, as lspci's: below, at or above 0. */
static inline int addr_cmp(const struct sriov_addr *a, const struct sriov_addr *b)
{
	if (a->domain != b->domain)
		return a->domain < b->domain ? -1 : 1;
	return (int)addr_rid(a) - (int)addr_rid(b);
}

#endif

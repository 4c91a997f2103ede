/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash of a name below something. It orders nothing that anybody sees. */
#ifndef SRIOV_UTIL_HASH_H
#define SRIOV_UTIL_HASH_H

#include <stdint.h>
#include <string.h>

/* Eight bytes at a time; what is above: the parent's address, so that a name has another value in each folder. */
static inline uint32_t hash_name(const void *above, const char *name, size_t n)
{
	uint64_t h = ((uint64_t)(uintptr_t)above ^ n) * UINT64_C(0x9e3779b97f4a7c15), word;
	for (; n >= 8; n -= 8, name += 8) {
		memcpy(&word, name, 8);
		h = (h ^ word) * UINT64_C(0xff51afd7ed558ccd);
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, name, n);
	h = (h ^ word) * UINT64_C(0xc4ceb9fe1a85ec53);
	return (uint32_t)(h ^ h >> 32);
}

#endif

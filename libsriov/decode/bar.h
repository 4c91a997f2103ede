/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Base address registers, of a header or of SR-IOV: what a row of up to six registers means. */
#ifndef SRIOV_DECODE_BAR_H
#define SRIOV_DECODE_BAR_H

#include "decode/bytes.h"

#define BARS_MAX 6

struct bar {
	bool known;          /* the register was read */
	bool implemented;    /* it is not 0, and no upper half */
	bool upper;          /* the upper half of the 64-bit BAR before it */
	bool io, is_64, prefetchable;
	bool reserved_type;  /* memory type 01b or 11b: decoded as a 32-bit register, nothing behind it is swallowed */
	bool no_upper;       /* a 64-bit type in the last register: there is no upper half, what follows is another register */
	bool upper_unread;
	uint32_t raw, raw_high;
	uint64_t address;    /* without the flags */
};

/* n registers (at most BARS_MAX) at the beginning of regs. */
void bars_decode(const struct bytes *regs, unsigned n, struct bar bars[BARS_MAX]);

#endif

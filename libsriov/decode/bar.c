/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/bar.h"

#define BAR_IO       0x1u
#define BAR_TYPE     0x6u
#define BAR_TYPE_64  0x4u
#define BAR_PREF     0x8u
#define BAR_IO_MASK  0x3u
#define BAR_MEM_MASK 0xfu

void bars_decode(const struct bytes *regs, unsigned n, struct bar bars[BARS_MAX])
{
	for (unsigned i = 0; i < BARS_MAX; i++)
		bars[i] = (struct bar){.known = false};
	for (unsigned i = 0; i < n; i++) {
		struct bar *bar = &bars[i];
		bar->known = !bytes_u32(regs, i * 4u, &bar->raw);
		if (!bar->known || !bar->raw)
			continue;
		bar->implemented = true;
		if (bar->raw & BAR_IO) {
			bar->io = true;
			bar->address = bar->raw & ~BAR_IO_MASK;
			continue;
		}
		bar->address = bar->raw & ~BAR_MEM_MASK;
		bar->prefetchable = bar->raw & BAR_PREF;
		bar->is_64 = (bar->raw & BAR_TYPE) == BAR_TYPE_64;
		bar->reserved_type = bar->raw & 0x2;
		if (!bar->is_64)
			continue;
		if (i + 1 == n) {
			bar->no_upper = true;
			continue;
		}
		bar->upper_unread = bytes_u32(regs, i * 4u + 4, &bar->raw_high) != 0;
		if (!bar->upper_unread)
			bar->address |= (uint64_t)bar->raw_high << 32;
		i++;
		bars[i].known = !bar->upper_unread;
		bars[i].upper = true;
		bars[i].raw = bar->raw_high;
	}
}

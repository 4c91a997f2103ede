/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "addr.h"

size_t addr_put(char *to, const struct sriov_addr *addr)
{
	size_t n = put_hex(to, addr->domain, 4); /* domains beyond ffff exist: VMD begins at 10000 */
	to[n++] = ':';
	return n + addr_put_place(to + n, addr);
}

char *addr_text(const struct sriov_addr *addr, char *buf)
{
	buf[addr_put(buf, addr)] = '\0';
	return buf;
}

bool addr_eat(struct slice *s, struct sriov_addr *addr)
{
	struct slice rest = *s;
	uint64_t domain = 0, bus, device, function;
	const char *hit = rest.n ? memchr(rest.p, ':', rest.n < 9 ? rest.n : 9) : NULL;
	if (!hit)
		return false;
	size_t colon = (size_t)(hit - rest.p);
	if (colon != 2 && (colon < 4 || !slice_eat_hex(&rest, colon, &domain) || !slice_eat(&rest, ":")))
		return false;
	if (colon == 2 && rest.n > 5 && rest.p[5] == ':')
		return false; /* a time of day */
	if (!slice_eat_hex(&rest, 2, &bus) || !slice_eat(&rest, ":") || !slice_eat_hex(&rest, 2, &device) || !slice_eat(&rest, ".") ||
	    !slice_eat_hex(&rest, 1, &function) || device > 31 || function > 7)
		return false;
	*addr = (struct sriov_addr){(uint32_t)domain, (uint8_t)bus, (uint8_t)device, (uint8_t)function};
	*s = rest;
	return true;
}

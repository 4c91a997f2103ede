/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "addr.h"

static void put_hex(char *to, uint32_t value, unsigned digits)
{
	for (unsigned i = digits; i-- > 0; value >>= 4)
		to[i] = "0123456789abcdef"[value & 0xf];
}

size_t addr_put(char *to, const struct sriov_addr *addr)
{
	static const char digit[] = "0123456789abcdef";
	unsigned digits = 4; /* domains beyond ffff exist: VMD begins at 10000 */
	while (digits < 8 && addr->domain >> (4 * digits))
		digits++;
	if (addr->domain)
		put_hex(to, addr->domain, digits);
	else
		to[0] = to[1] = to[2] = to[3] = '0';
	to += digits;
	to[0] = ':';
	to[1] = digit[addr->bus >> 4];
	to[2] = digit[addr->bus & 0xf];
	to[3] = ':';
	to[4] = digit[addr->device >> 4 & 0xf];
	to[5] = digit[addr->device & 0xf];
	to[6] = '.';
	to[7] = digit[addr->function & 0xf];
	return digits + 8;
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

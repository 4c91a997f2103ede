/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Kernel logs. "boot": what a boot says of its functions and nothing else, again and again over 4,096 functions; "mixed": a host's
 * long life, a line about PCI in twenty; "distinct": as boot, with as many functions as lines allow.
 */
#include <stdio.h>
#include <string.h>

#include "generate.h"

#define AT "%5lu.%06lu"

size_t log_function(char *line, size_t room, const struct function *f, unsigned row, unsigned long usec)
{
	unsigned long long start = f->memory + (row == 3 ? 0x100000 : 0), end = start + (row == 3 ? VF_BAR_SIZE : BAR_SIZE) - 1;
	size_t at = (size_t)snprintf(line, room, "[" AT "] pci %04x:%02x:%02x.%x: ", usec / 1000000, usec % 1000000, f->domain, f->bus, f->devfn >> 3, f->devfn & 7);
	switch (row) {
	case 0:
		return at + (size_t)snprintf(line + at, room - at, "[8086:159b] type 00 class 0x020000 PCIe Endpoint\n");
	case 1:
	case 3:
		return at + (size_t)snprintf(line + at, room - at, "%sBAR 0 [mem 0x%llx-0x%llx 64bit pref]\n", row == 3 ? "VF " : "", start, end);
	case 2:
		return at + (size_t)snprintf(line + at, room - at, "PME# supported from D0 D3hot D3cold\n");
	default:
		return at + (size_t)snprintf(line + at, room - at, "Adding to iommu group %u\n", f->number);
	}
}

static size_t other(char *line, size_t room, unsigned long n, unsigned long usec)
{
	static const char *const says[] = {
		"audit: type=1400 audit(1700000000.%03lu:%lu): apparmor=\"STATUS\" operation=\"profile_replace\" name=\"snap.app\" pid=%lu comm=\"apparmor_parser\"",
		"usb 1-%lu: new high-speed USB device number %lu using xhci_hcd port %lu",
		"br-%lu: port %lu(veth%lu) entered blocking state",
		"EXT4-fs (dm-%lu): mounted filesystem %lu with ordered data mode, quota mode: none.%lu",
		"systemd[%lu]: Started session-%lu.scope - Session %lu of User root.",
		"TCP: request_sock_TCP: Possible SYN flooding on port %lu. Sending cookies. Check SNMP counters %lu %lu.",
		"nfs: server storage-%lu not responding, still trying (%lu of %lu)",
	};
	size_t i = n % (sizeof(says) / sizeof(says[0]));
	int at = snprintf(line, room, "[" AT "] ", usec / 1000000, usec % 1000000), got;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	got = at + snprintf(line + at, room - (size_t)at, says[i], n % 997, n, n % 65536);
#pragma GCC diagnostic pop
	line[got] = '\n';
	return (size_t)got + 1;
}

int log_write(const char *mix, unsigned long lines, unsigned long bytes)
{
	char line[512];
	int len = snprintf(line, sizeof(line), "[" AT "] Linux version 6.12.9-amd64 (builder@example) #1 SMP\n", 0ul, 0ul);
	unsigned long written = 0, usec = 0, distinct = !strcmp(mix, "distinct") ? 1UL << 32 : 4096, pci = 0;
	for (unsigned long n = 0; bytes ? written < bytes : n < lines; n++) {
		if (fwrite(line, (size_t)len, 1, stdout) != 1)
			return -1;
		written += (unsigned long)len;
		usec += 137;
		if (!strcmp(mix, "mixed") && n % 20) {
			len = (int)other(line, sizeof(line), n, usec);
			continue;
		}
		unsigned long number = pci / LOG_FUNCTION_ROWS % distinct;
		struct function f = {.domain = (unsigned)(number >> 16), .bus = number >> 8 & 0xff, .devfn = number & 0xff, .number = (unsigned)number,
				     .memory = 0x6000000000 + number * 0x400000};
		len = (int)log_function(line, sizeof(line), &f, (unsigned)(pci % LOG_FUNCTION_ROWS), usec);
		pci++;
	}
	return fflush(stdout);
}

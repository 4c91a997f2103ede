/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <linux/pci_regs.h>
#include <string.h>

#include "decode/walk.h"
#include "redact.h"

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t hex_run(const char *p, size_t n)
{
	size_t len = 0;
	while (len < n && is_hex(p[len]))
		len++;
	return len;
}

/* Two digits six times or more, with ':' or '-' between: MAC addresses, EUI-64, serial numbers. The whole length, or 0. */
static size_t octets(const char *p, size_t n)
{
	size_t groups = 0, at = 0;
	char between = '\0';
	for (;;) {
		if (hex_run(p + at, n - at) != 2)
			break;
		groups++;
		at += 2;
		if (at >= n || (p[at] != ':' && p[at] != '-') || (between && p[at] != between))
			break;
		between = p[at++];
	}
	if (groups < 6)
		return 0;
	return at && (p[at - 1] == ':' || p[at - 1] == '-') ? at - 1 : at;
}

/* 8-4-4-4-12 digits. */
static size_t uuid(const char *p, size_t n)
{
	static const unsigned char lengths[] = {8, 4, 4, 4, 12};
	size_t at = 0;
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		if (hex_run(p + at, n - at) != lengths[i])
			return 0;
		at += lengths[i];
		if (i + 1 < ARRAY_SIZE(lengths) && (at >= n || p[at++] != '-'))
			return 0;
	}
	return at;
}

/* What follows such a word up to the next blank or comma is somebody's. */
static size_t labelled(const char *p, size_t n, size_t *skip)
{
	static const char *const labels[] = {
		"PARTUUID=", "UUID=", "LABEL=", "uuid=", "Serial Number: ", "serial number: ", "SerialNumber: ", "SerialNumber\": \"", "Serial: ", "serial: ",
		"S/N: ", "SN: ", "serialnumber=", "serial=", "hostname=", "Hostname set to <", "hostname: ", "HostName\": \"", "ServiceTag = ",
		"Service Tag: ", "AssetTag\": \"", "Asset Tag: ", "systemd.hostname=", "ip=", "password=", "passwd=", "psk=", "SKU\": \"",
	};
	struct slice s = {p, n};
	for (size_t i = 0; i < ARRAY_SIZE(labels); i++) {
		if (!slice_starts(s, labels[i]))
			continue;
		*skip = strlen(labels[i]);
		size_t len = 0;
		while (*skip + len < n && !strchr(" \t\r\n,;\"'>)", p[*skip + len]) && p[*skip + len])
			len++;
		return len;
	}
	return 0;
}

static bool wipe(char *p, size_t n, char with)
{
	bool changed = false;
	for (size_t i = 0; i < n; i++) {
		if (!is_word(p[i]) || p[i] == with)
			continue;
		p[i] = with;
		changed = true;
	}
	return changed;
}

bool redact_text(char *text, size_t n, const char *host)
{
	size_t host_n = host ? strlen(host) : 0;
	bool changed = false;
	for (size_t at = 0; at < n;) {
		size_t len, skip = 0;
		if (at && is_word(text[at - 1]) && is_word(text[at])) { /* inside of a word nothing begins */
			at++;
			continue;
		}
		if ((len = octets(text + at, n - at)) || (len = uuid(text + at, n - at))) {
			changed |= wipe(text + at, len, '0');
		} else if ((len = labelled(text + at, n - at, &skip))) {
			changed |= wipe(text + at + skip, len, 'x');
			len += skip;
		} else if (host_n > 1 && n - at >= host_n && !memcmp(text + at, host, host_n) && (n - at == host_n || !is_word(text[at + host_n]))) {
			len = host_n;
			changed |= wipe(text + at, len, 'x');
		} else {
			len = 1;
		}
		at += len;
	}
	return changed;
}

static bool wanted(struct slice line)
{
	static const char *const words[] = {
		"sriov", "sr-iov", "vfs", "virtualfunction", "blacklist", "install", "options", "softdep", "alias", "grub_cmdline", "sysfs", "iommu",
		"vfio", "[match]", "[link]", "[network]", "originalname", "path=", "driver=", "pci", "modprobe", "execstart", "wantedby",
		"devlink", "igb", "ixgbe", "i40e", "ice", "mlx", "bnx", "i915", "xe", "nvme", "qat",
	};
	for (size_t at = 0; at < line.n; at++) {
		for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
			size_t n = strlen(words[i]);
			if (line.n - at >= n && !strncasecmp(line.p + at, words[i], n))
				return true;
		}
	}
	return false;
}

bool redact_lines(char *text, size_t n, const char *host)
{
	struct slice rest = {text, n}, line;
	bool changed = false;
	while (slice_line(&rest, &line)) {
		if (!wanted(line) && slice_trim(line).n) {
			memset(text + (line.p - text), ' ', line.n);
			changed = true;
		}
	}
	bool more = redact_text(text, n, host);
	return changed || more;
}

bool redact_config(uint8_t *bytes, uint8_t *known, size_t n)
{
	static const unsigned number = 4, number_size = 8;
	struct cap_walk walk;
	bool changed = false;
	struct bytes view = {bytes, known, n};
	walk_caps(&view, &walk);
	for (unsigned i = 0; i < walk.n; i++) {
		const struct cap_at *cap = &walk.caps[i];
		if (cap->space != CAP_EXTENDED || cap->id != PCI_EXT_CAP_ID_DSN || cap->offset + number + number_size > n)
			continue;
		memset(bytes + cap->offset + number, 0, number_size);
		memset(known + cap->offset + number, 0, number_size);
		changed = true;
	}
	return changed;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lspci-hex.h"
#include "session.h"
#include "split.h"

static bool digits(struct slice *s, size_t most)
{
	size_t n = 0;
	while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*s = slice_from(*s, n);
	return n > 0;
}

static bool starts_any(struct slice s, const char *const *starts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s.p[0] == starts[i][0] && slice_starts(s, starts[i]))
			return true;
	return false;
}

/* "[    0.350595] "; "[  T123]" does not stand first */
static bool is_stamp(struct slice s)
{
	if (!slice_eat(&s, "["))
		return false;
	while (slice_eat(&s, " "))
		;
	return digits(&s, 8) && slice_eat(&s, ".") && digits(&s, 9) && slice_eat(&s, "]");
}

/* "[Mon Mar  4 14:32:19 2019] " */
static bool is_day(struct slice s)
{
	static const char *const days[] = {"[Mon ", "[Tue ", "[Wed ", "[Thu ", "[Fri ", "[Sat ", "[Sun "};
	return starts_any(s, days, ARRAY_SIZE(days));
}

/* "Aug 26 16:15:32 host kernel: ", "2024-05-01T10:00:00+0200 host kernel: ", "localhost kernel: " */
static bool is_syslog(struct slice s)
{
	size_t at = slice_find((struct slice){s.p, s.n < 120 ? s.n : 120}, "kernel: ");
	return at != SIZE_MAX && at > 0 && s.p[at - 1] == ' ';
}

/* "igb 0000:01:00.0: …", "pci_bus 0000:00: …": a driver's line about its device, its stamp lost */
static bool is_device_line(struct slice s)
{
	uint64_t n;
	struct sriov_addr addr;
	size_t name = 0;
	while (name < s.n && name < 32 && s.p[name] != ' ' && s.p[name] != ':')
		name++;
	if (!name || name >= s.n || s.p[name] != ' ')
		return false;
	s = slice_from(s, name + 1);
	size_t colon = s.n < 14 ? SIZE_MAX : slice_find((struct slice){s.p, s.n < 24 ? s.n : 24}, ": ");
	if (colon == SIZE_MAX)
		return false;
	struct slice slot = {s.p, colon};
	if (colon >= 12 && lspci_eat_slot(&slot, &addr) && (!slot.n || slot.p[0] == ' '))
		return true;
	return slice_eat_hex(&s, 4, &n) && slice_eat(&s, ":") && slice_eat_hex(&s, 2, &n) && slice_starts(s, ": ");
}

static bool is_log(struct slice s)
{
	static const char *const starts[] = {
		"DMAR: ", "DMAR-IR: ", "AMD-Vi: ", "iommu: ", "ACPI: ", "PCI: ", "Linux version ", "Command line: ", "Kernel command line: ",
		"kern  :", "kern: ", "x86/", "EDD: ",
	};
	uint64_t n;
	struct slice level = s;
	if (slice_eat(&level, "<") && slice_eat_u64(&level, 10, &n) && slice_starts(level, ">["))
		return true;
	return is_day(s) || is_syslog(s) || is_device_line(s) || starts_any(s, starts, ARRAY_SIZE(starts));
}

static bool is_tree(struct slice s)
{
	uint64_t domain;
	if (!slice_eat(&s, "-[") && !slice_eat(&s, "-+-["))
		return false;
	return slice_eat_u64(&s, 16, &domain) && slice_starts(s, ":");
}

static bool is_words(struct slice s)
{
	static const char *const starts[] = {
		"Capabilities: [", "Capabilities: <access denied>", "Bus: primary=", "Kernel driver in use: ", "Control: I/O", "Status: Cap",
		"Memory behind bridge: ", "Prefetchable memory behind bridge: ", "I/O behind bridge: ", "IOVCap:", "IOVCtl:", "IOVSta:", "Initial VFs: ",
		"VF offset: ", "ACSCap:", "ACSCtl:", "ARICap:", "ARICtl:", "DevCap:", "DevCtl:", "DevCap2:", "DevCtl2:", "LnkCap:", "LnkSta:",
		"IOMMU group: ", "NUMA node: ", "Kernel modules: ",
	};
	uint64_t n;
	if (starts_any(s, starts, ARRAY_SIZE(starts)))
		return true;
	return slice_eat(&s, "Region ") && slice_eat_u64(&s, 10, &n) && (slice_starts(s, ": Memory at ") || slice_starts(s, ": I/O ports at "));
}

enum line_kind line_kind(struct slice line)
{
	struct slice command, s = slice_trim(lspci_unquote(line));
	struct sriov_addr addr;
	uint64_t address;
	bool root, windows;
	if (!s.n)
		return LINE_BLANK;
	if (is_stamp(s)) /* nothing else begins so, and nearly all lines of a log do */
		return LINE_LOG;
	if (lspci_is_row(line, &address))
		return LINE_ROW;
	struct slice slot = s;
	/* "00:02.0 VGA compatible controller: …": a class begins with a letter, or is four digits */
	if (lspci_eat_slot(&slot, &addr)) {
		slot = slice_trim(slot);
		bool class = slot.n && ((slot.p[0] >= 'A' && slot.p[0] <= 'Z') || (slot.p[0] >= '0' && slot.p[0] <= '9')) && memchr(slot.p, ':', slot.n);
		if (class || slice_starts(slot, "Class "))
			return LINE_LSPCI;
	}
	if (is_tree(s) || is_words(s))
		return LINE_LSPCI;
	if (session_bare_command(line) || (session_prompt(line, &command, &root, &windows) && command.n))
		return LINE_PROMPT;
	return is_log(s) ? LINE_LOG : LINE_OTHER;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers of tools, and what programs complain about. */
#include "errno-text.h"
#include "lspci-hex.h"
#include "session-parse.h"

static struct slice trimmed(struct slice s)
{
	return slice_trim(lspci_unquote(s));
}

/* ---- vendor's firmware settings ---- */

/* "SRIOV_EN=1 NUM_OF_VFS=4" behind "set" */
static bool read_settings(struct session_parse *p, const struct exchange *x, struct slice device)
{
	struct slice rest = x->command, word;
	bool set = false;
	while (slice_token(&rest, " ", &word)) {
		struct slice value = word, key;
		if (slice_is(word, "set") || slice_is(word, "s"))
			set = true;
		else if (set && slice_until(&value, "=", &key) && key.n)
			session_query(p, TOOL_SETTING, device, NULL, key, value, x->line);
	}
	return set;
}

static bool is_setting_name(struct slice s)
{
	bool letter = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '[' || c == ']' || c == '.'))
			return false;
		letter = letter || (c >= 'A' && c <= 'Z');
	}
	return letter && s.n > 2;
}

/* "8", "True(1)", "0x1f", "Array[0..3]": not a word of a sentence. */
static bool is_setting_value(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return slice_is(s, "N/A");
}

/* "*        SRIOV_EN                    True(1)"; with -e three columns: default, current, next boot. */
static bool read_firmware(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->command, word, device = {"", 0}, line;
	struct sriov_addr addr;
	while (slice_token(&rest, " ", &word))
		if (slice_is(word, "-d") && slice_token(&rest, " ", &word))
			device = word;
	bool known = read_settings(p, x, device), has_addr = session_find_addr(device, &addr);
	rest = x->answer;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		struct slice values[3], key;
		unsigned n = 0;
		line = trimmed(line);
		if (slice_starts(line, "Device:") || slice_starts(line, "PCI device:") || slice_starts(line, "PCI Device:")) {
			slice_until(&line, ":", &word);
			if (!device.n)
				device = slice_trim(line);
			continue;
		}
		slice_eat(&line, "*");
		if (!slice_token(&line, " \t", &key) || !is_setting_name(key))
			continue;
		while (n < 3 && slice_token(&line, " \t", &word))
			values[n++] = word;
		if (!n || slice_trim(line).n)
			continue;
		struct slice current = values[n == 3 ? 1 : 0];
		if (!is_setting_value(current))
			continue;
		session_query(p, TOOL_MLXCONFIG, device, has_addr ? &addr : NULL, key, current, number);
		known = true;
	}
	return known;
}

/* ---- who holds what ---- */

/* "0000:44:00.3 'Ethernet Controller X710' if=enp68s0f0 drv=vfio-pci unused=i40e *Active*" */
static bool read_devbind(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line, name, word;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		struct sriov_addr addr;
		bool drv = false, unused = false;
		line = trimmed(line);
		if (!lspci_eat_slot(&line, &addr) || !slice_eat(&line, " '") || !slice_until(&line, "'", &name))
			continue;
		struct slice empty = {"", 0};
		session_query(p, TOOL_DEVBIND, empty, &addr, SLICE("name"), name, number);
		while (slice_token(&line, " ", &word)) {
			struct slice value = word, key;
			if (!slice_until(&value, "=", &key))
				continue;
			session_query(p, TOOL_DEVBIND, empty, &addr, key, value, number);
			if (slice_is(key, "drv")) {
				drv = true;
				session_driver(p, &addr, session_is_name(value) ? value : empty, number);
			}
			unused = unused || slice_is(key, "unused");
			if (slice_is(key, "if") && session_is_name(value) && !memchr(value.p, ',', value.n))
				session_netdev(p, value, &addr, number);
		}
		if (!drv && unused)
			session_driver(p, &addr, empty, number);
		known = true;
	}
	return known;
}

/* "3: enp1s0f0: <BROADCAST,MULTICAST,UP> mtu 1500 … state UP …", "    vf 0     link/ether …" */
static bool read_ip_link(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line, device = {"", 0}, flags, name;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		uint64_t n;
		struct slice s = trimmed(line), head = s;
		if (slice_eat_u64(&head, 10, &n) && slice_eat(&head, ": ") && slice_until(&head, ": <", &name) && slice_until(&head, ">", &flags)) {
			size_t at = slice_find(name, "@");
			device = at == SIZE_MAX ? name : (struct slice){name.p, at};
			session_query(p, TOOL_IP_LINK, device, NULL, SLICE("flags"), flags, number);
			at = slice_find(head, " state ");
			struct slice state = slice_from(head, at == SIZE_MAX ? head.n : at + strlen(" state "));
			if (slice_token(&state, " ", &name))
				session_query(p, TOOL_IP_LINK, device, NULL, SLICE("state"), name, number);
			known = true;
		} else if (device.n && slice_has(s, "parentbus pci parentdev ")) {
			size_t at = slice_find(s, "parentdev ");
			struct sriov_addr a;
			if (session_find_addr(slice_from(s, at), &a))
				session_netdev(p, device, &a, number);
		} else if (device.n && slice_starts(s, "vf ")) {
			session_query(p, TOOL_IP_LINK, device, NULL, SLICE("vf"), slice_from(s, 3), number);
		} else if (slice_starts(s, "RTNETLINK answers") || slice_starts(s, "Error: ")) {
			session_query(p, TOOL_IP_LINK, device, NULL, SLICE("error"), s, number);
			known = true;
		}
	}
	return known;
}

/* "driver: i40e", "bus-info: 0000:3b:00.0" of ethtool -i */
static bool read_ethtool(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->command, word, device = {"", 0}, line, key, value, driver = {"", 0};
	bool info = false;
	while (slice_token(&rest, " ", &word)) {
		info = info || slice_is(word, "-i") || slice_is(word, "--driver");
		device = word;
	}
	rest = x->answer;
	if (!info || !session_is_name(device))
		return false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		struct sriov_addr a;
		if (!session_key_value(trimmed(line), &key, &value))
			continue;
		session_query(p, TOOL_ETHTOOL, device, NULL, key, value, number);
		if (slice_is(key, "driver"))
			driver = value;
		if (!slice_is(key, "bus-info") || !session_find_addr(value, &a))
			continue;
		session_netdev(p, device, &a, number);
		if (session_is_name(driver))
			session_driver(p, &a, driver, number);
	}
	return true;
}

/* ---- modules, kernel ---- */

static bool read_lsmod(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line, name, size, used;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		uint64_t n;
		line = trimmed(line);
		if (!slice_token(&line, " \t", &name) || !slice_token(&line, " \t", &size) || !slice_token(&line, " \t", &used) || !slice_u64(size, &n) ||
		    !slice_u64(used, &n) || !session_is_name(name))
			continue;
		const char *path = session_printf(p, "sys/module/%.*s", (int)name.n, name.p);
		session_item(p, path, ITEM_DIR, ITEM_PRESENT, 0, (struct slice){0}, number);
		known = true;
	}
	return known;
}

static bool read_modinfo(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->command, word, module = {"", 0}, line, key, value;
	bool known = false;
	while (slice_token(&rest, " ", &word) && !slice_is(word, "|"))
		if (word.p[0] != '-')
			module = word;
	rest = x->answer;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = trimmed(line);
		if (slice_starts(line, "modinfo: ERROR") || slice_has(line, "not found")) {
			session_query(p, TOOL_MODINFO, module, NULL, SLICE("error"), line, number);
			known = true;
		} else if (session_key_value(line, &key, &value) && !slice_has(key, " ")) {
			session_query(p, TOOL_MODINFO, module, NULL, key, value, number);
			known = true;
		}
	}
	return known;
}

/* "i915-sriov-dkms/6.8.12-2, 6.8.12-2-pve, x86_64: installed", "i915-sriov, 6.1: added" */
static bool read_dkms(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line, before, module, kernel;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		struct slice state = trimmed(line);
		if (!slice_until(&state, ": ", &before))
			continue;
		state = slice_trim(state);
		if (!slice_starts(state, "installed") && !slice_starts(state, "added") && !slice_starts(state, "built") && !slice_starts(state, "broken"))
			continue;
		bool slash = slice_has(before, "/");
		if (!slice_token(&before, ",", &module) || !module.n)
			continue;
		if (!slash)
			slice_token(&before, ",", &kernel); /* the version has its own column */
		if (!slice_token(&before, ",", &kernel))
			kernel = (struct slice){"", 0};
		session_query(p, TOOL_DKMS, module, NULL, kernel, state, number);
		known = true;
	}
	return known;
}

/* "Linux host 5.15.0-91-generic #101-Ubuntu SMP … x86_64 GNU/Linux", or the release alone of uname -r */
static bool read_uname(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line, word, release = {"", 0};
	if (!slice_line(&rest, &line))
		return false;
	line = trimmed(line);
	for (unsigned i = 0; i < 3 && slice_token(&line, " ", &word); i++)
		if (word.p[0] >= '0' && word.p[0] <= '9' && memchr(word.p, '.', word.n) && !release.n)
			release = word;
	if (!session_is_name(release))
		return false;
	const char *version = session_printf(p, "Linux version %.*s %.*s\n", (int)release.n, release.p, (int)line.n, line.p);
	session_item(p, "proc/version", ITEM_FILE, ITEM_PRESENT, 0, slice_of(version), x->answer_line);
	return true;
}

/* "  QEMU: Checking for device assignment IOMMU support    : WARN (…)" */
static bool read_host_validate(struct session_parse *p, const struct exchange *x)
{
	static const char *const verdicts[] = {": PASS", ": WARN", ": FAIL", ": NOTE"};
	struct slice rest = x->answer, line, key;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = trimmed(line);
		for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++) {
			struct slice value = line;
			if (!slice_until(&value, verdicts[i], &key))
				continue;
			value = (struct slice){value.p - 4, value.n + 4};
			session_query(p, TOOL_VIRT_HOST_VALIDATE, (struct slice){"", 0}, NULL, slice_trim(key), value, number);
			known = true;
			break;
		}
	}
	return known;
}

/* ---- Windows ---- */

static const char *const windows_keys[] = {
	"IovSupportReasons", "IovSupport", "SriovSupport", "IovEnabled", "IovVirtualFunctionCount", "IovWeight", "IovUsage", "StatusDescription", "NumVFs",
	"Enabled", "CurrentCapabilities",
};

/* A property list: values may go on in the lines below; "{reason, …}" lists reasons. */
struct windows_reading {
	enum session_tool tool;
	struct slice device, last;
};

static void windows_value(struct session_parse *p, const struct windows_reading *w, struct slice key, struct slice value, unsigned line)
{
	slice_eat(&value, "{");
	if (value.n && value.p[value.n - 1] == '}')
		value.n--;
	if (value.n)
		session_query(p, w->tool, w->device, NULL, key, value, line);
}

static bool windows_key(struct slice s)
{
	for (size_t i = 0; i < ARRAY_SIZE(windows_keys); i++)
		if (slice_is(s, windows_keys[i]))
			return true;
	return false;
}

/* What stands between a table's head and its rows. */
static bool is_rule(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '-' && s.p[i] != ' ')
			return false;
	return slice_starts(s, "--");
}

/* A table: the dashes under its head tell where columns begin; the last column takes the rest. */
static bool windows_row(struct session_parse *p, const struct windows_reading *w, struct slice head, struct slice dashes, struct slice row, unsigned line)
{
	bool known = false;
	for (size_t at = 0; at < dashes.n && at < row.n; at++) {
		if (dashes.p[at] != '-' || (at && dashes.p[at - 1] == '-'))
			continue;
		size_t end = at;
		while (end < dashes.n && dashes.p[end] == '-')
			end++;
		while (end < dashes.n && dashes.p[end] == ' ')
			end++;
		bool last = end >= dashes.n;
		struct slice key = slice_from(head, at), value = slice_from(row, at);
		if (!last && key.n > end - at)
			key.n = end - at;
		if (!last && value.n > end - at)
			value.n = end - at;
		key = slice_trim(key);
		value = slice_trim(value);
		if (!windows_key(key))
			continue;
		windows_value(p, w, key, value, line);
		known = true;
	}
	return known;
}

/*
 * "IovSupport        : False" of Format-List, a table, or the values alone where the command asks for one property,
 * (Get-VMHost).IovSupportReasons.
 */
static bool read_windows(struct session_parse *p, const struct exchange *x)
{
	bool adapter = text_has(x->command, "get-netadaptersriov") || (!x->command.n && slice_has(x->answer, "SriovSupport"));
	struct windows_reading w = {.tool = adapter ? TOOL_NETADAPTER_SRIOV : TOOL_VMHOST, .device = {"", 0}, .last = {"", 0}};
	struct slice rest = x->answer, line, key, value, alone = {"", 0}, head = {"", 0}, dashes = {"", 0}, before = {"", 0};
	bool known = false;
	size_t at = slice_find(x->command, ").");
	for (size_t i = 0; i < ARRAY_SIZE(windows_keys) && at != SIZE_MAX && !alone.n; i++)
		if (slice_starts(slice_from(x->command, at + 2), windows_keys[i]))
			alone = slice_of(windows_keys[i]);
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = lspci_unquote(line);
		struct slice s = slice_trim(line);
		if (!s.n) {
			w.last.n = dashes.n = 0;
			continue;
		}
		if (alone.n) {
			windows_value(p, &w, alone, s, number);
			known = true;
		} else if (is_rule(s)) {
			head = before;
			dashes = line;
		} else if (dashes.n) {
			known = windows_row(p, &w, head, dashes, line, number) || known;
		} else if (line.p[0] != ' ' && line.p[0] != '\t' && session_key_value(s, &key, &value) && !slice_has(key, "  ")) {
			if (slice_is(key, "Name") || slice_is(key, "InterfaceDescription") || slice_is(key, "VMName"))
				w.device = value;
			w.last = windows_key(key) ? key : (struct slice){"", 0};
			if (w.last.n) {
				windows_value(p, &w, key, value, number);
				known = true;
			}
		} else if (w.last.n) {
			windows_value(p, &w, w.last, s, number); /* the value goes on */
		}
		before = line;
	}
	return known;
}

/* ---- what holds in any answer ---- */

static const struct {
	const char *words, *and; /* lower case; and: must be there too, or NULL */
	enum session_message_kind kind;
} messages[] = {
	{"not viable", "group", MESSAGE_GROUP_NOT_VIABLE},
	{"set group container", NULL, MESSAGE_GROUP_REJECTED},
	{"setup container for group", NULL, MESSAGE_GROUP_REJECTED},
	{"set iommu for container", NULL, MESSAGE_GROUP_REJECTED},
	{"vfio group to container", NULL, MESSAGE_GROUP_REJECTED},
	{"no iommu_group found", NULL, MESSAGE_NO_IOMMU_GROUP},
	{"no iommu group", NULL, MESSAGE_NO_IOMMU_GROUP},
	{"iommu_group", "no such file or directory", MESSAGE_NO_IOMMU_GROUP},
	{"no iommu found", NULL, MESSAGE_NO_IOMMU_GROUP},
	{"support passthrough of host pci", NULL, MESSAGE_NO_PASSTHROUGH},
	{"not assignable", NULL, MESSAGE_NOT_ASSIGNABLE},
	{"read-only file system", "/sys", MESSAGE_READ_ONLY},
	{"-e- no devices found", NULL, MESSAGE_TOOL_NO_DEVICE},
	{"cannot open device", NULL, MESSAGE_TOOL_NO_DEVICE},
	{"failed to identify the device", NULL, MESSAGE_TOOL_NO_DEVICE},
	{"kernel_lockdown", NULL, MESSAGE_LOCKDOWN},
	{"lockdown:", NULL, MESSAGE_LOCKDOWN},
	{"/dev/vfio/", "device or resource busy", MESSAGE_VFIO_BUSY},
	{"/dev/vfio/", "permission denied", MESSAGE_VFIO_DENIED},
	{"/dev/vfio/", "operation not permitted", MESSAGE_VFIO_DENIED},
	{"no interrupt remapping", NULL, MESSAGE_INTERRUPT_REMAPPING},
	{"allow_unsafe_interrupts", NULL, MESSAGE_INTERRUPT_REMAPPING},
	{"no available hugepages", NULL, MESSAGE_NO_HUGEPAGES},
	{"no free hugepages", NULL, MESSAGE_NO_HUGEPAGES},
};

/* "IOMMU Group 15 03:00.0 Ethernet controller: …": the loop over groups that everybody copies. */
static bool group_line(struct session_parse *p, struct slice line, unsigned number)
{
	struct slice s = line;
	struct sriov_addr a;
	uint64_t group;
	if ((!slice_eat(&s, "IOMMU Group ") && !slice_eat(&s, "IOMMU group ")) || !slice_eat_u64(&s, 10, &group))
		return false;
	while (s.n && (s.p[0] == ' ' || s.p[0] == ':' || s.p[0] == '\t' || s.p[0] == '-'))
		s = slice_from(s, 1);
	if (!lspci_eat_slot(&s, &a))
		return false;
	const char *path = session_printf(p, "sys/bus/pci/devices/%04x:%02x:%02x.%x/iommu_group", a.domain, a.bus, a.device, a.function);
	const char *target = session_printf(p, "../../../kernel/iommu_groups/%llu", (unsigned long long)group);
	session_item(p, path, ITEM_LINK, ITEM_PRESENT, 0, slice_of(target), number);
	return true;
}

bool session_read_message(struct session_parse *p, struct slice line, unsigned number)
{
	struct session *s = p->session;
	if (!line.n)
		return false;
	if (group_line(p, line, number))
		return true;
	char buffer[TEXT_LOWER];
	struct slice text = text_lower(line, buffer);
	for (size_t i = 0; i < ARRAY_SIZE(messages); i++) {
		if (!slice_has(text, messages[i].words) || (messages[i].and && !slice_has(text, messages[i].and)))
			continue;
		struct session_message *m = p->err ? NULL : ARENA_PUSH(&p->snap->arena, s->messages, s->messages_n, s->messages_room);
		if (!m) {
			p->err = -ENOMEM;
			return true;
		}
		*m = (struct session_message){.kind = messages[i].kind, .err = errno_in_text(line), .text = session_text(p, line), .at = session_at(p, number)};
		m->has_addr = session_find_addr(line, &m->addr);
		size_t at = slice_find(line, "group ");
		struct slice rest = slice_from(line, at == SIZE_MAX ? line.n : at + strlen("group "));
		uint64_t group;
		m->has_group = slice_eat_u64(&rest, 10, &group) && group <= UINT32_MAX;
		m->group = m->has_group ? (unsigned)group : 0;
		return true;
	}
	return false;
}

bool session_read_tools(struct session_parse *p, const struct exchange *x)
{
	static const struct {
		const char *word; /* in the command, lower case */
		bool (*read)(struct session_parse *p, const struct exchange *x);
	} tools[] = {
		{"mlxconfig", read_firmware},    {"mstconfig", read_firmware},      {"devbind", read_devbind}, {"virt-host-validate", read_host_validate},
		{"modinfo", read_modinfo},       {"lsmod", read_lsmod},             {"uname", read_uname},     {"dkms", read_dkms},
		{"ethtool", read_ethtool},       {"ip ", read_ip_link},             {"get-vmhost", read_windows}, {"get-netadaptersriov", read_windows},
		{"get-vmswitch", read_windows},  {"get-vmnetworkadapter", read_windows},
	};
	/* pasted without the command, or under one that wraps it */
	static const struct {
		const char *words, *others; /* in the answer */
		bool (*read)(struct session_parse *p, const struct exchange *x);
	} traces[] = {
		{"SRIOV_EN ", "NUM_OF_VFS ", read_firmware}, {" drv=", " unused=", read_devbind}, {"QEMU: Checking ", "LXC: Checking ", read_host_validate},
		{"IovSupport", "SriovSupport", read_windows},
	};
	bool known = false;
	for (size_t i = 0; i < ARRAY_SIZE(tools) && x->command.n; i++)
		if (text_has(x->command, tools[i].word) && tools[i].read(p, x))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(traces); i++)
		if (slice_has(x->answer, traces[i].words) || slice_has(x->answer, traces[i].others))
			known = traces[i].read(p, x) || known;
	return known;
}

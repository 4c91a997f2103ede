/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers about the host itself: kernel configuration, modules that do not load, what machine it is; interfaces and their functions. */
#include "errno-text.h"
#include "lspci-hex.h"
#include "session-parse.h"

bool session_is_name(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] == '/' || s.p[i] == 0x7f)
			return false;
	return s.n && s.n < 64 && s.p[0] != '.';
}

bool session_key_value(struct slice line, struct slice *key, struct slice *value)
{
	struct slice rest = line, before;
	if (!slice_until(&rest, ":", &before))
		return false;
	*key = slice_trim(before);
	*value = slice_trim(rest);
	return key->n > 0 && key->n < 80;
}

void session_driver(struct session_parse *p, const struct sriov_addr *a, struct slice driver, unsigned line)
{
	const char *path = session_printf(p, "sys/bus/pci/devices/%04x:%02x:%02x.%x/driver", a->domain, a->bus, a->device, a->function);
	const char *target = driver.n ? session_printf(p, "../../../bus/pci/drivers/%.*s", (int)driver.n, driver.p) : NULL;
	session_item(p, path, ITEM_LINK, driver.n ? ITEM_PRESENT : ITEM_ABSENT, 0, slice_of(target), line);
}

/* Put by this session: itself, or the first thing in it where it is the folder on the way there. */
static bool is_ours(const struct session_parse *p, const struct item *item)
{
	const struct item *first = item->kind == ITEM_DIR && item->child ? item->child : item;
	return first->origin == p->place.origin;
}

/* What was read through the interface's name before its function was known, is the function's. */
static void move_children(struct session_parse *p, struct item *dir, const char *to)
{
	for (const struct item *c = dir->child; c; c = c->next)
		if (!is_ours(p, c))
			return; /* the root's own */
	for (const struct item *c = dir->child; c && !p->err; c = c->next) {
		const char *path = session_printf(p, "%s/%s", to, c->name);
		struct item *copy = NULL;
		if (c->kind == ITEM_DIR && !c->listed)
			continue;
		int put = snapshot_put(p->snap, NULL, path, c->kind, c->state, c->data, &copy);
		p->err = put == -ENOMEM ? put : p->err;
		if (!put) {
			copy->origin = c->origin;
			copy->line = c->line;
			copy->err = c->err;
			copy->listed = c->listed;
		}
	}
	dir->child = dir->last_child = NULL;
	dir->kind = ITEM_LINK;
	dir->complete = false;
	const char *target = session_printf(p, "/%s", to);
	dir->data = slice_of(target);
}

void session_netdev(struct session_parse *p, struct slice netdev, const struct sriov_addr *a, unsigned line)
{
	if (!session_is_name(netdev))
		return;
	const char *function = session_printf(p, "sys/bus/pci/devices/%04x:%02x:%02x.%x", a->domain, a->bus, a->device, a->function);
	const char *name = session_printf(p, "%s/net/%.*s", function, (int)netdev.n, netdev.p);
	const char *device = session_printf(p, "sys/class/net/%.*s/device", (int)netdev.n, netdev.p);
	const char *target = session_printf(p, "/%s", function);
	session_item(p, name, ITEM_DIR, ITEM_PRESENT, 0, (struct slice){0}, line);
	const struct item *there = snapshot_at_nofollow(p->snap, NULL, device);
	if (there && there->kind == ITEM_DIR)
		move_children(p, (struct item *)(uintptr_t)there, function); /* the snapshot is ours to write */
	session_item(p, device, ITEM_LINK, ITEM_PRESENT, 0, slice_of(target), line);
}

/* "CONFIG_PCI_IOV=y", "# CONFIG_PCI_IOV is not set", "/boot/config-6.1:CONFIG_PCI_IOV=y" */
static bool kconfig_line(struct session_parse *p, struct slice line, unsigned number)
{
	struct slice none = {"", 0}, value, key;
	size_t at = slice_find((struct slice){line.p, line.n < 128 ? line.n : 128}, "CONFIG_");
	if (at == SIZE_MAX || (at && line.p[at - 1] != ' ' && line.p[at - 1] != ':'))
		return false;
	value = slice_from(line, at);
	if (slice_ends(value, " is not set")) {
		key = (struct slice){value.p, value.n - strlen(" is not set")};
		if (!session_is_name(key))
			return false;
		session_query(p, TOOL_KCONFIG, none, NULL, key, SLICE("n"), number);
		return true;
	}
	if (!slice_until(&value, "=", &key) || !session_is_name(key) || !value.n || value.n > 64)
		return false;
	session_query(p, TOOL_KCONFIG, none, NULL, key, value, number);
	return true;
}

/* "modprobe: FATAL: Module mlx5_vfio_pci not found in directory …", "modprobe: ERROR: could not insert 'vfio_pci': …" */
static bool modprobe_line(struct session_parse *p, struct slice line, unsigned number)
{
	static const char *const before[] = {"Module ", "could not insert '", "could not insert module "};
	struct slice module = {"", 0};
	if (!slice_starts(line, "modprobe: ") && !slice_starts(line, "insmod: "))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(before) && !module.n; i++) {
		size_t at = slice_find(line, before[i]);
		struct slice rest = slice_from(line, at == SIZE_MAX ? line.n : at + strlen(before[i]));
		slice_token(&rest, " ':", &module);
	}
	session_query(p, TOOL_MODPROBE, module, NULL, SLICE("error"), line, number);
	return true;
}

/* "pci/0000:03:00.0: mode switchdev inline-mode none encap-mode basic" */
static bool devlink_line(struct session_parse *p, struct slice line, unsigned number)
{
	struct slice device, key, value, rest = line;
	struct sriov_addr addr;
	if (!slice_starts(line, "pci/") || !slice_until(&rest, ": ", &device) || !session_find_addr(device, &addr))
		return false;
	while (slice_token(&rest, " ", &key) && slice_token(&rest, " ", &value))
		session_query(p, TOOL_DEVLINK, device, &addr, key, value, number);
	return true;
}

/* "pci@0000:01:00.0  enp1s0f0  network  82576 …" of lshw -businfo */
static bool businfo_line(struct session_parse *p, struct slice line, unsigned number)
{
	struct slice slot, name, class;
	struct sriov_addr addr;
	if (!slice_eat(&line, "pci@") || !slice_token(&line, " \t", &slot) || !lspci_eat_slot(&slot, &addr) || !slice_token(&line, " \t", &name) ||
	    !slice_token(&line, " \t", &class) || !slice_is(class, "network"))
		return false;
	session_netdev(p, name, &addr, number);
	return true;
}

/* What machine it is: dmidecode, hostnamectl, lscpu, systemd-detect-virt. */
static const struct {
	const char *key, *path;
} machine[] = {
	{"Manufacturer", "sys/class/dmi/id/sys_vendor"},
	{"Product Name", "sys/class/dmi/id/product_name"},
	{"Hardware Vendor", "sys/class/dmi/id/sys_vendor"},
	{"Hardware Model", "sys/class/dmi/id/product_name"},
	{"BIOS Version", "sys/class/dmi/id/bios_version"},
	{"system-manufacturer", "sys/class/dmi/id/sys_vendor"},
	{"system-product-name", "sys/class/dmi/id/product_name"},
	{"baseboard-manufacturer", "sys/class/dmi/id/board_vendor"},
	{"baseboard-product-name", "sys/class/dmi/id/board_name"},
	{"bios-version", "sys/class/dmi/id/bios_version"},
	{"bios-vendor", "sys/class/dmi/id/bios_vendor"},
};

static bool read_machine(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line, key, value;
	bool known = false;
	for (size_t i = 0; i < ARRAY_SIZE(machine); i++) {
		if (!slice_has(x->command, "dmidecode -s ") || !slice_ends(slice_trim(x->command), machine[i].key) || !slice_line(&rest, &line))
			continue;
		session_item(p, machine[i].path, ITEM_FILE, ITEM_PRESENT, 0, slice_trim(line), x->answer_line);
		return true;
	}
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = slice_trim(lspci_unquote(line));
		if (!session_key_value(line, &key, &value) || !value.n)
			continue;
		if (slice_is(key, "Hypervisor vendor") || slice_is(key, "Virtualization") || slice_is(key, "virt")) {
			/* lscpu's "Virtualization: VT-x" is the processor's, hostnamectl's "Virtualization: kvm" the machine's */
			if (!slice_starts(value, "VT-") && !slice_starts(value, "AMD-V"))
				session_query(p, TOOL_VIRT, (struct slice){"", 0}, NULL, SLICE("virt"), value, number);
			known = true;
		}
		for (size_t i = 0; i < ARRAY_SIZE(machine); i++) {
			if (!slice_is(key, machine[i].key))
				continue;
			const char *path = machine[i].path;
			if (snapshot_state(p->snap, NULL, path) != ITEM_PRESENT) /* the first is the system, then come its parts */
				session_item(p, path, ITEM_FILE, ITEM_PRESENT, 0, value, number);
			known = true;
		}
	}
	return known;
}

static bool read_detect_virt(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = slice_trim(line);
		if (!session_is_name(line))
			continue;
		session_query(p, TOOL_VIRT, (struct slice){"", 0}, NULL, SLICE("virt"), line, number);
		return true;
	}
	return false;
}

bool session_read_host(struct session_parse *p, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	bool known = false;
	if (text_has(x->command, "detect-virt") && read_detect_virt(p, x))
		return true;
	if ((text_has(x->command, "dmidecode") || text_has(x->command, "lscpu") || text_has(x->command, "hostnamectl")) && read_machine(p, x))
		return true;
	for (unsigned number = x->answer_line; slice_line(&rest, &line) && !p->err; number++) {
		line = slice_trim(lspci_unquote(line));
		if (!line.n || !strchr("C#/mip", line.p[0])) /* what the lines below can begin with */
			continue;
		known = kconfig_line(p, line, number) || modprobe_line(p, line, number) || devlink_line(p, line, number) || businfo_line(p, line, number) || known;
	}
	return known;
}

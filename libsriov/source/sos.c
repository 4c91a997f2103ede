/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An sosreport keeps the host's own files at their paths; what it has from commands is put where the host would have it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "captured.h"

#define TEXT_MAX ((size_t)256 << 20)

struct sos_row {
	const char *from; /* in the sosreport; the last part may hold '*' */
	const char *to;   /* item; rows for an item that is there already do nothing */
	int (*put)(struct snapshot *snap, const char *to, struct slice text); /* NULL: as it is */
};

static int put_modules(struct snapshot *snap, const char *to, struct slice text);
static int put_version(struct snapshot *snap, const char *to, struct slice text);
static int put_dmi(struct snapshot *snap, const char *to, struct slice text);

/* The better source of an item stands first. */
static const struct sos_row rows[] = {
	{"sos_commands/kernel/dmesg", "dmesg", NULL},
	{"sos_commands/kernel/dmesg_-T", "dmesg", NULL},
	{"sos_commands/general/dmesg", "dmesg", NULL},
	{"sos_commands/logs/journalctl_--no-pager_--catalog_--boot", "dmesg", NULL},
	{"sos_commands/logs/journalctl_--no-pager_--boot", "dmesg", NULL},
	{"var/log/dmesg", "dmesg", NULL},
	{"sos_commands/pci/lspci_-nnvv", "lspci", NULL},
	{"sos_commands/pci/lspci_-nvv", "lspci", NULL},
	{"sos_commands/pci/lspci", "lspci", NULL},
	{"sos_commands/hardware/lspci_-nnvv", "lspci", NULL},
	{"sos_commands/hardware/lspci", "lspci", NULL},
	{"sos_commands/kernel/lsmod", "proc/modules", put_modules},
	{"sos_commands/kernel/uname_-a", "proc/version", put_version},
	{"sos_commands/host/uname", "proc/version", put_version},
	{"sos_commands/hardware/dmidecode", "sys/class/dmi/id", put_dmi},
	{"sos_commands/general/dmidecode", "sys/class/dmi/id", put_dmi},
};

/* Commands whose answers say more than the host's files; the name of each file is the command, with underscores. */
static const char *const session_files[] = {
	"sos_commands/mellanox_firmware/", "sos_commands/libvirt/virt-host-validate", "sos_commands/virtual/virt-host-validate",
	"sos_commands/dpdk/", "sos_commands/processor/lscpu", "sos_commands/networking/ip_-d_link", "sos_commands/networking/ip_link",
};

bool sos_is(const struct view *view)
{
	struct place root = view_root(view);
	enum node_kind kind;
	return view->ops->kind(view, &root, "sos_commands", &kind) == 0 && kind == NODE_DIR;
}

static bool is_session(struct slice path)
{
	for (size_t i = 0; i < ARRAY_SIZE(session_files); i++) {
		if (slice_starts(path, session_files[i]))
			return true;
	}
	return false;
}

size_t sos_keep(struct slice path)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		if (slice_is(path, rows[i].from))
			return TEXT_MAX;
	}
	return is_session(path) ? 1 << 20 : slice_starts(path, "proc/bus/pci/") ? 4096 : 0;
}

static int put(struct snapshot *snap, const char *path, const char *origin, struct slice text)
{
	struct item *item;
	int err = snapshot_put_file(snap, path, text, &item);
	if (!err)
		item->origin = origin;
	return err == -EEXIST || err == -ENOTDIR || err == -ENOENT ? 0 : err;
}

/* lsmod: "igb  278528  0  dca,i2c_algo_bit" below a line of titles. */
static int put_modules(struct snapshot *snap, const char *to, struct slice text)
{
	struct strbuf sb = {0};
	struct slice line, name, size, used;
	while (slice_line(&text, &line)) {
		uint64_t n;
		if (!slice_token(&line, " \t", &name) || !slice_token(&line, " \t", &size) || !slice_u64(size, &n))
			continue;
		if (!slice_token(&line, " \t", &used))
			used = SLICE("0");
		strbuf_put(&sb, name.p, name.n);
		strbuf_printf(&sb, " %llu %.*s - Live 0x0000000000000000\n", (unsigned long long)n, (int)(used.n < 20 ? used.n : 20), used.p);
	}
	int err = sb.err ? sb.err : sb.len ? put(snap, to, "sos_commands/kernel/lsmod", (struct slice){sb.text, sb.len}) : 0;
	strbuf_free(&sb);
	return err;
}

/* uname -a: "Linux host 6.12.9-amd64 #1 SMP … x86_64 GNU/Linux". */
static int put_version(struct snapshot *snap, const char *to, struct slice text)
{
	struct slice line, word, release;
	struct strbuf sb = {0};
	if (!slice_line(&text, &line) || !slice_token(&line, " ", &word) || !slice_is(word, "Linux") || !slice_token(&line, " ", &word) ||
	    !slice_token(&line, " ", &release))
		return 0;
	strbuf_puts(&sb, "Linux version ");
	strbuf_put(&sb, release.p, release.n);
	strbuf_putc(&sb, ' ');
	strbuf_put(&sb, line.p, line.n);
	strbuf_putc(&sb, '\n');
	int err = sb.err ? sb.err : put(snap, to, "sos_commands/kernel/uname_-a", (struct slice){sb.text, sb.len});
	strbuf_free(&sb);
	return err;
}

/* dmidecode: a section's title at the line's beginning, its fields behind a tab. The first section of a kind counts. */
static int put_dmi(struct snapshot *snap, const char *to, struct slice text)
{
	static const struct {
		const char *section, *field, *name;
	} fields[] = {
		{"BIOS Information", "Vendor", "bios_vendor"}, {"BIOS Information", "Version", "bios_version"},
		{"BIOS Information", "Release Date", "bios_date"}, {"System Information", "Manufacturer", "sys_vendor"},
		{"System Information", "Product Name", "product_name"}, {"System Information", "Version", "product_version"},
		{"Base Board Information", "Manufacturer", "board_vendor"}, {"Base Board Information", "Product Name", "board_name"},
	};
	struct slice line, section = {0}, field;
	while (slice_line(&text, &line)) {
		if (line.n && line.p[0] != '\t' && line.p[0] != ' ') {
			section = slice_trim(line);
			continue;
		}
		line = slice_trim(line);
		if (!slice_until(&line, ":", &field))
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
			char path[PATH_MAX];
			if (!slice_is(section, fields[i].section) || !slice_is(field, fields[i].field) || path_join(to, fields[i].name, path))
				continue;
			int err = put(snap, path, "sos_commands/hardware/dmidecode", slice_trim(line));
			if (err)
				return err;
		}
	}
	return 0;
}

static int put_rows(const struct view *view, struct snapshot *snap)
{
	struct place root = view_root(view);
	int err = 0;
	for (size_t i = 0; !err && i < ARRAY_SIZE(rows); i++) {
		struct strbuf sb = {0};
		const struct item *there = snapshot_at(snap, NULL, rows[i].to);
		if (there && there->state == ITEM_PRESENT && there->kind == ITEM_FILE)
			continue;
		err = view->ops->read(view, &root, rows[i].from, NODE_LINK, TEXT_MAX, &sb, NULL);
		struct slice text = {sb.text ? sb.text : "", sb.len};
		if (err)
			err = err == -ENOMEM ? err : 0;
		else
			err = rows[i].put ? rows[i].put(snap, rows[i].to, text) : put(snap, rows[i].to, rows[i].from, text);
		strbuf_free(&sb);
	}
	return err;
}

/* proc/bus/pci/BB/DD.F or DDDD:BB/DD.F: configuration space. */
static int put_config(const struct view *view, const struct place *dir, struct slice bus, const char *name, struct snapshot *snap)
{
	char text[32];
	struct sriov_addr addr;
	struct strbuf sb = {0};
	if (bus.n > 13 || strlen(name) != 4)
		return 0;
	snprintf(text, sizeof(text), "%s%.*s:%s", bus.n == 2 ? "0000:" : "", (int)bus.n, bus.p, name);
	if (!name_is_address(text, &addr))
		return 0;
	int err = view->ops->read(view, dir, name, NODE_UNKNOWN, 4096, &sb, NULL);
	if (!err && (sb.len == 64 || sb.len == 256 || sb.len == 4096)) {
		struct item *item;
		err = snapshot_put_config(snap, &addr, (const uint8_t *)sb.text, NULL, sb.len, &item);
		if (!err) {
			item->config->size = (uint16_t)sb.len;
			item->origin = "proc/bus/pci";
		}
	}
	strbuf_free(&sb);
	return err == -ENOMEM || err == -E2BIG ? err : 0;
}

static int put_bus_pci(const struct view *view, struct snapshot *snap)
{
	struct place root = view_root(view), top, bus;
	struct listing buses = {0}, names = {0};
	if (view->ops->open(view, &root, "proc/bus/pci", &top))
		return 0;
	int err = view->ops->list(view, &top, &buses);
	for (size_t i = 0; !err && i < buses.n; i++) {
		if (buses.names[i].kind != NODE_DIR || view->ops->open(view, &top, buses.names[i].name, &bus))
			continue;
		err = view->ops->list(view, &bus, &names);
		for (size_t j = 0; !err && j < names.n; j++)
			err = put_config(view, &bus, slice_of(buses.names[i].name), names.names[j].name, snap);
		view->ops->close(&bus);
	}
	listing_free(&buses);
	listing_free(&names);
	view->ops->close(&top);
	return err;
}

/* Commands and answers as a session, for those who read sessions. */
static int put_session(const struct view *view, struct snapshot *snap)
{
	struct strbuf sb = {0};
	int err = 0;
	for (size_t i = 0; !err && i < ARRAY_SIZE(session_files); i++) {
		char path[PATH_MAX];
		const char *slash = strrchr(session_files[i], '/');
		size_t n = (size_t)(slash - session_files[i]);
		struct place root = view_root(view), dir;
		struct listing names = {0};
		memcpy(path, session_files[i], n);
		path[n] = '\0';
		if (view->ops->open(view, &root, path, &dir))
			continue;
		err = view->ops->list(view, &dir, &names);
		for (size_t j = 0; !err && j < names.n; j++) {
			const char *name = names.names[j].name;
			if (names.names[j].kind != NODE_FILE || !slice_starts(slice_of(name), slash + 1))
				continue;
			size_t start = sb.len + 2;
			strbuf_printf(&sb, "# %s\n", name);
			for (size_t at = start; at < sb.len; at++)
				sb.text[at] = sb.text[at] == '_' ? ' ' : sb.text[at];
			err = view->ops->read(view, &dir, name, NODE_FILE, 1 << 20, &sb, NULL);
			if (err != -ENOMEM)
				err = 0;
			strbuf_putc(&sb, '\n');
		}
		listing_free(&names);
		view->ops->close(&dir);
	}
	if (!err)
		err = sb.err ? sb.err : sb.len ? put(snap, "transcript", "sos_commands", (struct slice){sb.text, sb.len}) : 0;
	strbuf_free(&sb);
	return err;
}

int sos_put(const struct view *view, struct snapshot *snap)
{
	int err = put_bus_pci(view, snap);
	if (!err)
		err = put_rows(view, snap);
	return err ? err : put_session(view, snap);
}

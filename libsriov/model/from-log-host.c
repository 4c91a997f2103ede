/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a log tells of the machine: kernel, command line, DMI, hypervisor, IOMMU. Files of the host, read after this, are better. */
#include <string.h>

#include "build.h"
#include "decode/proc.h"

static const struct kmsg_event *last(const struct model *m, enum kmsg_type type)
{
	return kmsg_last(&m->log, type, NULL);
}

/* Vendors whose name is more than a word: the kernel prints vendor and product with a blank between them. */
static const char *const vendors[] = {
	"Dell Inc.", "Cisco Systems Inc", "ASUSTeK COMPUTER INC.", "Gigabyte Technology Co., Ltd.", "Micro-Star International Co., Ltd.",
	"Intel Corporation", "Microsoft Corporation", "VMware, Inc.", "Red Hat", "Amazon EC2", "innotek GmbH", "Quanta Cloud Technology Inc.",
	"Quanta Computer Inc.", "To Be Filled By O.E.M.", "System manufacturer", "Huawei Technologies Co., Ltd.", "New H3C Technologies Co., Ltd.",
	"Apple Inc.", "FUJITSU CLIENT COMPUTING LIMITED", "GIGABYTE TECHNOLOGY CO., LTD", "OpenStack Foundation", "Silicom Connectivity Solutions",
	"Oracle Corporation", "Hewlett-Packard Company", "Default string", "Google Compute Engine",
};

/* "VENDOR PRODUCT/BOARD, BIOS VERSION DATE" */
static void dmi(struct model *m, struct slice s)
{
	struct host *host = &m->host;
	struct slice id, vendor = {0};
	if (!slice_until(&s, ", BIOS ", &id))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(vendors) && !vendor.n; i++)
		if (slice_starts(id, vendors[i]))
			vendor = (struct slice){id.p, strlen(vendors[i])};
	struct slice word = id;
	if (!vendor.n && !slice_token(&word, " ", &vendor))
		return;
	struct slice product = slice_trim(slice_from(id, vendor.n));
	size_t slash = product.n;
	while (slash > 0 && product.p[slash - 1] != '/')
		slash--;
	host->sys_vendor = model_text(m, vendor);
	host->product = model_text(m, slash ? (struct slice){product.p, slash - 1} : product);
	if (slash)
		host->board = model_text(m, slice_from(product, slash));
	size_t date = s.n;
	while (date > 0 && s.p[date - 1] != ' ')
		date--;
	host->bios_version = model_text(m, date ? (struct slice){s.p, date - 1} : s);
}

static const struct {
	const char *says, *name;
} hypervisors[] = {
	{"Microsoft Hyper", "hyperv"}, {"Hyper-V", "hyperv"}, {"KVM", "kvm"}, {"VMware", "vmware"}, {"Xen", "xen"}, {"ACRN", "acrn"},
	{"Jailhouse", "jailhouse"}, {"VirtualBox", "virtualbox"},
};

static const char *hypervisor(struct slice said)
{
	for (size_t i = 0; i < ARRAY_SIZE(hypervisors); i++)
		if (slice_starts(said, hypervisors[i].says))
			return hypervisors[i].name;
	return NULL;
}

static void kind(struct model *m)
{
	const struct kmsg_event *detected = last(m, KMSG_HYPERVISOR), *kernel = last(m, KMSG_PARAVIRT);
	const char *name = detected ? hypervisor(detected->word) : NULL;
	if (!name && kernel && !slice_is(kernel->word, "Xen PV")) /* dom0 runs as Xen PV too */
		name = hypervisor(kernel->word);
	if (!name && (last(m, KMSG_HV_NETVSC) || last(m, KMSG_HV_VMBUS) || last(m, KMSG_HV_PCI_PROBING) || last(m, KMSG_HV_VF_OFFERED)))
		name = "hyperv";
	if (name || detected) {
		m->host.hypervisor = name;
		m->host.kind = HOST_GUEST;
	} else if (kernel && slice_starts(kernel->word, "bare hardware")) {
		m->host.kind = HOST_BARE_METAL;
	}
}

static void kernel(struct model *m)
{
	struct host *host = &m->host;
	const struct kmsg_event *version = last(m, KMSG_LINUX_VERSION), *cmdline = last(m, KMSG_CMDLINE);
	if (version) {
		host->kernel = model_text(m, version->word);
		static const char *const archs[] = {"x86_64", "aarch64", "ppc64le", "s390x", "riscv64"};
		for (size_t i = 0; i < ARRAY_SIZE(archs); i++)
			if (slice_ends(version->word, archs[i]))
				host->arch = archs[i];
	}
	if (cmdline) {
		host->cmdline = cmdline->word;
		host->cmdline_state = ITEM_PRESENT;
	}
}

static const char *line_of(struct model *m, const struct kmsg_event *e)
{
	const char *name = e->from && e->from->name[0] ? e->from->name : "dmesg";
	const char *line = arena_printf(&m->arena, "%s:%u", name, e->last_line);
	if (!line)
		m->err = -ENOMEM;
	return line;
}

static void iommu(struct model *m)
{
	struct host *host = &m->host;
	const struct kmsg_event *on = last(m, KMSG_IOMMU_ACTIVE), *group = last(m, KMSG_IOMMU_GROUP), *off = last(m, KMSG_IOMMU_OPTION);
	const struct kmsg_event *none = last(m, KMSG_IOMMU_NONE), *ir_on = last(m, KMSG_IR_ON), *ir_off = last(m, KMSG_IR_OFF);
	if (off && off->n)
		off = NULL;
	const struct kmsg_event *why = on ? on : group ? group : off ? off : none;
	if (why) {
		host->iommu = on || group ? TRI_YES : TRI_NO;
		host->iommu_why = line_of(m, why);
	}
	const struct kmsg_event *ir = !ir_on || (ir_off && ir_off->seq > ir_on->seq) ? ir_off : ir_on;
	if (ir) {
		host->intr_remap = ir == ir_on ? TRI_YES : TRI_NO;
		host->intr_remap_why = line_of(m, ir);
	}
}

int log_host(struct model *m)
{
	const struct kmsg_event *board = last(m, KMSG_DMI);
	kernel(m);
	if (board)
		dmi(m, board->word);
	kind(m);
	iommu(m);
	return 0;
}

/* Root bus windows: what the host lists, else what its log says. */
static struct root_window *add_window(struct model *m, uint32_t domain, unsigned bus, uint64_t start, uint64_t end)
{
	struct root_window *window = ARENA_PUSH(&m->arena, m->windows, m->windows_n, m->windows_room);
	if (window)
		*window = (struct root_window){.domain = domain, .bus = bus, .range = {start, end}};
	return window;
}

/* "PCI Bus 0000:00" at the top level of proc/iomem. */
static bool root_bus(struct slice name, uint32_t *domain, unsigned *bus)
{
	uint64_t d, b;
	if (!slice_eat(&name, "PCI Bus ") || !slice_eat_u64(&name, 16, &d) || d > UINT32_MAX || !slice_eat(&name, ":") || !slice_eat_hex(&name, 2, &b) || name.n)
		return false;
	*domain = (uint32_t)d;
	*bus = (unsigned)b;
	return true;
}

int log_windows(struct model *m)
{
	const struct item *item = snapshot_at(m->snap, NULL, "proc/iomem");
	struct slice text = snapshot_bytes(m->snap, NULL, "proc/iomem");
	struct iomem_iter iter = {.rest = text};
	struct iomem_row row;
	uint32_t domain;
	unsigned bus;
	if (iomem_hidden(text)) /* asked once: it reads the whole text */
		iter.rest = (struct slice){0};
	while (iomem_next(&iter, &row)) {
		if (row.depth || !root_bus(row.name, &domain, &bus))
			continue;
		struct root_window *window = add_window(m, domain, bus, row.start, row.end);
		if (!window)
			return -ENOMEM;
		window->from = item;
		window->line = row.line;
	}
	if (m->windows_n)
		return 0;
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&m->log, KMSG_ROOT_WINDOW, &n);
	for (size_t i = 0; i < n; i++) {
		const struct kmsg_event *e = events[i];
		if (!e->has_range || !e->has_addr)
			continue;
		struct root_window *window = add_window(m, e->addr.domain, e->addr.bus, e->start, e->end);
		if (!window)
			return -ENOMEM;
		window->io = e->io;
		window->prefetchable = e->pref;
		window->from = e->from;
		window->line = e->last_line;
	}
	return 0;
}

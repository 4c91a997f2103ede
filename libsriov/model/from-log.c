/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What only a log tells: functions, bridges, windows, VF BARs. Everything that the snapshot holds itself (registers, sysfs)
 * stands; a log fills what is unknown. Each step runs where build.h says, so that the steps between find what they need.
 */
#include <linux/pci_regs.h>

#include "build.h"

static const char *const logs[] = {"dmesg", "transcript.dmesg", "lspci.dmesg", "var/log/dmesg", "var/log/kern.log", "var/log/messages"};

/* The log that has the boot, or several that hold a part of it each; the one that is most sure to be this boot's is the last. */
static int parse_logs(struct model *m)
{
	bool boot = slice_has(snapshot_bytes(m->snap, NULL, logs[0]), "Linux version ");
	for (size_t i = boot ? 3 : ARRAY_SIZE(logs); i-- > 0;) {
		const struct item *item = snapshot_at(m->snap, NULL, logs[i]);
		if (!item || item->state != ITEM_PRESENT || item->kind != ITEM_FILE)
			continue;
		int err = kmsg_parse(&m->arena, item->data, item, &m->log);
		if (err)
			return err;
	}
	return kmsg_index(&m->arena, &m->log);
}

/* Does the line show that the function is there? A VF that did not answer is not, nor is one that a line merely mentions. */
static bool shows(const struct kmsg_event *e)
{
	switch (e->type) {
	case KMSG_UNKNOWN_HEADER:
	case KMSG_CLASS_MISMATCH:
	case KMSG_IOMMU_FAULT:
	case KMSG_ECAM:
	case KMSG_XEN_VF_REFUSED:
	case KMSG_FIRMWARE_MISSING:
		return false;
	case KMSG_FUNCTION:
		return (e->header & 0x7f) != 0x7f;
	default:
		return e->has_addr && !e->is_bus;
	}
}

static bool is_pf_event(const struct kmsg_event *e)
{
	if (e->type == KMSG_BAR || e->type == KMSG_ASSIGNED || e->type == KMSG_NO_SPACE || e->type == KMSG_FAILED_ASSIGN)
		return e->bar >= RES_VF_BAR0 && e->bar < RES_WINDOW_IO;
	if (e->type == KMSG_SRIOV_FAILED || e->type == KMSG_PF_NOT_CAPABLE)
		return false; /* ENOSYS: the kernel does not take it for a PF */
	return e->type == KMSG_VF_BAR_SPACE || (e->type >= KMSG_SRIOV_NO_DRIVER && e->type <= KMSG_SRIOV_ENABLED) ||
	       (e->type >= KMSG_PF_REFUSED && e->type <= KMSG_PF_SRIOV_MODE);
}

/* Functions that only the log names, merged in one go: a log may name very many. */
static int add_functions(struct model *m)
{
	size_t n = 0;
	const struct sriov_addr *last = NULL;
	for (size_t i = 0; i < m->log.n; i++) {
		const struct kmsg_event *e = m->log.by_addr[i];
		bool fresh = e->has_addr && !e->is_bus && shows(e) && (!last || addr_cmp(last, &e->addr) != 0) && !model_find(m, &e->addr);
		if (fresh)
			n++;
		if (e->has_addr && !e->is_bus && shows(e))
			last = &e->addr;
	}
	if (!n)
		return 0;
	struct fn *fns = arena_array(&m->arena, m->fns_n + n, sizeof(*fns));
	if (!fns)
		return -ENOMEM;
	size_t at = 0, old = 0;
	for (size_t i = 0; i < m->log.n; i++) {
		const struct kmsg_event *e = m->log.by_addr[i];
		if (!e->has_addr || e->is_bus || !shows(e) || (at && !addr_cmp(&fns[at - 1].addr, &e->addr)))
			continue;
		while (old < m->fns_n && addr_cmp(&m->fns[old].addr, &e->addr) <= 0)
			fns[at++] = m->fns[old++];
		if (!at || addr_cmp(&fns[at - 1].addr, &e->addr) != 0)
			fns[at++] = (struct fn){.addr = e->addr, .exp_type = EXP_TYPE_UNKNOWN, .std_end = WALK_UNREAD, .ext_end = WALK_UNREAD};
	}
	while (old < m->fns_n)
		fns[at++] = m->fns[old++];
	m->fns = fns;
	m->fns_n = at;
	m->fns_room = at;
	return 0;
}

static void fill_fact(struct fact *fact, uint64_t v, const struct kmsg_event *e)
{
	if (!known(fact))
		*fact = (struct fact){v, ITEM_PRESENT, e->from};
}

static const struct {
	const char *name;
	int type;
} port_types[] = {
	{"PCIe Endpoint", PCI_EXP_TYPE_ENDPOINT},
	{"PCIe Legacy Endpoint", PCI_EXP_TYPE_LEG_END},
	{"PCIe Root Port", PCI_EXP_TYPE_ROOT_PORT},
	{"PCIe Switch Upstream Port", PCI_EXP_TYPE_UPSTREAM},
	{"PCIe Switch Downstream Port", PCI_EXP_TYPE_DOWNSTREAM},
	{"PCIe to PCI/PCI-X bridge", PCI_EXP_TYPE_PCI_BRIDGE},
	{"PCI/PCI-X to PCIe bridge", PCI_EXP_TYPE_PCIE_BRIDGE},
	{"PCIe Root Complex Integrated Endpoint", PCI_EXP_TYPE_RC_END},
	{"PCIe Root Complex Event Collector", PCI_EXP_TYPE_RC_EC},
	{"conventional PCI", EXP_TYPE_NONE},
	{"conventional PCI endpoint", EXP_TYPE_NONE},
	{"conventional PCI bridge", EXP_TYPE_NONE},
};

static void identity(struct fn *fn, const struct kmsg_event *e)
{
	if ((e->header & 0x7f) == 0x7f)
		return;
	fill_fact(&fn->vendor, e->vendor, e);
	fill_fact(&fn->device, e->device, e);
	fill_fact(&fn->class, e->class, e);
	fill_fact(&fn->header_type, e->header & 0x7f, e);
	for (size_t i = 0; i < ARRAY_SIZE(port_types) && fn->exp_type == EXP_TYPE_UNKNOWN; i++)
		if (slice_is(e->word, port_types[i].name))
			fn->exp_type = port_types[i].type;
}

/* A driver that speaks for a function is bound, until another speaks. */
static int driver(struct model *m, struct fn *fn, const struct kmsg_event *e)
{
	if (e->type != KMSG_DRIVER || !e->driver.n)
		return 0;
	if (!fn->netdev && e->word.n) {
		fn->netdev = arena_dup(&m->arena, e->word.p, e->word.n);
		if (!fn->netdev)
			return -ENOMEM;
	}
	if (fn->driver_state != ITEM_NOT_CAPTURED && !fn->driver_from_log)
		return 0;
	fn->driver = arena_dup(&m->arena, e->driver.p, e->driver.n);
	fn->driver_state = ITEM_PRESENT;
	fn->driver_from_log = true;
	return fn->driver ? 0 : -ENOMEM;
}

static void forget_driver(struct fn *fn)
{
	fn->driver = NULL;
	fn->driver_state = ITEM_ABSENT;
}

static int one_function(struct model *m, struct fn *fn)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_of(&m->log, &fn->addr, &n);
	bool pf = false;
	for (size_t i = 0; i < n; i++) {
		const struct kmsg_event *e = events[i];
		int err = driver(m, fn, e);
		if (err)
			return err;
		bool failed = e->type == KMSG_PROBE_FAILED && fn->driver && slice_is(e->word, fn->driver);
		if ((failed || e->type == KMSG_SRIOV_NO_DRIVER || e->type == KMSG_SRIOV_LEFT_ENABLED) && fn->driver_from_log)
			forget_driver(fn);
		if (e->type == KMSG_FUNCTION)
			identity(fn, e);
		if (e->type == KMSG_BRIDGE)
			fill_fact(&fn->header_type, PCI_HEADER_TYPE_BRIDGE, e);
		pf |= is_pf_event(e);
	}
	bool bridge = known_as(&fn->header_type, PCI_HEADER_TYPE_BRIDGE);
	if (pf && !bridge && !fn_cap_absent(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV) && !fn->pf) {
		fn->pf = arena_alloc(&m->arena, sizeof(*fn->pf));
		if (!fn->pf)
			return -ENOMEM;
	}
	return 0;
}

static bool names_no_function(const struct kmsg_event *e)
{
	return !e->has_addr && ((e->type >= KMSG_SRIOV_NO_DRIVER && e->type <= KMSG_SRIOV_FAILED) ||
				(e->type >= KMSG_PF_REFUSED && e->type <= KMSG_PF_SRIOV_MODE));
}

static bool is_pf(const struct fn *fn)
{
	return fn->pf || fn_cap(fn, CAP_EXTENDED, PCI_EXT_CAP_ID_SRIOV);
}

/* Lines that lost their device are taken for the only PF's, where there is only one. */
static int guess_function(struct model *m)
{
	const struct fn *only = NULL;
	for (size_t i = 0; i < m->fns_n; i++) {
		if (is_pf(&m->fns[i]) && only)
			return 0;
		if (is_pf(&m->fns[i]))
			only = &m->fns[i];
	}
	bool any = false;
	for (size_t i = 0; only && i < m->log.n; i++) {
		struct kmsg_event *e = &m->log.events[i];
		if (!names_no_function(e))
			continue;
		e->has_addr = e->addr_guessed = any = true;
		e->addr = only->addr;
	}
	return any ? kmsg_index(&m->arena, &m->log) : 0;
}

int log_functions(struct model *m)
{
	int err = parse_logs(m);
	if (!err)
		err = add_functions(m);
	for (size_t i = 0; i < m->fns_n && !err; i++)
		err = one_function(m, &m->fns[i]);
	return err ? err : guess_function(m);
}

static void to_resource(const struct kmsg_res *said, struct resource *res)
{
	res->implemented = true;
	res->io = said->io;
	res->is_64 = said->is_64;
	res->prefetchable = said->pref;
	res->size = said->size;
	/* at 0 early in the boot is where most begin: no word after that is no proof that it stayed so */
	res->assigned = said->state == KMSG_RES_ASSIGNED ? TRI_YES : said->state == KMSG_RES_FAILED ? TRI_NO : TRI_UNKNOWN;
	res->range = said->state == KMSG_RES_ASSIGNED ? (struct range){said->start, said->end} : (struct range){1, 0};
	res->from = said->why->from;
	res->line = said->why->last_line;
}

int log_resources(struct model *m)
{
	for (size_t i = 0; i < m->fns_n; i++) {
		struct fn *fn = &m->fns[i];
		size_t n;
		(void)kmsg_of(&m->log, &fn->addr, &n);
		for (int r = 0; n && r < RES_COUNT; r++) {
			struct kmsg_res said;
			struct resource *res = &fn->res[r];
			bool window = r >= RES_WINDOW_IO;
			/* registers of a bridge say where its windows are; those of a BAR say no size */
			if ((res->from && (res->size || res->from != fn->config_item)) || (r >= RES_VF_BAR0 && r < RES_WINDOW_IO))
				continue; /* VF BARs: log_pfs() */
			if (window && fn->config && !fn->config->from_text && fn->config->view.len >= 0x40)
				continue;
			kmsg_resource(&m->log, &fn->addr, r, &said);
			if (said.state == KMSG_RES_UNKNOWN)
				continue;
			if (!res->from)
				to_resource(&said, res);
			else if (said.state == KMSG_RES_ASSIGNED && said.start == res->range.start && said.size) {
				res->size = said.size; /* the register's address, with the size that the kernel found */
				res->range.end = said.end;
			}
		}
	}
	return 0;
}

int log_bridges(struct model *m)
{
	for (size_t i = 0; i < m->fns_n; i++) {
		const struct fn *fn = &m->fns[i];
		const struct kmsg_event *e = fn->bridge ? kmsg_last(&m->log, KMSG_BRIDGE, &fn->addr) : NULL;
		if (!e)
			continue;
		fill_fact(&fn->bridge->primary, fn->addr.bus, e);
		if (e->bus_from >= 0)
			fill_fact(&fn->bridge->secondary, (uint64_t)e->bus_from, e);
		if (e->bus_to >= 0)
			fill_fact(&fn->bridge->subordinate, (uint64_t)e->bus_to, e);
	}
	return 0;
}

static void vf_bar(const struct kmsg_res *said, struct vf_bar *bar)
{
	if (said->state == KMSG_RES_UNKNOWN)
		return;
	if (!bar->implemented) {
		bar->implemented = true;
		bar->io = said->io;
		bar->is_64 = said->is_64;
		bar->prefetchable = said->pref;
	}
	if (!bar->size && said->one_size) {
		bar->size = said->one_size;
		bar->size_from = "kernel log";
	}
	if (bar->from) { /* a register or the host's list says where it is */
		if (bar->assigned == TRI_YES && range_empty(bar->range) && said->size && bar->address <= UINT64_MAX - said->size)
			bar->range = (struct range){bar->address, bar->address + said->size - 1};
		return;
	}
	bar->from = said->why->from;
	bar->line = said->why->last_line;
	if (said->state == KMSG_RES_FAILED)
		bar->assigned = TRI_NO;
	if (said->state != KMSG_RES_ASSIGNED)
		return;
	bar->assigned = TRI_YES;
	bar->address = said->start;
	bar->range = said->size == said->end - said->start + 1 ? (struct range){said->start, said->end} : (struct range){1, 0};
}

int log_pfs(struct model *m)
{
	for (size_t i = 0; i < m->fns_n; i++) {
		struct fn *fn = &m->fns[i];
		struct pf *pf = fn->pf;
		size_t n;
		const struct kmsg_event *const *events = kmsg_of(&m->log, &fn->addr, &n);
		if (!pf || !n)
			continue;
		for (size_t k = 0; k < n; k++) {
			if (events[k]->type == KMSG_VF_BAR_SPACE && events[k]->n)
				fill_fact(&pf->total_vfs, events[k]->n, events[k]);
			/* only a device that the kernel accepted has the attribute whose write says this */
			bool accepted = (events[k]->type >= KMSG_SRIOV_NO_DRIVER && events[k]->type <= KMSG_SRIOV_FEWER) ||
					events[k]->type == KMSG_SRIOV_NO_MMIO || events[k]->type == KMSG_SRIOV_NO_BUS;
			if (accepted && pf->sriov_attrs.have == ITEM_NOT_CAPTURED)
				pf->sriov_attrs = (struct fact){0, ITEM_PRESENT, events[k]->from};
		}
		for (int b = 0; b < 6; b++) {
			struct kmsg_res said;
			pf->bars[b].index = (unsigned)b;
			kmsg_resource(&m->log, &fn->addr, RES_VF_BAR0 + b, &said);
			vf_bar(&said, &pf->bars[b]);
			if (said.state != KMSG_RES_UNKNOWN && !fn->res[RES_VF_BAR0 + b].from)
				to_resource(&said, &fn->res[RES_VF_BAR0 + b]);
		}
	}
	return 0;
}

int log_groups(struct model *m)
{
	size_t n;
	const struct kmsg_event *const *events = kmsg_typed(&m->log, KMSG_IOMMU_GROUP, &n);
	if (m->groups_n || !n)
		return 0; /* the host's own list is the better one */
	size_t top = 0;
	for (size_t i = 0; i < n; i++)
		if (events[i]->n < KMSG_EVENTS_MAX && events[i]->n >= top)
			top = (size_t)events[i]->n + 1;
	m->groups = arena_array(&m->arena, top, sizeof(*m->groups));
	if (top && !m->groups)
		return -ENOMEM;
	for (size_t i = 0; i < top; i++)
		m->groups[i].number = (unsigned)i;
	m->groups_n = top;
	for (size_t i = 0; i < n; i++) {
		struct fn *fn = events[i]->has_addr ? model_find(m, &events[i]->addr) : NULL;
		if (!fn || events[i]->n >= top || fn->group || fn->group_state == ITEM_ABSENT)
			continue;
		struct group *group = &m->groups[events[i]->n];
		const struct fn **slot = ARENA_PUSH(&m->arena, group->fns, group->fns_n, group->fns_room);
		if (!slot)
			return -ENOMEM;
		*slot = fn;
		fn->group = group;
		fn->group_state = ITEM_PRESENT;
	}
	m->host.groups_seen = (unsigned)m->groups_n;
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>
#include <linux/pci_regs.h>

#include "data/data.h"
#include "plan/inputs.h"

/* "1M", "64k", "0x100000" */
static bool size_eat(struct slice s, uint64_t *size)
{
	static const char units[] = "KMGT";
	int base = slice_starts(s, "0x") ? 16 : 10;
	if (!slice_eat_u64(&s, base, size))
		return false;
	const char *unit = s.n ? strchr(units, s.p[0] & ~0x20) : NULL;
	if (s.n && (!unit || !*unit))
		return false;
	unsigned shift = unit && s.n ? 10 * (unsigned)(unit - units + 1) : 0;
	s = slice_from(s, s.n ? 1 : 0);
	if (*size > UINT64_MAX >> shift)
		return false;
	*size <<= shift;
	return slice_is(s, "") || slice_is(s, "B") || slice_is(s, "iB");
}

int assume_parse(struct assume *assume, const char *text)
{
	struct slice value = slice_of(text), key;
	uint64_t v, bar;
	if (!slice_until(&value, "=", &key))
		return -EINVAL;
	if (slice_is(key, "ari") && (slice_is(value, "on") || slice_is(value, "off"))) {
		assume->ari = slice_is(value, "on") ? TRI_YES : TRI_NO;
	} else if (slice_is(key, "total-vfs") && slice_u64(value, &v) && v <= 0xffff) {
		assume->has_total = true;
		assume->total = v;
	} else if (slice_is(key, "subordinate") && slice_u64(value, &v) && v <= 0xff) {
		assume->has_subordinate = true;
		assume->subordinate = v;
	} else if (slice_eat(&key, "vf-bar") && slice_u64(key, &bar) && bar < 6 && size_eat(value, &v) && v && !(v & (v - 1))) {
		assume->bar_size[bar] = v;
	} else {
		return -EINVAL;
	}
	return 0;
}

/* Only a downstream port filters by device number; on a root bus and behind a conventional bridge nothing does. */
static enum tri ari_in_force(const struct fn *fn)
{
	const struct fn *port = fn->upstream;
	if (!port)
		return fn->on_root_bus ? TRI_YES : TRI_UNKNOWN;
	if (!port->bridge || !port->bridge->downstream)
		return port->exp_type == EXP_TYPE_UNKNOWN ? TRI_UNKNOWN : TRI_YES;
	const struct fact *enabled = &port->bridge->ari_enabled;
	if (known(enabled))
		return enabled->v ? TRI_YES : TRI_NO;
	return enabled->have == ITEM_ABSENT ? TRI_NO : TRI_UNKNOWN;
}

static bool ari_cannot_matter(const struct fn *fn)
{
	const struct fn *port = fn->upstream;
	if (!port)
		return fn->on_root_bus;
	return (!port->bridge || !port->bridge->downstream) && port->exp_type != EXP_TYPE_UNKNOWN;
}

static enum tri bars_assigned(const struct fn *fn, unsigned *missing)
{
	const struct pf *pf = fn->pf;
	bool bytes = pf->offset && !fn->config->from_text; /* a text names the VF BARs that are there */
	uint32_t raw;
	enum tri all = pf->offset || pf->bars[0].from ? TRI_YES : TRI_UNKNOWN;
	for (unsigned i = 0; i < 6; i++) {
		if (!pf->bars[i].implemented) {
			if (bytes && !pf->bars[i].from && bytes_u32(&pf->cap, PCI_SRIOV_BAR + 4 * i, &raw))
				all = TRI_UNKNOWN;
			continue;
		}
		if (pf->bars[i].assigned == TRI_NO) {
			*missing = i;
			return TRI_NO;
		}
		if (pf->bars[i].assigned == TRI_UNKNOWN)
			all = TRI_UNKNOWN;
	}
	return all;
}

/* The last bus that the window of bus numbers above the PF holds. */
static void buses(const struct fn *fn, const struct assume *assume, struct inputs *in)
{
	in->port = fn->upstream;
	if (assume->has_subordinate)
		in->last_bus = (struct fact){assume->subordinate, ITEM_PRESENT, NULL};
	else if (in->port && in->port->bridge)
		in->last_bus = in->port->bridge->subordinate;
	else if (fn->on_root_bus)
		in->last_bus = (struct fact){survey_root_end(in->survey, fn->addr.domain, fn->addr.bus), ITEM_PRESENT, NULL};
}

/* Drivers whose sriov_configure adds no condition of their own to the core's. */
static bool is_simple(const char *driver)
{
	static const char *const simple[] = {"nvme", "pci-pf-stub", "vfio-pci"};
	for (size_t i = 0; i < ARRAY_SIZE(simple); i++)
		if (!strcmp(driver, simple[i]))
			return true;
	return false;
}

static enum configure driver_configure(const struct model *m, const struct fn *fn, const char **note)
{
	if (fn->driver_state == ITEM_ABSENT)
		return CONFIGURE_NO_DRIVER;
	if (!fn->driver)
		return CONFIGURE_UNKNOWN;
	if (!strcmp(fn->driver, "vfio-pci") &&
	    slice_is(slice_trim(snapshot_bytes(m->snap, NULL, "sys/module/vfio_pci/parameters/enable_sriov")), "N"))
		return CONFIGURE_NONE;
	if (kmsg_last(&m->log, KMSG_SRIOV_NO_CONFIGURE, &fn->addr))
		return CONFIGURE_NONE;
	const struct driver_info *info = driver_find(fn->driver);
	if (info && info->flags & DRIVER_NO_SRIOV && !(info->flags & DRIVER_OUT_OF_TREE))
		return CONFIGURE_NONE;
	if (info && info->since_major && m->host.kernel_major &&
	    (m->host.kernel_major < info->since_major ||
	     (m->host.kernel_major == info->since_major && m->host.kernel_minor < info->since_minor)))
		return CONFIGURE_NONE;
	*note = info ? info->note : NULL;
	return is_simple(fn->driver) ? CONFIGURE_SIMPLE : CONFIGURE_OWN;
}

void inputs_read(struct survey *survey, const struct fn *fn, const struct assume *assume, struct inputs *in)
{
	const struct pf *pf = fn->pf;
	*in = (struct inputs){.m = survey->m, .survey = survey, .fn = fn, .pf = pf, .total = pf->total_vfs};
	if (assume->has_total)
		in->total = (struct fact){assume->total, ITEM_PRESENT, NULL};
	in->limit = in->total;
	if (known(&pf->sysfs_total) && known(&in->total) && pf->sysfs_total.v < in->total.v && !assume->has_total)
		in->limit = pf->sysfs_total;
	if (known(&pf->sysfs_num))
		in->current = pf->sysfs_num;
	else if (known_as(&pf->vf_enable, 0))
		in->current = (struct fact){0, ITEM_PRESENT, pf->vf_enable.from};
	else if (known_as(&pf->vf_enable, 1))
		in->current = pf->num_vfs;
	in->offset = known(&pf->vf_offset) ? pf->vf_offset : pf->sysfs_offset;
	in->stride = known(&pf->vf_stride) ? pf->vf_stride : pf->sysfs_stride;
	in->ari = assume->ari != TRI_UNKNOWN ? assume->ari : ari_in_force(fn);
	in->ari_assumed = assume->ari != TRI_UNKNOWN;
	in->ari_matters = in->ari_assumed || !ari_cannot_matter(fn);
	routes_read(in);
	buses(fn, assume, in);
	in->mmio = bars_assigned(fn, &in->missing_bar);
	in->accepted = known(&pf->sriov_attrs) ? TRI_YES : pf->sriov_attrs.have == ITEM_ABSENT ? TRI_NO : TRI_UNKNOWN;
	in->configure = driver_configure(survey->m, fn, &in->driver_note);
	for (unsigned i = 0; i < 6; i++)
		in->mmio_assumed |= assume->bar_size[i] != 0;
	in->mmio_assumed |= assume->has_total;
}

const struct device_info *inputs_device(const struct inputs *in)
{
	const struct fn *fn = in->fn;
	return known(&fn->vendor) && known(&fn->device) ? device_find((uint16_t)fn->vendor.v, (uint16_t)fn->device.v) : NULL;
}

uint64_t vf_bar_size(const struct inputs *in, const struct assume *assume, unsigned index, const char **from)
{
	const struct vf_bar *bar = &in->pf->bars[index];
	*from = bar->size_from;
	if (assume->bar_size[index]) {
		*from = "assumed";
		return assume->bar_size[index];
	}
	if (bar->size || !bar->implemented)
		return bar->size;
	const struct device_info *info = inputs_device(in);
	for (size_t i = 0; info && i < ARRAY_SIZE(info->bars) && info->bars[i].size; i++) {
		if (info->bars[i].index == index) {
			*from = "device table";
			return info->bars[i].size;
		}
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PF -> VF routing IDs and back: RID = PF + First VF Offset + i * VF Stride, in 16 bits of one segment
 * (drivers/pci/iov.c pci_iov_virtfn_bus(), pci_iov_virtfn_devfn()).
 */
#include <string.h>

#include "build.h"

bool reads_as_vf(const struct bytes *config)
{
	uint16_t vendor, device;
	uint8_t header = 0xff;
	return !bytes_u16(config, 0, &vendor) && !bytes_u16(config, 2, &device) && !bytes_u8(config, 0xe, &header) &&
	       vendor == 0xffff && device == 0xffff && header != 0xff;
}

static bool is_vf(const struct fn *fn)
{
	return fn->config && reads_as_vf(&fn->config->view);
}

static struct fn *physfn(const struct model *m, const struct fn *fn)
{
	const char *name = snapshot_link_name(m->snap, fn->dir, "physfn");
	struct slice s = slice_of(name);
	struct sriov_addr addr;
	return name && addr_eat(&s, &addr) && !s.n ? model_find(m, &addr) : NULL;
}

void vf_adopt(struct fn *pf_fn, struct fn *fn, unsigned index)
{
	struct pf *pf = pf_fn->pf;
	fn->role = ROLE_VF;
	fn->pf_fn = pf_fn;
	fn->vf_index = index;
	if (!fn->upstream && !fn->on_root_bus) { /* a VF's own bus may have no bridge: it is reached through its PF's */
		fn->upstream = pf_fn->upstream;
		fn->on_root_bus = pf_fn->on_root_bus;
	}
	if (known_as(&fn->vendor, 0xffff) && known_as(&fn->device, 0xffff) && known(&pf->vf_device)) {
		fn->vendor = pf_fn->vendor;
		fn->device = pf->vf_device;
	}
}

/* Has the device list been seen as a whole? Then a VF that is not in it is not there. */
static bool list_complete(const struct model *m)
{
	const struct item *devices = snapshot_at(m->snap, NULL, "sys/bus/pci/devices");
	return devices && devices->complete;
}

bool vf_layout_of(const struct pf *pf, struct vf_layout *layout)
{
	struct fact offset = known(&pf->vf_offset) ? pf->vf_offset : pf->sysfs_offset;
	struct fact stride = known(&pf->vf_stride) ? pf->vf_stride : pf->sysfs_stride;
	if (!known(&pf->total_vfs) || !pf->total_vfs.v || pf->total_vfs.v > 0xffff || !known(&offset) || !offset.v || !known(&stride))
		return false;
	bool enabled = known_as(&pf->vf_enable, 1) || (!known(&pf->vf_enable) && known(&pf->sysfs_num) && pf->sysfs_num.v);
	*layout = (struct vf_layout){
		.offset = offset.v, .stride = stride.v,
		.n = stride.v ? (size_t)pf->total_vfs.v : 1, /* all VFs in one place: only the first is a VF */
		.enabled = !enabled ? 0 : known(&pf->num_vfs) ? pf->num_vfs.v : pf->sysfs_num.v,
	};
	return true;
}

bool vfs_keep(struct vfs_kept *kept, const struct sriov_addr *pf, size_t n)
{
	if (n <= VFS_MAX - kept->n) {
		kept->n += n;
		return true;
	}
	if (!kept->left_out++)
		kept->first_out = *pf;
	return false;
}

#define NEAR 8

/* The function at addr, which is not in front of *at, where the last one was looked for: the VFs of a PF lie behind one another. */
static struct fn *find_behind(const struct model *m, size_t *at, const struct sriov_addr *addr)
{
	size_t near = *at + NEAR < m->fns_n ? *at + NEAR : m->fns_n;
	while (*at < near && addr_cmp(&m->fns[*at].addr, addr) < 0)
		++*at;
	if (*at == near && near < m->fns_n)
		*at = model_lower(m, addr);
	return *at < m->fns_n && addr_same(&m->fns[*at].addr, addr) ? &m->fns[*at] : NULL;
}

static int vfs_of(struct model *m, struct fn *pf_fn, bool complete)
{
	struct pf *pf = pf_fn->pf;
	struct vf_layout layout;
	if (!vf_layout_of(pf, &layout))
		return 0;
	pf->vfs_left_out = !vfs_keep(&m->vfs_kept, &pf_fn->addr, layout.n);
	if (pf->vfs_left_out)
		return 0;
	pf->vfs = arena_array(&m->arena, layout.n, sizeof(*pf->vfs));
	if (!pf->vfs)
		return -ENOMEM;
	pf->vfs_n = layout.n;
	size_t at = (size_t)(pf_fn - m->fns);
	for (size_t i = 0; i < layout.n; i++) {
		struct vf *vf = &pf->vfs[i];
		vf_place(&pf_fn->addr, &layout, i, vf);
		struct fn *fn = vf->in_segment ? find_behind(m, &at, &vf->addr) : NULL;
		vf->there = fn;
		if (fn && fn != pf_fn && !fn->pf_fn && (!fn->pf || is_vf(fn)) && (i < layout.enabled || is_vf(fn)))
			vf_adopt(pf_fn, fn, vf->index);
		if (fn && fn->pf_fn == pf_fn)
			vf->fn = fn;
		vf->exists = vf_existence(pf, vf, complete);
		pf->vfs_exist += vf->exists == TRI_YES;
	}
	return 0;
}

/* The index of a VF whose host names its PF: from the virtfnN link that leads to it. */
static void by_physfn(struct model *m, struct fn *fn)
{
	struct fn *pf_fn = physfn(m, fn);
	if (!pf_fn || !pf_fn->pf || pf_fn == fn)
		return;
	const struct pf *pf = pf_fn->pf;
	struct fact offset = known(&pf->vf_offset) ? pf->vf_offset : pf->sysfs_offset;
	struct fact stride = known(&pf->vf_stride) ? pf->vf_stride : pf->sysfs_stride;
	unsigned distance = (unsigned)(addr_rid(&fn->addr) - addr_rid(&pf_fn->addr)), index = 0;
	if (known(&offset) && known(&stride) && stride.v && distance >= offset.v)
		index = (unsigned)((distance - offset.v) / stride.v);
	vf_adopt(pf_fn, fn, index);
}

int build_vfs(struct model *m)
{
	bool complete = list_complete(m);
	for (size_t i = 0; i < m->fns_n; i++)
		by_physfn(m, &m->fns[i]);
	for (size_t i = 0; i < m->fns_n; i++) {
		int err = m->fns[i].pf && m->fns[i].role == ROLE_PF ? vfs_of(m, &m->fns[i], complete) : 0;
		if (err)
			return err;
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One function: its header, windows and BARs, its capabilities field by field, a PF's VF BARs and VFs. */
#include "decode/rows.h"
#include "holes.h"
#include "walk-put.h"

#define SPACE_STANDARD 256
#define SPACE_EXTENDED 4096

const char *port_type_name(int exp_type)
{
	static const char *const names[] = {
		[0] = "endpoint", [1] = "legacy-endpoint", [4] = "root-port", [5] = "upstream-port", [6] = "downstream-port",
		[7] = "pcie-to-pci-bridge", [8] = "pci-to-pcie-bridge", [9] = "rc-integrated-endpoint", [10] = "rc-event-collector",
	};
	return exp_type >= 0 && (size_t)exp_type < ARRAY_SIZE(names) ? names[exp_type] : NULL;
}

size_t cap_extent(const struct fn *fn, const struct cap *cap)
{
	size_t end = cap->at.space == CAP_EXTENDED ? SPACE_EXTENDED : SPACE_STANDARD;
	for (size_t i = 0; i < fn->caps_n; i++)
		if (fn->caps[i].at.space == cap->at.space && fn->caps[i].at.offset > cap->at.offset && fn->caps[i].at.offset < end)
			end = fn->caps[i].at.offset;
	size_t len = end > cap->at.offset ? end - cap->at.offset : 0;
	if (cap->desc) {
		size_t own = cap->desc->length ? cap->desc->length(&cap->bytes) : cap->desc->min_len;
		len = own && own < len ? own : len;
	}
	return len < bytes_len(&cap->bytes) ? len : bytes_len(&cap->bytes);
}

static bool is_shown(const struct field_at *at, bool verbose)
{
	bool reserved = at->field->kind == FIELD_RSVD;
	if (!verbose && (at->unread || reserved))
		return false;
	return !reserved || at->unread || at->value != 0;
}

bool field_at_next(const struct cap_desc *desc, const struct bytes *cap, bool verbose, struct field_iter *iter, struct field_at *at)
{
	while (field_next(desc, cap, iter, &at->field, &at->index)) {
		const struct field *f = at->field;
		at->desc = desc;
		at->value = 0;
		at->unread = field_get(f, cap, at->index, &at->value) != 0;
		if (!is_shown(at, verbose))
			continue;
		at->reg = f->reg + (f->place ? f->place(cap, at->index) : (unsigned)f->stride * at->index);
		return true;
	}
	return false;
}

void walk_field(struct walker *w, const struct field_at *at)
{
	const struct field *f = at->field;
	char buf[128];
	open_el(w, EL_FIELD);
	w->ops->token(w, AT_NAME, buf, field_name(f, at->index, buf, sizeof(buf)));
	at_hex(w, AT_REGISTER, at->reg, 2);
	at_num(w, AT_WIDTH, f->width);
	if (at->unread)
		at_flag(w, AT_UNREAD, true);
	else if (f->kind == FIELD_HEX || f->kind == FIELD_RSVD)
		w->ops->token(w, AT_VALUE, buf, field_format(f, at->value, buf, sizeof(buf)));
	else
		at_num(w, AT_VALUE, at->value);
	if (f->width < f->reg_size * 8)
		at_num(w, AT_BIT, f->lsb);
	const char *meaning = at->unread ? NULL : field_meaning(f, at->value);
	if (meaning)
		w->ops->text(w, slice_of(meaning));
	close_el(w, EL_FIELD);
}

static void fields(struct walker *w, const struct cap_desc *desc, const struct bytes *bytes, bool verbose)
{
	struct field_iter iter = {0};
	struct field_at at = {.desc = desc};
	if (rows_are_fixed(desc)) { /* what field_at_next() finds, without asking: a dump's PFs differ in SR-IOV, which is such */
		for (size_t i = 0; i < desc->fields_n; i++) {
			const struct field *f = at.field = &desc->fields[i];
			at.value = 0;
			at.unread = bytes_bits(bytes, f->reg, f->reg_size, f->lsb, f->width, &at.value) != 0;
			at.value <<= f->shift;
			at.reg = f->reg;
			if (is_shown(&at, verbose))
				w->ops->field(w, &at);
		}
		return;
	}
	while (field_at_next(desc, bytes, verbose, &iter, &at))
		w->ops->field(w, &at);
}

/* Bytes in hexadecimal; ?? stands for one that was not read. */
static void raw(struct walker *w, const struct bytes *part, size_t len)
{
	const struct bytes bytes = bytes_alone(part);
	static const char digits[] = "0123456789abcdef";
	char text[SPACE_EXTENDED * 2];
	if (len > bytes.len)
		len = bytes.len;
	if (len > SPACE_EXTENDED)
		len = SPACE_EXTENDED;
	for (size_t i = 0; i < len; i++) {
		bool is_known = !bytes.known || bytes.known[i] == 0xff;
		text[2 * i] = is_known ? digits[bytes.p[i] >> 4] : '?';
		text[2 * i + 1] = is_known ? digits[bytes.p[i] & 15] : '?';
	}
	if (!len)
		return;
	open_el(w, EL_RAW);
	at_num(w, AT_LENGTH, len);
	w->ops->text(w, slice_bytes(text, 2 * len));
	close_el(w, EL_RAW);
}

/* Vendor ID, port type, lanes, layout: 40 bits. */
static uint64_t surroundings(const struct fn *fn)
{
	const struct bytes *config = &fn->config->view;
	uint16_t vendor;
	bool read = !bytes_u16(config, 0, &vendor);
	return (read ? vendor : 0) | (uint64_t)(rows_exp_type(config) & 0xff) << 16 | (uint64_t)rows_lanes(config) << 24 |
	       (uint64_t)rows_is_bridge(config) << 32 | (uint64_t)read << 33;
}

void walk_capability(struct walker *w, const struct cap_walked *walked)
{
	const struct cap *cap = walked->cap;
	bool extended = cap->at.space == CAP_EXTENDED;
	open_el(w, EL_CAPABILITY);
	at_hex(w, AT_ID, cap->at.id, extended ? 4 : 2);
	at_word(w, AT_KIND, extended ? "extended" : "standard");
	at_word(w, AT_NAME, cap->desc ? cap->desc->name : cap_id_name(cap->at.space, cap->at.id));
	at_hex(w, AT_OFFSET, cap->at.offset, extended ? 3 : 2);
	if (extended)
		at_num(w, AT_VERSION, cap->at.version);
	if (walked->shown)
		fields(w, cap->desc, &cap->bytes, walked->verbose);
	if (walked->verbose)
		raw(w, &cap->bytes, walked->extent);
	close_el(w, EL_CAPABILITY);
}

static void list_end(enum walk_end end, const char *kind, uint16_t at, struct walker *w)
{
	static const char *const names[] = {
		[WALK_UNREAD] = "unread", [WALK_LOOP] = "loop", [WALK_POINTER] = "bad-pointer", [WALK_ALL_ONES] = "all-ones",
	};
	if ((size_t)end >= ARRAY_SIZE(names) || !names[end])
		return;
	open_el(w, EL_CAPABILITY_LIST);
	at_word(w, AT_KIND, kind);
	at_word(w, AT_STATE, names[end]);
	at_hex(w, AT_OFFSET, at, 2);
	close_el(w, EL_CAPABILITY_LIST);
}

static void window(const struct resource *res, const char *kind, struct walker *w)
{
	if (!res->implemented && res->assigned != TRI_YES)
		return;
	open_el(w, EL_WINDOW);
	at_word(w, AT_KIND, kind);
	if (res->assigned == TRI_YES) {
		at_hex(w, AT_START, res->range.start, 0);
		at_hex(w, AT_END, res->range.end, 0);
	}
	at_tri(w, AT_ASSIGNED, res->assigned);
	close_el(w, EL_WINDOW);
}

static void bars(const struct fn *fn, struct walker *w)
{
	for (unsigned i = RES_BAR0; i <= RES_ROM; i++) {
		const struct resource *res = &fn->res[i];
		if (!res->implemented)
			continue;
		open_el(w, EL_BAR);
		if (i == RES_ROM)
			at_word(w, AT_INDEX, "rom");
		else
			at_num(w, AT_INDEX, i);
		if (res->assigned == TRI_YES)
			at_hex(w, AT_ADDRESS, res->range.start, 0);
		if (res->size)
			at_hex(w, AT_SIZE, res->size, 0);
		at_word(w, AT_TYPE, res->io ? "io" : res->is_64 ? "64" : "32");
		at_flag(w, AT_PREFETCHABLE, res->prefetchable);
		at_tri(w, AT_ASSIGNED, res->assigned);
		close_el(w, EL_BAR);
	}
}

static void vf_bars(const struct pf *pf, struct walker *w)
{
	for (size_t i = 0; i < ARRAY_SIZE(pf->bars); i++) {
		const struct vf_bar *bar = &pf->bars[i];
		if (!bar->implemented)
			continue;
		open_el(w, EL_VF_BAR);
		at_num(w, AT_INDEX, bar->index);
		at_hex(w, AT_ADDRESS, bar->address, 0);
		if (bar->size) {
			at_hex(w, AT_SIZE, bar->size, 0);
			uint64_t total;
			if (known(&pf->total_vfs) && !__builtin_mul_overflow(bar->size, pf->total_vfs.v, &total))
				at_hex(w, AT_TOTAL, total, 0);
		}
		at_word(w, AT_TYPE, bar->io ? "io" : bar->is_64 ? "64" : "32");
		at_flag(w, AT_PREFETCHABLE, bar->prefetchable);
		at_tri(w, AT_ASSIGNED, bar->assigned);
		at_str(w, AT_SIZE_FROM, bar->size_from);
		close_el(w, EL_VF_BAR);
	}
}

void walk_vf(struct walker *w, const struct vf *vf)
{
	open_el(w, EL_VF);
	at_num(w, AT_INDEX, vf->index);
	if (vf->in_segment)
		at_addr(w, AT_ADDRESS, &vf->addr);
	at_tri(w, AT_EXISTS, vf->exists);
	if (vf->fn) {
		at_str(w, AT_DRIVER, vf->fn->driver);
		if (vf->fn->group)
			at_num(w, AT_IOMMU_GROUP, vf->fn->group->number);
	}
	close_el(w, EL_VF);
}

void walk_vfs(struct walker *w, const struct pf *pf)
{
	for (size_t i = 0; i < pf->vfs_n; i++)
		walk_vf(w, &pf->vfs[i]);
}

static void virt_functions(const struct fn *fn, struct walker *w)
{
	const struct pf *pf = fn->pf;
	open_el(w, EL_VIRT_FUNCTIONS);
	at_fact(w, AT_MAX_COUNT, known(&pf->total_vfs) ? &pf->total_vfs : &pf->sysfs_total);
	at_fact(w, AT_COUNT, known(&pf->num_vfs) ? &pf->num_vfs : &pf->sysfs_num);
	at_fact(w, AT_FIRST_OFFSET, &pf->vf_offset);
	at_fact(w, AT_STRIDE, &pf->vf_stride);
	at_fact_id(w, AT_VENDOR, &fn->vendor, 4); /* a VF reads ffff:ffff; these are its effective ids */
	at_fact_id(w, AT_DEVICE, &pf->vf_device, 4);
	at_fact(w, AT_DRIVER_LIMIT, &pf->sysfs_total);
	if (known(&pf->autoprobe))
		at_flag(w, AT_AUTOPROBE, pf->autoprobe.v != 0);
	if (pf->vfs_left_out)
		at_flag(w, AT_LISTED, false);
	close_el(w, EL_VIRT_FUNCTIONS);
	vf_bars(pf, w);
	w->ops->vfs(w, pf);
}

static void attributes(const struct fn *fn, struct walker *w)
{
	at_addr(w, AT_ADDRESS, &fn->addr);
	at_word(w, AT_ROLE, fn_role_name(fn->role));
	at_fact_id(w, AT_VENDOR, &fn->vendor, 4);
	at_fact_id(w, AT_DEVICE, &fn->device, 4);
	at_fact_id(w, AT_CLASS, &fn->class, 6);
	at_fact_id(w, AT_REVISION, &fn->revision, 2);
	at_fact_id(w, AT_SUBSYSTEM_VENDOR, &fn->subsystem_vendor, 4);
	at_fact_id(w, AT_SUBSYSTEM_DEVICE, &fn->subsystem_device, 4);
	if (fn->driver)
		at_str(w, AT_DRIVER, fn->driver);
	else
		at_word(w, AT_DRIVER_STATE, item_state_name(fn->driver_state));
	if (fn->pf_fn) {
		at_addr(w, AT_PF, &fn->pf_fn->addr);
		at_num(w, AT_INDEX, fn->vf_index);
	}
	if (fn->upstream)
		at_addr(w, AT_UPSTREAM, &fn->upstream->addr);
	at_word(w, AT_PORT_TYPE, port_type_name(fn->exp_type));
	if (fn->group)
		at_num(w, AT_IOMMU_GROUP, fn->group->number);
	at_str(w, AT_INTERFACE, fn->netdev);
	at_fact(w, AT_CONFIG_SIZE, &fn->config_size);
}

void walk_one_function(const struct report *report, const struct fn *fn, struct walker *w)
{
	open_el(w, EL_FUNCTION);
	attributes(fn, w);
	const struct bridge *bridge = fn->bridge;
	if (bridge && (known(&bridge->secondary) || known(&bridge->subordinate))) {
		open_el(w, EL_BUS);
		at_fact_id(w, AT_PRIMARY, &bridge->primary, 2);
		at_fact_id(w, AT_SECONDARY, &bridge->secondary, 2);
		at_fact_id(w, AT_SUBORDINATE, &bridge->subordinate, 2);
		close_el(w, EL_BUS);
	}
	if (bridge) {
		window(&bridge->io, "io", w);
		window(&bridge->mem, "mem", w);
		window(&bridge->pref, "pref", w);
	}
	bars(fn, w);
	if (report->verbose && fn->config && known(&fn->header_type)) {
		const struct cap_desc *header = cap_desc_find(CAP_HEADER, fn->header_type.v & 0x7f);
		struct bytes bytes = bytes_part(&fn->config->view, 0, 64);
		open_el(w, EL_HEADER);
		at_num(w, AT_TYPE, fn->header_type.v & 0x7f);
		if (header)
			fields(w, header, &bytes, true);
		raw(w, &bytes, bytes.len);
		close_el(w, EL_HEADER);
	}
	list_end(fn->std_end, "standard", fn->std_bad, w);
	list_end(fn->ext_end, "extended", fn->ext_bad, w);
	uint64_t around = fn->config ? surroundings(fn) : 0;
	for (size_t i = 0; i < fn->caps_n; i++) {
		const struct cap *cap = &fn->caps[i];
		w->ops->capability(w, &(struct cap_walked){
			.cap = cap, .extent = report->verbose ? cap_extent(fn, cap) : 0, .shown = cap_is_shown(report, cap), .verbose = report->verbose,
			.around = around,
		});
	}
	if (fn->pf)
		virt_functions(fn, w);
	close_el(w, EL_FUNCTION);
}

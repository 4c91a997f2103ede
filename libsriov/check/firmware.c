/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "firmware.h"
#include "space.h"

void firmware_setting(struct run *run, enum bios_meaning meaning, struct firmware_setting *out)
{
	*out = (struct firmware_setting){0};
	const struct item *item = snapshot_at(run->model->snap, NULL, "bios");
	if (!item || item->kind != ITEM_FILE || item->state != ITEM_PRESENT)
		return;
	struct bios_iter iter = bios_of(item->data);
	struct bios_pair pair;
	size_t n = 0;
	while (bios_next(&iter, &pair)) {
		n++;
		const struct bios_setting *setting = bios_setting_of(pair.name);
		if (!setting || setting->meaning != meaning)
			continue;
		enum bios_value value = bios_value_of(setting, pair.value);
		if (out->found && value != BIOS_VALUE_OFF)
			continue; /* there may be two places, and one of them off is enough */
		out->found = true;
		out->off |= value == BIOS_VALUE_OFF;
		out->where = where_item(run, item, pair.line);
		out->text = say(run, "%s: %s", slice_text(run, pair.name), slice_text(run, pair.value));
	}
	out->readable = n >= 20;
}

bool all_left_alone(struct run *run, size_t *devices)
{
	struct slice v;
	*devices = 0;
	const struct fn *last = NULL;
	for (size_t i = 0; i < run->pfs_n; i++) {
		const struct fn *pf = run->pfs[i];
		struct shortage s;
		const struct root_window *high;
		uint64_t seen;
		if (!shortage_judge(run, pf, &s) || s.lack == LACK_OUTSIDE || s.lack == LACK_EARLY)
			return false;
		if (space_above_4g(run, pf->addr.domain, &high, &seen) == TRI_NO ||
		    finding_find(run, "hotplug-window-too-small", pf) ||
		    finding_find(run, "kernel-resource-regression", pf) || finding_find(run, "ecam-overlap", pf))
			return false;
		if (!last || last->addr.domain != pf->addr.domain || last->addr.bus != pf->addr.bus || last->addr.device != pf->addr.device)
			(*devices)++;
		last = pf;
	}
	return !cmdline_has(&run->model->host, "pci", "realloc", &v);
}

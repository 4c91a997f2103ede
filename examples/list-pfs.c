/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PFs with the fields of their SR-IOV capability, the address of each VF, and what the kernel will answer to one VF. */
#include <inttypes.h>
#include <stdio.h>
#include <sriov.h>

static void print_pf(struct sriov_model *model, const struct sriov_fn *fn)
{
	const struct sriov_cap *cap;
	struct sriov_addr addr;
	sriov_fn_get_addr(fn, &addr);
	printf("%04x:%02x:%02x.%x\n", addr.domain, addr.bus, addr.device, addr.function);
	sriov_cap_foreach(fn, cap) {
		const char *name;
		unsigned offset, width;
		uint64_t value;
		if (!sriov_cap_is_extended(cap) || sriov_cap_get_id(cap) != 0x10)
			continue;
		for (size_t i = 0; !sriov_cap_describe_field(cap, i, &name, &offset, &width); i++)
			if (!sriov_cap_get_field(cap, name, &value))
				printf("  0x%02x %s: 0x%" PRIx64 "\n", offset, name, value);
	}
	for (unsigned i = 0; !sriov_fn_get_vf_addr(fn, i, &addr); i++)
		printf("  VF %u: %04x:%02x:%02x.%x\n", i, addr.domain, addr.bus, addr.device, addr.function);

	const char *outcome, *why, *limited_by;
	uint64_t max_vfs;
	if (!sriov_plan(model, fn, 1, NULL, &outcome, &why, &max_vfs, &limited_by))
		printf("  1 VF: %s%s%s\n", outcome, why ? ": " : "", why ? why : "");
}

int main(int argc, char **argv)
{
	struct sriov_ctx *ctx = NULL;
	struct sriov_snapshot *snap = NULL;
	struct sriov_model *model = NULL;
	const struct sriov_fn *fn;
	int status = 2;

	if (!sriov_new(&ctx) && !sriov_snapshot_open(ctx, argc > 1 ? argv[1] : NULL, 0, &snap) && !sriov_model_new(snap, &model)) {
		sriov_fn_foreach(model, fn)
			if (sriov_fn_is_pf(fn))
				print_pf(model, fn);
		status = 0;
	}
	sriov_model_unref(model);
	sriov_snapshot_unref(snap);
	sriov_unref(ctx);
	return status;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/modules.h"
#include "decode/session.h"
#include "vf.h"

/* Variants of vfio-pci that save and restore a VF's state: without them a guest with such a VF cannot migrate. */
static const struct {
	const char *pf_driver, *module, *config;
} variants[] = {
	{"mlx5_core", "mlx5_vfio_pci", "CONFIG_MLX5_VFIO_PCI"},
	{"hisi_qm", "hisi_acc_vfio_pci", "CONFIG_HISI_ACC_VFIO_PCI"},
	{"pds_core", "pds_vfio_pci", "CONFIG_PDS_VFIO_PCI"},
	{"qat_4xxx", "qat_vfio_pci", "CONFIG_QAT_VFIO_PCI"},
};

/* A listing of vfio's modules in which a variant that somebody looked for is missing. */
static const struct session_command *listing(const struct run *run, const char **module)
{
	const struct session *s = session_of(run);
	for (size_t i = 0; s && i < s->commands_n; i++) {
		const struct session_command *c = &s->commands[i];
		if (!slice_has(c->command, "drivers/vfio/pci") || !slice_has(c->answer, "vfio-pci"))
			continue;
		*module = "mlx5-vfio-pci";
		if (!slice_has(c->answer, "mlx5") && !slice_has(c->answer, "hisi") && !slice_has(c->answer, "pds") && !slice_has(c->answer, "qat"))
			return c;
	}
	return NULL;
}

static void loose(struct run *run)
{
	const char *module;
	const struct session_command *c = run->pfs_n ? NULL : listing(run, &module);
	if (!c)
		return;
	struct finding *f = finding_new(run, &check_vf_migration_driver_missing, NULL, FINDING_FAIL, SEVERITY_WARNING, CONFIDENCE_LIKELY,
					"This kernel has no variant of vfio-pci (such as %s): VFs can be given to guests, which then cannot migrate", module);
	finding_evidence(run, f, say(run, "%s:%u", c->at.origin, c->at.line), slice_text(run, slice_trim(c->answer)), module, NULL);
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	if (run->ask.goal != GOAL_ASSIGN || !pf->driver || !pf_has_vfs(pf))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(variants); i++) {
		if (strcmp(pf->driver, variants[i].pf_driver) != 0)
			continue;
		const char *config = kernel_config(run->model, variants[i].config);
		const struct item *from;
		struct slice path, dep = modules_file(run, "modules.dep", &from);
		bool missing = config ? !strcmp(config, "n") : dep.p && !modules_path(dep, slice_of(variants[i].module), &path);
		if (!missing || module_loaded(run->model, variants[i].module) == TRI_YES)
			continue;
		/* Most guests never migrate: it is a limit, no obstacle. */
		struct finding *f = finding_new(run, &check_vf_migration_driver_missing, pf, FINDING_INFORMATIONAL, SEVERITY_NONE, CONFIDENCE_CERTAIN,
						"Guests with a VF of %s cannot migrate: this kernel has no %s", name_of(run, pf), variants[i].module);
		finding_evidence(run, f, config ? variants[i].config : where_item(run, from, 0), config ? config : "not there", "m", NULL);
	}
}

const struct check check_vf_migration_driver_missing = {
	.id = "vf-migration-driver-missing",
	.rung = RUNG_ASSIGNABLE,
	.scope = SCOPE_PF,
	.title = "the kernel has no vfio driver that can migrate these VFs",
	.needs = "boot/config-*, lib/modules/RELEASE/modules.dep, a session",
	.kernel = "drivers/vfio/pci/mlx5/main.c",
	.run = judge,
};

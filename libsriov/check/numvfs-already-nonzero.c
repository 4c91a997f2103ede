/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "exceed.h"

static const int ebusy[] = {EBUSY, 0};

static void loose(struct run *run)
{
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_ALREADY, NULL);
	const struct session_write *w = write_refused(run, NULL, "sriov_numvfs", ebusy);
	if (!said && (!w || nameless_without_vfs(run)))
		return;
	const struct fn *fn = said ? event_fn(run, said) : w->has_addr ? model_find(run->model, &w->addr) : NULL;
	struct finding *f = finding_new(run, &check_numvfs_already_nonzero, fn, FINDING_FAIL, SEVERITY_ERROR,
					said ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
					"VFs are on already: the kernel changes their number only by way of 0 (EBUSY)");
	finding_log(run, f, said, NULL);
	finding_write(run, f, w, NULL);
}

static void judge(struct run *run, const struct fn *pf)
{
	if (!pf) {
		loose(run);
		return;
	}
	uint64_t now = known(&pf->pf->sysfs_num) ? pf->pf->sysfs_num.v : known_as(&pf->pf->vf_enable, 1) ? pf->pf->num_vfs.v : 0;
	const struct kmsg_event *said = log_of(run, KMSG_SRIOV_ALREADY, pf);
	const struct session_write *w = write_refused(run, pf, "sriov_numvfs", ebusy);
	bool unknown_now = !known(&pf->pf->sysfs_num) && !known(&pf->pf->num_vfs);
	bool plan = run->ask.has_vfs && now && run->ask.vfs && run->ask.vfs != now;
	bool was = (w && (now || unknown_now)) || (said && unknown_now);
	if (!plan && !was)
		return;
	struct finding *f = finding_new(run, &check_numvfs_already_nonzero, pf, FINDING_FAIL, SEVERITY_ERROR,
					now || said ? CONFIDENCE_CERTAIN : CONFIDENCE_LIKELY,
					now ? "%s has %llu VFs already: the kernel changes their number only by way of 0 (EBUSY)"
					    : "%s has VFs already: the kernel changes their number only by way of 0 (EBUSY)",
					name_of(run, pf), (unsigned long long)now);
	if (known(&pf->pf->sysfs_num))
		finding_evidence(run, f, where_item(run, pf->pf->sysfs_num.from, 0), say(run, "%llu", (unsigned long long)now), "0", NULL);
	else if (now)
		finding_evidence(run, f, say(run, "%s: NumVFs", name_of(run, pf)), say(run, "%llu", (unsigned long long)now), "0", NULL);
	finding_log(run, f, said, NULL);
	finding_write(run, f, w, NULL);
}

const struct check check_numvfs_already_nonzero = {
	.id = "numvfs-already-nonzero",
	.rung = RUNG_ENABLED,
	.scope = SCOPE_PF,
	.title = "VFs are on already, and another number was asked for",
	.needs = "sysfs sriov_numvfs, dmesg, a session or -n",
	.kernel = "drivers/pci/iov.c sriov_numvfs_store()",
	.source = "https://github.com/NVIDIA/doca-platform/pull/58",
	.run = judge,
};

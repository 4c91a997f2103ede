/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"
#include "vf.h"

const char *driver_of(struct run *run, const struct fn *pf)
{
	if (pf->driver || pf->driver_state == ITEM_ABSENT)
		return pf->driver;
	size_t n;
	const struct kmsg_event *const *events = kmsg_of(&run->model->log, &pf->addr, &n);
	for (size_t i = n; i > 0; i--) {
		struct slice d = events[i - 1]->driver;
		if (d.n && !slice_is(d, "pci") && !slice_is(d, "pcieport") && !slice_is(d, "vfio"))
			return slice_text(run, d);
	}
	return NULL;
}

const struct driver_info *driver_info_of(struct run *run, const struct fn *pf)
{
	const char *name = driver_of(run, pf);
	return name ? driver_find(name) : NULL;
}

bool kernel_before(const struct run *run, unsigned major, unsigned minor)
{
	const struct host *h = &run->model->host;
	return h->kernel_major && (h->kernel_major < major || (h->kernel_major == major && h->kernel_minor < minor));
}

bool is_i915_pf(struct run *run, const struct fn *pf)
{
	const char *driver = driver_of(run, pf);
	const struct device_info *d =
		known(&pf->vendor) && known(&pf->device) ? device_find((uint16_t)pf->vendor.v, (uint16_t)pf->device.v) : NULL;
	bool graphics = d && d->vendor == 0x8086 && d->total_vfs == 7;
	return driver ? !strcmp(driver, "i915") : graphics && pf->addr.bus == 0 && pf->addr.device == 2;
}

enum tri driver_can(struct run *run, const struct fn *pf)
{
	const struct driver_info *d = driver_info_of(run, pf);
	struct kmsg_sriov said;
	kmsg_sriov(&run->model->log, &pf->addr, &said);
	if (pf_has_vfs(pf) || said.state == KMSG_VFS_ENABLED)
		return TRI_YES;
	if (!d)
		return TRI_UNKNOWN;
	const char *where;
	if (!strcmp(d->name, "vfio-pci")) {
		struct slice on = option_of(run, "vfio_pci", "enable_sriov", &where);
		return !on.p ? TRI_UNKNOWN : slice_starts(on, "Y") || slice_starts(on, "1") ? TRI_YES : TRI_NO;
	}
	if (d->flags & DRIVER_NO_SRIOV)
		return TRI_NO;
	if (d->flags & (DRIVER_OUT_OF_TREE | DRIVER_NEEDS_OPTION))
		return TRI_UNKNOWN;
	return kernel_before(run, d->since_major, d->since_minor) ? TRI_NO : TRI_YES;
}

const struct kmsg_event *say_event(struct run *run, const struct check *check, const struct fn *pf, enum kmsg_type type,
				   enum severity severity, const char *what)
{
	const struct kmsg_event *e = log_of(run, type, pf);
	if (!e || (pf && pf_has_vfs(pf)))
		return NULL;
	const struct fn *fn = pf ? pf : event_fn(run, e);
	struct finding *f = finding_new(run, check, fn, FINDING_FAIL, severity, CONFIDENCE_CERTAIN, "%s of %s %s",
					e->driver.n ? slice_text(run, e->driver) : "The driver", name_of(run, fn), what);
	finding_log(run, f, e, NULL);
	return e;
}

struct slice option_of(struct run *run, const char *module, const char *name, const char **where)
{
	struct slice value = {NULL, 0};
	*where = say(run, "sys/module/%s/parameters/%s", module, name);
	return module_parameter(run, module, name, &value, where) ? value : (struct slice){NULL, 0};
}

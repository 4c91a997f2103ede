/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "guest.h"
#include "rows.h"

static const char *const unlisted = "lspci -nn and /sys/bus/vmbus/devices/*/class_id of this guest, or its kernel log since boot (dmesg)";

static const struct {
	const char *hypervisor, *step;
} steps[] = {
	{"hyperv", "Azure: with the virtual machine stopped (deallocated), turn on accelerated networking of its network interface, on a size that has it; then start it"},
	{"hyperv", "Hyper-V: on the host Set-VMNetworkAdapter -VMName NAME -IovWeight 100; the virtual switch must have been made with -EnableIov $true"},
	{"kvm", "On the host: enable VFs, and give one to this guest (libvirt <interface type='hostdev'>, QEMU -device vfio-pci,host=ADDRESS)"},
	{"vmware", "Give the virtual machine an adapter of the type SR-IOV passthrough, with its memory fully reserved"},
	{"xen", "On the host: xl pci-assignable-add ADDRESS; xl pci-attach DOMAIN ADDRESS. EC2: aws ec2 modify-instance-attribute --ena-support, or sriovNetSupport simple"},
	{"amazon", "EC2: aws ec2 modify-instance-attribute --ena-support with the instance stopped, on a type that has enhanced networking"},
};

static struct finding *fail(struct run *run, enum confidence confidence, const char *message)
{
	struct finding *f = finding_new(run, &check_cloud_vf_not_offered, NULL, FINDING_FAIL, SEVERITY_ERROR, confidence, "%s", message);
	const char *hypervisor = run->model->host.hypervisor;
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		if (hypervisor && !strcmp(steps[i].hypervisor, hypervisor))
			finding_step(run, f, steps[i].step);
	return f;
}

static void by_log(struct run *run, const struct guest *g)
{
	const struct kmsg_event *synthetic = said(run, KMSG_HV_NETVSC);
	if (!g->hyperv || !synthetic)
		return;
	if (!run->model->log.from_boot) {
		struct finding *f = finding_new(run, &check_cloud_vf_not_offered, NULL, FINDING_UNKNOWN, SEVERITY_NONE, CONFIDENCE_CERTAIN,
						"The log does not say whether the host offers a VF");
		finding_missing(run, f, unlisted);
		return;
	}
	struct finding *f = fail(run, CONFIDENCE_LIKELY, "The host offers no VF to this guest: its kernel log has the synthetic interface, and no VF since boot");
	finding_log(run, f, synthetic, "no \"VF slot N added\" follows");
}

static void judge(struct run *run, const struct fn *subject)
{
	(void)subject;
	struct guest g;
	guest_look(run, &g);
	if (later(g.removed, g.offered) && !g.vfs) {
		struct finding *f = fail(run, CONFIDENCE_LIKELY, "The host took the VF away, and has not given it back");
		finding_log(run, f, g.removed, "while a host is serviced this lasts seconds to minutes");
		return;
	}
	if (g.vfs || g.vmbus == TRI_YES || g.offered || g.probing)
		return;
	if (g.vmbus == TRI_NO) {
		struct finding *f = fail(run, CONFIDENCE_CERTAIN, "The host offers no VF to this guest: VMBus has no PCI device");
		finding_evidence(run, f, "sys/bus/vmbus/devices", say(run, "%zu devices, none of class 44c4f61d-4444-4400-9d52-802e27ede19f", g.vmbus_n),
				 "one of that class (PCI pass-through)", NULL);
	} else if (g.listed) {
		struct finding *f = fail(run, CONFIDENCE_LIKELY, say(run, "No VF was given to this guest%s%s: none is among its %zu PCI functions",
							      run->model->host.hypervisor ? " of " : "", run->model->host.hypervisor ? run->model->host.hypervisor : "",
							      g.listed_n));
		finding_evidence(run, f, snapshot_bytes(run->model->snap, NULL, "lspci").p ? "lspci" : "sys/bus/pci/devices", say(run, "%zu functions", g.listed_n),
				 "a Virtual Function", NULL);
	} else {
		by_log(run, &g);
	}
}

const struct check check_cloud_vf_not_offered = {
	.id = "cloud-vf-not-offered",
	.rung = RUNG_OFFERED,
	.scope = SCOPE_GUEST,
	.title = "the host offers no VF to this guest",
	.needs = "sysfs bus/vmbus/devices, PCI functions, dmesg",
	.kernel = "drivers/net/hyperv/netvsc.c netvsc_send_vf()",
	.source = "Azure: accelerated networking; Hyper-V: IovWeight of the guest's adapter",
	.run = judge,
};

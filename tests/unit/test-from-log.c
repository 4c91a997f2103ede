/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A model from nothing but a kernel log, and from a log beside better evidence. */
#include "unit.h"
#include "model/model.h"

static struct model *model_of(struct snapshot *snap)
{
	struct model *m = NULL;
	assert_int_equal(model_new(snap, &m), 0);
	return m;
}

static void put(struct snapshot *snap, const char *path, const char *text)
{
	assert_int_equal(snapshot_put_file(snap, path, slice_of(text), NULL), 0);
}

static const struct fn *find(const struct model *m, unsigned bus, unsigned device, unsigned function)
{
	const struct sriov_addr addr = {0, (uint8_t)bus, (uint8_t)device, (uint8_t)function};
	return model_find(m, &addr);
}

static const char boot[] =
	"[    0.000000] Linux version 6.1.0-25-amd64 (debian-kernel@lists.debian.org)\n"
	"[    0.000000] Command line: BOOT_IMAGE=/vmlinuz intel_iommu=on pci=realloc=off\n"
	"[    0.000000] DMI: Dell Inc. PowerEdge R740/0923K0, BIOS 2.10.0 11/12/2020\n"
	"[    0.020000] Booting paravirtualized kernel on bare hardware\n"
	"[    0.100000] DMAR-IR: Enabled IRQ remapping in x2apic mode\n"
	"[    0.300000] PCI host bridge to bus 0000:3a\n"
	"[    0.300001] pci_bus 0000:3a: root bus resource [mem 0xb8000000-0xc57fffff window]\n"
	"[    0.300002] pci_bus 0000:3a: root bus resource [mem 0x380000000000-0x383fffffffff window]\n"
	"[    0.300003] pci_bus 0000:3a: root bus resource [bus 3a-5d]\n"
	"[    0.300010] pci 0000:3a:00.0: [8086:2030] type 01 class 0x060400\n"
	"[    0.300020] pci 0000:3a:00.0: PCI bridge to [bus 3b-3c]\n"
	"[    0.300021] pci 0000:3a:00.0:   bridge window [mem 0xb8000000-0xb82fffff]\n"
	"[    0.300022] pci 0000:3a:00.0:   bridge window [mem 0x380000000000-0x3800000fffff 64bit pref]\n"
	"[    0.300030] pci 0000:3b:00.0: [8086:1521] type 00 class 0x020000\n"
	"[    0.300031] pci 0000:3b:00.0: reg 0x10: [mem 0xb8000000-0xb80fffff]\n"
	"[    0.300032] pci 0000:3b:00.0: reg 0x184: [mem 0x00000000-0x00003fff 64bit pref]\n"
	"[    0.300033] pci 0000:3b:00.0: VF(n) BAR0 space: [mem 0x00000000-0x0001ffff 64bit pref] (contains BAR0 for 8 VFs)\n"
	"[    0.300034] pci 0000:3b:00.0: reg 0x190: [mem 0x00000000-0x00003fff 64bit pref]\n"
	"[    0.300035] pci 0000:3b:00.0: VF(n) BAR3 space: [mem 0x00000000-0x0001ffff 64bit pref] (contains BAR3 for 8 VFs)\n"
	"[    0.400000] pci 0000:3b:00.0: BAR 7: assigned [mem 0x380000000000-0x38000001ffff 64bit pref]\n"
	"[    0.400001] pci 0000:3b:00.0: BAR 10: no space for [mem size 0x00020000 64bit pref]\n"
	"[    0.400002] pci 0000:3b:00.0: BAR 10: failed to assign [mem size 0x00020000 64bit pref]\n"
	"[    0.500000] pci 0000:3a:00.0: Adding to iommu group 20\n"
	"[    0.500001] pci 0000:3b:00.0: Adding to iommu group 21\n"
	"[    2.000000] igb 0000:3b:00.0: added PHC on eth0\n"
	"[    2.100000] igb 0000:3b:00.0 ens1f0: renamed from eth0\n"
	"[   50.000000] not enough MMIO resources for SR-IOV\n";

static void test_log_only(void **state)
{
	(void)state;
	struct snapshot *snap = snapshot_new("t");
	put(snap, "dmesg", boot);
	struct model *m = model_of(snap);
	assert_int_equal(m->fns_n, 2);
	const struct fn *port = find(m, 0x3a, 0, 0), *nic = find(m, 0x3b, 0, 0);
	assert_int_equal(port->role, ROLE_PORT);
	assert_true(known_as(&port->bridge->secondary, 0x3b) && known_as(&port->bridge->subordinate, 0x3c));
	assert_int_equal(port->bridge->mem.assigned, TRI_YES);
	assert_int_equal(port->bridge->pref.range.end, 0x3800000fffff);
	assert_true(port->bridge->pref.is_64 && port->bridge->pref.prefetchable);
	assert_int_equal(nic->role, ROLE_PF);
	assert_ptr_equal(nic->upstream, port);
	assert_true(known_as(&nic->vendor, 0x8086) && known_as(&nic->device, 0x1521) && known_as(&nic->class, 0x020000));
	assert_string_equal(nic->driver, "igb");
	assert_string_equal(nic->netdev, "ens1f0");
	assert_true(known_as(&nic->pf->total_vfs, 8));
	assert_int_equal(nic->pf->bars[0].assigned, TRI_YES);
	assert_int_equal(nic->pf->bars[0].size, 0x4000);
	assert_int_equal(nic->pf->bars[0].range.end, 0x38000001ffff);
	assert_int_equal(nic->pf->bars[3].assigned, TRI_NO);
	assert_string_equal(nic->pf->bars[3].size_from, "kernel log");
	assert_int_equal(nic->pf->bars[3].line, 21);
	assert_false(nic->pf->bars[1].implemented);
	assert_int_equal(nic->res[0].range.start, 0xb8000000);
	assert_int_equal(nic->group->number, 21);
	assert_int_equal(nic->group->fns_n, 1);
	assert_int_equal(m->windows_n, 2);
	assert_int_equal(m->windows[1].bus, 0x3a);
	assert_int_equal(m->windows[1].range.start, 0x380000000000);
	/* the line that names no function is the only PF's */
	const struct kmsg_event *e = kmsg_last(&m->log, KMSG_SRIOV_NO_MMIO, &nic->addr);
	assert_true(e && e->addr_guessed);
	const struct host *host = &m->host;
	assert_string_equal(host->kernel, "6.1.0-25-amd64");
	assert_int_equal(host->kernel_major, 6);
	assert_string_equal(host->sys_vendor, "Dell Inc.");
	assert_string_equal(host->product, "PowerEdge R740");
	assert_string_equal(host->board, "0923K0");
	assert_string_equal(host->bios_version, "2.10.0");
	assert_int_equal(host->kind, HOST_BARE_METAL);
	assert_int_equal(host->iommu, TRI_YES);
	assert_int_equal(host->intr_remap, TRI_YES);
	assert_string_equal(host->intr_remap_why, "dmesg:5");
	struct slice value;
	assert_true(cmdline_has(host, "pci", "realloc", &value) && slice_is(value, "off"));
	model_free(m);
	snapshot_free(snap);
}

/* What the host says itself stands; the log adds what it lacks. */
static void test_better_evidence(void **state)
{
	(void)state;
	struct snapshot *snap = snapshot_new("t");
	put(snap, "dmesg", boot);
	put(snap, "sys/bus/pci/devices/0000:3b:00.0/vendor", "0x15b3\n");
	put(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs", "4\n");
	assert_int_equal(snapshot_put(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0/driver", ITEM_LINK, ITEM_PRESENT,
				      slice_of("../../../bus/pci/drivers/vfio-pci"), NULL), 0);
	put(snap, "proc/cmdline", "quiet\n");
	put(snap, "proc/iomem", "b8000000-c57fffff : PCI Bus 0000:3a\n  b8000000-b82fffff : PCI Bus 0000:3b\n");
	struct model *m = model_of(snap);
	const struct fn *nic = find(m, 0x3b, 0, 0);
	assert_true(known_as(&nic->vendor, 0x15b3) && known_as(&nic->device, 0x1521));
	assert_true(known_as(&nic->pf->total_vfs, 4));
	assert_string_equal(nic->driver, "vfio-pci");
	assert_true(slice_is(m->host.cmdline, "quiet"));
	assert_int_equal(m->windows_n, 1);
	assert_int_equal(m->windows[0].line, 1);
	model_free(m);
	snapshot_free(snap);
}

/* The VF that did not answer is no function; a log of early boot does not prove that a VF BAR stayed without space. */
static void test_no_more_than_said(void **state)
{
	(void)state;
	struct snapshot *snap = snapshot_new("t");
	put(snap, "dmesg", "ice 0000:01:00.0: Enabling 1 VFs\npci 0000:01:01.0: [8086:1889] type 7f class 0xffffff conventional PCI\n"
			   "pci 0000:01:01.0: unknown header type 7f, ignoring device\nice 0000:01:00.0: Failed to enable SR-IOV: -5\n"
			   "pci 0000:01:00.0: VF BAR 0 [mem 0x00000000-0x0001ffff 64bit pref]: contains BAR 0 for 8 VFs\n"
			   "DMAR: [DMA Read] Request device [05:00.0] fault addr 0\n");
	struct model *m = model_of(snap);
	assert_int_equal(m->fns_n, 1);
	const struct fn *nic = find(m, 1, 0, 0);
	assert_int_equal(nic->role, ROLE_PF);
	assert_int_equal(nic->pf->bars[0].assigned, TRI_UNKNOWN);
	assert_int_equal(nic->pf->bars[0].size, 0x4000);
	assert_int_equal(m->host.kind, HOST_UNKNOWN);
	assert_int_equal(m->host.iommu, TRI_UNKNOWN);
	model_free(m);
	snapshot_free(snap);
}

static void test_hosts(void **state)
{
	(void)state;
	static const struct {
		const char *log, *hypervisor, *vendor;
		enum host_kind kind;
	} rows[] = {
		{"Hypervisor detected: Microsoft Hyper-V\n", "hyperv", NULL, HOST_GUEST},
		{"Hypervisor detected: KVM\nDMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.3 04/01/2014\n", "kvm", "QEMU", HOST_GUEST},
		{"Booting paravirtualized kernel on bare hardware\nDMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.3 04/01/2014\n", "kvm", "QEMU", HOST_GUEST},
		{"DMI: Supermicro SYS-1029P-WTR/X11DDW-L, BIOS 3.1 04/30/2019\nBooting paravirtualized kernel on bare hardware\n", NULL, "Supermicro", HOST_BARE_METAL},
		{"hv_netvsc 000d3a6d-8c5e-000d-3a6d-8c5e000d3a6d eth0: VF slot 1 added\n", "hyperv", NULL, HOST_GUEST},
		{"Hypervisor detected: VMware\n", "vmware", NULL, HOST_GUEST},
		{"igb 0000:01:00.0: hello\n", NULL, NULL, HOST_UNKNOWN},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct snapshot *snap = snapshot_new("t");
		put(snap, "dmesg", rows[i].log);
		struct model *m = model_of(snap);
		assert_int_equal(m->host.kind, rows[i].kind);
		if (rows[i].hypervisor)
			assert_string_equal(m->host.hypervisor, rows[i].hypervisor);
		else
			assert_null(m->host.hypervisor);
		if (rows[i].vendor)
			assert_string_equal(m->host.sys_vendor, rows[i].vendor);
		model_free(m);
		snapshot_free(snap);
	}
}

/* Very many functions, none of them anywhere else. */
static void test_many(void **state)
{
	(void)state;
	size_t room = (size_t)200000 * 64, n = 0;
	char *text = malloc(room);
	assert_non_null(text);
	for (unsigned i = 0; i < 200000; i++)
		n += (size_t)snprintf(text + n, room - n, "pci %04x:%02x:%02x.%x: Adding to iommu group %u\n", i >> 16, i >> 8 & 255, i >> 3 & 31, i & 7, i);
	struct snapshot *snap = snapshot_new("t");
	assert_int_equal(snapshot_put_file(snap, "dmesg", (struct slice){text, n}, NULL), 0);
	struct model *m = model_of(snap);
	assert_int_equal(m->fns_n, 200000);
	assert_int_equal(m->groups_n, 200000);
	model_free(m);
	snapshot_free(snap);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_log_only), cmocka_unit_test(test_better_evidence), cmocka_unit_test(test_no_more_than_said),
		cmocka_unit_test(test_hosts), cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

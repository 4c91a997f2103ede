/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine: what it is, which kernel it runs with which options. A log's word (model_from_log) stands where no file says better. */
#include <string.h>

#include "build.h"
#include "decode/errno-text.h"
#include "decode/session.h"
#include "decode/cmdline.h"
#include "decode/proc.h"

static struct slice file(const struct model *m, const char *path)
{
	return snapshot_bytes(m->snap, NULL, path);
}

/* The trimmed text of a file as a string, or otherwise what was known before. */
static const char *text_of(struct model *m, struct slice text, const char *before)
{
	const char *copy = model_text(m, text);
	return copy ? copy : before;
}

static void kernel(struct model *m)
{
	struct host *host = &m->host;
	struct slice release = slice_trim(file(m, "proc/sys/kernel/osrelease"));
	if (!release.n && !version_release(file(m, "proc/version"), &release))
		release.n = 0;
	host->kernel = text_of(m, release, host->kernel);
	if (host->kernel && !release_numbers(slice_of(host->kernel), &host->kernel_major, &host->kernel_minor))
		host->kernel_major = host->kernel_minor = 0;
	struct slice cmdline = file(m, "proc/cmdline");
	if (cmdline.p) {
		host->cmdline = slice_trim(cmdline);
		host->cmdline_state = ITEM_PRESENT;
	} else if (!host->cmdline.p) {
		host->cmdline_state = snapshot_state(m->snap, NULL, "proc/cmdline");
	}
}

static void processor(struct model *m)
{
	struct host *host = &m->host;
	struct slice cpuinfo = file(m, "proc/cpuinfo"), value;
	if (cpuinfo_get(cpuinfo, "vendor_id", &value))
		host->cpu_vendor = text_of(m, value, host->cpu_vendor);
	if (cpuinfo_get(cpuinfo, "flags", &value) || cpuinfo_get(cpuinfo, "Features", &value))
		host->cpu_flags = value;
	if (slice_trim(file(m, "proc/sys/kernel/arch")).n)
		host->arch = text_of(m, file(m, "proc/sys/kernel/arch"), host->arch);
	else if (cpuinfo_get(cpuinfo, "CPU implementer", &value))
		host->arch = "aarch64";
	else if (words_have(host->cpu_flags, "lm"))
		host->arch = "x86_64";
	else if (!host->arch && host->kernel && slice_ends(slice_of(host->kernel), "amd64"))
		host->arch = "x86_64";
	if (host->arch && !strcmp(host->arch, "x86_64"))
		host->page_size = 4096;
	else if (kernel_config(m, "CONFIG_PPC_64K_PAGES") && !strcmp(kernel_config(m, "CONFIG_PPC_64K_PAGES"), "y"))
		host->page_size = 65536;
	else if (kernel_config(m, "CONFIG_ARM64_64K_PAGES"))
		host->page_size = !strcmp(kernel_config(m, "CONFIG_ARM64_64K_PAGES"), "y") ? 65536 :
				  !strcmp(kernel_config(m, "CONFIG_ARM64_16K_PAGES"), "y") ? 16384 : 4096;
}

static void firmware(struct model *m)
{
	struct host *host = &m->host;
	host->sys_vendor = text_of(m, file(m, "sys/class/dmi/id/sys_vendor"), host->sys_vendor);
	host->product = text_of(m, file(m, "sys/class/dmi/id/product_name"), host->product);
	host->board_vendor = text_of(m, file(m, "sys/class/dmi/id/board_vendor"), host->board_vendor);
	host->board = text_of(m, file(m, "sys/class/dmi/id/board_name"), host->board);
	host->bios_vendor = text_of(m, file(m, "sys/class/dmi/id/bios_vendor"), host->bios_vendor);
	host->bios_version = text_of(m, file(m, "sys/class/dmi/id/bios_version"), host->bios_version);
	struct slice id;
	if (assignment_get(file(m, "etc/os-release"), "ID", &id))
		host->os_id = text_of(m, id, host->os_id);
}

struct hypervisor_name {
	const char *vendor, *product; /* what DMI says; NULL: any */
	const char *name;
};

/* Virtual machines by their DMI strings. Amazon's metal instances carry the vendor too: cpuinfo decides whether it is a guest. */
static const struct hypervisor_name hypervisors[] = {
	{"Microsoft Corporation", "Virtual Machine", "hyperv"},
	{"VMware", NULL, "vmware"},
	{"Xen", NULL, "xen"},
	{"QEMU", NULL, "kvm"},
	{"Red Hat", "KVM", "kvm"},
	{"Amazon EC2", NULL, "amazon"},
	{"Google", "Google Compute Engine", "google"},
	{"innotek GmbH", "VirtualBox", "virtualbox"},
	{"OpenStack", NULL, "kvm"},
	{"Nutanix", "AHV", "kvm"},
};

static const char *hypervisor(const struct host *host)
{
	for (size_t i = 0; i < ARRAY_SIZE(hypervisors); i++) {
		const struct hypervisor_name *row = &hypervisors[i];
		if (host->sys_vendor && slice_starts(slice_of(host->sys_vendor), row->vendor) &&
		    (!row->product || (host->product && slice_has(slice_of(host->product), row->product))))
			return row->name;
	}
	return NULL;
}

/* systemd-detect-virt's and lscpu's names, in lower case. */
static const struct {
	const char *word, *name;
} virt_names[] = {
	{"microsoft", "hyperv"}, {"kvm", "kvm"}, {"qemu", "kvm"}, {"vmware", "vmware"}, {"xen", "xen"}, {"amazon", "amazon"}, {"google", "google"},
	{"oracle", "virtualbox"},
};

static void kind(struct model *m)
{
	struct host *host = &m->host;
	const struct item *vmbus = snapshot_at(m->snap, NULL, "sys/bus/vmbus/devices");
	bool x86 = host->cpu_flags.p && !words_have(host->cpu_flags, "fphwcap") && host->cpu_vendor;
	bool guest = x86 ? words_have(host->cpu_flags, "hypervisor") : hypervisor(host) != NULL;

	if (hypervisor(host))
		host->hypervisor = hypervisor(host);
	if (vmbus && vmbus->child) {
		host->hypervisor = "hyperv";
		guest = true;
	}
	const struct session_query *virt = session_value(m->session, TOOL_VIRT, "virt");
	if (virt && !guest && strcmp(virt->value, "none") != 0 && strcmp(virt->value, "full") != 0) {
		host->hypervisor = text_of(m, slice_of(virt->value), host->hypervisor);
		for (size_t i = 0; i < ARRAY_SIZE(virt_names); i++)
			if (text_has(slice_of(virt->value), virt_names[i].word))
				host->hypervisor = virt_names[i].name;
		guest = true;
	}
	if (guest)
		host->kind = HOST_GUEST;
	else if (x86 || virt)
		host->kind = HOST_BARE_METAL;
	struct slice container = file(m, "run/systemd/container");
	if (container.p || snapshot_state(m->snap, NULL, ".dockerenv") == ITEM_PRESENT) {
		host->in_container = true;
		host->kind = HOST_CONTAINER;
	}
}

/* Could configuration space beyond the first 64 bytes be read at all? */
static void view(struct model *m)
{
	m->host.root_view = TRI_UNKNOWN;
	for (size_t i = 0; i < m->fns_n; i++) {
		const struct fn *fn = &m->fns[i];
		if (!fn->config || fn->config->from_text)
			continue;
		if (fn->config->view.len > 64) {
			m->host.root_view = TRI_YES;
			return;
		}
		if (known(&fn->config_size) && fn->config_size.v > 64)
			m->host.root_view = TRI_NO;
	}
}

int build_host(struct model *m)
{
	kernel(m);
	processor(m);
	firmware(m);
	kind(m);
	view(m);
	return 0;
}

bool cmdline_get(const struct host *host, const char *name, struct slice *value)
{
	return option_get(host->cmdline, name, value);
}

bool cmdline_has(const struct host *host, const char *name, const char *word, struct slice *value)
{
	return option_has(host->cmdline, name, word, value);
}

bool cpu_flag(const struct host *host, const char *flag)
{
	return words_have(host->cpu_flags, flag);
}

/* The running kernel's configuration: boot/config-RELEASE, or the only one there is. */
static struct slice config_text(const struct model *m)
{
	const struct item *boot = snapshot_at(m->snap, NULL, "boot"), *only = NULL;
	struct slice inflated = file(m, "proc/config.gz");
	if (inflated.n > 2 && (unsigned char)inflated.p[0] != 0x1f)
		return inflated; /* the source inflates it */
	unsigned n = 0;
	for (const struct item *c = boot ? boot->child : NULL; c; c = c->next) {
		if (strncmp(c->name, "config-", 7) || c->kind != ITEM_FILE || c->state != ITEM_PRESENT)
			continue;
		if (m->host.kernel && !strcmp(c->name + 7, m->host.kernel))
			return c->data;
		only = c;
		n++;
	}
	return n == 1 && !m->host.kernel ? only->data : (struct slice){0};
}

const char *kernel_config(const struct model *model, const char *name)
{
	struct slice text = config_text(model), value;
	if (!text.n) { /* lines that someone looked for tell of their options, and of no other */
		const struct session_query *q = session_value(model->session, TOOL_KCONFIG, name);
		return !q ? NULL : !strcmp(q->value, "y") ? "y" : !strcmp(q->value, "m") ? "m" : "n";
	}
	if (!kconfig_get(text, name, &value))
		return "n";
	return slice_is(value, "y") ? "y" : slice_is(value, "m") ? "m" : "n";
}

enum tri module_loaded(const struct model *model, const char *name)
{
	char path[128] = "sys/module/";
	size_t at = strlen(path);
	struct slice modules = file(model, "proc/modules");
	for (const char *c = name; *c && at + 1 < sizeof(path); c++)
		path[at++] = *c == '-' ? '_' : *c;
	if (snapshot_state(model->snap, NULL, path) == ITEM_PRESENT || modules_has(modules, name))
		return TRI_YES;
	return modules.p || snapshot_state(model->snap, NULL, path) == ITEM_ABSENT ? TRI_NO : TRI_UNKNOWN;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A captured host as a directory or a tar archive: ports with PFs, their VFs, and endpoints; an IOMMU with a group for each. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "generate.h"

enum { BLOCK = 512, PORTS_PER_DOMAIN = 120 };

static int out = -1; /* the directory; -1 = an archive */
static bool failed;

static void fail(const char *path)
{
	if (!failed)
		fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
	failed = true;
}

static void folders(char *path)
{
	char *slash = strrchr(path, '/');
	if (!slash)
		return;
	*slash = '\0';
	if (mkdirat(out, path, 0755) && errno == ENOENT) {
		folders(path);
		if (mkdirat(out, path, 0755))
			fail(path);
	}
	*slash = '/';
}

static void member(const char *path, char type, const char *target, const void *bytes, size_t n)
{
	static const char zeros[BLOCK];
	char header[BLOCK] = {0};
	unsigned sum = 0;
	snprintf(header, 100, "%s", path);
	memcpy(header + 100, type == '2' ? "0000777" : "0000644", 7);
	memcpy(header + 108, "0000000\0000000000", 15);
	snprintf(header + 124, 12, "%011lo", (unsigned long)n);
	memcpy(header + 136, "00000000000", 11);
	header[156] = type;
	if (target)
		memcpy(header + 157, target, strlen(target) < 100 ? strlen(target) : 99);
	memcpy(header + 257, "ustar\00000", 8);
	memset(header + 148, ' ', 8);
	for (unsigned i = 0; i < BLOCK; i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 7, "%06o", sum);
	if (fwrite(header, BLOCK, 1, stdout) != 1 || (n && fwrite(bytes, n, 1, stdout) != 1) || (n % BLOCK && fwrite(zeros, BLOCK - n % BLOCK, 1, stdout) != 1))
		fail("standard output");
}

static void file(const char *path, const void *bytes, size_t n)
{
	char copy[256];
	if (out < 0) {
		member(path, '0', NULL, bytes, n);
		return;
	}
	snprintf(copy, sizeof(copy), "%s", path);
	int fd = openat(out, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 && errno == ENOENT) {
		folders(copy);
		fd = openat(out, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	}
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		fail(path);
	if (fd >= 0)
		close(fd);
}

__attribute__((format(printf, 3, 4))) static void text(const char *dir, const char *name, const char *format, ...)
{
	char path[256], line[4096];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	snprintf(path, sizeof(path), "%s%s%s", dir, *dir ? "/" : "", name);
	file(path, line, (size_t)n);
}

__attribute__((format(printf, 3, 4))) static void leads(const char *dir, const char *name, const char *format, ...)
{
	char path[256], target[256];
	va_list args;
	va_start(args, format);
	vsnprintf(target, sizeof(target), format, args);
	va_end(args);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (out < 0) {
		member(path, '2', target, NULL, 0);
	} else if (symlinkat(target, out, path)) {
		folders(path);
		if (symlinkat(target, out, path))
			fail(path);
	}
}

struct plan {
	struct function *all;
	unsigned *pf_of, *port_of;
	size_t n, room;
};

static struct function *add(struct plan *plan, struct function f, unsigned port, unsigned pf)
{
	if (plan->n == plan->room) {
		plan->room = plan->room ? 2 * plan->room : 256;
		plan->all = realloc(plan->all, plan->room * sizeof(*plan->all));
		plan->pf_of = realloc(plan->pf_of, plan->room * sizeof(unsigned));
		plan->port_of = realloc(plan->port_of, plan->room * sizeof(unsigned));
		if (!plan->all || !plan->pf_of || !plan->port_of)
			exit(1);
	}
	f.number = (unsigned)plan->n;
	plan->pf_of[plan->n] = pf;
	plan->port_of[plan->n] = port;
	plan->all[plan->n] = f;
	return &plan->all[plan->n++];
}

/* Four PFs below each port, and their VFs on the next bus. */
static void lay_out(const struct host_size *size, struct plan *plan)
{
	unsigned ports = (size->pfs + PFS_PER_PORT - 1) / PFS_PER_PORT, pfs = size->pfs;
	if (ports < size->ports)
		ports = size->ports;
	for (unsigned p = 0; p < ports; p++) {
		unsigned nth = p % PORTS_PER_DOMAIN, bus = 2 + 2 * nth, port = (unsigned)plan->n;
		struct function f = {.kind = KIND_PORT, .domain = p / PORTS_PER_DOMAIN, .devfn = 8 + nth, .secondary = bus, .last = bus + 1,
				     .memory = 0x6000000000 + (uint64_t)p * PORT_WINDOW, .size = PORT_WINDOW};
		add(plan, f, UINT32_MAX, UINT32_MAX);
		for (unsigned i = 0; i < PFS_PER_PORT && pfs; i++, pfs--) {
			unsigned pf = (unsigned)plan->n;
			struct function g = {.kind = KIND_PF, .domain = f.domain, .bus = bus, .devfn = i, .vfs = size->vfs, .vf_offset = 256 - i + i * size->vfs,
					     .memory = f.memory + (uint64_t)i * PF_SHARE};
			add(plan, g, port, UINT32_MAX);
			for (unsigned v = 0; v < size->vfs; v++) {
				unsigned rid = (bus << 8 | i) + g.vf_offset + v;
				add(plan, (struct function){.kind = KIND_VF, .domain = f.domain, .bus = rid >> 8, .devfn = rid & 0xff,
							    .memory = g.memory + 0x100000 + (uint64_t)v * VF_BAR_SIZE}, port, pf);
			}
		}
	}
	for (unsigned e = 0; e < size->endpoints; e++)
		add(plan, (struct function){.kind = KIND_ENDPOINT, .domain = e / 128, .devfn = 128 + e % 128,
					    .memory = 0x7000000000 + (uint64_t)e * 0x100000}, UINT32_MAX, UINT32_MAX);
}

static void name_of(const struct function *f, char name[16])
{
	snprintf(name, 16, "%04x:%02x:%02x.%x", f->domain & 0xffff, f->bus & 0xff, f->devfn >> 3 & 31, f->devfn & 7);
}

static void resources(const struct plan *plan, size_t n, const char *dir)
{
	const struct function *f = &plan->all[n];
	const unsigned long long flags = 0x14220c;
	unsigned long long start[17] = {0}, size[17] = {0};
	char lines[2048];
	size_t at = 0;
	if (f->kind == KIND_PORT) {
		start[15] = f->memory, size[15] = f->size;
	} else if (f->kind == KIND_VF) {
		start[0] = f->memory, size[0] = VF_BAR_SIZE;
		start[3] = f->memory + (uint64_t)plan->all[plan->pf_of[n]].vfs * VF_BAR_SIZE, size[3] = VF_BAR_SIZE;
	} else {
		start[0] = f->memory, size[0] = BAR_SIZE;
		start[3] = f->memory + BAR_SIZE, size[3] = BAR_SIZE;
		if (f->kind == KIND_PF) {
			start[7] = f->memory + 0x100000, size[7] = (uint64_t)f->vfs * VF_BAR_SIZE;
			start[10] = start[7] + size[7], size[10] = size[7];
		}
	}
	for (unsigned i = 0; i < (f->kind == KIND_PORT ? 17 : 13); i++)
		at += (size_t)snprintf(lines + at, sizeof(lines) - at, "0x%016llx 0x%016llx 0x%016llx\n", start[i], size[i] ? start[i] + size[i] - 1 : 0,
				       size[i] ? i == 15 ? 0x102201ULL : flags : 0ULL);
	text(dir, "resource", "%s", lines);
}

static void one_function(const struct plan *plan, size_t n)
{
	static const char *const drivers[] = {"pcieport", "ice", "iavf", "igb"};
	static uint8_t space[SPACE];
	const struct function *f = &plan->all[n];
	char name[16], above[16], dir[128], up[64];
	name_of(f, name);
	snprintf(dir, sizeof(dir), "sys/devices/pci%04x:00/%s", f->domain, name);
	snprintf(up, sizeof(up), "../../..");
	if (plan->port_of[n] != UINT32_MAX) {
		name_of(&plan->all[plan->port_of[n]], above);
		snprintf(dir, sizeof(dir), "sys/devices/pci%04x:00/%s/%s", f->domain, above, name);
		snprintf(up, sizeof(up), "../../../..");
	}
	leads("sys/bus/pci/devices", name, "../../../%s", dir + 4);
	space_fill(f, space);
	text(dir, "uevent", "DRIVER=%s\n", drivers[f->kind]);
	snprintf(above, sizeof(above), "config");
	char path[192];
	snprintf(path, sizeof(path), "%s/config", dir);
	file(path, space, SPACE);
	resources(plan, n, dir);
	text(dir, "vendor", "0x8086\n");
	text(dir, "device", "0x%04x\n", f->kind == KIND_VF ? 0x1889u : space[2] | (unsigned)space[3] << 8);
	text(dir, "class", "0x%06x\n", f->kind == KIND_PORT ? 0x060400u : 0x020000u);
	text(dir, "ari_enabled", "%d\n", f->kind == KIND_PF || f->kind == KIND_VF);
	text(dir, "power_state", "D0\n");
	leads(dir, "driver", "%s/bus/pci/drivers/%s", up, drivers[f->kind]);
	leads(dir, "iommu_group", "%s/kernel/iommu_groups/%zu", up, n);
	if (f->kind != KIND_PORT)
		text(dir, "reset_method", "flr\n");
	if (f->kind == KIND_VF) {
		name_of(&plan->all[plan->pf_of[n]], above);
		leads(dir, "physfn", "../%s", above);
	}
	if (f->kind == KIND_PF) {
		text(dir, "sriov_totalvfs", "%u\n", f->vfs);
		text(dir, "sriov_numvfs", "%u\n", f->vfs);
		text(dir, "sriov_offset", "%u\n", f->vf_offset);
		text(dir, "sriov_stride", "1\n");
		text(dir, "sriov_vf_device", "1889\n");
		text(dir, "sriov_drivers_autoprobe", "1\n");
		for (unsigned v = 0; v < f->vfs; v++) {
			char link[24];
			name_of(&plan->all[n + 1 + v], above);
			snprintf(link, sizeof(link), "virtfn%u", v);
			leads(dir, link, "../%s", above);
		}
	}
	snprintf(dir, sizeof(dir), "sys/kernel/iommu_groups/%zu", n);
	text(dir, "type", "DMA-FQ\n");
	text(dir, "reserved_regions", "0x00000000fee00000 0x00000000feefffff msi\n");
	snprintf(dir, sizeof(dir), "sys/kernel/iommu_groups/%zu/devices", n);
	leads(dir, name, "../../../../bus/pci/devices/%s", name);
}

/* Lists that name every function: text in memory first. */
static void lists(const struct host_size *size, const struct plan *plan)
{
	char *iomem, *log;
	size_t iomem_n, log_n;
	FILE *m = open_memstream(&iomem, &iomem_n), *l = open_memstream(&log, &log_n);
	unsigned long usec = 0;
	char line[512], name[16];
	if (!m || !l)
		exit(1);
	fprintf(m, "00100000-7fffffff : System RAM\n80000000-8fffffff : PCI ECAM 0000 [bus 00-ff]\n90000000-fbffffff : PCI Bus 0000:00\n");
	fprintf(l, "[    0.000000] Linux version 6.12.9-amd64 (builder@example) #1 SMP\n[    0.000000] Command line: root=/dev/sda1 ro intel_iommu=on\n");
	fprintf(l, "[    0.010000] DMAR: IOMMU enabled\n[    0.020000] DMAR-IR: Enabled IRQ remapping in x2apic mode\n");
	fprintf(m, "6000000000-7fffffffff : PCI Bus 0000:00\n");
	for (size_t i = 0; i < plan->n; i++) {
		const struct function *f = &plan->all[i];
		unsigned long long start = f->memory;
		name_of(f, name);
		if (f->kind == KIND_PORT)
			fprintf(m, "  %llx-%llx : PCI Bus %04x:%02x\n", start, start + f->size - 1, f->domain, f->secondary);
		else
			fprintf(m, "    %llx-%llx : %s\n", start, start + (f->kind == KIND_VF ? VF_BAR_SIZE : BAR_SIZE) - 1, name);
		for (unsigned row = 0; row < LOG_FUNCTION_ROWS && f->kind != KIND_PORT; row++)
			fwrite(line, log_function(line, sizeof(line), f, row, usec += 57), 1, l);
	}
	for (unsigned long i = 0; i < size->log_lines; i++)
		fprintf(l, "[%5lu.%06lu] usb 1-%lu: new high-speed USB device number %lu using xhci_hcd\n", (usec + i) / 1000000, (usec + i) % 1000000, i % 7, i);
	fclose(m);
	fclose(l);
	file("proc/iomem", iomem, iomem_n);
	file("dmesg", log, log_n);
	free(iomem);
	free(log);
}

/* What is the same on a machine of any size. */
static const struct {
	const char *dir, *name, *text;
} fixed[] = {
	{"proc", "version", "Linux version 6.12.9-amd64 (builder@example) #1 SMP\n"},
	{"proc", "cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro intel_iommu=on\n"},
	{"proc", "cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx ept x2apic\n\n"},
	{"proc", "interrupts", "           CPU0\n  2:         10  IR-IO-APIC   2-edge      timer\n 25:          0  IR-PCI-MSIX-0000:00:01.0   0-edge      PCIe PME\n"},
	{"proc", "modules", "vfio_pci 16384 0 - Live 0x0\nvfio_iommu_type1 45056 0 - Live 0x0\nice 900000 0 - Live 0x0\niavf 200000 0 - Live 0x0\nigb 300000 0 - Live 0x0\n"},
	{"boot", "config-6.12.9-amd64", "CONFIG_PCI_IOV=y\nCONFIG_IRQ_REMAP=y\nCONFIG_INTEL_IOMMU=y\nCONFIG_VFIO_PCI=m\n"},
	{"sys/class/iommu/dmar0/intel-iommu", "version", "1:0\n"},
	{"sys/class/iommu/dmar0/intel-iommu", "cap", "d2008c222f0606\n"},
	{"sys/class/iommu/dmar0/intel-iommu", "ecap", "f00f4a\n"},
	{"sys/class/dmi/id", "sys_vendor", "Example\n"},
	{"sys/class/dmi/id", "product_name", "Server\n"},
	{"sys/module/ice", "version", "6.12.9\n"},
	{"sys/module/igb", "version", "6.12.9\n"},
};

int host_write(const struct host_size *size, const char *dir)
{
	struct plan plan = {0};
	if (dir) {
		out = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (out < 0)
			fail(dir);
	}
	lay_out(size, &plan);
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		text(fixed[i].dir, fixed[i].name, "%s", fixed[i].text);
	for (size_t i = 0; i < plan.n && !failed; i++)
		one_function(&plan, i);
	lists(size, &plan);
	if (out < 0) {
		static const char zeros[2 * BLOCK];
		if (fwrite(zeros, sizeof(zeros), 1, stdout) != 1 || fflush(stdout))
			fail("standard output");
	}
	free(plan.all);
	free(plan.pf_of);
	free(plan.port_of);
	return failed ? -1 : 0;
}

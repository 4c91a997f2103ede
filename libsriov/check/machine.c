/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "decode/proc.h"
#include "facts.h"
#include "machine.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *text, struct slice with)
{
	if (!text)
		return false;
	for (size_t i = 0; i < with.n; i++)
		if (!text[i] || lower(text[i]) != lower(with.p[i]))
			return false;
	return true;
}

static bool vendor_fits(const struct host *host, const char *vendor)
{
	struct slice maker, rest = slice_of(vendor);
	if (!slice_until(&rest, "/", &maker)) {
		maker = rest;
		rest.n = 0;
	}
	if (begins(host->product, SLICE("ProLiant")) && slice_is(maker, "HPE"))
		return true; /* older ones still say HP */
	if (!begins(host->sys_vendor, maker) && !begins(host->board_vendor, maker))
		return false;
	return !rest.n || begins(host->product, rest);
}

static enum machine_cpu machine_cpu(const struct host *host)
{
	if (host->cpu_vendor && !strcmp(host->cpu_vendor, "GenuineIntel"))
		return CPU_INTEL;
	if (host->cpu_vendor && (!strcmp(host->cpu_vendor, "AuthenticAMD") || !strcmp(host->cpu_vendor, "HygonGenuine")))
		return CPU_AMD;
	return host->arch && !strcmp(host->arch, "aarch64") ? CPU_ARM : CPU_ANY;
}

/* What makers mostly call it, where the maker or its menu is not known. */
static const char *common_name(enum bios_meaning meaning, enum machine_cpu cpu)
{
	switch (meaning) {
	case BIOS_SRIOV:
		return "turn on SR-IOV (\"SR-IOV Support\", \"SR-IOV Global Enable\")";
	case BIOS_IOMMU:
		if (cpu == CPU_AMD)
			return "turn on the IOMMU (\"IOMMU\", \"AMD-Vi\"; Enabled, not Auto)";
		if (cpu == CPU_ARM)
			return "turn on the SMMU (\"SMMU\", \"IOMMU\")";
		return cpu == CPU_INTEL ? "turn on VT-d (\"Intel VT for Directed I/O (VT-d)\")" : "turn on the IOMMU (\"VT-d\", \"IOMMU\", \"AMD-Vi\", \"SMMU\")";
	case BIOS_ARI:
		return "turn on ARI (\"ARI Support\", \"PCIe ARI Support\", \"ARI Forwarding\")";
	case BIOS_ACS:
		return "turn on ACS (\"ACS Enable\", \"ACS Control\")";
	case BIOS_ABOVE_4G:
		return "turn on Above 4G Decoding (\"Memory Mapped I/O above 4GB\", \"64-bit BAR Support\")";
	default:
		return "enlarge the MMIO space (\"MMIO High Size\", \"MMIO High Granularity Size\", \"PCI Resource Padding\")";
	}
}

const char *machine_firmware(struct run *run, enum bios_meaning meaning)
{
	const struct host *host = &run->model->host;
	enum machine_cpu cpu = machine_cpu(host);
	for (size_t i = 0; i < firmware_names_n; i++) {
		const struct firmware_name *row = &firmware_names[i];
		if (row->meaning == meaning && (row->cpu == CPU_ANY || row->cpu == cpu) && vendor_fits(host, row->vendor))
			return say(run, "set \"%s\" to %s (%s)", row->name, row->value, row->menu);
	}
	return common_name(meaning, cpu);
}

static bool os_fits(const struct run *run, const char *list)
{
	struct slice like = {NULL, 0}, word, release = snapshot_bytes(run->model->snap, NULL, "etc/os-release");
	struct slice id = run->model->host.os_id ? slice_of(run->model->host.os_id) : like;
	assignment_get(release, "ID_LIKE", &like);
	struct slice rest = slice_of(list);
	while (slice_token(&rest, ",", &word)) {
		if (slice_same(word, id))
			return true;
		struct slice one;
		for (struct slice others = like; slice_token(&others, " ", &one);)
			if (slice_same(word, one))
				return true;
	}
	return false;
}

static bool there(const struct run *run, const char *path)
{
	return snapshot_state(run->model->snap, NULL, path) == ITEM_PRESENT;
}

static const struct bootloader *bootloader_of(const struct run *run)
{
	const char *kernel = run->model->host.kernel;
	for (size_t i = 0; i + 1 < bootloaders_n; i++) {
		const struct bootloader *row = &bootloaders[i];
		if ((!row->os || os_fits(run, row->os)) && (!row->release || (kernel && strstr(kernel, row->release))) &&
		    (!row->file || there(run, row->file)) && (!row->no_file || !there(run, row->no_file)))
			return row;
	}
	return &bootloaders[bootloaders_n - 1];
}

/* "%O" of a boot loader's row. */
static const char *with_options(struct run *run, const char *step, struct slice options)
{
	const char *text = "";
	for (const char *at; (at = strstr(step, "%O")) != NULL; step = at + 2)
		text = say(run, "%s%.*s%.*s", text, (int)(at - step), step, (int)options.n, options.p);
	return say(run, "%s%s", text, step);
}

static const char *word_of(struct run *run, struct slice word)
{
	static const char *const meanings[BIOS_MEANINGS] = {
		[BIOS_SRIOV] = "sriov", [BIOS_IOMMU] = "iommu", [BIOS_ARI] = "ari", [BIOS_ACS] = "acs", [BIOS_ABOVE_4G] = "above4g", [BIOS_MMIO_SIZE] = "mmio",
	};
	if (slice_eat(&word, "add "))
		return with_options(run, bootloader_of(run)->add, word);
	if (slice_eat(&word, "remove "))
		return with_options(run, bootloader_of(run)->remove, word);
	(void)slice_eat(&word, "bios ");
	enum bios_meaning i = 0;
	while (i + 1 < BIOS_MEANINGS && !slice_is(word, meanings[i]))
		i++;
	return machine_firmware(run, i);
}

const char *machine_sentence(struct run *run, const char *text)
{
	return text[0] >= 'a' ? say(run, "%c%s", text[0] - 'a' + 'A', text + 1) : text;
}

const char *machine_expand(struct run *run, const char *step)
{
	const char *text = "";
	bool first = !strncmp(step, "%{", 2);
	for (const char *at, *end; (at = strstr(step, "%{")) != NULL; step = end + 1) {
		end = strchr(at, '}');
		text = say(run, "%s%.*s%s", text, (int)(at - step), step, word_of(run, (struct slice){at + 2, (size_t)(end - at - 2)}));
	}
	text = say(run, "%s%s", text, step);
	return first ? machine_sentence(run, text) : text;
}

const char *machine_condition(struct run *run, const char *step)
{
	const struct host *host = &run->model->host;
	struct slice rest = slice_of(step), option, name, value;
	if (!slice_eat(&rest, "%{if "))
		return step;
	(void)slice_until(&rest, "}", &option);
	if (!host->cmdline.p)
		return say(run, "If %.*s is on the kernel command line: %.*s", (int)option.n, option.p, (int)rest.n, rest.p);
	struct slice word = option;
	bool has = slice_until(&word, "=", &name) ? cmdline_has(host, slice_text(run, name), slice_text(run, word), &value)
						  : cmdline_get(host, slice_text(run, option), &value);
	return has ? rest.p : NULL;
}

enum nic_job machine_job(struct slice word)
{
	static const char *const jobs[] = {[NIC_ENABLE] = "enable", [NIC_LIMIT] = "limit", [NIC_LOWER] = "lower", [NIC_ONLINE] = "online"};
	size_t i = 0;
	while (i + 1 < ARRAY_SIZE(jobs) && !slice_starts(word, jobs[i]))
		i++;
	return (enum nic_job)i;
}

static bool tool_fits(const struct nic_tool *row, const struct fn *fn)
{
	return (!row->vendor || (fn && known_as(&fn->vendor, row->vendor))) && (!row->driver || (fn->driver && !strcmp(fn->driver, row->driver)));
}

const char *machine_tool(const struct fn *fn, enum nic_job job, size_t *at)
{
	/* A general row is for devices that no row of their own was found for. */
	bool own = false;
	for (size_t i = 0; i < *at; i++)
		own |= nic_tools[i].job == job && nic_tools[i].vendor && tool_fits(&nic_tools[i], fn);
	while (*at < nic_tools_n) {
		const struct nic_tool *row = &nic_tools[(*at)++];
		bool general = !row->vendor;
		if (row->job != job || !tool_fits(row, fn) || (general && own))
			continue;
		return row->step;
	}
	return NULL;
}

const char *machine_persist(const struct run *run, const struct fn *pf)
{
	for (size_t i = 0; pf && pf->netdev && i + 1 < persist_ways_n; i++) {
		const struct persist_way *row = &persist_ways[i];
		if ((!row->os || os_fits(run, row->os)) && (!row->file || there(run, row->file)))
			return row->step;
	}
	return persist_ways[persist_ways_n - 1].step;
}

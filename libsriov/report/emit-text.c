/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text for people. The answer first; what is healthy is short; what is broken says what to do. */
#include "emit-text.h"
#include "emitters.h"
#include "names.h"

const char *addr_of(const struct fn *fn, char *buf)
{
	return fn ? addr_text(&fn->addr, buf) : "host";
}

const char *class_name(uint64_t class_code)
{
	static const struct {
		uint16_t class;
		const char *name;
	} names[] = {
		{0x0100, "SCSI controller"}, {0x0104, "RAID controller"}, {0x0106, "SATA controller"}, {0x0107, "SAS controller"},
		{0x0108, "NVMe controller"}, {0x0200, "Ethernet controller"}, {0x0207, "InfiniBand controller"}, {0x0280, "network controller"},
		{0x0300, "VGA controller"}, {0x0302, "3D controller"}, {0x0380, "display controller"}, {0x0403, "audio device"},
		{0x0580, "memory controller"}, {0x0600, "host bridge"}, {0x0601, "ISA bridge"}, {0x0604, "PCI bridge"}, {0x0608, "PCI bridge"},
		{0x0c03, "USB controller"}, {0x0c05, "SMBus"}, {0x0880, "system peripheral"}, {0x0807, "root complex event collector"},
		{0x0b40, "co-processor"}, {0x1000, "encryption controller"}, {0x1080, "encryption controller"}, {0x1200, "accelerator"},
		{0x1180, "signal processing controller"}, {0x0780, "communication controller"}, {0x0700, "serial controller"},
	};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].class == class_code >> 8)
			return names[i].name;
	return NULL;
}

void text_names(const struct fn *fn, struct page *p)
{
	const struct names *names = p->out->style.names;
	if (!names || !known(&fn->vendor) || !known(&fn->device))
		return;
	struct slice vendor = names_vendor(names, fn->vendor.v), device = names_device(names, fn->vendor.v, fn->device.v);
	if (vendor.p) {
		page_puts(p, "  ");
		page_text(p, vendor);
	}
	if (device.p) {
		page_puts(p, " ");
		page_text(p, device);
	}
}

bool ladder_complete(const struct ladder *ladder)
{
	unsigned from = ladder->fn ? 0 : RUNGS_HOST, to = ladder->fn ? RUNGS_HOST : RUNG_COUNT;
	for (unsigned i = from; i < to; i++)
		if (ladder->rungs[i] == FINDING_FAIL || ladder->rungs[i] == FINDING_UNKNOWN)
			return false;
	return true;
}

bool window_lacks(const struct plan *plan, const struct plan_window *window)
{
	bool blocked = (plan->limited_by && !strcmp(plan->limited_by, "mmio")) || (plan->outcome && !strcmp(plan->outcome, "ENOMEM"));
	return blocked && window->lacks;
}

const char *report_answer(const struct report *report)
{
	if (report->answer)
		return report->answer;
	switch (report->verdict) {
	case VERDICT_READY:
		return "Ready: nothing blocks the goal.";
	case VERDICT_BLOCKED:
		return "Blocked: see the findings.";
	case VERDICT_UNKNOWN:
		return "Unknown: evidence is missing.";
	default:
		return NULL;
	}
}

static void answer(const struct report *report, bool several, struct page *p)
{
	static const enum ink inks[] = {
		[VERDICT_NONE] = INK_BOLD, [VERDICT_READY] = INK_GOOD, [VERDICT_BLOCKED] = INK_BAD, [VERDICT_UNKNOWN] = INK_WARN,
	};
	const char *text = report_answer(report), *name = report->model->snap->name;
	if (!text && !several && !report_judged_rules(report))
		return;
	if (several) {
		page_ink(p, INK_BOLD);
		page_puts(p, name && *name ? name : "/");
		page_puts(p, text ? ": " : "");
		page_ink(p, INK_NONE);
	}
	page_ink(p, (size_t)report->verdict < ARRAY_SIZE(inks) ? inks[report->verdict] : INK_BOLD);
	page_puts(p, text);
	if (!text && report_judged_rules(report))
		text_rules_answer(report, p);
	page_ink(p, INK_NONE);
	page_line(p, 0);
}

/* What was read and not taken in: always where it may change the answer. */
static void left_out(const struct report *report, struct page *p)
{
	char what[LEFT_OUT];
	const char *advice;
	bool grave, any = false;
	for (size_t i = 0; !report_left_out(report, i, what, &advice, &grave); i++) {
		if (!grave && !report->verbose)
			continue;
		if (!any) {
			page_line(p, 0);
			page_puts(p, "Left out of the source:");
		}
		any = true;
		page_line(p, 2);
		page_ink(p, grave ? INK_WARN : INK_NONE);
		page_puts(p, what);
		page_ink(p, INK_NONE);
		page_puts(p, "; ");
		page_puts(p, advice);
	}
	if (any)
		page_line(p, 0);
}

static int one(const struct report *report, bool several, struct page *p)
{
	answer(report, several, p);
	if (p->out->style.quiet)
		return 0;
	/* who asked for a judgement reads that; -v shows what it is about as well */
	bool judged = report->verdict != VERDICT_NONE || ((report_judged_rules(report) || report->changes_n) && !report->verbose);
	if (report->show_functions && !judged)
		text_dump(report, p);
	int err = text_check(report, p);
	err = err ? err : text_rules(report, p);
	if (!err)
		left_out(report, p);
	return err;
}

int emit_text(const struct report *const *reports, size_t n, struct sink *out)
{
	struct page page;
	int err = page_on(&page, out);
	if (err)
		return err;
	for (size_t i = 0; i < n && !err; i++) {
		if (i && !out->style.quiet)
			page_line(&page, 0);
		err = one(reports[i], n > 1, &page);
	}
	page_end(&page);
	return err ? err : out->err;
}

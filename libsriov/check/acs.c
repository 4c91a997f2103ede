/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Isolation as the kernel walks it: from the device up to the root port, every downstream port must hold Source Validation, P2P
 * Request and Completion Redirect and Upstream Forwarding (drivers/iommu/iommu.c REQ_ACS_FLAGS, drivers/pci/pci.c pci_acs_path_enabled()).
 * A VF is no multifunction device (drivers/pci/iov.c), so that only the ports above it count.
 */
#include "facts.h"

#define EXP_TYPE_UPSTREAM 5

enum { ACS_SV = 0x01, ACS_RR = 0x04, ACS_CR = 0x08, ACS_UF = 0x10, ACS_REQUIRED = ACS_SV | ACS_RR | ACS_CR | ACS_UF };

static const struct {
	uint64_t bit;
	const char *name;
} names[] = {
	{ACS_SV, "Source Validation"},
	{ACS_RR, "P2P Request Redirect"},
	{ACS_CR, "P2P Completion Redirect"},
	{ACS_UF, "Upstream Forwarding"},
};

const char *acs_bits(struct run *run, uint64_t bits)
{
	const char *text = "";
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (bits & names[i].bit)
			text = say(run, "%s%s%s", text, *text ? ", " : "", names[i].name);
	return text;
}

/*
 * One port: what it lacks of the four. As pci_acs_flags_enabled() does, a bit that the capability does not offer counts as wired in,
 * one that it offers must be set.
 */
static void judge_port(const struct fn *port, struct acs_path *out)
{
	const struct bridge *b = port->bridge;
	out->port = port;
	if (b->acs_cap.have == ITEM_ABSENT) {
		out->isolated = TRI_NO;
		out->no_capability = true;
		out->lacking = ACS_REQUIRED;
		return;
	}
	if (!known(&b->acs_cap) || !known(&b->acs_ctrl)) {
		out->isolated = TRI_UNKNOWN;
		return;
	}
	out->lacking = ACS_REQUIRED & b->acs_cap.v & ~b->acs_ctrl.v;
	out->isolated = out->lacking ? TRI_NO : TRI_YES;
	out->off = out->lacking != 0;
}

/* Ports that forward between peers: root and downstream ports; an upstream port only as one function of several. */
static bool forwards(const struct fn *port)
{
	if (!port->bridge)
		return false;
	uint8_t header;
	if (port->exp_type == EXP_TYPE_UPSTREAM)
		return port->config && bytes_u8(&port->config->view, 0x0e, &header) == 0 && header & 0x80;
	return true;
}

void acs_judge(const struct model *model, const struct fn *pf, struct acs_path *out)
{
	(void)model;
	*out = (struct acs_path){.isolated = TRI_YES};
	if (!pf->upstream) {
		/* An integrated endpoint's VFs: peers on the root bus do not reach each other but through the root complex. */
		out->isolated = pf->on_root_bus ? TRI_YES : TRI_UNKNOWN;
		return;
	}
	struct acs_path unknown = {.isolated = TRI_YES};
	unsigned depth = 0;
	for (const struct fn *port = pf->upstream; port && depth < 256; port = port->upstream, depth++) {
		if (!forwards(port))
			continue;
		struct acs_path here = {.isolated = TRI_YES};
		judge_port(port, &here);
		if (here.isolated == TRI_NO) {
			*out = here;
			return;
		}
		if (here.isolated == TRI_UNKNOWN && unknown.isolated == TRI_YES)
			unknown = here;
	}
	if (unknown.isolated == TRI_UNKNOWN)
		*out = unknown;
}

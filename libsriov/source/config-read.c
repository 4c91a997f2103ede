/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <linux/pci_regs.h>
#include <string.h>

#include "config-read.h"
#include "decode/field.h"

#define EXT_START 0x100

struct image {
	struct config_access *access;
	uint8_t *bytes, *known;
	unsigned size;
	enum source_depth depth;
	bool bridge, express, sriov; /* what it turned out to be */
	bool bodies;                 /* of the capabilities, not their headers only */
	bool visited[1024]; /* dwords where a capability begins: a list that comes back ends */
};

/* Fetch [offset, offset + n) in whole dwords, those only that are not known yet. */
static int fetch(struct image *image, unsigned offset, unsigned n)
{
	unsigned end = (offset + n + 3) & ~3U;
	if (end > image->size)
		end = image->size;
	for (unsigned at = offset & ~3U; at < end;) {
		unsigned run = 0;
		while (at + run < end && !image->known[at + run])
			run += 4;
		if (!run) {
			at += 4;
			continue;
		}
		int err = image->access->read(image->access->data, at, image->bytes + at, run);
		if (err)
			return err;
		memset(image->known + at, 0xff, run);
		image->access->dwords += run / 4;
		at += run;
	}
	return 0;
}

static struct bytes cap_view(const struct image *image, unsigned offset)
{
	struct bytes all = {image->bytes, image->known, image->size};
	return bytes_part(&all, offset, image->size);
}

/* Of a PCI Express capability the checks look at: type, Device Capabilities and Control, Slot Capabilities, the same of version 2. */
static int fetch_express(struct image *image, unsigned offset)
{
	int err = fetch(image, offset, PCI_EXP_DEVCTL + 4);
	if (!err && image->bridge)
		err = fetch(image, offset + PCI_EXP_SLTCAP, 4);
	return err ? err : fetch(image, offset + PCI_EXP_DEVCAP2, 8);
}

/* As much of a capability as the depth wants. Its length may stand in a part that is fetched by then. */
static int fetch_cap(struct image *image, enum cap_space space, uint16_t id, unsigned offset)
{
	const struct cap_desc *desc = cap_desc_find(space, id);
	if (!image->bodies || !desc || (image->depth == DEPTH_CHECKS && !desc->shown))
		return 0;
	if (image->depth == DEPTH_CHECKS && space == CAP_STANDARD && id == PCI_CAP_ID_EXP)
		return fetch_express(image, offset);
	int err = fetch(image, offset, desc->min_len);
	if (!err && desc->length) {
		struct bytes cap = cap_view(image, offset);
		unsigned length = desc->length(&cap);
		if (length > desc->min_len)
			err = fetch(image, offset, length);
	}
	return err;
}

static int standard_list(struct image *image)
{
	unsigned at;
	if (!(image->bytes[PCI_STATUS] & PCI_STATUS_CAP_LIST))
		return fetch(image, PCI_STD_HEADER_SIZEOF, 4); /* no list, or no right to see it? */
	if ((image->bytes[PCI_HEADER_TYPE] & 0x7f) == PCI_HEADER_TYPE_CARDBUS) {
		int err = fetch(image, PCI_CB_CAPABILITY_LIST, 4);
		if (err)
			return err;
		at = image->bytes[PCI_CB_CAPABILITY_LIST];
	} else {
		at = image->bytes[PCI_CAPABILITY_LIST];
	}
	for (at &= ~3U; at >= 0x40 && !image->visited[at / 4];) {
		image->visited[at / 4] = true;
		int err = fetch(image, at, 4);
		if (err)
			return err;
		uint8_t id = image->bytes[at], next = image->bytes[at + 1];
		if (id == 0xff)
			break;
		image->express |= id == PCI_CAP_ID_EXP;
		err = fetch_cap(image, CAP_STANDARD, id, at);
		if (err)
			return err;
		at = next & ~3U;
	}
	return 0;
}

static int extended_list(struct image *image)
{
	unsigned at = EXT_START;
	while (at >= EXT_START && !image->visited[at / 4]) {
		image->visited[at / 4] = true;
		int err = fetch(image, at, 4);
		if (err)
			return err;
		uint32_t header;
		struct bytes cap = cap_view(image, at);
		if (bytes_u32(&cap, 0, &header) || header == 0 || header == UINT32_MAX)
			break;
		image->sriov |= (uint16_t)header == PCI_EXT_CAP_ID_SRIOV;
		err = fetch_cap(image, CAP_EXTENDED, (uint16_t)header, at);
		if (err)
			return err;
		at = header >> 20 & ~3U;
	}
	return 0;
}

static int lists(struct image *image)
{
	memset(image->visited, 0, sizeof(image->visited));
	int err = standard_list(image);
	return err || !image->express || image->size <= EXT_START ? err : extended_list(image);
}

/* What a header tells that sysfs does not tell without it; a bridge's windows and a PF's BARs as well. */
static int fetch_header(struct image *image, bool is_vf)
{
	if (image->depth != DEPTH_CHECKS)
		return fetch(image, 0, PCI_STD_HEADER_SIZEOF);
	int err = fetch(image, 0, 0x10);
	image->bridge = (image->bytes[PCI_HEADER_TYPE] & 0x7f) != PCI_HEADER_TYPE_NORMAL;
	if (!err && image->bridge)
		err = fetch(image, PCI_PRIMARY_BUS, PCI_CAPABILITY_LIST + 4 - PCI_PRIMARY_BUS);
	else if (!err)
		err = fetch(image, PCI_SUBSYSTEM_VENDOR_ID, is_vf ? 4 : PCI_CAPABILITY_LIST + 4 - PCI_SUBSYSTEM_VENDOR_ID);
	return err;
}

static int read_lists(struct image *image)
{
	image->bodies = image->bridge || image->depth != DEPTH_CHECKS;
	int err = lists(image);
	if (err || image->bodies || !image->sriov)
		return err;
	/* a PF after all */
	image->bodies = true;
	err = fetch(image, PCI_BASE_ADDRESS_0, 24);
	return err ? err : lists(image);
}

int config_read(struct config_access *access, bool is_vf, enum source_depth depth, unsigned size, uint8_t *bytes, uint8_t *known)
{
	struct image image = {.access = access, .bytes = bytes, .known = known, .size = size, .depth = depth};
	int err = fetch_header(&image, is_vf);
	if (err || size < 256 || (is_vf && depth == DEPTH_CHECKS))
		return err;
	/* beyond the header only the superuser reads: what was read stays, the rest is unknown */
	access->cut = (depth == DEPTH_ALL ? fetch(&image, 0, size) : read_lists(&image)) != 0;
	return 0;
}

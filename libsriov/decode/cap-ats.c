/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Address translation: ATS, Page Request Interface, PASID. */
#include "decode/caps.h"
#include "decode/rows.h"

#define ATSCAP   "PCIe 6.0 10.5.1.2"
#define ATSCTL   "PCIe 6.0 10.5.1.3"
#define PRICTL   "PCIe 6.0 10.5.2.2"
#define PRISTA   "PCIe 6.0 10.5.2.3"
#define PASIDCAP "PCIe 6.0 7.8.9.2"
#define PASIDCTL "PCIe 6.0 7.8.9.3"

static const struct field ats_fields[] = {
	UINT(0x04, 2, 0, 5, RO, "Invalidate Queue Depth", ATSCAP),
	FLAG(0x04, 2, 5, RO, "Page Aligned Request", ATSCAP),
	FLAG(0x04, 2, 6, RO, "Global Invalidate Supported", ATSCAP),
	FLAG(0x04, 2, 7, RO, "Relaxed Ordering Supported", ATSCAP),
	FLAG(0x04, 2, 8, RO, "ATS Memory Attributes Supported", ATSCAP),
	RSVD(0x04, 2, 9, 7, "ATS Capability Reserved", ATSCAP),
	UINT(0x06, 2, 0, 5, RW, "Smallest Translation Unit", ATSCTL),
	UINT(0x06, 2, 5, 3, RW, "ATS Memory Attributes Default", ATSCTL),
	RSVD(0x06, 2, 8, 7, "ATS Control Reserved", ATSCTL),
	FLAG(0x06, 2, 15, RW, "ATS Enable", ATSCTL),
};

static const struct field pri_fields[] = {
	FLAG(0x04, 2, 0, RW, "PRI Enable", PRICTL),
	FLAG(0x04, 2, 1, RW, "PRI Reset", PRICTL),
	RSVD(0x04, 2, 2, 14, "PRI Control Reserved", PRICTL),
	FLAG(0x06, 2, 0, RW1C, "Response Failure", PRISTA),
	FLAG(0x06, 2, 1, RW1C, "Unexpected Page Request Group Index", PRISTA),
	FLAG(0x06, 2, 8, RO, "Stopped", PRISTA),
	FLAG(0x06, 2, 15, RO, "PRG Response PASID Required", PRISTA),
	UINT(0x08, 4, 0, 32, RO, "Outstanding Page Request Capacity", "PCIe 6.0 10.5.2.4"),
	UINT(0x0c, 4, 0, 32, RW, "Outstanding Page Request Allocation", "PCIe 6.0 10.5.2.5"),
};

static const struct field pasid_fields[] = {
	RSVD(0x04, 2, 0, 1, "PASID Capability Reserved (0)", PASIDCAP),
	FLAG(0x04, 2, 1, RO, "Execute Permission Supported", PASIDCAP),
	FLAG(0x04, 2, 2, RO, "Privileged Mode Supported", PASIDCAP),
	FLAG(0x04, 2, 3, RO, "Translated Requests with PASID Supported", PASIDCAP),
	RSVD(0x04, 2, 4, 4, "PASID Capability Reserved (7:4)", PASIDCAP),
	UINT(0x04, 2, 8, 5, RO, "Max PASID Width", PASIDCAP),
	RSVD(0x04, 2, 13, 3, "PASID Capability Reserved (15:13)", PASIDCAP),
	FLAG(0x06, 2, 0, RW, "PASID Enable", PASIDCTL),
	FLAG(0x06, 2, 1, RW, "Execute Permission Enable", PASIDCTL),
	FLAG(0x06, 2, 2, RW, "Privileged Mode Enable", PASIDCTL),
	FLAG(0x06, 2, 3, RW, "Translated Requests with PASID Enable", PASIDCTL),
	RSVD(0x06, 2, 4, 12, "PASID Control Reserved", PASIDCTL),
};

const struct cap_desc cap_ats = {
	.space = CAP_EXTENDED, .id = 0x0f, .name = "ATS", .spec = "PCIe 6.0 10.5.1", .min_len = 8, ROWS(ats_fields), .shown = true,
};
const struct cap_desc cap_pri = {
	.space = CAP_EXTENDED, .id = 0x13, .name = "Page Request Interface", .spec = "PCIe 6.0 10.5.2", .min_len = 16, ROWS(pri_fields),
};
const struct cap_desc cap_pasid = {
	.space = CAP_EXTENDED, .id = 0x1b, .name = "PASID", .spec = "PCIe 6.0 7.8.9", .min_len = 8, ROWS(pasid_fields),
};

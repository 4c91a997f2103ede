/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Alternative Routing-ID Interpretation. */
#include "decode/caps.h"
#include "decode/rows.h"

#define CAPS "PCIe 6.0 7.8.8.2"
#define CTRL "PCIe 6.0 7.8.8.3"

static const struct field fields[] = {
	FLAG(0x04, 2, 0, RO, "MFVC Function Groups Capability", CAPS),
	FLAG(0x04, 2, 1, RO, "ACS Function Groups Capability", CAPS),
	RSVD(0x04, 2, 2, 6, "ARI Capability Reserved", CAPS),
	UINT(0x04, 2, 8, 8, RO, "Next Function Number", CAPS),
	FLAG(0x06, 2, 0, RW, "MFVC Function Groups Enable", CTRL),
	FLAG(0x06, 2, 1, RW, "ACS Function Groups Enable", CTRL),
	RSVD(0x06, 2, 2, 2, "ARI Control Reserved (3:2)", CTRL),
	UINT(0x06, 2, 4, 3, RW, "Function Group", CTRL),
	RSVD(0x06, 2, 7, 9, "ARI Control Reserved (15:7)", CTRL),
};

const struct cap_desc cap_ari = {
	.space = CAP_EXTENDED, .id = 0x000e, .name = "ARI", .spec = "PCIe 6.0 7.8.8", .min_len = 8, ROWS(fields), .shown = true,
};

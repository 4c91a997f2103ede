/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Device Serial Number. */
#include "decode/caps.h"
#include "decode/rows.h"

static const struct field fields[] = {
	HEX(0x04, 8, 0, 64, RO, "PCI Express Device Serial Number", "PCIe 6.0 7.9.3.2"),
};

const struct cap_desc cap_dsn = {
	.space = CAP_EXTENDED, .id = 0x03, .name = "Device Serial Number", .spec = "PCIe 6.0 7.9.3", .min_len = 0x0c, ROWS(fields),
};

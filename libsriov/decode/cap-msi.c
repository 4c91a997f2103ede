/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MSI and MSI-X. */
#include "decode/caps.h"
#include "decode/rows.h"

#define MSI_CTRL  "PCIe 6.0 7.7.1.2"
#define MSIX_CTRL "PCIe 6.0 7.7.2.2"

static bool is_64(const struct bytes *cap)
{
	return rows_reg(cap, 0x02, 2) & 1u << 7;
}
static bool has_mask(const struct bytes *cap)
{
	return rows_reg(cap, 0x02, 2) & 1u << 8;
}
static bool has_extended_data(const struct bytes *cap)
{
	return rows_reg(cap, 0x02, 2) & 1u << 9;
}
/* Behind a 64-bit address everything lies 4 bytes further. */
static unsigned behind_address(const struct bytes *cap, unsigned index)
{
	(void)index;
	return is_64(cap) ? 4 : 0;
}
static unsigned msi_length(const struct bytes *cap)
{
	return (is_64(cap) ? 0x0eu : 0x0au) + (has_mask(cap) ? 0x0au : has_extended_data(cap) ? 2u : 0u);
}

static const struct field_value vectors[] = {
	{0, "1"}, {1, "2"}, {2, "4"}, {3, "8"}, {4, "16"}, {5, "32"}, {0, NULL},
};

static const struct field msi_fields[] = {
	FLAG(0x02, 2, 0, RW, "MSI Enable", MSI_CTRL),
	ENUM(0x02, 2, 1, 3, RO, "Multiple Message Capable", MSI_CTRL, vectors),
	ENUM(0x02, 2, 4, 3, RW, "Multiple Message Enable", MSI_CTRL, vectors),
	FLAG(0x02, 2, 7, RO, "64-bit Address Capable", MSI_CTRL),
	FLAG(0x02, 2, 8, RO, "Per-Vector Masking Capable", MSI_CTRL),
	FLAG(0x02, 2, 9, RO, "Extended Message Data Capable", MSI_CTRL),
	FLAG(0x02, 2, 10, RW, "Extended Message Data Enable", MSI_CTRL),
	RSVD(0x02, 2, 11, 5, "MSI Message Control Reserved", MSI_CTRL),
	HEX(0x04, 4, 0, 32, RW, "Message Address", "PCIe 6.0 7.7.1.3"),
	HEX(0x08, 4, 0, 32, RW, "Message Upper Address", "PCIe 6.0 7.7.1.4", .when = is_64),
	HEX(0x08, 2, 0, 16, RW, "Message Data", "PCIe 6.0 7.7.1.5", .place = behind_address),
	HEX(0x0a, 2, 0, 16, RW, "Extended Message Data", "PCIe 6.0 7.7.1.6", .place = behind_address, .when = has_extended_data),
	HEX(0x0c, 4, 0, 32, RW, "Mask Bits", "PCIe 6.0 7.7.1.7", .place = behind_address, .when = has_mask),
	HEX(0x10, 4, 0, 32, RO, "Pending Bits", "PCIe 6.0 7.7.1.8", .place = behind_address, .when = has_mask),
};

static const struct field msix_fields[] = {
	UINT(0x02, 2, 0, 11, RO, "Table Size", MSIX_CTRL),
	RSVD(0x02, 2, 11, 3, "MSI-X Message Control Reserved", MSIX_CTRL),
	FLAG(0x02, 2, 14, RW, "Function Mask", MSIX_CTRL),
	FLAG(0x02, 2, 15, RW, "MSI-X Enable", MSIX_CTRL),
	UINT(0x04, 4, 0, 3, RO, "Table BIR", "PCIe 6.0 7.7.2.3"),
	HEX(0x04, 4, 3, 29, RO, "Table Offset", "PCIe 6.0 7.7.2.3", .shift = 3),
	UINT(0x08, 4, 0, 3, RO, "PBA BIR", "PCIe 6.0 7.7.2.4"),
	HEX(0x08, 4, 3, 29, RO, "PBA Offset", "PCIe 6.0 7.7.2.4", .shift = 3),
};

const struct cap_desc cap_msi = {
	.space = CAP_STANDARD, .id = 0x05, .name = "MSI", .spec = "PCIe 6.0 7.7.1", .min_len = 0x0a, .length = msi_length, ROWS(msi_fields),
};
const struct cap_desc cap_msix = {
	.space = CAP_STANDARD, .id = 0x11, .name = "MSI-X", .spec = "PCIe 6.0 7.7.2", .min_len = 0x0c, ROWS(msix_fields),
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resizable BAR and VF Resizable BAR: the same registers, the latter in a PF for the BARs of its VFs. */
#include "decode/caps.h"
#include "decode/rows.h"

#define BARS_MAX 6

static unsigned entries(const struct bytes *cap)
{
	unsigned n = rows_reg(cap, 0x08, 4) >> 5 & 7;
	return n > BARS_MAX ? BARS_MAX : n;
}
static unsigned length(const struct bytes *cap)
{
	unsigned n = entries(cap);
	return 4 + 8 * (n ? n : 1);
}

static const struct field_value sizes[] = {
	{0, "1 MiB"}, {1, "2 MiB"}, {2, "4 MiB"}, {3, "8 MiB"}, {4, "16 MiB"}, {5, "32 MiB"}, {6, "64 MiB"}, {7, "128 MiB"}, {8, "256 MiB"},
	{9, "512 MiB"}, {10, "1 GiB"}, {11, "2 GiB"}, {12, "4 GiB"}, {13, "8 GiB"}, {14, "16 GiB"}, {15, "32 GiB"}, {16, "64 GiB"},
	{17, "128 GiB"}, {18, "256 GiB"}, {19, "512 GiB"}, {20, "1 TiB"}, {21, "2 TiB"}, {22, "4 TiB"}, {23, "8 TiB"}, {24, "16 TiB"},
	{25, "32 TiB"}, {26, "64 TiB"}, {27, "128 TiB"}, {28, "256 TiB"}, {29, "512 TiB"}, {30, "1 PiB"}, {31, "2 PiB"}, {32, "4 PiB"},
	{33, "8 PiB"}, {34, "16 PiB"}, {35, "32 PiB"}, {36, "64 PiB"}, {37, "128 PiB"}, {38, "256 PiB"}, {39, "512 PiB"}, {40, "1 EiB"},
	{41, "2 EiB"}, {42, "4 EiB"}, {43, "8 EiB"}, {0, NULL},
};

#define EACH .count = entries, .stride = 8
#define REBAR_ROWS(bar, number, cap, ctrl)                                               \
	UINT(0x08, 4, 5, 3, RO, number, ctrl),                                            \
	HEX(0x04, 4, 4, 28, RO, bar " # Supported Sizes (1 MiB to 128 TiB)", cap, EACH),  \
	UINT(0x08, 4, 0, 3, RO, bar " # Index", ctrl, EACH),                              \
	ENUM(0x08, 4, 8, 6, RW, bar " # Size", ctrl, sizes, EACH),                        \
	HEX(0x08, 4, 16, 16, RO, bar " # Supported Sizes (256 TiB to 8 EiB)", ctrl, EACH)

static const struct field rebar_fields[] = {
	REBAR_ROWS("Resizable BAR", "Number of Resizable BARs", "PCIe 6.0 7.8.6.2", "PCIe 6.0 7.8.6.3"),
};
static const struct field vf_rebar_fields[] = {
	REBAR_ROWS("VF Resizable BAR", "Number of VF Resizable BARs", "PCIe 6.0 7.8.7.2", "PCIe 6.0 7.8.7.3"),
};

const struct cap_desc cap_rebar = {
	.space = CAP_EXTENDED, .id = 0x15, .name = "Resizable BAR", .spec = "PCIe 6.0 7.8.6", .min_len = 12, .length = length, ROWS(rebar_fields),
};
const struct cap_desc cap_vf_rebar = {
	.space = CAP_EXTENDED, .id = 0x24, .name = "VF Resizable BAR", .spec = "PCIe 6.0 7.8.7", .min_len = 12, .length = length, ROWS(vf_rebar_fields),
	.shown = true,
};

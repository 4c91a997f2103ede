/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vendors define: the vendor-specific capability (virtio's decoded), VSEC, DVSEC (Intel's Scalable IOV decoded), and a bridge's subsystem IDs. */
#include "decode/caps.h"
#include "decode/rows.h"

#define VIRTIO "Virtual I/O Device 1.2 4.1.4"
#define DVSEC1 "PCIe 6.0 7.9.6.2"
#define SIOV   "Intel Scalable I/O Virtualization 1.0 4.3.1"

#define VENDOR_VIRTIO 0x1af4
#define VENDOR_INTEL  0x8086
#define DVSEC_SIOV    5

static bool is_virtio(const struct bytes *cap)
{
	struct bytes config = bytes_whole(cap);
	uint16_t vendor;
	return !bytes_u16(&config, 0, &vendor) && vendor == VENDOR_VIRTIO && rows_reg(cap, 2, 1) >= 16;
}
static bool is_virtio_notify(const struct bytes *cap)
{
	return is_virtio(cap) && rows_reg(cap, 3, 1) == 2 && rows_reg(cap, 2, 1) >= 20;
}
static bool is_siov(const struct bytes *cap)
{
	return rows_reg(cap, 4, 2) == VENDOR_INTEL && rows_reg(cap, 8, 2) == DVSEC_SIOV && rows_reg(cap, 4, 4) >> 20 >= 0x18;
}
static unsigned vendor_length(const struct bytes *cap)
{
	unsigned len = rows_reg(cap, 2, 1);
	return len < 3 ? 3 : len;
}
static unsigned vsec_length(const struct bytes *cap)
{
	unsigned len = rows_reg(cap, 4, 4) >> 20;
	return len < 8 ? 8 : len;
}
static unsigned dvsec_length(const struct bytes *cap)
{
	unsigned len = rows_reg(cap, 4, 4) >> 20;
	return len < 0x0a ? 0x0a : len;
}

static const struct field_value virtio_types[] = {
	{1, "common configuration"}, {2, "notifications"}, {3, "ISR status"}, {4, "device configuration"}, {5, "PCI configuration access"},
	{8, "shared memory"}, {9, "vendor data"}, {0, NULL},
};

static const struct field vendor_fields[] = {
	UINT(0x02, 1, 0, 8, RO, "Capability Length", "PCIe 6.0 7.9.4"),
	ENUM(0x03, 1, 0, 8, RO, "virtio cfg_type", VIRTIO, virtio_types, .when = is_virtio),
	UINT(0x04, 1, 0, 8, RO, "virtio bar", VIRTIO, .when = is_virtio),
	UINT(0x05, 1, 0, 8, RO, "virtio id", VIRTIO, .when = is_virtio),
	HEX(0x08, 4, 0, 32, RO, "virtio offset", VIRTIO, .when = is_virtio),
	HEX(0x0c, 4, 0, 32, RO, "virtio length", VIRTIO, .when = is_virtio),
	HEX(0x10, 4, 0, 32, RO, "virtio notify_off_multiplier", "Virtual I/O Device 1.2 4.1.4.4", .when = is_virtio_notify),
};

static const struct field vsec_fields[] = {
	HEX(0x04, 4, 0, 16, RO, "VSEC ID", "PCIe 6.0 7.9.5.2"),
	UINT(0x04, 4, 16, 4, RO, "VSEC Rev", "PCIe 6.0 7.9.5.2"),
	UINT(0x04, 4, 20, 12, RO, "VSEC Length", "PCIe 6.0 7.9.5.2"),
};

static const struct field dvsec_fields[] = {
	HEX(0x04, 4, 0, 16, RO, "DVSEC Vendor ID", DVSEC1),
	UINT(0x04, 4, 16, 4, RO, "DVSEC Revision", DVSEC1),
	UINT(0x04, 4, 20, 12, RO, "DVSEC Length", DVSEC1),
	HEX(0x08, 2, 0, 16, RO, "DVSEC ID", "PCIe 6.0 7.9.6.3"),
	UINT(0x0a, 1, 0, 8, RO, "SIOV Function Dependency Link", SIOV, .when = is_siov),
	FLAG(0x0b, 1, 0, RO, "SIOV Homogeneous", SIOV, .when = is_siov),
	HEX(0x0c, 4, 0, 32, RO, "SIOV Supported Page Sizes", SIOV, .when = is_siov),
	HEX(0x10, 4, 0, 32, RW, "SIOV System Page Size", SIOV, .when = is_siov),
	FLAG(0x14, 4, 0, RO, "SIOV IMS Support", SIOV, .when = is_siov),
};

static const struct field ssvid_fields[] = {
	HEX(0x04, 2, 0, 16, HWINIT, "SSVID", "PCIe 6.0 7.9.23.2"),
	HEX(0x06, 2, 0, 16, HWINIT, "SSID", "PCIe 6.0 7.9.23.2"),
};

const struct cap_desc cap_vendor = {
	.space = CAP_STANDARD, .id = 0x09, .name = "Vendor-Specific", .spec = "PCIe 6.0 7.9.4", .min_len = 3, .length = vendor_length, ROWS(vendor_fields),
};
const struct cap_desc cap_ssvid = {
	.space = CAP_STANDARD, .id = 0x0d, .name = "Subsystem IDs", .spec = "PCIe 6.0 7.9.23", .min_len = 8, ROWS(ssvid_fields),
};
const struct cap_desc cap_vsec = {
	.space = CAP_EXTENDED, .id = 0x0b, .name = "Vendor-Specific Extended", .spec = "PCIe 6.0 7.9.5", .min_len = 8, .length = vsec_length, ROWS(vsec_fields),
};
const struct cap_desc cap_dvsec = {
	.space = CAP_EXTENDED, .id = 0x23, .name = "Designated Vendor-Specific", .spec = "PCIe 6.0 7.9.6", .min_len = 0x0a, .length = dvsec_length,
	ROWS(dvsec_fields),
};
/* Its registers are not public: id, version and raw bytes only. */
const struct cap_desc cap_siov = {
	.space = CAP_EXTENDED, .id = 0x38, .name = "Scalable I/O Virtualization", .spec = "PCI Code and ID Assignment 1.17 3", .min_len = 4,
};

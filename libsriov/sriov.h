/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libsriov: decodes PCI Express SR-IOV and judges whether a machine is ready for it. */
#ifndef SRIOV_H
#define SRIOV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The address of a PCI function: segment (domain), bus, device 0-31, function 0-7. */
struct sriov_addr {
	uint32_t domain;
	uint8_t bus, device, function;
};

#ifdef __cplusplus
}
#endif

#endif

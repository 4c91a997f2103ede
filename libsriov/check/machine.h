/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steps in the words of one machine: its boot loader, its firmware's menus, the tools of its devices. */
#ifndef SRIOV_CHECK_MACHINE_H
#define SRIOV_CHECK_MACHINE_H

#include "check.h"
#include "data/machine.h"

/*
 * A step with its words in braces put into this machine's own:
 * %{add OPTIONS}, %{remove OPTIONS}: how a kernel option gets on or off the command line; %{bios sriov|iommu|ari|acs|above4g|mmio}: where
 * the setting is in the firmware set-up. What is not in braces stays as it is.
 */
const char *machine_expand(struct run *run, const char *step);

/*
 * A step that begins with %{if OPTION} is for a command line that has it ("pci=noari"): NULL where it is known not to be there,
 * else the rest of the step, with the condition in words where the command line is not known. Other steps come back as they are.
 */
const char *machine_condition(struct run *run, const char *step);

/* The next step for a job with the device's own tool; start with *at = 0. NULL: no more. */
const char *machine_tool(const struct fn *fn, enum nic_job job, size_t *at);
/* "enable", "limit", "lower", "online"; what follows the word does not count */
enum nic_job machine_job(struct slice word);
/* The text as the beginning of a sentence. */
const char *machine_sentence(struct run *run, const char *text);
/* How VFs of this PF come back after a restart. */
const char *machine_persist(const struct run *run, const struct fn *pf);

/* Where firmware of this machine has a setting: "set X to Y (set-up: A > B)", or what it is mostly called. */
const char *machine_firmware(struct run *run, enum bios_meaning meaning);

#endif

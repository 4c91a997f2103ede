/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of truth share: sysfs attributes by function address, and the VFIO trial. */
#ifndef LAB_TRUTH_H
#define LAB_TRUTH_H

#include <stddef.h>

#define DEVICES "/sys/bus/pci/devices"

/* The word of an attribute without its newline; "-" if it cannot be read. */
const char *attr_get(const char *address, const char *name, char *buf, size_t len);

/* The last component of a link such as driver; "-" if there is none. */
const char *attr_link(const char *address, const char *name, char *buf, size_t len);

/* Writes a word to any file: 0 or the errno of open() or write(). */
int file_put(const char *path, const char *word);
int attr_put(const char *address, const char *name, const char *word);

/* "ok" for 0, otherwise the errno's name. */
const char *outcome(int error);

/* Other functions in this one's IOMMU group; -1 if it is in none. */
int group_peers(const char *address);

/* Prints the `vfio` line of one VF, and gives the VF back to the driver that had it. */
void vfio_try(const char *address);

#endif

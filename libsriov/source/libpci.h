/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration space of this host's functions through libpci, which never gets to end the process. */
#ifndef SRIOV_SOURCE_LIBPCI_H
#define SRIOV_SOURCE_LIBPCI_H

#include "source.h"

struct config_reader;

int config_reader_new(struct config_reader **out) MUST_CHECK;
void config_reader_free(struct config_reader *reader);
/* file_size: of the function's "config", as the file system says. bytes, known: 4096 bytes, zeroed; *len of them count. */
int config_reader_read(struct config_reader *reader, const struct sriov_addr *addr, bool is_vf, enum source_depth depth, uint64_t file_size, uint8_t *bytes,
		       uint8_t *known, size_t *len) MUST_CHECK;

#endif

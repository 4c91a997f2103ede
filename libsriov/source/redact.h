/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must not leave a host: serial numbers, MAC addresses, UUIDs, the host's name, lines that nobody needs. Pure. */
#ifndef SRIOV_SOURCE_REDACT_H
#define SRIOV_SOURCE_REDACT_H

#include "capture-list.h"

/*
 * Works in place and keeps every length, so that offsets and line numbers stay right. host: the host's name, or NULL.
 * True: something was taken out.
 */
bool redact_text(char *text, size_t n, const char *host);
/* Only lines with a word that the tools look for stay; others become blanks. Then as redact_text(). */
bool redact_lines(char *text, size_t n, const char *host);
/* The number of a Device Serial Number capability: its 8 bytes become unknown. known: as long as bytes. */
bool redact_config(uint8_t *bytes, uint8_t *known, size_t n);

#endif

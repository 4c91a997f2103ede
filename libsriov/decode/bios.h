/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Firmware settings as vendors' tools export them: Redfish Bios JSON, SCP and attribute registry JSON, `racadm get BIOS` text, HPE, Lenovo
 * and Supermicro text and XML. Told apart by content; the names and values are found in any of them, what is not understood is skipped.
 */
#ifndef SRIOV_DECODE_BIOS_H
#define SRIOV_DECODE_BIOS_H

#include "data/bios-settings.h"
#include "decode/json.h"
#include "util/slice.h"

struct bios_pair {
	struct slice name, value;
	unsigned line;
};

struct bios_iter {
	enum { BIOS_FORMAT_NEW, BIOS_FORMAT_JSON, BIOS_FORMAT_XML, BIOS_FORMAT_LINES } format;
	struct slice rest;
	unsigned line;
	struct json json;
	struct slice named;   /* JSON: the setting that a later "Value" belongs to */
};

static inline struct bios_iter bios_of(struct slice text) { return (struct bios_iter){.rest = text}; }
bool bios_next(struct bios_iter *iter, struct bios_pair *pair);

enum bios_value { BIOS_VALUE_OTHER, BIOS_VALUE_OFF, BIOS_VALUE_ON };

/* What a setting of this name is about; NULL: nothing that matters here. */
const struct bios_setting *bios_setting_of(struct slice name);
enum bios_value bios_value_of(const struct bios_setting *setting, struct slice value);

#endif

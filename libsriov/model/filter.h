/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lspci's -s and -d filters. */
#ifndef SRIOV_MODEL_FILTER_H
#define SRIOV_MODEL_FILTER_H

#include "model.h"

/* -1 = any */
struct filter {
	int64_t domain;
	int bus, device, function;
	int vendor, device_id, class, prog_if;
};

#define FILTER_ANY ((struct filter){-1, -1, -1, -1, -1, -1, -1, -1})

/* "[[domain]:bus]:][device][.function]", each hexadecimal or '*'. Sets its part of the filter; 0 or -EINVAL. */
int filter_slot(struct filter *filter, const char *text) MUST_CHECK;
/* "[vendor]:[device][:class[:prog-if]]". */
int filter_id(struct filter *filter, const char *text) MUST_CHECK;
bool filter_match(const struct filter *filter, const struct fn *fn);

#endif

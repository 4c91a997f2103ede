/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration spaces: the bytes are cut into functions of one host, decoded, modelled and walked row by row. */
#include "fuzz.h"
#include "model/model.h"

static void walk(const struct fn *fn)
{
	for (size_t c = 0; c < fn->caps_n; c++) {
		const struct cap *cap = &fn->caps[c];
		struct field_iter iter = {0};
		const struct field *field;
		unsigned index;
		char text[64];
		uint64_t value;
		while (cap->desc && field_next(cap->desc, &cap->bytes, &iter, &field, &index)) {
			field_name(field, index, text, sizeof(text));
			if (!field_get(field, &cap->bytes, index, &value)) {
				field_format(field, value, text, sizeof(text));
				(void)field_meaning(field, value);
			}
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct snapshot *snap = snapshot_new("fuzz");
	struct model *m = NULL;
	/* the first byte of each piece says where the function is, the next two how long its space is */
	for (size_t at = 0; snap && at + 3 < size;) {
		const struct sriov_addr addr = {0, data[at] >> 5, data[at] >> 3 & 3, data[at] & 7};
		size_t len = ((size_t)data[at + 1] << 8 | data[at + 2]) % 4097;
		at += 3;
		if (len > size - at)
			len = size - at;
		/* a quarter of the pieces: the second half says which bits of the first are known */
		bool masked = data[at - 2] >> 6 == 3;
		size_t half = masked ? len / 2 : len;
		uint8_t *bytes = exact(data + at, half), *known = masked ? exact(data + at + half, half) : NULL;
		int err = half ? snapshot_put_config(snap, &addr, bytes, known, half, NULL) : 0;
		free(bytes);
		free(known);
		if (err && err != -EEXIST)
			break;
		at += len;
	}
	if (snap && !model_new(snap, &m))
		for (size_t i = 0; i < m->fns_n; i++)
			walk(&m->fns[i]);
	model_free(m);
	snapshot_free(snap);
	return 0;
}

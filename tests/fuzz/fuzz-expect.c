/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML of --expect. */
#include <errno.h>
#include "fuzz.h"
#include "source/expect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct expected expected;
	const char *bad;
	unsigned line;
	int err = expected_parse(slice_bytes(data, size), &expected, &line, &bad);
	must(err != -EINVAL || bad);
	for (size_t i = 0; !err && i < expected.n; i++) {
		const struct expect_row *row = &expected.rows[i];
		must(row->address && row->capability && row->field && row->value && row->offset < 4096);
		must(!i || strcmp(expected.rows[i - 1].address, row->address) <= 0);
	}
	expected_free(&expected);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel log, parsed and asked about. */
#include "fuzz.h"
#include "decode/kmsg.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {.limit = (size_t)256 << 20};
	struct kmsg log = {0};
	if (!kmsg_parse(&arena, slice_bytes(data, size), NULL, &log) && !kmsg_index(&arena, &log)) {
		for (size_t i = 0; i < log.n && i < 1000; i++) {
			struct kmsg_res res;
			struct kmsg_sriov sriov;
			kmsg_resource(&log, &log.events[i].addr, log.events[i].bar, &res);
			kmsg_sriov(&log, &log.events[i].addr, &sriov);
		}
	}
	arena_free(&arena);
	return 0;
}

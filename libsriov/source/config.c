/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Raw configuration space: 64, 256 or 4096 bytes. */
#include <errno.h>
#include <string.h>

#include "input.h"

static bool is_size(size_t n)
{
	return n == 64 || n == 256 || n == 4096;
}

/* Text of just such a length is text: configuration space has bytes that no text has. */
static bool is_text(struct slice s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != 0x1b && c != '\f' && c != '\b')
			return false;
	}
	return memchr(s.p, '\n', s.n) != NULL;
}

static bool probe(const struct input *input)
{
	return is_size(input->bytes.len) && !is_text(input_slice(input));
}

static int put(struct snapshot *snap, const struct sriov_addr *addr, struct slice bytes)
{
	struct item *item;
	int err = snapshot_put_config(snap, addr, (const uint8_t *)bytes.p, NULL, bytes.n, &item);
	if (err == -EEXIST)
		return source_fail(snap, err, 0, "give each --at another address", "two configuration spaces at one address");
	if (!err)
		item->config->size = (uint16_t)bytes.n;
	return err;
}

static int open_config(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	(void)options;
	snap->kind = SOURCE_CONFIG;
	return put(snap, &(struct sriov_addr){0}, input_slice(input));
}

const struct source source_config = {
	.name = "config", .what = "raw configuration space of 64, 256 or 4096 bytes", .probe = probe, .open = open_config,
};

int source_open_at(const struct source_at *at, size_t n, struct snapshot **out)
{
	struct snapshot *snap = *out = snapshot_new(n ? at[0].file : "");
	if (!snap)
		return -ENOMEM;
	snap->kind = SOURCE_CONFIG;
	int err = 0;
	for (size_t i = 0; !err && i < n; i++) {
		struct input input = {.name = at[i].file, .fd = -1};
		const char *name = arena_dup(&snap->arena, at[i].file, strlen(at[i].file));
		if (!name)
			return -ENOMEM;
		snap->name = name; /* problems name this file */
		err = input_open(&input, snap);
		if (!err && (input.host || input.directory || !is_size(input.bytes.len)))
			err = source_fail(snap, -EINVAL, 0, "--at takes files of 64, 256 or 4096 bytes, as sysfs has them",
					  "is no configuration space: %zu bytes", input.bytes.len);
		if (!err)
			err = put(snap, &at[i].addr, input_slice(&input));
		input_close(&input);
	}
	snap->name = n ? arena_dup(&snap->arena, at[0].file, strlen(at[0].file)) : "";
	return snap->name ? err : -ENOMEM;
}

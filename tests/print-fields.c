/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every field of every capability of an lspci -xxxx text (a file, or standard input), one a line, for tests/oracle.py:
 * slot TAB h|s|e (header, standard, extended) TAB id TAB offset TAB version TAB capability TAB field TAB value.
 * A capability that is not decoded has an empty field; a field that was not read has no line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/lspci-hex.h"
#include "decode/walk.h"

static void print_cap(const char *slot, const struct bytes *config, const struct cap_at *at)
{
	const struct cap_desc *desc = cap_desc_find(at->space, at->id);
	const char *name = cap_id_name(at->space, at->id);
	size_t end = at->space == CAP_EXTENDED ? 4096 : 256;
	struct bytes cap = bytes_part(config, at->offset, end - at->offset);
	struct field_iter iter = {0};
	const struct field *f;
	unsigned index;
	char lead[160], field[96], text[24];
	snprintf(lead, sizeof(lead), "%s\t%c\t0x%x\t0x%x\t%u\t%s", slot, "hse"[at->space], at->id, at->offset, at->version, name ? name : "");
	printf("%s\t\t\n", lead);
	while (desc && field_next(desc, &cap, &iter, &f, &index)) {
		uint64_t v;
		if (field_get(f, &cap, index, &v))
			continue;
		field_name(f, index, field, sizeof(field));
		field_format(f, v, text, sizeof(text));
		printf("%s\t%s\t%s\n", lead, field, text);
	}
}

static void print_function(const struct lspci_function *fn)
{
	struct bytes config = {fn->config, fn->holes ? fn->known : NULL, fn->len, 0};
	struct cap_walk walk;
	uint8_t layout;
	char slot[24];
	snprintf(slot, sizeof(slot), "%04x:%02x:%02x.%u", fn->addr.domain, fn->addr.bus, fn->addr.device, fn->addr.function);
	if (!bytes_u8(&config, 0x0e, &layout) && cap_desc_find(CAP_HEADER, layout & 0x7f))
		print_cap(slot, &config, &(struct cap_at){.id = layout & 0x7f, .space = CAP_HEADER});
	walk_caps(&config, &walk);
	for (unsigned i = 0; i < walk.n; i++)
		print_cap(slot, &config, &walk.caps[i]);
}

int main(int argc, char **argv)
{
	static struct lspci_function fn;
	FILE *f = argc > 1 ? fopen(argv[1], "rb") : stdin;
	char *text = NULL;
	size_t n = 0, room = 0;
	if (!f) {
		perror(argv[1]);
		return 2;
	}
	for (;;) {
		if (n == room) {
			char *more = realloc(text, room = room ? 2 * room : 1 << 16);
			if (!more)
				return 2;
			text = more;
		}
		size_t got = fread(text + n, 1, room - n, f);
		if (!got)
			break;
		n += got;
	}
	struct lspci_hex it = {.text = slice_bytes(text, n), .line = 1};
	while (lspci_hex_next(&it, &fn))
		if (fn.len)
			print_function(&fn);
	free(text);
	return 0;
}

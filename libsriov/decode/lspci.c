/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "lspci.h"
#include "lspci-hex.h"

static size_t count_known(const struct bytes *view)
{
	if (!view->known)
		return view->len;
	size_t n = 0;
	for (size_t i = 0; i < view->len; i++)
		n += view->known[i] == 0xff;
	return n;
}

static int put_problems(struct snapshot *snap, struct text_place place, const struct lspci_hex *it)
{
	for (unsigned i = 0; i < it->problems_n; i++) {
		enum hex_problem what = it->problems[i].what;
		const char *advice = what == HEX_ROW_CUT || what == HEX_ROW_BEYOND ? "the row's good bytes are used; take the dump again for the rest" :
										       "take the dump again";
		unsigned line = place.line + it->problems[i].line - 1;
		int err = what == HEX_ROW_CUT ?
			snapshot_problem(snap, line, false, advice, "%s: %u of 16 bytes", hex_problem_text(what), it->problems[i].value) :
			snapshot_problem(snap, line, false, advice, "%s", hex_problem_text(what));
		if (err)
			return err;
		if (snap->problems_n && place.origin)
			snap->problems[snap->problems_n - 1].source = place.origin;
	}
	return 0;
}

/* An image in the arena: len bytes, mask NULL where all are known. */
static struct config_image *image_new(struct snapshot *snap, const uint8_t *bytes, const uint8_t *known, size_t len)
{
	struct config_image *image = arena_alloc(&snap->arena, sizeof(*image));
	const uint8_t *copy = (const uint8_t *)arena_dup(&snap->arena, bytes, len);
	const uint8_t *mask = known ? (const uint8_t *)arena_dup(&snap->arena, known, len) : NULL;
	if (!image || !copy || (known && !mask))
		return NULL;
	image->view = (struct bytes){copy, mask, len};
	return image;
}

/* Of two listings of a function the one that knows more stays; of two that know as much the later text, but never over the host's own file. */
static bool better(const struct item *there, const struct bytes *fresh)
{
	if (!there->config)
		return !there->data.n;
	size_t had = count_known(&there->config->view), has = count_known(fresh);
	return has > had || (has == had && there->origin);
}

static int put_bytes(struct snapshot *snap, struct text_place place, const struct lspci_function *fn, struct item **out)
{
	const uint8_t *known = fn->holes ? fn->known : NULL;
	int err = snapshot_put_config(snap, &fn->addr, fn->config, known, fn->len, out);
	if (err == -EEXIST) {
		struct bytes fresh = {fn->config, known, fn->len};
		if ((*out)->kind != ITEM_FILE || (*out)->state != ITEM_PRESENT || !better(*out, &fresh))
			return 0;
		struct config_image *image = image_new(snap, fn->config, known, fn->len);
		if (!image)
			return -ENOMEM;
		(*out)->config = image;
		(*out)->data = slice_bytes(image->view.p, image->view.len);
		(*out)->size = fn->len;
	} else if (err) {
		return err;
	}
	(*out)->origin = place.origin;
	(*out)->line = place.line + fn->line - 1;
	if (fn->len == CONFIG_MAX)
		(*out)->config->size = CONFIG_MAX;
	return 0;
}

/*
 * lspci prints as much as the host gives. Where one function of a listing has its extended space printed, those that end at 256
 * bytes have no more that the host would give.
 */
static void settle_sizes(const struct snapshot *snap, const char *origin)
{
	const struct item *dir = snapshot_at(snap, NULL, "sys/bus/pci/devices");
	for (const struct item *fn = dir ? dir->child : NULL; fn; fn = fn->next) {
		const struct item *config = snapshot_at(snap, fn, "config");
		if (config && config->config && config->origin == origin && config->config->view.len == 256)
			config->config->size = 256;
	}
}

int lspci_put(struct snapshot *snap, struct text_place place, struct slice text, size_t *functions)
{
	struct lspci_function *fn = malloc(sizeof(*fn));
	struct lspci_hex it = {.text = text};
	bool extended = false;
	int err = fn ? 0 : -ENOMEM;
	while (!err && lspci_hex_next(&it, fn)) {
		struct item *item;
		++*functions;
		err = put_problems(snap, place, &it);
		if (!err && fn->len)
			err = put_bytes(snap, place, fn, &item);
		extended = extended || fn->len > 256;
	}
	if (!err)
		err = put_problems(snap, place, &it);
	if (!err && extended)
		settle_sizes(snap, place.origin);
	free(fn);
	return err;
}

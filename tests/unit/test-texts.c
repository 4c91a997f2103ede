/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tests/unit/texts/NAME.txt is what somebody pasted, NAME.tree all that is read from it: the text is read, with every allocation failing
 * in turn, and compared. UPDATE=1 in the environment writes the trees again: read what changed before you commit it.
 */
#include "decode/ingest.h"
#include "decode/session.h"
#include "failing.h"
#include "unit.h"
#include "folder.h"
#include "shared.h"
#include "util/strbuf.h"

static void put_text(struct strbuf *out, struct slice s)
{
	strbuf_putc(out, '"');
	for (size_t i = 0; i < s.n && i < 160; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n')
			strbuf_puts(out, "\\n");
		else if (c < 0x20 || c >= 0x7f)
			strbuf_printf(out, "\\%02x", c);
		else
			strbuf_putc(out, (char)c);
	}
	strbuf_puts(out, s.n > 160 ? "…\"" : "\"");
}

/* Known bytes as "10: 00 ?? f?": whole, not at all, or in part known (then value/mask). */
static void put_config(struct strbuf *out, const struct config_image *image)
{
	strbuf_printf(out, " config %zu of %u%s%s\n", image->view.len, image->size, image->from_text ? " words" : "", image->caps_denied ? " denied" : "");
	for (size_t at = 0; at < image->view.len; at += 16) {
		bool any = false;
		for (size_t i = at; i < at + 16 && i < image->view.len; i++)
			any |= image->view.p[i] && (!image->view.known || image->view.known[i]);
		if (!any)
			continue;
		strbuf_printf(out, "\t%03zx:", at);
		for (size_t i = at; i < at + 16 && i < image->view.len; i++) {
			uint8_t mask = image->view.known ? image->view.known[i] : 0xff;
			if (mask == 0xff)
				strbuf_printf(out, " %02x", image->view.p[i]);
			else if (!mask)
				strbuf_puts(out, " ??");
			else
				strbuf_printf(out, " %02x/%02x", image->view.p[i] & mask, mask);
		}
		strbuf_putc(out, '\n');
	}
	for (size_t i = 0; i < image->text_caps_n; i++)
		strbuf_printf(out, "\tcapability %x at %x v%u%s\n", image->text_caps[i].id, image->text_caps[i].offset, image->text_caps[i].version,
			      image->text_caps[i].extended ? " extended" : "");
	for (size_t i = 0; i < image->regions_n; i++) {
		const struct text_region *r = &image->regions[i];
		strbuf_printf(out, "\tregion %u%s%s%s%s%s at %llx size %llx line %u\n", r->index, r->io ? " io" : "", r->is_64 ? " 64" : "",
			      r->prefetchable ? " pref" : "", r->disabled ? " disabled" : "", r->unassigned ? " unassigned" : "", (unsigned long long)r->address,
			      (unsigned long long)r->size, r->line);
	}
}

static void put_items(struct strbuf *out, const struct item *dir, const char *path)
{
	for (const struct item *c = dir->child; c; c = c->next) {
		char below[1200];
		snprintf(below, sizeof(below), "%s%s%s", path, *path ? "/" : "", c->name);
		bool plain = c->kind == ITEM_DIR && c->state == ITEM_PRESENT && !c->origin && !c->complete;
		if (!plain) {
			strbuf_printf(out, "%s %s%s", below, c->kind == ITEM_DIR ? "folder" : c->kind == ITEM_LINK ? "link" : "file", c->complete ? " complete" : "");
			if (c->state != ITEM_PRESENT)
				strbuf_printf(out, " %s %d", item_state_name(c->state), c->err);
			if (c->origin)
				strbuf_printf(out, " from %s:%u", c->origin, c->line);
			if (c->config) {
				put_config(out, c->config);
			} else {
				if (c->data.n && strcmp(c->name, "lspci") != 0) {
					strbuf_putc(out, ' ');
					put_text(out, c->data);
				}
				strbuf_putc(out, '\n');
			}
		}
		put_items(out, c, below);
	}
}

static void put_addr(struct strbuf *out, bool has, const struct sriov_addr *a)
{
	if (has)
		strbuf_printf(out, " %04x:%02x:%02x.%x", a->domain, a->bus, a->device, a->function);
}

static void put_session(struct strbuf *out, const struct session *s)
{
	for (size_t i = 0; i < s->commands_n; i++) {
		const struct session_command *c = &s->commands[i];
		strbuf_printf(out, "command%s%s%s%s line %u ", c->root ? " root" : "", c->windows ? " windows" : "", c->understood ? " understood" : "",
			      c->answered ? " answered" : "", c->at.line);
		put_text(out, c->command);
		strbuf_putc(out, '\n');
	}
	for (size_t i = 0; i < s->writes_n; i++) {
		const struct session_write *w = &s->writes[i];
		strbuf_printf(out, "write line %u %s of %s%s%s", w->at.line, w->attribute, w->path, w->netdev ? " of " : "", w->netdev ? w->netdev : "");
		put_addr(out, w->has_addr, &w->addr);
		strbuf_printf(out, " value %s number %d %llu result %d step %d errno %d root %d", w->value ? w->value : "-", w->has_number,
			      (unsigned long long)w->number, w->result, w->step, w->err, w->root);
		if (w->answer)
			strbuf_printf(out, " answer line %u %s", w->answer_at.line, w->answer);
		strbuf_putc(out, '\n');
	}
	for (size_t i = 0; i < s->queries_n; i++) {
		const struct session_query *q = &s->queries[i];
		strbuf_printf(out, "tool %d line %u device '%s'", q->tool, q->at.line, q->device);
		put_addr(out, q->has_addr, &q->addr);
		strbuf_printf(out, " '%s' = '%s'\n", q->key, q->value);
	}
	for (size_t i = 0; i < s->messages_n; i++) {
		const struct session_message *m = &s->messages[i];
		strbuf_printf(out, "message %d line %u", m->kind, m->at.line);
		put_addr(out, m->has_addr, &m->addr);
		strbuf_printf(out, " group %d %u errno %d %s\n", m->has_group, m->group, m->err, m->text);
	}
	strbuf_printf(out, "%zu lines not understood\n", s->lines_not_understood);
}

static void tell(struct strbuf *out, const struct snapshot *snap)
{
	strbuf_printf(out, "a %s\n", source_kind_name(snap->kind));
	put_items(out, snap->root, "");
	if (snap->session)
		put_session(out, snap->session);
	for (size_t i = 0; i < snap->problems_n; i++)
		strbuf_printf(out, "problem line %u %s; %s\n", snap->problems[i].line, snap->problems[i].what, snap->problems[i].advice);
	assert_int_equal(out->err, 0);
}

static void check_text(const char *name)
{
	char path[4096];
	size_t n = 0, was_n = 0;
	snprintf(path, sizeof(path), SRCDIR "/tests/unit/texts/%s.txt", name);
	char *text = read_file(path, &n);
	assert_non_null(text);
	struct snapshot *snap = snapshot_new(name);
	assert_needs_memory(snapshot_put_text(snap, name, (struct slice){text, n}), snapshot_free(snap); snap = snapshot_new(name));
	struct strbuf out = {0};
	tell(&out, snap);
	snprintf(path, sizeof(path), SRCDIR "/tests/unit/texts/%s.tree", name);
	if (getenv("UPDATE")) {
		FILE *file = fopen(path, "wb");
		assert_non_null(file);
		assert_int_equal(fwrite(out.text, 1, out.len, file), out.len);
		assert_int_equal(fclose(file), 0);
	}
	char *was = read_file(path, &was_n);
	assert_non_null(was);
	struct slice a = {was, was_n}, b = {out.text, out.len}, left, right;
	for (unsigned line = 1; a.n || b.n; line++) {
		left = right = (struct slice){"", 0};
		(void)slice_line(&a, &left);
		(void)slice_line(&b, &right);
		if (!slice_same(left, right))
			fail_msg("%s.tree:%u: \"%.*s\" is \"%.*s\" now", name, line, (int)left.n, left.p, (int)right.n, right.p);
	}
	snapshot_free(snap);
	strbuf_free(&out);
	free(was);
	free(text);
}

static bool check_file(const char *name, size_t nth)
{
	char stem[256];
	const char *dot = strrchr(name, '.');
	(void)nth;
	if (!dot || strcmp(dot, ".txt"))
		return false;
	snprintf(stem, sizeof(stem), "%.*s", (int)(dot - name), name);
	check_text(stem);
	return true;
}

static void test_texts(void **state)
{
	(void)state;
	assert_true(folder_each(SRCDIR "/tests/unit/texts", check_file) >= 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

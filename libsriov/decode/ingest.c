/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A mixed text goes to three parsers. Sessions are read first: what a command's answer is follows from the command. All other
 * lines are told by their content. lspci and the kernel log each get the whole text with the lines that are not theirs empty,
 * so that every fact keeps the line at which the user finds it.
 */
#include "ingest.h"
#include "lspci-hex.h"
#include "session-parse.h"
#include "split.h"
#include "util/strbuf.h"

#define LOOK_HEAD ((size_t)256 << 10)
#define LOOK_TAIL ((size_t)64 << 10)

struct counts {
	size_t of[LINE_PROMPT + 1], lines;
	enum line_kind first; /* of the first line that is not blank */
};

static void count(struct counts *c, struct slice text)
{
	struct slice line;
	bool in_lspci = false;
	while (slice_line(&text, &line)) {
		enum line_kind kind = line_kind(line);
		/* what lspci puts under a function's line is lspci's */
		if (kind == LINE_LSPCI || kind == LINE_ROW)
			in_lspci = true;
		else if (kind == LINE_PROMPT || kind == LINE_LOG)
			in_lspci = false;
		else if (in_lspci && line.n && (line.p[0] == '\t' || line.p[0] == ' ' || line.p[0] == '>'))
			kind = LINE_BLANK;
		if (kind != LINE_BLANK && c->first == LINE_BLANK)
			c->first = kind;
		c->of[kind]++;
		c->lines++;
	}
}

/* A long text is known by its head and its tail. */
static void split(struct slice text, struct slice parts[2])
{
	struct slice head = text, line;
	if (head.n > LOOK_HEAD) {
		head.n = LOOK_HEAD;
		while (head.n > 1 && head.p[head.n - 1] != '\n')
			head.n--;
	}
	parts[0] = head;
	parts[1] = slice_from(text, head.n);
	if (parts[1].n > LOOK_TAIL) {
		parts[1] = slice_from(text, text.n - LOOK_TAIL);
		slice_line(&parts[1], &line);
	}
}

static void look(struct counts *c, struct slice text)
{
	struct slice parts[2];
	*c = (struct counts){0};
	split(text, parts);
	count(c, parts[0]);
	count(c, parts[1]);
}

enum source_kind text_kind(struct slice text)
{
	struct counts c;
	look(&c, text);
	size_t lspci = c.of[LINE_ROW] + c.of[LINE_LSPCI], log = c.of[LINE_LOG], prompts = c.of[LINE_PROMPT], other = c.of[LINE_OTHER];
	if (prompts)
		return c.first == LINE_PROMPT ? SOURCE_SESSION : SOURCE_TEXT;
	if (lspci && !log && other <= lspci)
		return c.of[LINE_ROW] ? SOURCE_LSPCI_HEX : SOURCE_LSPCI_TEXT;
	if (log && !lspci && other <= 3 * log)
		return SOURCE_KERNEL_LOG;
	return SOURCE_TEXT;
}

bool text_known(struct slice text)
{
	struct slice parts[2], line;
	split(text, parts);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		while (slice_line(&parts[i], &line)) {
			enum line_kind kind = line_kind(line);
			if (kind != LINE_BLANK && kind != LINE_OTHER)
				return true;
		}
	}
	return false;
}

static bool has_text(const struct strbuf *sb)
{
	for (size_t i = 0; i < sb->len; i++)
		if (sb->text[i] != '\n')
			return true;
	return false;
}

struct mix {
	struct strbuf lspci, log;
	bool in_lspci;
	bool any_lspci;
	bool any_function; /* a function's line went to lspci */
	bool lost;         /* the answer's lines are of functions that it does not name: "lspci -vvv | grep SR-IOV" */
};

/* Has the text a function's line of its own? */
static bool names_function(struct slice text)
{
	struct slice line;
	while (slice_line(&text, &line)) {
		struct sriov_addr addr;
		line = slice_trim(lspci_unquote(line));
		if (lspci_eat_slot(&line, &addr))
			return true;
	}
	return false;
}

/* Whose line is it, where no command tells? */
static struct strbuf *owner(struct mix *mix, struct slice line)
{
	enum line_kind kind = line_kind(line);
	struct slice s = lspci_unquote(line);
	if (kind == LINE_BLANK)
		return NULL;
	if (kind == LINE_ROW || kind == LINE_LSPCI) {
		mix->in_lspci = mix->any_lspci = true;
		mix->any_function = mix->any_function || names_function(line);
		return &mix->lspci;
	}
	/* under a function's line: indented, or "Word: …" where the indentation was lost */
	struct slice begin = {s.p, s.n < 24 ? s.n : 24};
	if (kind == LINE_OTHER && mix->in_lspci && (s.p[0] == ' ' || s.p[0] == '\t' || slice_has(begin, ":")))
		return &mix->lspci;
	mix->in_lspci = false;
	return kind == LINE_PROMPT ? NULL : &mix->log;
}

/* The command stands above an answer of lspci's. */
static void begin_lspci(struct mix *mix, const struct text_part *part)
{
	bool named = names_function(part->text);
	if (!named && part->has_addr) { /* "lspci -vvs 01:00.0 | grep Single": the command stands for the line that grep took away */
		strbuf_printf(&mix->lspci, "%04x:%02x:%02x.%x", part->addr.domain, part->addr.bus, part->addr.device, part->addr.function);
		named = true;
	}
	/* what cannot be told whose it is must not become the function's above; a tree names functions its own way */
	mix->lost = !named && mix->any_function && !slice_has(part->text, "-[");
	mix->any_function = mix->any_function || named;
}

static void distribute(struct mix *mix, struct slice text, const struct text_parts *parts)
{
	struct slice line;
	size_t next = 0;
	while (slice_line(&text, &line)) {
		struct strbuf *to;
		while (next < parts->n && line.p >= parts->parts[next].text.p + parts->parts[next].text.n)
			next++;
		if (next < parts->n && line.p >= parts->parts[next].text.p) {
			enum part_kind kind = parts->parts[next].kind;
			to = kind == PART_LOG ? &mix->log : kind == PART_LSPCI && !mix->lost ? &mix->lspci : NULL;
			mix->any_lspci = mix->any_lspci || kind == PART_LSPCI;
			mix->in_lspci = false;
		} else {
			to = owner(mix, line);
			const struct text_part *part = next < parts->n ? &parts->parts[next] : NULL;
			if (part && text.p == part->text.p && part->kind == PART_LSPCI)
				begin_lspci(mix, part);
		}
		if (to)
			strbuf_put(to, line.p, line.n);
		strbuf_putc(&mix->lspci, '\n');
		strbuf_putc(&mix->log, '\n');
	}
}

/* Lines of one kind as a file of the root, unless the root has that file. */
static int put_text_item(struct snapshot *snap, const char *name, const char *origin, const struct strbuf *text)
{
	struct item *item;
	int err = snapshot_put_file(snap, name, slice_bytes(text->text, text->len), &item);
	if (!err)
		item->origin = origin;
	return err == -EEXIST ? 0 : err;
}

/* log: the item that gets the log's lines; NULL: another parser reads the text's log lines anyway. */
static int put_mixture(struct snapshot *snap, const char *origin, struct slice text, const char *log)
{
	struct arena arena = {.limit = (size_t)1 << 30};
	struct text_parts parts = {.arena = &arena};
	struct text_place place = {.origin = origin, .line = 1};
	struct mix mix = {0};
	size_t functions = 0;
	int err = session_read(snap, place, text, &parts);
	if (!err) {
		distribute(&mix, text, &parts);
		err = mix.lspci.err ? mix.lspci.err : mix.log.err;
	}
	if (!err && mix.any_lspci)
		err = lspci_put(snap, place, slice_bytes(mix.lspci.text, mix.lspci.len), &functions);
	if (!err && mix.any_lspci)
		err = put_text_item(snap, "lspci", origin, &mix.lspci);
	if (!err && log && has_text(&mix.log))
		err = put_text_item(snap, log, origin, &mix.log);
	strbuf_free(&mix.lspci);
	strbuf_free(&mix.log);
	arena_free(&arena);
	return err;
}

static int put_lspci(struct snapshot *snap, const char *origin, struct slice text)
{
	size_t functions = 0;
	return lspci_put(snap, (struct text_place){.origin = origin, .line = 1}, text, &functions);
}

int snapshot_put_text(struct snapshot *snap, const char *name, struct slice text)
{
	enum source_kind kind = text_kind(text);
	struct item *item;
	const char *origin = arena_dup(&snap->arena, name, strlen(name));
	if (!origin)
		return -ENOMEM;
	snap->kind = kind;
	if (kind == SOURCE_LSPCI_HEX)
		return put_lspci(snap, origin, text);
	if (kind == SOURCE_LSPCI_TEXT) {
		/* names are looked up in the text where it has no numbers */
		int err = snapshot_put_file(snap, "lspci", text, &item);
		if (!err)
			item->origin = origin;
		return err && err != -EEXIST ? err : put_lspci(snap, origin, text);
	}
	if (kind != SOURCE_KERNEL_LOG)
		return put_mixture(snap, origin, text, "dmesg");
	int err = snapshot_put_file(snap, "dmesg", text, &item);
	if (!err)
		item->origin = origin;
	return err == -EEXIST ? 0 : err;
}

int text_ingest(struct snapshot *snap)
{
	/* the transcript first: a description of a function whose name was cut off may be of the one that the commands name */
	struct slice transcript = snapshot_bytes(snap, NULL, "transcript"), lspci = snapshot_bytes(snap, NULL, "lspci");
	struct slice log = snapshot_bytes(snap, NULL, "dmesg");
	int err = 0;
	if (transcript.n)
		err = put_mixture(snap, "transcript", transcript, "transcript.dmesg");
	if (!err && lspci.n) {
		enum source_kind kind = text_kind(lspci);
		bool pure = kind == SOURCE_LSPCI_HEX || kind == SOURCE_LSPCI_TEXT;
		err = pure ? put_lspci(snap, "lspci", lspci) : put_mixture(snap, "lspci", lspci, "lspci.dmesg");
	}
	if (!err && log.n && text_kind(log) != SOURCE_KERNEL_LOG)
		err = put_mixture(snap, "dmesg", log, NULL);
	return err;
}

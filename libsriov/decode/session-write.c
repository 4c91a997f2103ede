/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values that were written to attributes, and what became of it. */
#include "errno-text.h"
#include "session-parse.h"

#define WORDS_MAX 64

struct words {
	const char *word[WORDS_MAX];
	unsigned n;
};

static void split(struct session_parse *p, struct slice command, struct words *words)
{
	words->n = 0;
	while (words->n < WORDS_MAX && session_word(p, &command, &words->word[words->n]))
		words->n++;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static bool is_attribute(struct session_parse *p, const char *name)
{
	const char *path = session_full_path(p, name);
	/* below a folder that nobody told */
	bool named = path[0] != '/' && (!strcmp(last_part(path), "sriov_numvfs") || !strcmp(last_part(path), "driver_override"));
	return named || strstr(path, "/sys/") || strstr(path, "/sysfs/");
}

static bool is_operator(const char *word)
{
	return strchr("|<>;&", word[0]) && word[0];
}

/*
 * What an echo (or printf) says whose output goes on, of the words from the last operator or from the beginning up to here.
 * NULL: it is another program's output.
 */
static const char *echoed(struct session_parse *p, const struct words *w, unsigned end)
{
	unsigned i = end;
	while (i && !is_operator(w->word[i - 1]))
		i--;
	while (i < end && strcmp(last_part(w->word[i]), "echo") && strcmp(last_part(w->word[i]), "printf"))
		i++;
	const char *value = NULL;
	for (i++; i < end; i++) {
		const char *word = w->word[i];
		if (!value && word[0] == '-')
			continue;
		value = value ? session_printf(p, "%s %s", value, word) : word;
	}
	return value;
}

struct target {
	const char *path, *value;
	bool sudo; /* the program that opens the file runs under sudo: not so for "sudo echo 4 > file" */
};

static bool find_target(struct session_parse *p, struct slice command, struct target *t, unsigned depth)
{
	struct words w;
	split(p, command, &w);
	for (unsigned i = 0; i < w.n; i++) {
		const char *word = w.word[i];
		if (i + 1 < w.n && (!strcmp(word, ">") || !strcmp(word, ">>")) && is_attribute(p, w.word[i + 1])) {
			t->path = w.word[i + 1];
			t->value = echoed(p, &w, i);
			t->sudo = depth > 0 && t->sudo;
			return true;
		}
		if (!strcmp(last_part(word), "tee")) {
			unsigned path = i + 1;
			while (path < w.n && w.word[path][0] == '-')
				path++;
			if (path >= w.n || !is_attribute(p, w.word[path]))
				continue;
			t->path = w.word[path];
			unsigned before = i;
			while (before && strcmp(w.word[before - 1], "|"))
				before--;
			t->value = before ? echoed(p, &w, before - 1) : NULL;
			for (unsigned j = path; j + 1 < w.n && !before; j++)
				if (!strcmp(w.word[j], "<<<"))
					t->value = w.word[j + 1];
			for (unsigned j = before; j < i; j++)
				t->sudo = t->sudo || !strcmp(w.word[j], "sudo");
			return true;
		}
		/* sh -c 'echo 4 > /sys/…' */
		if (!depth && strchr(word, ' ') && (strchr(word, '>') || strstr(word, "tee"))) {
			for (unsigned j = 0; j < i; j++)
				t->sudo = t->sudo || !strcmp(w.word[j], "sudo");
			if (find_target(p, slice_of(word), t, depth + 1))
				return true;
		}
	}
	return false;
}

static struct session_write *push_write(struct session_parse *p, const char *path, unsigned line)
{
	struct session *s = p->session;
	struct session_write *w = p->err ? NULL : ARENA_PUSH(&p->snap->arena, s->writes, s->writes_n, s->writes_room);
	if (!w) {
		p->err = -ENOMEM;
		return NULL;
	}
	*w = (struct session_write){.path = path, .attribute = last_part(path), .at = session_at(p, line)};
	/* the last address in a path is the function's */
	struct slice rest = slice_of(path);
	struct sriov_addr addr;
	while (rest.n) {
		size_t n = slice_find(rest, "/");
		struct slice part = {rest.p, n == SIZE_MAX ? rest.n : n};
		rest = slice_from(rest, n == SIZE_MAX ? rest.n : n + 1);
		if (part.n < 20 && session_find_addr(part, &addr)) {
			w->has_addr = true;
			w->addr = addr;
		}
	}
	struct slice net = slice_of(path), name;
	if (slice_until(&net, "/class/net/", &name)) {
		size_t n = slice_find(net, "/");
		if (n != SIZE_MAX && n && net.p[0] != '$')
			w->netdev = session_text(p, (struct slice){net.p, n});
	}
	return w;
}

static enum write_step step_of(struct slice line, int err)
{
	if (text_has(line, "write error") || text_has(line, "echo: i/o error") || text_has(line, "write: ") || text_has(line, "write /"))
		return STEP_WRITE;
	if (text_has(line, "cannot create") || text_has(line, "open: ") || text_has(line, "open /") || text_has(line, "redirecting file") ||
	    text_has(line, "zsh: "))
		return STEP_OPEN;
	if (text_has(line, "tee: "))
		return err == EACCES || err == EPERM || err == EROFS ? STEP_OPEN : STEP_WRITE;
	return slice_has(line, "/") && !text_has(line, "echo: ") ? STEP_OPEN : STEP_UNKNOWN;
}

static void failed(struct session_parse *p, struct session_write *w, struct slice line, int err, unsigned number)
{
	w->result = WRITE_FAILED;
	w->step = step_of(line, err);
	w->err = err;
	/* dash prints the same words whatever the kernel said */
	if (err == EIO && text_has(line, "echo: i/o error") && !text_has(line, "write error"))
		w->err = 0;
	w->answer = session_text(p, line);
	w->answer_at = session_at(p, number);
}

static bool is_failure(struct slice line)
{
	return text_has(line, "error") || text_has(line, "denied") || text_has(line, "cannot") || text_has(line, "failed");
}

/* The host has this function: someone wrote to it and was not told that the path is wrong. */
static void note_function(struct session_parse *p, const struct session_write *w)
{
	if (w->result == WRITE_FAILED && w->step == STEP_OPEN)
		return;
	const char *path = session_host_path(p, w->path);
	const char *slash = path ? strrchr(path, '/') : NULL;
	if (!slash || (!w->has_addr && !w->netdev))
		return;
	const char *dir = session_text(p, (struct slice){path, (size_t)(slash - path)});
	session_item(p, dir, ITEM_DIR, ITEM_PRESENT, 0, (struct slice){0}, w->at.line);
}

static void settle(struct session_parse *p, struct session_write *w, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	bool quiet = true;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = slice_trim(line);
		int err = line.n ? errno_in_text(line) : 0;
		if (err || (line.n && is_failure(line))) {
			failed(p, w, line, err, number);
			return;
		}
		if (line.n && !slice_is(line, "(ok)") && !slice_is(line, "ok") && !slice_is(line, "(no output)") && (!w->value || !slice_is(line, w->value)))
			quiet = false;
	}
	w->result = quiet && x->answered && !x->bare ? WRITE_OK : WRITE_UNKNOWN;
}

bool session_read_write(struct session_parse *p, const struct exchange *x)
{
	struct target t = {0};
	if (!slice_has(x->command, "/sys") && !slice_has(x->command, "sriov_numvfs") && !slice_has(x->command, "driver_override") &&
	    !(p->cwd && strstr(p->cwd, "/sys/")))
		return false;
	if (find_target(p, x->command, &t, 0)) {
		struct session_write *w = push_write(p, session_full_path(p, t.path), x->line);
		if (!w)
			return true;
		uint64_t number;
		w->value = t.value;
		w->has_number = t.value && slice_u64(slice_of(t.value), &number);
		w->number = w->has_number ? number : 0;
		w->root = x->root || t.sudo;
		settle(p, w, x);
		note_function(p, w);
		return true;
	}
	/* "write /sys/…/sriov_numvfs", the answer below: what people make of a program's error */
	struct slice rest = x->answer, line;
	bool reads = slice_starts(x->command, "cat ") || slice_starts(x->command, "ls ") || slice_starts(x->command, "grep ") ||
		     slice_starts(x->command, "sudo cat ") || slice_starts(x->command, "find ") || slice_starts(x->command, "head ");
	for (unsigned number = x->answer_line; !reads && slice_has(x->command, "sriov_numvfs") && slice_line(&rest, &line); number++) {
		int err = errno_in_text(line);
		if (!err || slice_has(line, "sriov_numvfs"))
			continue;
		struct words words;
		split(p, x->command, &words);
		for (unsigned i = 0; i < words.n; i++) {
			if (strcmp(last_part(words.word[i]), "sriov_numvfs"))
				continue;
			struct session_write *w = push_write(p, session_full_path(p, words.word[i]), x->line);
			if (!w)
				return true;
			w->root = x->root;
			failed(p, w, slice_trim(line), err, number);
			if (slice_starts(x->command, "write "))
				w->step = STEP_WRITE;
			note_function(p, w);
			return true;
		}
	}
	return false;
}

bool session_read_failure(struct session_parse *p, struct slice line, unsigned number, bool root)
{
	size_t at = slice_find(line, "sriov_numvfs");
	int err = at == SIZE_MAX ? 0 : errno_in_text(line);
	if (!err)
		return false;
	for (size_t i = 0; i < p->session->writes_n; i++) {
		const struct session_write *w = &p->session->writes[p->session->writes_n - 1 - i];
		if (w->answer_at.line == number)
			return true; /* the answer of the command above: it is known */
		if (w->at.line + 64 < number)
			break;
	}
	size_t from = at;
	while (from && !strchr(" \t\"'`(=>", line.p[from - 1]))
		from--;
	struct session_write *w = push_write(p, session_text(p, (struct slice){line.p + from, at - from + strlen("sriov_numvfs")}), number);
	if (!w)
		return true;
	w->root = root;
	failed(p, w, line, err, number);
	if (w->step == STEP_OPEN && !text_has(line, "open") && err != EACCES && err != EROFS)
		w->step = STEP_UNKNOWN;
	note_function(p, w);
	return true;
}

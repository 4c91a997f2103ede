/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prompts, commands, answers. What an answer says is read by session-write.c, session-files.c and session-tools.c. */
#include "lspci-hex.h"
#include "session-parse.h"
#include "split.h"

#define PROMPT_MAX ((size_t)120)
#define ANSWER_KEPT ((size_t)16384) /* of what nobody understood, for who wants to look for words in it */

struct session *session_of(struct snapshot *snap)
{
	if (!snap->session)
		snap->session = arena_alloc(&snap->arena, sizeof(*snap->session));
	return snap->session;
}

static const char *sure(struct session_parse *p, const char *text)
{
	if (text)
		return text;
	p->err = -ENOMEM;
	return "";
}

const char *session_text(struct session_parse *p, struct slice s)
{
	return sure(p, arena_dup(&p->snap->arena, s.p, s.n));
}

const char *session_printf(struct session_parse *p, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = sure(p, arena_vprintf(&p->snap->arena, format, args));
	va_end(args);
	return text;
}

struct session_at session_at(const struct session_parse *p, unsigned line)
{
	return (struct session_at){p->place.origin, line};
}

struct item *session_item(struct session_parse *p, const char *path, enum item_kind kind, enum item_state state, int err, struct slice data,
			  unsigned line)
{
	struct item *item;
	if (p->err)
		return NULL;
	int put = snapshot_put(p->snap, NULL, path, kind, state, data, &item);
	if (put == -ENOMEM)
		p->err = put;
	if (put == -EEXIST && item->origin == p->place.origin && item->kind == kind && state == ITEM_PRESENT && kind == ITEM_FILE) {
		const char *copy = session_text(p, data); /* asked again: the later answer counts */
		item->data = slice_bytes(copy, p->err ? 0 : data.n);
		item->size = item->data.n;
	} else if (put) {
		return NULL; /* what the root has itself stays; a path that cannot be is no fact */
	}
	item->err = err;
	item->origin = p->place.origin;
	item->line = line;
	return item;
}

void session_query(struct session_parse *p, enum session_tool tool, struct slice device, const struct sriov_addr *addr, struct slice key,
		   struct slice value, unsigned line)
{
	struct session *s = p->session;
	struct session_query *q = p->err ? NULL : ARENA_PUSH(&p->snap->arena, s->queries, s->queries_n, s->queries_room);
	if (!q) {
		p->err = -ENOMEM;
		return;
	}
	*q = (struct session_query){
		.tool = tool, .device = session_text(p, device), .has_addr = addr != NULL, .key = session_text(p, key),
		.value = session_text(p, value), .at = session_at(p, line),
	};
	if (addr)
		q->addr = *addr;
}

static bool is_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool session_find_addr(struct slice s, struct sriov_addr *addr)
{
	/* "bb:dd.f" has its dot behind the device: look from each dot backwards, so that a long text is read once */
	for (size_t i = 5; i + 1 < s.n; i++) {
		if (s.p[i] != '.' || !is_digit(s.p[i + 1]) || s.p[i - 3] != ':')
			continue;
		size_t from = i - 5;
		if (from >= 5 && s.p[from - 1] == ':')
			for (from -= 5; from > 0 && i - from < 14 && is_digit(s.p[from - 1]); from--)
				;
		if (from && is_digit(s.p[from - 1]))
			continue;
		struct slice slot = {s.p + from, i + 2 - from};
		if ((i + 2 == s.n || !is_digit(s.p[i + 2])) && lspci_eat_slot(&slot, addr))
			return true;
	}
	return false;
}

/* ---- prompts ---- */

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '+';
}

static size_t eat_name(struct slice *s)
{
	size_t n = 0;
	while (n < s->n && is_name_char(s->p[n]))
		n++;
	*s = slice_from(*s, n);
	return n;
}

static size_t eat_path(struct slice *s)
{
	size_t n = 0;
	while (n < s->n && (is_name_char(s->p[n]) || s->p[n] == '/' || s->p[n] == '~' || s->p[n] == ':'))
		n++;
	*s = slice_from(*s, n);
	return n;
}

/* The prompt's last character, and a space or the end of the line behind it. */
static bool eat_mark(struct slice *s, const char *marks, bool *root)
{
	if (!s->n || !strchr(marks, s->p[0]) || (s->n > 1 && s->p[1] != ' '))
		return false;
	*root = s->p[0] == '#';
	*s = slice_from(*s, 1);
	return true;
}

/* "root@host:~# ", "user@host ~ % ", "user@host /sys> ": user, host, path, mark. */
static bool user_host(struct slice *s, bool *root)
{
	struct slice r = *s;
	if (!eat_name(&r) || !slice_eat(&r, "@") || !eat_name(&r))
		return false;
	bool colon = slice_eat(&r, ":");
	if (!colon)
		slice_eat(&r, " ");
	size_t path = eat_path(&r);
	if (!colon && memchr(r.p - path, ':', path))
		return false;
	slice_eat(&r, " ");
	if (!eat_mark(&r, "#$%>", root))
		return false;
	*s = r;
	return true;
}

/* "[root@host ~]# " */
static bool bracket(struct slice *s, bool *root)
{
	struct slice r = *s, inside;
	if (!slice_eat(&r, "[") || !slice_until(&r, "]", &inside) || inside.n > PROMPT_MAX || !slice_has(inside, "@"))
		return false;
	if (!eat_name(&inside) || !slice_eat(&inside, "@") || !eat_name(&inside) || !eat_mark(&r, "#$%", root))
		return false;
	*s = r;
	return true;
}

/* "bash-5.1# ", "sh-4.4$ ", "~ # ", "/ # ", "host:~ # ", "host:/sys$ " */
static bool bare(struct slice *s, bool *root)
{
	struct slice r = *s;
	static const char *const shells[] = {"bash-", "sh-", "dash-", "ash-", "ksh-"};
	for (size_t i = 0; i < ARRAY_SIZE(shells); i++) {
		uint64_t n;
		r = *s;
		if (slice_eat(&r, shells[i]) && slice_eat_u64(&r, 10, &n) && slice_eat(&r, ".") && slice_eat_u64(&r, 10, &n) && eat_mark(&r, "#$", root)) {
			*s = r;
			return true;
		}
	}
	r = *s;
	size_t name = eat_name(&r);
	if (name && !slice_eat(&r, ":"))
		return false;
	if (!r.n || (r.p[0] != '~' && r.p[0] != '/'))
		return false;
	eat_path(&r);
	slice_eat(&r, " ");
	if (!eat_mark(&r, "#$", root))
		return false;
	*s = r;
	return true;
}

/* "PS C:\Users\x> ", "C:\Windows\system32>" */
static bool windows_prompt(struct slice *s)
{
	struct slice r = *s, path;
	bool power = slice_eat(&r, "PS ");
	if (r.n < 3 || !((r.p[0] | 0x20) >= 'a' && (r.p[0] | 0x20) <= 'z') || r.p[1] != ':' || r.p[2] != '\\') {
		if (!slice_eat(s, "PS> ") && !slice_is(*s, "PS>") && !slice_eat(s, "PS >"))
			return false;
		return true;
	}
	if (!slice_until(&r, ">", &path) || path.n > 2 * PROMPT_MAX || (!power && slice_has(path, " ")))
		return false;
	*s = r;
	return true;
}

bool session_bare_command(struct slice line)
{
	static const char *const starts[] = {"echo ", "sudo ", "tee ", "cat /sys/", "printf "};
	struct slice s = slice_trim(lspci_unquote(line));
	for (size_t i = 0; i < ARRAY_SIZE(starts); i++) {
		if (!slice_starts(s, starts[i]) || s.n > 400)
			continue;
		return slice_has(s, "> /sys/") || slice_has(s, ">/sys/") || slice_has(s, "tee /sys/") || slice_has(s, "tee -a /sys/") || slice_starts(s, "cat /sys/");
	}
	return false;
}

/* "# CONFIG_PCI_IOV is not set" is a line of a file, also behind the file's name. */
static bool is_kconfig(struct slice line)
{
	return slice_has(line, "# CONFIG_") && slice_ends(line, " is not set");
}

bool session_prompt(struct slice line, struct slice *command, bool *root, bool *windows)
{
	struct slice s = lspci_unquote(line), inside;
	*root = *windows = false;
	if (s.n > 0 && s.p[0] == '(' && slice_until(&s, ") ", &inside) && inside.n > 40) /* "(venv) " */
		return false;
	struct slice start = s;
	if (is_kconfig(slice_trim(s)))
		return false;
	if (slice_eat(&s, "\xe2\x9e\x9c  ") || slice_eat(&s, "\xe2\x9d\xaf ")) { /* oh-my-zsh's arrows */
		struct slice dir = s;
		if (start.p[1] == '\x9e' && slice_until(&dir, " ", &inside))
			s = dir;
	} else if (!eat_mark(&s, "#$", root) && !user_host(&s, root) && !bracket(&s, root) && !bare(&s, root)) {
		if (!windows_prompt(&s))
			return false;
		*windows = true;
	}
	*command = slice_trim(s);
	return true;
}

/* ---- exchanges ---- */

static void push_command(struct session_parse *p, const struct exchange *x, bool understood)
{
	struct session *s = p->session;
	struct session_command *c = p->err ? NULL : ARENA_PUSH(&p->snap->arena, s->commands, s->commands_n, s->commands_room);
	if (!c) {
		p->err = -ENOMEM;
		return;
	}
	struct slice answer = {x->answer.p, x->answer.n < ANSWER_KEPT ? x->answer.n : ANSWER_KEPT};
	*c = (struct session_command){
		.command = {session_text(p, x->command), x->command.n}, .answer = {session_text(p, answer), answer.n}, .root = x->root,
		.windows = x->windows, .understood = understood, .answered = x->answered, .at = session_at(p, x->line),
	};
}

static void change_directory(struct session_parse *p, struct slice command)
{
	const char *dir;
	slice_eat(&command, "cd");
	bool known = session_word(p, &command, &dir) && strcmp(dir, "-"); /* else home, or where it was before */
	const char *full = known ? session_full_path(p, dir) : "";
	p->cwd = *full == '/' ? full : NULL;
}

static void part(struct session_parse *p, const struct exchange *x, enum part_kind kind)
{
	if (!p->parts || !x->answer.n)
		return;
	struct text_part *to = ARENA_PUSH(p->parts->arena, p->parts->parts, p->parts->n, p->parts->room);
	if (!to) {
		p->err = -ENOMEM;
		return;
	}
	*to = (struct text_part){.text = x->answer, .kind = kind};
	struct slice rest = x->command, word;
	while (slice_token(&rest, " ", &word)) { /* the last -s counts */
		bool s_option = slice_starts(word, "-") && slice_ends(word, "s"); /* -s, -vvvs */
		if (s_option && slice_token(&rest, " ", &word))
			to->has_addr = lspci_eat_slot(&word, &to->addr);
	}
}

/* The name of the program that a command runs: "sudo -E /usr/sbin/lspci -vvv" is lspci. */
static bool runs(struct slice command, const char *program)
{
	struct slice word, rest = command;
	while (slice_token(&rest, " ", &word)) {
		size_t slash = word.n;
		while (slash && word.p[slash - 1] != '/')
			slash--;
		if (slice_is(slice_from(word, slash), program))
			return true;
		if (!slice_is(word, "sudo") && !slice_is(word, "doas") && !slice_starts(word, "-") && !slice_has(word, "="))
			return false;
	}
	return false;
}

/* A line that the readers of lspci's text and of logs do not take either. */
static bool is_nobodys(struct slice line)
{
	enum line_kind kind = line_kind(line);
	return kind == LINE_OTHER || kind == LINE_PROMPT;
}

static void exchange(struct session_parse *p, const struct exchange *x)
{
	bool understood = false, root = x->root || runs(x->command, "sudo");
	if (runs(x->command, "cd"))
		change_directory(p, x->command);
	if (runs(x->command, "lspci")) {
		part(p, x, PART_LSPCI);
		understood = true;
	} else if (runs(x->command, "dmesg") || runs(x->command, "journalctl") || slice_has(x->command, "/var/log/")) {
		part(p, x, PART_LOG);
		understood = true;
	} else {
		understood = (x->command.n && (session_read_write(p, x) || session_read_files(p, x))) || session_read_host(p, x);
		if (!understood || !x->command.n) /* what a ticket shows without its commands can be of several */
			understood = session_read_tools(p, x) || understood;
		if (understood && x->command.n)
			part(p, x, PART_TAKEN);
	}
	struct slice rest = x->answer, line;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = slice_trim(lspci_unquote(line));
		bool known = session_read_message(p, line, number);
		if (!understood || slice_has(line, "sriov_numvfs"))
			known = session_read_failure(p, line, number, root) || known;
		if (!known && !understood && is_nobodys(line))
			p->session->lines_not_understood++;
		understood = understood || known;
	}
	if (x->command.n)
		push_command(p, x, understood);
}

/* Where a quoted session ends in a ticket. */
static bool is_fence(struct slice line)
{
	line = slice_trim(lspci_unquote(line));
	return slice_starts(line, "```") || slice_starts(line, "~~~") || slice_starts(line, "{code") || slice_starts(line, "{noformat") ||
	       slice_starts(line, "[/code]") || slice_starts(line, "[code]") || slice_is(line, "</pre>") || slice_is(line, "<pre>");
}

int session_read(struct snapshot *snap, struct text_place place, struct slice text, struct text_parts *parts)
{
	struct session_parse p = {.snap = snap, .session = session_of(snap), .place = place, .parts = parts};
	struct exchange x = {.line = place.line, .answer_line = place.line};
	struct slice rest = text, before = text, line, command;
	const char *answer = text.p;
	unsigned number = place.line;
	if (!p.session)
		return -ENOMEM;
	for (; !p.err && slice_line(&rest, &line); before = rest) {
		bool root = false, windows = false;
		number++;
		bool bare = session_bare_command(line);
		if (is_fence(line))
			command = (struct slice){line.p, 0};
		else if (bare)
			command = slice_trim(lspci_unquote(line));
		else if (!session_prompt(line, &command, &root, &windows))
			continue;
		x.answer = (struct slice){answer, (size_t)(before.p - answer)};
		x.answered = true;
		exchange(&p, &x);
		answer = rest.n ? rest.p : text.p + text.n;
		x = (struct exchange){.command = command, .line = number - 1, .answer_line = number, .root = root, .windows = windows, .bare = bare};
	}
	x.answer = (struct slice){answer, (size_t)(text.p + text.n - answer)};
	x.answered = slice_trim(x.answer).n > 0;
	if (!p.err)
		exchange(&p, &x);
	return p.err;
}

int session_put(struct snapshot *snap, struct text_place place, struct slice text)
{
	return session_read(snap, place, text, NULL);
}

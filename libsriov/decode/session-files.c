/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Answers that show files, links and directories of the host: cat, head, grep, ls, readlink, find. */
#include "errno-text.h"
#include "lspci-hex.h"
#include "session-parse.h"

#define PATHS_MAX 64

struct request {
	const char *program;
	const char *paths[PATHS_MAX]; /* as the shell passed them */
	unsigned n;
	bool globs;     /* a path has a pattern: what it became is unknown */
	bool piped;     /* the output went through another program */
	bool with_names; /* -H, -r: grep prints the file's name */
	bool numbered;  /* grep -n */
	bool no_lines;  /* grep -c, -l, -o, -q: what it prints is no line of the file */
	bool is_long;   /* ls -l */
	bool itself;    /* ls -d */
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* The first program of the command that is no wrapper, and its arguments. False: none of ours. */
static bool read_request(struct session_parse *p, struct slice command, struct request *r)
{
	static const char *const programs[] = {"cat", "head", "tail", "more", "less", "grep", "egrep", "zgrep", "ls", "readlink", "find"};
	const char *word;
	bool pattern = false;
	*r = (struct request){0};
	while (session_word(p, &command, &word)) {
		if (!r->program) {
			const char *name = base_name(word);
			for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
				if (!strcmp(name, programs[i]))
					r->program = programs[i];
			if (!r->program && strcmp(name, "sudo") && word[0] != '-')
				return false;
			pattern = r->program && strstr(r->program, "grep");
			continue;
		}
		if (strchr("|;&<>", word[0]) && word[0]) {
			/* "2>/dev/null" hides errors only */
			r->piped = r->piped || word[0] == '|';
			if (word[0] == '>' && session_word(p, &command, &word) && strcmp(word, "/dev/null") && strcmp(word, "&"))
				return false;
			if (word[0] == ';' || (word[0] == '&' && word[1]))
				r->globs = true; /* another command's output follows */
			if (r->piped || word[0] == ';')
				break;
			continue;
		}
		if (word[0] == '-' && word[1]) {
			bool find = !strcmp(r->program, "find");
			r->with_names = r->with_names || strpbrk(word, "rRH");
			r->numbered = r->numbered || strchr(word, 'n');
			r->no_lines = r->no_lines || strpbrk(word, "cloqL");
			r->is_long = r->is_long || (!strcmp(r->program, "ls") && strchr(word, 'l'));
			r->itself = r->itself || strchr(word, 'd');
			bool part_of = r->program[0] == 'h' || r->program[0] == 't'; /* head, tail */
			if ((find && !strpbrk(word, "HLP")) || (part_of && (!strcmp(word, "-n") || !strcmp(word, "-c"))))
				session_word(p, &command, &word); /* its value */
			continue;
		}
		if (!strcmp(word, "2"))
			continue; /* of "2>" */
		if (pattern) {
			pattern = false;
			if (strcmp(word, ".") && strcmp(word, ""))
				r->piped = true; /* a part of the file only */
			continue;
		}
		r->globs = r->globs || strpbrk(word, "*?[{$`");
		if (r->n < PATHS_MAX)
			r->paths[r->n++] = session_full_path(p, word);
	}
	return r->program && (r->n || r->globs);
}

/* "cat: /sys/…: No such file or directory", "ls: cannot access '/sys/…': …", "readlink: …" -> the path's state. */
static bool error_line(struct session_parse *p, const struct request *r, struct slice line, unsigned number)
{
	size_t program = strlen(r->program);
	if (!slice_starts(line, r->program) || line.n <= program || line.p[program] != ':')
		return false;
	int err = errno_in_text(line);
	size_t from = slice_find(line, "/");
	const char *path = NULL;
	if (from == SIZE_MAX && r->n == 1)
		path = r->paths[0];
	if (from != SIZE_MAX) {
		struct slice s = slice_from(line, from), file;
		size_t quote = line.p[from - 1] == '\'' || line.p[from - 1] == '"' ? slice_find(s, (const char[]){line.p[from - 1], '\0'}) : SIZE_MAX;
		if (quote != SIZE_MAX)
			path = session_text(p, (struct slice){s.p, quote});
		else if (slice_until(&s, ": ", &file))
			path = session_text(p, file);
	}
	const char *item = path ? session_host_path(p, path) : NULL;
	if (item && err)
		session_item(p, item, ITEM_FILE, err == ENOENT ? ITEM_ABSENT : ITEM_DENIED, err == ENOENT ? 0 : err, (struct slice){0}, number);
	return true;
}

/* Binary files do not survive a terminal. */
static bool is_text_file(const char *path)
{
	const char *name = base_name(path);
	return strcmp(name, "config") && strcmp(name, "rom") && strcmp(name, "vpd");
}

static void put_file(struct session_parse *p, const char *path, struct slice data, unsigned line)
{
	const char *item = session_host_path(p, path);
	if (item && is_text_file(item))
		session_item(p, item, ITEM_FILE, ITEM_PRESENT, 0, data, line);
}

static void put_link(struct session_parse *p, const char *path, struct slice target, unsigned line)
{
	const char *item = session_host_path(p, path);
	target = slice_trim(target);
	slice_eat(&target, "'");
	while (target.n && (target.p[target.n - 1] == '/' || target.p[target.n - 1] == '\''))
		target.n--;
	if (!item || !target.n || target.n >= 512)
		return;
	/* an interface, or its device: the target's last address is its function; the rest of the target leads through folders that nobody captured */
	struct slice name = slice_of(item), part, up = target;
	struct sriov_addr addr;
	bool found = false;
	while (up.n) {
		size_t n = slice_find(up, "/");
		part = (struct slice){up.p, n == SIZE_MAX ? up.n : n};
		up = slice_from(up, n == SIZE_MAX ? up.n : n + 1);
		found = (lspci_eat_slot(&part, &addr) && !part.n) || found;
	}
	if (slice_eat(&name, "sys/class/net/")) {
		size_t n = slice_find(name, "/");
		if (n != SIZE_MAX && !slice_is(slice_from(name, n), "/device"))
			return;
		if (found)
			session_netdev(p, (struct slice){name.p, n == SIZE_MAX ? name.n : n}, &addr, line);
		return;
	}
	if (found && (slice_ends(name, "/physfn") || slice_has(name, "/virtfn"))) {
		const char *to = session_printf(p, "../%04x:%02x:%02x.%x", addr.domain, addr.bus, addr.device, addr.function);
		target = slice_of(to);
	}
	session_item(p, item, ITEM_LINK, ITEM_PRESENT, 0, target, line);
}

static bool is_attribute_path(const char *path)
{
	return slice_starts(slice_of(path), "/sys/") || slice_starts(slice_of(path), "/proc/sys/");
}

/* "==> /sys/… <==" of head and tail, or the file's name alone of a loop with echo: the file's content is below, one line. */
static bool read_headed(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	const char *path = NULL;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++) {
		line = slice_trim(line);
		if (!line.n)
			continue;
		struct slice s = line;
		bool head = slice_eat(&s, "==> ") && slice_ends(s, " <==");
		if (head)
			s.n -= strlen(" <==");
		if (head || (slice_starts(s, "/sys/") && !memchr(s.p, ' ', s.n))) {
			path = session_text(p, s);
			continue;
		}
		if (error_line(p, r, line, number)) {
			known = true;
		} else if (path && is_attribute_path(path)) {
			put_file(p, path, line, number);
			known = true;
		}
		path = NULL;
	}
	return known;
}

/* cat and its kin: one file is the whole answer; of several attributes each has one line. */
static bool read_contents(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	struct slice rest = x->answer, line, first = {0};
	unsigned number = x->answer_line, lines = 0, first_line = 0;
	bool said = false;
	for (; slice_line(&rest, &line); number++) {
		if (error_line(p, r, slice_trim(line), number)) {
			said = true;
			continue;
		}
		if (!slice_trim(line).n)
			continue;
		if (!lines++) {
			first = line;
			first_line = number;
		}
	}
	if (lines && slice_starts(slice_trim(first), "==> "))
		return read_headed(p, r, x);
	if (!lines || r->globs || r->piped)
		return said;
	if (slice_is(slice_trim(first), "(ok)") || slice_starts(slice_trim(first), "..."))
		return said;
	if (r->n == 1 && !said) {
		/* an attribute is one line: what a ticket says behind it is not its value */
		static const char *const longer[] = {"resource", "uevent", "reserved_regions"};
		bool one = is_attribute_path(r->paths[0]) || !strcmp(r->paths[0], "/proc/cmdline");
		for (size_t i = 0; i < ARRAY_SIZE(longer); i++)
			one = one && strcmp(base_name(r->paths[0]), longer[i]);
		struct slice data = one ? first : x->answer;
		put_file(p, r->paths[0], data, first_line);
		return session_host_path(p, r->paths[0]) != NULL;
	}
	if (said || lines != r->n)
		return said;
	rest = x->answer;
	number = x->answer_line;
	for (unsigned i = 0; i < r->n; number++) { /* there are as many lines */
		slice_line(&rest, &line);
		if (!slice_trim(line).n)
			continue;
		if (is_attribute_path(r->paths[i]))
			put_file(p, r->paths[i], line, number);
		i++;
	}
	return true;
}

/* "PATH:content" of grep; a function's address in PATH has colons itself. Some lines of a kernel's configuration are not that file. */
static bool named_line(struct session_parse *p, const struct request *r, struct slice line, unsigned number)
{
	struct slice s = line;
	uint64_t n;
	if (!slice_starts(s, "/"))
		return false;
	while (s.n && s.p[0] == '/') {
		struct sriov_addr addr;
		s = slice_from(s, 1);
		size_t len = 0;
		while (len < s.n && s.p[len] != '/' && s.p[len] != ':' && s.p[len] != ' ')
			len++;
		struct slice slot = {s.p, len + 8 < s.n ? len + 8 : s.n};
		if (len == 4 && slot.n == 12 && lspci_eat_slot(&slot, &addr))
			len = 12;
		else if (len == 7 && slice_starts(s, "pci") && s.n >= 10 && s.p[7] == ':')
			len = 10; /* pci0000:00 */
		s = slice_from(s, len);
	}
	if (!slice_starts(s, ":") || slice_starts(s, ":CONFIG_") || slice_starts(s, ":# CONFIG_"))
		return false;
	const char *path = session_text(p, (struct slice){line.p, (size_t)(s.p - line.p)});
	if (!session_host_path(p, path))
		return false;
	struct slice value = slice_from(s, 1), behind = value;
	if (r->numbered && slice_eat_u64(&behind, 10, &n) && slice_eat(&behind, ":"))
		value = behind;
	put_file(p, path, value, number);
	return true;
}

static bool read_grep(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	bool known = false;
	for (unsigned number = x->answer_line; slice_line(&rest, &line); number++)
		known = error_line(p, r, slice_trim(line), number) || (!r->no_lines && named_line(p, r, slice_trim(line), number)) || known;
	if (known || r->piped || r->globs || r->with_names || r->numbered || r->no_lines)
		return known;
	return read_contents(p, r, x);
}

/* A link in a listing: "… driver -> ../../../bus/pci/drivers/i40e"; the name is relative to the directory that was listed. */
static bool link_line(struct session_parse *p, const struct request *r, struct slice line, unsigned number)
{
	struct slice target = line, left;
	if (!slice_until(&target, " -> ", &left))
		return false;
	size_t from = left.n;
	while (from && left.p[from - 1] != ' ')
		from--;
	struct slice name = slice_from(left, from);
	const char *path = session_text(p, name);
	if (*path != '/') {
		if (r->n != 1 || r->globs)
			return false;
		path = session_printf(p, "%s/%s", r->paths[0], path);
	}
	/* "ls -l FILE" prints the link's own path, "ls -l DIRECTORY" the names in it */
	put_link(p, path, target, number);
	return true;
}

static bool is_listed(const char *item)
{
	static const char *const tops[] = {"sys/", "dev/vfio", "proc/", "lib/modules/"};
	for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
		if (slice_starts(slice_of(item), tops[i]))
			return true;
	return false;
}

static void complete(struct session_parse *p, const char *path, unsigned line)
{
	const char *name = session_host_path(p, path);
	struct item *item = NULL;
	if (!name || !is_listed(name))
		return;
	session_item(p, name, ITEM_DIR, ITEM_PRESENT, 0, (struct slice){0}, line);
	if (!p->err && snapshot_put(p->snap, NULL, name, ITEM_DIR, ITEM_PRESENT, (struct slice){0}, &item) == -EEXIST && item->kind == ITEM_DIR)
		item->complete = true;
}

/* "ls DIRECTORY | wc -l" answers with a number, which is no name; 0 says that the directory is empty. */
static bool read_count(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	bool none = slice_is(slice_trim(x->answer), "0") && r->n == 1 && !r->globs;
	if (none)
		complete(p, r->paths[0], x->line);
	return none;
}

static bool is_counted(struct slice command)
{
	struct slice before;
	return slice_until(&command, "|", &before) && slice_starts(slice_trim(command), "wc");
}

/* "ls DIRECTORY": every name; what is not in the list is not there. */
static bool read_listing(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	struct slice rest = x->answer, line, name;
	bool known = false, whole = r->n == 1 && !r->globs && !r->piped && !r->itself && x->answered, single = r->n == 1 && !r->globs;
	unsigned number = x->answer_line;
	for (; slice_line(&rest, &line); number++) {
		line = slice_trim(line);
		if (!line.n && (known || number > x->answer_line))
			break; /* what follows an empty line is no name */
		if (!line.n || slice_starts(line, "total "))
			continue;
		if (error_line(p, r, line, number)) {
			whole = false;
			known = true;
		} else if (link_line(p, r, line, number)) {
			known = true;
			struct slice left, right = line;
			/* the listed name was the link itself, so this was no directory's list */
			slice_until(&right, " -> ", &left);
			if (slice_has(slice_from(left, left.n > 300 ? left.n - 300 : 0), " /"))
				whole = false;
		} else if (single && !r->itself) {
			const char *dir = session_host_path(p, r->paths[0]);
			bool prose = slice_has(line, ": ");
			if (!dir || !is_listed(dir) || prose)
				whole = false;
			while (dir && !prose && slice_token(&line, " \t", &name)) {
				if (r->is_long && line.n)
					continue; /* the name is the last word */
				if (slice_is(name, "..."))
					whole = false; /* left out by who pasted it */
				if (!name.n || slice_is(name, ".") || slice_is(name, "..") || slice_is(name, "...") || name.n > 200 || memchr(name.p, '/', name.n))
					continue;
				const char *path = session_printf(p, "%s/%.*s", dir, (int)name.n, name.p);
				struct item *item = NULL;
				if (is_listed(dir) && snapshot_state(p->snap, NULL, path) != ITEM_PRESENT)
					item = session_item(p, path, ITEM_DIR, ITEM_PRESENT, 0, (struct slice){0}, number);
				if (item)
					item->listed = true;
				known = true;
			}
		}
	}
	if (whole && !p->err)
		complete(p, r->paths[0], x->line);
	return known || whole;
}

static bool read_links(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	unsigned i = 0, number = x->answer_line;
	bool known = false;
	for (; slice_line(&rest, &line); number++) {
		line = slice_trim(line);
		if (!line.n)
			continue;
		known = true;
		if (error_line(p, r, line, number))
			continue;
		if (i < r->n && !r->globs && !r->piped)
			put_link(p, r->paths[i], line, number);
		i++;
	}
	return known;
}

/* "find /sys/kernel/iommu_groups -type l": a group's members, or an empty answer, which says that there are no groups. */
static bool read_found(struct session_parse *p, const struct request *r, const struct exchange *x)
{
	struct slice rest = x->answer, line;
	bool known = false, any = false;
	unsigned number = x->answer_line;
	for (; slice_line(&rest, &line); number++) {
		line = slice_trim(line);
		any = any || line.n;
		if (error_line(p, r, line, number) || link_line(p, r, line, number)) {
			known = true;
			continue;
		}
		struct slice s = line;
		struct sriov_addr addr;
		uint64_t group;
		if (!slice_eat(&s, "/sys/kernel/iommu_groups/") || !slice_eat_u64(&s, 10, &group) || !slice_eat(&s, "/devices/") || !lspci_eat_slot(&s, &addr))
			continue;
		const char *path = session_printf(p, "/sys/bus/pci/devices/%04x:%02x:%02x.%x/iommu_group", addr.domain, addr.bus, addr.device, addr.function);
		const char *target = session_printf(p, "../../../kernel/iommu_groups/%llu", (unsigned long long)group);
		put_link(p, path, slice_of(target), number);
		put_link(p, session_text(p, line), slice_of(session_printf(p, "../../../../bus/pci/devices/%04x:%02x:%02x.%x",
									   addr.domain, addr.bus, addr.device, addr.function)), number);
		known = true;
	}
	if (!any && x->answered && !r->piped && r->n == 1 && !r->globs) {
		complete(p, r->paths[0], x->line);
		known = true;
	}
	return known;
}

bool session_read_files(struct session_parse *p, const struct exchange *x)
{
	struct request r;
	if (x->windows)
		return false;
	if (slice_starts(x->command, "for ") && slice_has(x->command, "/sys/"))
		return read_headed(p, &(struct request){.program = "cat"}, x);
	if (!read_request(p, x->command, &r))
		return false;
	if (strstr(r.program, "grep"))
		return read_grep(p, &r, x);
	if (!strcmp(r.program, "ls") || (!strcmp(r.program, "cat") && r.n == 1 && slice_ends(slice_of(r.paths[0]), "/")))
		return is_counted(x->command) ? read_count(p, &r, x) : read_listing(p, &r, x);
	if (!strcmp(r.program, "readlink"))
		return read_links(p, &r, x);
	if (!strcmp(r.program, "find"))
		return read_found(p, &r, x);
	return read_contents(p, &r, x);
}

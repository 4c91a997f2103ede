/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and paths of command lines. */
#include "lspci-hex.h"
#include "session-parse.h"

#define WORD_MAX_LEN ((size_t)1024)

static bool is_operator(char c)
{
	return c == '|' || c == '>' || c == '<' || c == ';' || c == '&';
}

bool session_word(struct session_parse *p, struct slice *command, const char **word)
{
	char text[WORD_MAX_LEN];
	size_t n = 0;
	slice_eat_space(command);
	if (!command->n)
		return false;
	if (is_operator(command->p[0])) {
		char c = command->p[0];
		while (command->n && command->p[0] == c && n < 3) {
			text[n++] = c;
			*command = slice_from(*command, 1);
		}
	} else {
		char quote = 0;
		while (command->n && n < sizeof(text)) {
			char c = command->p[0];
			if (!quote && (c == ' ' || c == '\t' || is_operator(c)))
				break;
			*command = slice_from(*command, 1);
			if (c == quote) {
				quote = 0;
			} else if (!quote && (c == '\'' || c == '"')) {
				quote = c;
			} else if (c == '\\' && quote != '\'' && command->n) {
				text[n++] = command->p[0];
				*command = slice_from(*command, 1);
			} else {
				text[n++] = c;
			}
		}
	}
	*word = session_text(p, (struct slice){text, n});
	return !p->err;
}

const char *session_full_path(struct session_parse *p, const char *path)
{
	if (*path == '/' || *path == '~' || !p->cwd)
		return path;
	if (path[0] == '.' && path[1] == '/')
		path += 2;
	return session_printf(p, "%s/%s", p->cwd, path);
}

/* Where what stands behind the last function's address in a path begins; false: no address in it. */
static bool behind_address(struct slice path, struct sriov_addr *addr, struct slice *tail)
{
	bool found = false;
	while (path.n) {
		size_t n = slice_find(path, "/");
		struct slice part = {path.p, n == SIZE_MAX ? path.n : n};
		struct sriov_addr a;
		path = slice_from(path, n == SIZE_MAX ? path.n : n + 1);
		if (lspci_eat_slot(&part, &a) && !part.n) {
			found = true;
			*addr = a;
			*tail = path;
		}
	}
	return found;
}

const char *session_host_path(struct session_parse *p, const char *path)
{
	static const char *const tops[] = {"/sys/", "/proc/", "/etc/", "/boot/", "/lib/modules/", "/dev/vfio", "/run/"};
	struct slice s = slice_of(path), tail;
	struct sriov_addr addr;
	if (strpbrk(path, "$*?{}[]`~\n"))
		return NULL;
	slice_eat(&s, "/host"); /* where containers see the host's root */
	bool sys = slice_eat(&s, "/sysfs"), host = sys;
	for (size_t i = 0; i < ARRAY_SIZE(tops); i++)
		host = host || slice_starts(s, tops[i]);
	if (!host || !slice_starts(s, "/"))
		return NULL;
	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	/* a function below sys/devices is the same as the one in sys/bus/pci/devices */
	bool device = sys || slice_starts(s, "/sys/devices/") || slice_starts(s, "/sys/bus/pci/devices/");
	if (device && behind_address(s, &addr, &tail))
		return session_printf(p, "sys/bus/pci/devices/%04x:%02x:%02x.%x%s%.*s", addr.domain, addr.bus, addr.device, addr.function,
				      tail.n ? "/" : "", (int)tail.n, tail.p);
	return session_printf(p, "%s%.*s", sys ? "sys/" : "", (int)(s.n - 1), s.p + 1);
}

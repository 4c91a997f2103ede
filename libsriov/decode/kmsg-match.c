/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pattern language of kmsg-table.c. Bounded work for any line: no pattern looks back. */
#include <errno.h>

#include "decode/kmsg-private.h"

#define SKIP_MAX 512 /* what %s reads at most where more of the pattern follows */

struct at {
	struct slice s;              /* what is left of the line */
	struct kmsg_event *event;
	bool window;                 /* %w was seen */
	bool bus_by_range;
	bool old;
};

void kmsg_event_init(struct kmsg_event *event)
{
	*event = (struct kmsg_event){.type = KMSG_TYPES, .bar = -1, .peer_bar = -1, .bus = -1, .bus_from = -1, .bus_to = -1};
}

static bool is_special(char c)
{
	return c == '%' || c == '{' || c == '}' || c == '|' || c == '^';
}

/* The longest literal run outside of alternatives. */
struct slice kmsg_row_key(const struct kmsg_row *row, bool *first)
{
	struct slice best = {row->pattern, 0};
	*first = false;
	if (row->key) {
		*first = slice_starts(slice_of(row->pattern), row->key);
		return slice_of(row->key);
	}
	unsigned depth = 0;
	bool start = true;
	for (const char *p = row->pattern; *p;) {
		if (*p == '{')
			depth++;
		else if (*p == '}')
			depth--;
		if (*p == '%') {
			p += 2;
			start = false;
			continue;
		}
		size_t n = 0;
		while (p[n] && !is_special(p[n]))
			n++;
		if (depth == 0 && n > best.n) {
			best = (struct slice){p, n};
			*first = start;
		}
		if (*p != '^')
			start = false;
		p += n ? n : 1;
	}
	if (best.n > KMSG_KEY_MAX)
		best.n = KMSG_KEY_MAX;
	return best;
}

bool kmsg_eat_addr(struct slice *s, bool allow_short, struct sriov_addr *addr)
{
	struct slice t = *s;
	uint64_t domain = 0, bus, device, function;
	size_t digits = 0;
	while (digits < t.n && digits <= 8 && strchr("0123456789abcdefABCDEF", t.p[digits]) && t.p[digits])
		digits++;
	if (digits >= 4 && digits <= 8) {
		slice_eat_hex(&t, digits, &domain);
		if (!slice_eat(&t, ":"))
			return false;
	} else if (!allow_short || digits != 2) {
		return false;
	}
	if (!slice_eat_hex(&t, 2, &bus) || !slice_eat(&t, ":") || !slice_eat_hex(&t, 2, &device) || device > 31 || !slice_eat(&t, ".") ||
	    !slice_eat_hex(&t, 1, &function) || function > 7)
		return false;
	*addr = (struct sriov_addr){(uint32_t)domain, (uint8_t)bus, (uint8_t)device, (uint8_t)function};
	*s = t;
	return true;
}

static bool eat_number(struct slice *s, int base, uint64_t *value)
{
	return slice_eat_u64(s, base, value);
}

static const struct {
	const char *name;
	int err;
} errnos[] = {
	{"EPERM", EPERM}, {"ENOENT", ENOENT}, {"EIO", EIO}, {"ENXIO", ENXIO}, {"E2BIG", E2BIG}, {"EAGAIN", EAGAIN}, {"ENOMEM", ENOMEM},
	{"EACCES", EACCES}, {"EFAULT", EFAULT}, {"EBUSY", EBUSY}, {"EEXIST", EEXIST}, {"ENODEV", ENODEV}, {"EINVAL", EINVAL},
	{"ENOSPC", ENOSPC}, {"EROFS", EROFS}, {"ERANGE", ERANGE}, {"ENOSYS", ENOSYS}, {"ENODATA", ENODATA}, {"ETIME", ETIME},
	{"EPROTO", EPROTO}, {"EOVERFLOW", EOVERFLOW}, {"EOPNOTSUPP", EOPNOTSUPP}, {"ETIMEDOUT", ETIMEDOUT}, {"EREMOTEIO", EREMOTEIO},
	{"ENOTCONN", ENOTCONN}, {"ECANCELED", ECANCELED},
};

/* -12, 12, 0xfffffff4, fffffff4 (gim prints with %x), -ENOMEM (%pe) */
static bool eat_errno(struct slice *s, int *err)
{
	struct slice t = *s;
	uint64_t v;
	bool minus = slice_eat(&t, "-");
	for (size_t i = 0; i < ARRAY_SIZE(errnos); i++) {
		size_t n = strlen(errnos[i].name);
		if (slice_starts(t, errnos[i].name) && (t.n == n || !((t.p[n] >= 'A' && t.p[n] <= 'Z') || (t.p[n] >= '0' && t.p[n] <= '9')))) {
			*err = errnos[i].err;
			*s = slice_from(t, n);
			return true;
		}
	}
	struct slice hex = t;
	if (!minus && eat_number(&hex, 16, &v) && v > 0xfffff000 && v <= 0xffffffff) {
		*err = (int)(0x100000000 - v);
		*s = hex;
		return true;
	}
	if (!minus && slice_starts(t, "0x")) {
		if (!eat_number(&t, 16, &v) || v > 4095)
			return false;
	} else if (!eat_number(&t, 10, &v) || v > 4095) {
		return false;
	}
	*err = (int)v;
	*s = t;
	return true;
}

/* "[bus 02-03]", "[bus 02]"; "[bus 00-ff] hidden" and the like keep what follows */
static bool eat_buses(struct slice *s, int *from, int *to)
{
	struct slice t = *s;
	uint64_t a, b;
	if (!slice_eat(&t, "[bus ") || !slice_eat_hex(&t, 2, &a))
		return false;
	b = a;
	if (slice_eat(&t, "-") && !slice_eat_hex(&t, 2, &b))
		return false;
	if (!slice_eat(&t, "]"))
		return false;
	*from = (int)a;
	*to = (int)b;
	*s = t;
	return true;
}

/* %pR of the kernel: kind, range or size, flags */
static bool eat_resource(struct slice *s, struct kmsg_event *event)
{
	struct slice t = *s, flags, flag;
	if (!slice_eat(&t, "["))
		return false;
	if (slice_eat(&t, "io"))
		event->io = true;
	else if (!slice_eat(&t, "mem"))
		return false;
	slice_eat_space(&t);
	event->has_range = false;
	event->start = event->end = event->size = 0;
	event->is_64 = event->pref = false;
	if (slice_eat(&t, "size")) {
		slice_eat_space(&t);
		if (!eat_number(&t, 16, &event->size))
			return false;
	} else {
		if (!eat_number(&t, 16, &event->start))
			return false;
		event->end = event->start;
		if (slice_eat(&t, "-") && !eat_number(&t, 16, &event->end))
			return false;
		event->has_range = event->end >= event->start;
		if (event->has_range && event->end - event->start != UINT64_MAX)
			event->size = event->end - event->start + 1;
	}
	if (!slice_until(&t, "]", &flags) || flags.n > 80)
		return false;
	while (slice_token(&flags, " ", &flag)) {
		if (slice_is(flag, "64bit"))
			event->is_64 = true;
		else if (slice_is(flag, "pref"))
			event->pref = true;
	}
	*s = t;
	return true;
}

static bool eat_word(struct slice *s, struct slice *word)
{
	size_t n = 0;
	while (n < s->n && s->p[n] != ' ' && s->p[n] != '\t' && s->p[n] != ':')
		n++;
	if (!n)
		return false;
	*word = (struct slice){s->p, n};
	*s = slice_from(*s, n);
	return true;
}

/* Up to the literal that follows in the pattern, or the end of the line. */
static bool eat_until(struct slice *s, const char *next, const char *end, struct slice *word)
{
	size_t n = 0;
	while (next + n < end && !is_special(next[n]))
		n++;
	if (!n) {
		*word = slice_trim(*s);
		*s = slice_from(*s, s->n);
		return true;
	}
	struct slice head = *s;
	if (head.n > SKIP_MAX)
		head.n = SKIP_MAX;
	const char *hit = memmem(head.p, head.n, next, n);
	if (!hit)
		return false;
	*word = (struct slice){s->p, (size_t)(hit - s->p)};
	*s = slice_from(*s, word->n);
	return true;
}

static bool eat_u8(struct slice *s, size_t digits, uint64_t *v)
{
	return slice_eat_hex(s, digits, v);
}

static bool eat_index(struct slice *s, uint64_t max, unsigned base, int *bar)
{
	uint64_t v;
	if (!eat_number(s, 10, &v) || v > max)
		return false;
	*bar = (int)(v + base);
	return true;
}

static bool eat_bus_addr(struct slice *s, struct kmsg_event *event)
{
	struct slice t = *s;
	uint64_t domain, bus;
	size_t digits = 0;
	while (digits < t.n && t.p[digits] != ':' && digits <= 8)
		digits++;
	if (digits < 4 || digits > 8 || !slice_eat_hex(&t, digits, &domain) || !slice_eat(&t, ":") || !slice_eat_hex(&t, 2, &bus))
		return false;
	event->addr = (struct sriov_addr){(uint32_t)domain, (uint8_t)bus, 0, 0};
	event->has_addr = event->is_bus = true;
	*s = t;
	return true;
}

/* One % of the pattern; next: what follows it. */
static bool eat_one(struct at *at, char kind, const char *next, const char *end)
{
	struct kmsg_event *event = at->event;
	struct kmsg_event other;
	struct slice word;
	uint64_t v;

	switch (kind) {
	case 'n':
		return eat_number(&at->s, 10, &event->n);
	case 'm':
		return eat_number(&at->s, 10, &event->n2);
	case 'N':
		return eat_number(&at->s, 16, &event->n);
	case 'M':
		return eat_number(&at->s, 16, &event->n2);
	case 'S':
		return eat_number(&at->s, 16, &event->size);
	case 'L':
		return eat_number(&at->s, 16, &event->start);
	case 'H':
		if (!eat_number(&at->s, 16, &event->end))
			return false;
		event->has_range = event->end >= event->start;
		return true;
	case 'e':
		return eat_errno(&at->s, &event->err);
	case 'r':
		return eat_resource(&at->s, event);
	case 'R':
		kmsg_event_init(&other);
		return eat_resource(&at->s, &other);
	case 'b':
		return eat_index(&at->s, 16, 0, &event->bar);
	case 'v':
		return eat_index(&at->s, 5, 7, &event->bar);
	case 'q':
		return eat_index(&at->s, 16, 0, &event->peer_bar);
	case 'Q':
		return eat_index(&at->s, 5, 7, &event->peer_bar);
	case 'w':
		at->window = true;
		return true;
	case 'o':
		event->bar = 6;
		return true;
	case 'B':
		return eat_buses(&at->s, &event->bus_from, &event->bus_to);
	case 'x':
		if (!eat_u8(&at->s, 2, &v))
			return false;
		event->bus = (int)v;
		return true;
	case 'D':
		if (!eat_number(&at->s, 16, &v) || v > UINT32_MAX)
			return false;
		event->addr = (struct sriov_addr){(uint32_t)v, 0, 0, 0};
		event->has_addr = event->is_bus = at->bus_by_range = true;
		return true;
	case 'A':
		event->has_addr = kmsg_eat_addr(&at->s, true, &event->addr);
		return event->has_addr;
	case 'a':
		event->has_peer = kmsg_eat_addr(&at->s, true, &event->peer);
		return event->has_peer;
	case 'p':
		return eat_bus_addr(&at->s, event);
	case 'i':
		if (!eat_u8(&at->s, 4, &v))
			return false;
		event->vendor = (uint16_t)v;
		if (!slice_eat(&at->s, ":") || !eat_u8(&at->s, 4, &v))
			return false;
		event->device = (uint16_t)v;
		return true;
	case 'c':
		if (!eat_number(&at->s, 16, &v) || v > 0xffffff)
			return false;
		event->class = (uint32_t)(at->old ? v << 8 & 0xffffff : v);
		return true;
	case 'h': /* kernels before 3.10 print one digit, and the class without its lowest byte */
		at->old = at->s.n > 1 && at->s.p[1] == ' ';
		if (!eat_u8(&at->s, at->old ? 1 : 2, &v))
			return false;
		event->header = (uint8_t)v;
		return true;
	case 'k':
		return eat_word(&at->s, &event->word);
	case 'K':
		return eat_word(&at->s, &event->word2);
	case 's':
		return eat_until(&at->s, next, end, &event->word);
	case 't':
		return eat_until(&at->s, next, end, &event->word2);
	case '*':
		return eat_until(&at->s, next, end, &word);
	default: /* %% and %{ */
		if (!at->s.n || at->s.p[0] != kind)
			return false;
		at->s = slice_from(at->s, 1);
		return true;
	}
}

static bool match_part(struct at *at, const char *p, const char *end);

/* p stands behind '{'. The first alternative that fits is taken; returns what follows '}', or NULL. */
static const char *match_either(struct at *at, const char *p, const char *end)
{
	const char *close = p;
	while (close < end && *close != '}')
		close += *close == '%' ? 2 : 1;
	while (p <= close) {
		const char *bar = p;
		while (bar < close && *bar != '|')
			bar += *bar == '%' ? 2 : 1;
		struct at try = *at;
		struct kmsg_event event = *at->event;
		try.event = &event;
		if (match_part(&try, p, bar)) {
			*at->event = event;
			try.event = at->event;
			*at = try;
			return close + 1;
		}
		p = bar + 1;
	}
	return NULL;
}

static bool match_part(struct at *at, const char *p, const char *end)
{
	while (p < end) {
		if (*p == '%') {
			if (!eat_one(at, p[1], p + 2, end))
				return false;
			p += 2;
		} else if (*p == '{') { /* alternatives hold no alternatives: one level of recursion */
			p = match_either(at, p + 1, end);
			if (!p)
				return false;
		} else if (*p == ' ') {
			if (!at->s.n || (at->s.p[0] != ' ' && at->s.p[0] != '\t'))
				return false;
			while (at->s.n && (at->s.p[0] == ' ' || at->s.p[0] == '\t'))
				at->s = slice_from(at->s, 1);
			p++;
		} else {
			if (!at->s.n || at->s.p[0] != *p)
				return false;
			at->s = slice_from(at->s, 1);
			p++;
		}
	}
	return true;
}

bool kmsg_row_match(const struct kmsg_row *row, struct slice line, size_t at, struct kmsg_event *event, size_t *end)
{
	const char *p = row->pattern + (row->pattern[0] == '^');
	char c = at < line.n ? line.p[at] : '\0';
	if (!is_special(*p) && *p != c) /* most candidates end here */
		return false;
	kmsg_event_init(event);
	struct at m = {.s = slice_from(line, at), .event = event};
	if (!match_part(&m, p, p + strlen(p)))
		return false;
	event->type = row->type;
	if (row->word)
		event->word = slice_of(row->word);
	if (row->word2)
		event->word2 = slice_of(row->word2);
	if (row->n)
		event->n = row->n;
	if (row->err && !event->err)
		event->err = row->err;
	event->hint = row->hint;
	if (m.window)
		event->bar = event->io ? 13 : event->pref ? 15 : 14;
	if (m.bus_by_range && event->bus_from >= 0)
		event->addr.bus = (uint8_t)event->bus_from;
	*end = line.n - m.s.n;
	return true;
}

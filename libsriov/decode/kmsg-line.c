/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of a kernel log: what stands before the message, what quoting, wrapping, colours and consoles do to them. */
#include "decode/kmsg-private.h"

#define LOOK_AHEAD ((size_t)64 << 10)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char at(struct slice s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

static size_t spaces(struct slice s, size_t i)
{
	while (at(s, i) == ' ' || at(s, i) == '\t')
		i++;
	return i;
}

/* "> > ", ">> ", "| ", indentation */
static size_t quoting(struct slice s)
{
	size_t i = 0;
	for (;;) {
		i = spaces(s, i);
		if (at(s, i) != '>' && !(at(s, i) == '|' && at(s, i + 1) == ' '))
			return i;
		i++;
	}
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool three(struct slice s, size_t i, const char *names)
{
	if (i + 3 > s.n || !is_upper(s.p[i])) /* where most lines end */
		return false;
	for (; *names; names += 3)
		if (s.p[i] == names[0] && s.p[i + 1] == names[1] && s.p[i + 2] == names[2])
			return true;
	return false;
}

static bool month(struct slice s, size_t i)
{
	return three(s, i, "JanFebMarAprMayJunJulAugSepOctNovDec");
}

static bool weekday(struct slice s, size_t i)
{
	return three(s, i, "MonTueWedThuFriSatSun");
}

/* 12:34:56 with or without fractions; the offset behind it, or i */
static size_t clock_time(struct slice s, size_t i)
{
	if (!is_digit(at(s, i)) || !is_digit(at(s, i + 1)) || at(s, i + 2) != ':' || !is_digit(at(s, i + 3)) || !is_digit(at(s, i + 4)) ||
	    at(s, i + 5) != ':' || !is_digit(at(s, i + 6)) || !is_digit(at(s, i + 7)))
		return i;
	i += 8;
	if (at(s, i) == '.' || at(s, i) == ',')
		for (i++; is_digit(at(s, i)); i++)
			;
	return i;
}

/* 2024-01-02T03:04:05.678+01:00, 2024-01-02 03:04:05 */
static size_t iso_time(struct slice s, size_t i)
{
	size_t j = i;
	for (const char *form = "dddd-dd-dd"; *form; form++, j++)
		if (*form == 'd' ? !is_digit(at(s, j)) : at(s, j) != *form)
			return i;
	if (at(s, j) != 'T' && at(s, j) != ' ')
		return i;
	size_t k = clock_time(s, j + 1);
	if (k == j + 1)
		return i;
	while (at(s, k) == 'Z' || at(s, k) == '+' || at(s, k) == '-' || at(s, k) == ':' || is_digit(at(s, k)))
		k++;
	return k;
}

/* Six digits and the bracket: what printk() puts behind the point of a stamp. */
static bool six_digits(struct slice s, size_t i, uint64_t *value)
{
	if (at(s, i + 6) != ']')
		return false;
	uint64_t v = 0;
	for (size_t k = i; k < i + 6; k++) {
		if (!is_digit(s.p[k]))
			return false;
		v = v * 10 + (uint64_t)(s.p[k] - '0');
	}
	*value = v;
	return true;
}

/* "[    0.350595]", "[Mon Mar  4 14:32:19 2019]", "[  +0.000004]", "[    T1]", "[    C0]": the offset behind it, or i */
static size_t bracket(struct slice s, size_t i, struct kmsg_prefix *prefix)
{
	size_t j = spaces(s, i + 1), digits = j;
	uint64_t seconds = 0, micro = 0, scale = 100000;
	for (; is_digit(at(s, digits)) && digits < j + 12; digits++)
		seconds = seconds * 10 + (uint64_t)(s.p[digits] - '0');
	bool absolute = digits > j;
	if (absolute && !prefix->has_stamp && at(s, digits) == '.' && six_digits(s, digits + 1, &micro)) { /* most lines end here */
		*prefix = (struct kmsg_prefix){.quote = prefix->quote, .stamped = true, .has_stamp = true, .stamp = seconds * 1000000 + micro};
		return digits + 8;
	}
	if (is_alpha(at(s, j)) ? weekday(s, j) || month(s, j) : iso_time(s, j) != j) {
		for (size_t k = j; k < s.n && k < j + 48; k++)
			if (s.p[k] == ']')
				return k + 1;
		return i;
	}
	if ((at(s, j) == 'T' || at(s, j) == 'C') && is_digit(at(s, j + 1))) {
		for (j++; is_digit(at(s, j)); j++)
			;
		return at(s, j) == ']' ? j + 1 : i;
	}
	if (!absolute && at(s, digits) != '+' && at(s, digits) != '<')
		return i;
	if (absolute && at(s, digits) != '.')
		return i;
	for (digits++; digits < s.n && digits < j + 48; digits++) {
		char c = s.p[digits];
		if (c == ']') {
			prefix->stamped = true;
			if (absolute && !prefix->has_stamp) {
				prefix->has_stamp = true;
				prefix->stamp = seconds * 1000000 + micro;
			}
			return digits + 1;
		}
		if (is_digit(c) && scale) {
			micro += (uint64_t)(c - '0') * scale;
			scale /= 10;
		} else if (!is_digit(c) && c != ' ' && c != '<' && c != '>' && c != '.' && c != '+') {
			return i;
		}
	}
	return i;
}

static size_t word_end(struct slice s, size_t i)
{
	while (i < s.n && s.p[i] != ' ' && s.p[i] != '\t')
		i++;
	return i;
}

/* "host kernel: ", "host prog[12]: ": the offset behind it, or i. sure: there is a host, as in syslog's format */
static size_t host_and_program(struct slice s, size_t i, bool sure)
{
	size_t host = word_end(s, spaces(s, i)), begin = spaces(s, host), program = word_end(s, begin);
	if (program <= begin + 1 || program - begin > 80 || at(s, program - 1) != ':' || at(s, host - 1) == ':')
		return i;
	if (!sure && at(s, program - 2) != ']' && !slice_starts(slice_from(s, begin), "kernel:"))
		return i;
	return program;
}

static const char *const facilities[] = {"kern", "user", "daemon", "auth", "syslog", "local", "mail", "cron"};

/* "kern  :info  : " of dmesg -x, "kern: notice: " of others */
static size_t facility(struct slice s, size_t i)
{
	for (size_t f = 0; f < ARRAY_SIZE(facilities); f++) {
		if (s.p[i] != facilities[f][0] || !slice_starts(slice_from(s, i), facilities[f]))
			continue;
		size_t j = spaces(s, i + strlen(facilities[f]));
		if (at(s, j) != ':')
			return i;
		size_t level = spaces(s, j + 1), end = level;
		while (is_alpha(at(s, end)))
			end++;
		size_t colon = spaces(s, end);
		return end > level && at(s, colon) == ':' ? colon + 1 : i;
	}
	return i;
}

static size_t peel(struct slice s, size_t i, struct kmsg_prefix *prefix)
{
	char c = at(s, i);
	size_t j;
	if (c == '[') {
		j = bracket(s, i, prefix);
		if (j != i)
			prefix->stamped = true;
		return j;
	}
	if (c == '<') {
		for (j = i + 1; is_digit(at(s, j)) && j < i + 5; j++)
			;
		if (at(s, j) != '>' || j == i + 1)
			return i;
		prefix->stamped = true;
		return j + 1;
	}
	if (c == '(' && slice_starts(slice_from(s, i), "(XEN) "))
		return i + 6;
	if (is_digit(c)) {
		j = iso_time(s, i);
		if (j == i)
			return i;
		prefix->stamped = true;
		return host_and_program(s, j, false);
	}
	if (!is_alpha(c))
		return i;
	if (weekday(s, i) && at(s, i + 3) == ' ' && month(s, i + 4))
		i += 4;
	if (month(s, i)) {
		j = spaces(s, i + 3);
		size_t day = j;
		while (is_digit(at(s, j)) && j < day + 2)
			j++;
		size_t hour = spaces(s, j), end = clock_time(s, hour);
		if (j == day || hour == j || end == hour)
			return i;
		prefix->stamped = true;
		return host_and_program(s, end, true);
	}
	j = facility(s, i);
	if (j == i && slice_starts(slice_from(s, i), "kernel: "))
		j = i + 8;
	if (j == i) { /* "localhost kernel: " */
		size_t host = word_end(s, i);
		if (host - i < 64 && slice_starts(slice_from(s, host), " kernel: "))
			j = host + 9;
	}
	if (j != i)
		prefix->stamped = true;
	return j;
}

void kmsg_prefix(struct slice line, struct kmsg_prefix *prefix)
{
	*prefix = (struct kmsg_prefix){.quote = quoting(line)};
	size_t i = prefix->quote;
	for (unsigned n = 0; n < 8; n++) {
		size_t j = peel(line, i, prefix);
		if (j == i)
			break;
		i = spaces(line, j);
	}
	prefix->message = i;
}

/* Are there escapes up to the end of the next line? Looked for piece by piece, so that the lines are read from the cache then. */
static void look_for_escapes(struct kmsg_reader *reader)
{
	const char *end = reader->rest.p + reader->rest.n;
	while (!reader->escapes && reader->looked < reader->rest.p) {
		size_t n = (size_t)(end - reader->looked) < LOOK_AHEAD ? (size_t)(end - reader->looked) : LOOK_AHEAD;
		reader->escapes = memchr(reader->looked, 0x1b, n) || memchr(reader->looked, 0, n);
		reader->looked += n;
	}
}

static void advance(struct kmsg_reader *reader)
{
	reader->have_next = slice_line(&reader->rest, &reader->next);
	reader->number++;
	if (!reader->have_next)
		return;
	look_for_escapes(reader);
	kmsg_prefix(reader->next, &reader->next_prefix);
}

void kmsg_reader_init(struct kmsg_reader *reader, struct slice text)
{
	reader->rest = text;
	reader->looked = text.p;
	reader->escapes = false;
	reader->number = 0;
	advance(reader);
}

/* Without NUL bytes and terminal control sequences. Returns the length in to, which has KMSG_LINE_MAX bytes. */
static size_t clean(struct slice from, char *to)
{
	size_t n = 0;
	for (size_t i = 0; i < from.n && n < KMSG_LINE_MAX;) {
		unsigned char c = (unsigned char)from.p[i];
		if (c == 0x1b && at(from, i + 1) == '[') {
			for (i += 2; i < from.n && (unsigned char)from.p[i] >= 0x20 && (unsigned char)from.p[i] < 0x40; i++)
				;
			i++;
		} else if (c == 0x1b) {
			i += 2;
		} else if (c == 0) {
			i++;
		} else {
			to[n++] = from.p[i++];
		}
	}
	return n;
}

static bool open_bracket(struct slice line)
{
	for (size_t i = line.n; i > 0 && line.n - i < 80; i--) {
		if (line.p[i - 1] == ']')
			return false;
		if (line.p[i - 1] == '[')
			return true;
	}
	return false;
}

/* Does next go on where the line before it, of last_len bytes, was broken? */
static bool continues(const struct kmsg_reader *reader, struct slice line, bool stamped, size_t last_len, bool quoted)
{
	if (!reader->have_next || reader->next_prefix.stamped || last_len < 40 || last_len > 250)
		return false;
	struct slice next = reader->next;
	size_t quote = reader->next_prefix.quote;
	if (quote >= next.n || quoted != (at(next, 0) == '>'))
		return false;
	struct slice body = slice_from(next, quote);
	if (slice_starts(body, "```") || slice_starts(body, "$ ") || slice_starts(body, "# ") || slice_starts(body, "--"))
		return false;
	if (!stamped)
		return open_bracket(line);
	return last_len + 1 + (word_end(body, 0)) > 60;
}

/* All lines but the last that is joined are short: see continues(). */
static void join(char *to, size_t *n, struct slice more, bool space)
{
	if (space)
		to[(*n)++] = ' ';
	if (more.n > KMSG_LINE_MAX - *n)
		more.n = KMSG_LINE_MAX - *n;
	memcpy(to + *n, more.p, more.n);
	*n += more.n;
}

bool kmsg_read(struct kmsg_reader *reader, struct kmsg_line *line)
{
	if (!reader->have_next)
		return false;
	*line = (struct kmsg_line){.text = reader->next, .prefix = reader->next_prefix, .number = reader->number};
	size_t len = line->text.n, glued = 0;
	if (reader->escapes && line->text.n &&
	    (memchr(line->text.p, 0x1b, line->text.n) || memchr(line->text.p, 0, line->text.n))) {
		line->text = (struct slice){reader->joined, clean(line->text, reader->joined)};
		line->copied = true;
		kmsg_prefix(line->text, &line->prefix); /* a stamp may have been behind the colour */
	}
	bool quoted = at(line->text, 0) == '>';
	advance(reader);

	while (line->joints_n < KMSG_JOIN_MAX && continues(reader, line->text, line->prefix.stamped, len, quoted)) {
		struct slice more = slice_from(reader->next, reader->next_prefix.quote);
		bool full = len >= 79 && at(line->text, line->text.n - 1) != ' ';
		size_t n = line->text.n;
		if (!line->copied)
			memcpy(reader->joined, line->text.p, n);
		if (full && !line->joints_n) { /* a terminal breaks inside of words */
			memcpy(reader->glued, reader->joined, n);
			glued = n;
		}
		line->copied = true;
		join(reader->joined, &n, more, true);
		line->text = (struct slice){reader->joined, n};
		line->joints[line->joints_n++] = n - (more.n < n ? more.n : n);
		if (glued)
			join(reader->glued, &glued, more, false);
		len = reader->next.n;
		advance(reader);
	}
	if (glued)
		line->hard = (struct slice){reader->glued, glued};
	return true;
}

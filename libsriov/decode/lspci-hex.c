/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "hex-rows.h"
#include "lspci-hex.h"

#define ROW_BYTES HEX_ROW_BYTES

static inline unsigned digit(char c)
{
	return hex_digits[(unsigned char)c];
}

struct slice lspci_unquote(struct slice line)
{
	while (line.n && line.p[0] == '>') {
		line = slice_from(line, 1);
		slice_eat(&line, " ");
	}
	return line;
}

/* The digits in front, 9 at most: how many, and what they say. */
static size_t eat_digits(struct slice *s, uint64_t *value)
{
	size_t n = 0;
	*value = 0;
	for (; n < s->n && n < 9 && digit(s->p[n]); n++)
		*value = *value << 4 | (digit(s->p[n]) & 0xf);
	*s = slice_from(*s, n);
	return n;
}

bool lspci_eat_slot(struct slice *line, struct sriov_addr *addr)
{
	struct slice s = *line;
	uint64_t domain = 0, bus, device, function;
	size_t n = eat_digits(&s, &bus);
	if (n >= 4 && n <= 8) {
		domain = bus;
		if (!slice_eat(&s, ":"))
			return false;
		n = eat_digits(&s, &bus);
	}
	if (n != 2 || !slice_eat(&s, ":") || eat_digits(&s, &device) != 2 || !slice_eat(&s, ".") || eat_digits(&s, &function) != 1 || device > 0x1f ||
	    function > 7)
		return false;
	if (s.n && s.p[0] != ' ' && s.p[0] != '\t')
		return false;
	*addr = (struct sriov_addr){(uint32_t)domain, (uint8_t)bus, (uint8_t)device, (uint8_t)function};
	*line = s;
	return true;
}

/* A function's first line: at the left, or moved right as code in a ticket is. Its title has a class and a colon, or there is none. */
static bool is_title(struct slice line, struct sriov_addr *addr, struct slice *title)
{
	struct slice s = lspci_unquote(line);
	size_t indent = 0;
	while (indent < s.n && indent < 8 && s.p[indent] == ' ')
		indent++;
	s = slice_from(s, indent);
	if (!s.n || !digit(s.p[0]) || !lspci_eat_slot(&s, addr))
		return false;
	s = slice_trim(s);
	if (s.n ? !memchr(s.p, ':', s.n) && !slice_starts(s, "Class ") : indent > 0)
		return false;
	if (slice_starts(s, "'")) /* dpdk-devbind's list */
		return false;
	*title = s;
	return true;
}

bool lspci_is_title(struct slice line, struct sriov_addr *addr)
{
	struct slice title;
	return line.n && line.p[0] != ' ' && line.p[0] != '>' && is_title(line, addr, &title);
}

static bool eat_byte(struct slice *s, uint8_t *byte)
{
	if (s->n < 2 || !digit(s->p[0]) || !digit(s->p[1]) || (s->n > 2 && s->p[2] != ' '))
		return false;
	*byte = (uint8_t)(digit(s->p[0]) << 4 | (digit(s->p[1]) & 0xf));
	*s = slice_from(*s, 2);
	return true;
}

static bool eat_address(struct slice *s, uint64_t *address)
{
	struct slice rest = *s;
	uint64_t value;
	slice_eat_space(&rest);
	size_t n = eat_digits(&rest, &value);
	if (n < 2 || n > 3 || !slice_eat(&rest, ": "))
		return false;
	*address = value;
	*s = rest;
	return true;
}

bool lspci_is_row(struct slice line, uint64_t *address)
{
	uint8_t byte;
	struct slice s = lspci_unquote(line);
	return eat_address(&s, address) && eat_byte(&s, &byte);
}

const char *hex_problem_text(enum hex_problem what)
{
	static const char *const texts[] = {
		[HEX_ROW_CUT] = "configuration row that is not whole",
		[HEX_ROW_BEYOND] = "configuration row beyond the 4096 bytes of a function",
		[HEX_ROW_AGAIN] = "configuration rows start over without a new function's line; left out",
		[HEX_ROW_ORPHAN] = "configuration rows that belong to no function's line; left out",
	};
	return texts[what];
}

/* What is known while the lines of one function are read. */
struct reader {
	struct lspci_hex *it;
	struct lspci_function *fn; /* NULL: no function's line yet */
	bool refuse;               /* rows that follow are not this function's */
	bool blank, stranger;      /* an empty line was seen; and after it a line at the left that nobody knows */
	size_t cut_at, cut_missing; /* where a cut row goes on, and how many bytes it lacks */
};

static void problem(struct reader *r, enum hex_problem what, unsigned line, unsigned value)
{
	struct lspci_hex *it = r->it;
	for (unsigned i = 0; i < it->problems_n; i++)
		if (it->problems[i].what == what && what >= HEX_ROW_AGAIN)
			return; /* said once for the whole block */
	if (it->problems_n == sizeof(it->problems) / sizeof(it->problems[0]))
		return;
	it->problems[it->problems_n].what = what;
	it->problems[it->problems_n].line = line;
	it->problems[it->problems_n++].value = value;
}

static void store(struct lspci_function *fn, size_t at, const uint8_t *bytes, size_t n)
{
	if (!n)
		return;
	if (at != fn->len && !fn->holes) {
		memset(fn->config + fn->len, 0, CONFIG_MAX - fn->len);
		memset(fn->known, 0xff, fn->len);
		memset(fn->known + fn->len, 0, CONFIG_MAX - fn->len);
		fn->holes = true;
	}
	memcpy(fn->config + at, bytes, n);
	if (fn->holes)
		memset(fn->known + at, 0xff, n);
	if (at + n > fn->len)
		fn->len = at + n;
}

static bool is_known(const struct lspci_function *fn, size_t at)
{
	return at < fn->len && (!fn->holes || fn->known[at]);
}

static void row(struct reader *r, struct slice s, uint64_t address, unsigned line)
{
	uint8_t bytes[ROW_BYTES];
	size_t n = 0;
	while (n < ROW_BYTES && eat_byte(&s, &bytes[n])) {
		n++;
		slice_eat_space(&s);
	}
	slice_eat_space(&s);
	if (!r->fn) {
		problem(r, HEX_ROW_ORPHAN, line, 0);
		return;
	}
	if (r->stranger && address == 0 && !r->refuse) {
		problem(r, HEX_ROW_ORPHAN, line, 0);
		r->refuse = true;
	}
	if (r->refuse)
		return;
	if (address + n > CONFIG_MAX) {
		problem(r, HEX_ROW_BEYOND, line, (unsigned)address);
		return;
	}
	size_t same = 0;
	for (size_t i = 0; i < n; i++)
		same += is_known(r->fn, (size_t)address + i) && r->fn->config[address + i] == bytes[i];
	if (address && n && same == n)
		return; /* a row pasted twice */
	for (size_t i = 0; i < n; i++) {
		if (is_known(r->fn, (size_t)address + i)) {
			problem(r, HEX_ROW_AGAIN, line, (unsigned)address);
			r->refuse = true;
			return;
		}
	}
	store(r->fn, (size_t)address, bytes, n);
	if (n < ROW_BYTES || s.n) {
		problem(r, HEX_ROW_CUT, line, (unsigned)n);
		r->cut_at = (size_t)address + n;
		r->cut_missing = ROW_BYTES - n;
	}
}

/* The rest of a row into which another program wrote a line: exactly the bytes that it lacks, nothing else. */
static bool row_rest(struct reader *r, struct slice s)
{
	uint8_t bytes[ROW_BYTES];
	size_t n = 0;
	slice_eat_space(&s);
	while (n < ROW_BYTES && eat_byte(&s, &bytes[n])) {
		n++;
		slice_eat_space(&s);
	}
	if (s.n || n != r->cut_missing || r->cut_at + n > CONFIG_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (is_known(r->fn, r->cut_at + i))
			return false;
	store(r->fn, r->cut_at, bytes, n);
	return true;
}

static void other_line(struct reader *r, struct slice line, unsigned number)
{
	uint64_t address;
	struct slice s = lspci_unquote(line);
	uint8_t byte;
	struct slice first = s;
	if (eat_address(&s, &address) && (first = s, eat_byte(&first, &byte) || address % ROW_BYTES == 0)) {
		r->cut_missing = 0;
		row(r, s, address, number);
		return;
	}
	if (r->cut_missing && row_rest(r, lspci_unquote(line))) {
		r->cut_missing = 0;
		return;
	}
	s = lspci_unquote(line);
	if (!slice_trim(s).n) {
		r->blank = true;
		return;
	}
	if (r->blank && s.p[0] != ' ' && s.p[0] != '\t')
		r->stranger = true;
	if (r->fn)
		r->fn->words = true;
}

bool lspci_hex_next(struct lspci_hex *it, struct lspci_function *fn)
{
	struct reader r = {.it = it};
	struct slice rest = it->text, start = it->text, line;
	unsigned number = it->line ? it->line : 1;
	it->problems_n = 0;

	while (rest.n) {
		if (r.fn && !r.refuse && !fn->holes && fn->len <= CONFIG_MAX - ROW_BYTES && !r.stranger) {
			size_t used, rows = hex_rows(rest.p, rest.n, fn->len, fn->config, CONFIG_MAX, &used);
			if (rows) {
				fn->len += rows * ROW_BYTES;
				rest = slice_from(rest, used);
				number += (unsigned)rows;
				r.cut_missing = 0;
				continue;
			}
		}
		struct slice before = rest;
		struct sriov_addr addr;
		struct slice title;
		if (it->more && !memchr(rest.p, '\n', rest.n))
			break; /* half a line */
		slice_line(&rest, &line);
		if (!is_title(line, &addr, &title)) {
			other_line(&r, line, number++);
			continue;
		}
		if (r.fn) {
			rest = before;
			break;
		}
		fn->addr = addr;
		fn->line = number++;
		fn->title = title;
		fn->words = fn->holes = false;
		fn->len = 0;
		start = before;
		r = (struct reader){.it = it, .fn = fn};
	}
	if (!r.fn || (it->more && (!rest.n || !memchr(rest.p, '\n', rest.n)))) {
		if (!it->more) {
			it->text = rest;
			it->line = number;
		}
		return false;
	}
	fn->block = (struct slice){start.p, start.n - rest.n};
	it->text = rest;
	it->line = number;
	return true;
}

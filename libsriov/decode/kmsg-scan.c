/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds which rows of the table may fit a line: one pass over its bytes through an automaton of all rows' keys (Aho-Corasick),
 * so that a line that says nothing costs a table look-up a byte. Only hits are matched against patterns.
 */
#include <errno.h>

#include "decode/kmsg-scan.h"

#define NONE UINT16_MAX
#define OUT  0x8000u /* in a transition: the state that it leads to ends a key */

static int count_classes(struct kmsg_scan *scan, size_t *length)
{
	bool first;
	*length = 1;
	for (size_t r = 0; r < kmsg_rows_n; r++) {
		struct slice key = kmsg_row_key(&kmsg_rows[r], &first);
		if (!key.n)
			return -EINVAL;
		*length += key.n;
		if (key.n > scan->longest)
			scan->longest = (unsigned)key.n;
		for (size_t i = 0; i < key.n; i++)
			scan->class[(unsigned char)key.p[i]] = 1;
	}
	unsigned n = 1; /* class 0: in no key */
	for (size_t c = 0; c < 256; c++)
		if (scan->class[c])
			scan->class[c] = (uint8_t)n++;
	for (scan->shift = 1; (1u << scan->shift) < n; scan->shift++)
		;
	return *length < OUT ? 0 : -E2BIG;
}

/* The trie while it is built: each state's children. */
struct trie {
	uint16_t *child, *sibling, *fail, *queue;
	uint8_t *class; /* of the byte that leads to the state */
};

/* One branch; returns the state of the whole key. */
static unsigned add_key(struct kmsg_scan *scan, const struct trie *t, struct slice key)
{
	unsigned state = 0;
	for (size_t i = 0; i < key.n; i++) {
		uint8_t class = scan->class[(unsigned char)key.p[i]];
		unsigned next = t->child[state];
		while (next && t->class[next] != class)
			next = t->sibling[next];
		if (!next) {
			next = scan->states++;
			t->class[next] = class;
			t->sibling[next] = t->child[state];
			t->child[state] = (uint16_t)next;
		}
		state = next;
	}
	return state;
}

/* Breadth first: where no branch goes on, the longest suffix that is a branch does. */
static void link_states(struct kmsg_scan *scan, const struct trie *t)
{
	size_t head = 0, tail = 0, row = sizeof(*scan->next) << scan->shift;
	t->queue[tail++] = 0;
	while (head < tail) {
		unsigned state = t->queue[head++], f = t->fail[state];
		uint16_t *next = &scan->next[(size_t)state << scan->shift];
		const uint16_t *other = &scan->next[(size_t)f << scan->shift];
		if (state) {
			scan->shorter[state] = scan->first[f] != NONE ? (uint16_t)f : scan->shorter[f];
			memcpy(next, other, row);
		}
		for (unsigned c = t->child[state]; c; c = t->sibling[c]) {
			t->fail[c] = state ? other[t->class[c]] : 0;
			next[t->class[c]] = (uint16_t)c;
			t->queue[tail++] = (uint16_t)c;
		}
	}
}

int kmsg_scan_init(struct kmsg_scan *scan, struct arena *arena)
{
	size_t room;
	bool begins;
	*scan = (struct kmsg_scan){.states = 1};
	int err = count_classes(scan, &room);
	if (err)
		return err;
	scan->next = arena_array(arena, room << scan->shift, sizeof(*scan->next));
	scan->first = arena_array(arena, room, sizeof(*scan->first));
	scan->shorter = arena_array(arena, room, sizeof(*scan->shorter));
	scan->row_next = arena_array(arena, kmsg_rows_n, sizeof(*scan->row_next));
	scan->key_len = arena_array(arena, kmsg_rows_n, sizeof(*scan->key_len));
	scan->begins = arena_array(arena, kmsg_rows_n, sizeof(*scan->begins));
	struct trie t = {
		.child = arena_array(arena, room, sizeof(*t.child)), .sibling = arena_array(arena, room, sizeof(*t.sibling)),
		.fail = arena_array(arena, room, sizeof(*t.fail)), .queue = arena_array(arena, room, sizeof(*t.queue)),
		.class = arena_array(arena, room, sizeof(*t.class)),
	};
	if (!scan->next || !scan->first || !scan->shorter || !scan->row_next || !scan->key_len || !scan->begins || !t.child ||
	    !t.sibling || !t.fail || !t.queue || !t.class)
		return -ENOMEM;
	memset(scan->first, 0xff, room * sizeof(*scan->first));
	for (size_t r = kmsg_rows_n; r-- > 0;) {
		struct slice key = kmsg_row_key(&kmsg_rows[r], &begins);
		unsigned state = add_key(scan, &t, key);
		scan->row_next[r] = scan->first[state];
		scan->first[state] = (uint16_t)r;
		scan->key_len[r] = (uint8_t)key.n;
		scan->begins[r] = begins;
	}
	link_states(scan, &t);
	for (size_t i = 0; i < (size_t)scan->states << scan->shift; i++) {
		unsigned to = scan->next[i];
		if (scan->first[to] != NONE || scan->shorter[to])
			scan->next[i] = (uint16_t)(to | OUT);
	}
	return 0;
}

/* In the order of the table, then of the line. */
static size_t add_hit(struct kmsg_hit *hits, size_t n, struct kmsg_hit hit)
{
	if (n == KMSG_HITS_MAX)
		return n;
	size_t i = n;
	for (; i > 0 && (hits[i - 1].row > hit.row || (hits[i - 1].row == hit.row && hits[i - 1].at > hit.at)); i--)
		hits[i] = hits[i - 1];
	hits[i] = hit;
	return n + 1;
}

/* Rows whose keys end in the state that was reached with the byte before end, if they begin before limit. */
static size_t add_state(const struct kmsg_scan *scan, unsigned state, size_t end, size_t limit, struct kmsg_hit *hits, size_t n)
{
	for (unsigned s = state & ~OUT; s; s = scan->shorter[s])
		for (unsigned r = scan->first[s]; r != NONE; r = scan->row_next[r])
			if (end - scan->key_len[r] < limit)
				n = add_hit(hits, n, (struct kmsg_hit){(uint16_t)r, (uint32_t)(end - scan->key_len[r])});
	return n;
}

static inline unsigned step(const struct kmsg_scan *scan, unsigned state, char byte)
{
	return scan->next[((state & ~OUT) << scan->shift) + scan->class[(unsigned char)byte]];
}

static size_t scan_part(const struct kmsg_scan *scan, struct slice line, size_t from, size_t to, size_t limit, unsigned state, struct kmsg_hit *hits, size_t n)
{
	for (size_t i = from; i < to; i++) {
		state = step(scan, state, line.p[i]);
		if (__builtin_expect(state & OUT, 0))
			n = add_state(scan, state, i + 1, limit, hits, n);
	}
	return n;
}

/*
 * Each step waits for the one before it, so a line is walked at four places at once: each part goes on into the next for as long as
 * a key that began in it may reach.
 */
size_t kmsg_scan_line(const struct kmsg_scan *scan, struct slice line, size_t from, struct kmsg_hit *hits)
{
	size_t len = line.n > from ? line.n - from : 0, reach = scan->longest - 1, n = 0;
	size_t most = (len + 3 * reach + 3) / 4;
	if (most < 2 * reach)
		return scan_part(scan, line, from, line.n, line.n, 0, hits, 0);
	size_t part = most - reach, steps = len - 3 * part; /* of the last part: at most 3 fewer than of the others */
	const char *p = line.p + from;
	unsigned a = 0, b = 0, c = 0, d = 0;
	for (size_t i = 0; i < steps; i++) {
		a = step(scan, a, p[i]);
		b = step(scan, b, p[i + part]);
		c = step(scan, c, p[i + 2 * part]);
		d = step(scan, d, p[i + 3 * part]);
		if (__builtin_expect(!((a | b | c | d) & OUT), 1))
			continue;
		size_t end = from + i + 1;
		const unsigned states[4] = {a, b, c, d};
		for (size_t k = 0; k < 4; k++)
			if (states[k] & OUT)
				n = add_state(scan, states[k], end + k * part, k < 3 ? from + (k + 1) * part : line.n, hits, n);
	}
	const unsigned states[3] = {a, b, c};
	for (size_t k = 0; k < 3; k++)
		n = scan_part(scan, line, from + k * part + steps, from + k * part + most, from + (k + 1) * part, states[k], hits, n);
	if (n == KMSG_HITS_MAX) /* which are left out depends on the order */
		return scan_part(scan, line, from, line.n, line.n, 0, hits, 0);
	return n;
}

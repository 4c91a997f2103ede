/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel log, from its text to events: matches of its lines, boots, what is said twice, and the indexes. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "decode/kmsg-scan.h"
#include "util/addr.h"
#include "util/hash.h"

#define LEAD_MAX 200 /* how far before its key a pattern may begin */
#define SPANS_MAX 16 /* events of one line */
#define SAID_EVENTS 3
#define SAID_SLOTS ((size_t)1 << 16)
#define SAID_LEN   512
#define SAID_PROBES 4

/* A message that was read before, and the events it is: said again, it need not be understood again. */
struct said {
	const char *message;
	uint32_t n, boot; /* boot: in which it was said */
	uint32_t events[SAID_EVENTS], events_n;
};

struct parse {
	struct arena *arena;
	const struct item *from;
	struct kmsg *out;
	struct kmsg_scan scan;
	size_t base;           /* events of earlier logs */
	bool cut_before;       /* an earlier log was cut already */
	bool stamped;          /* lines of this log carry stamps */
	bool boot_open;        /* a boot began, and its version was not yet said */
	uint32_t *slots;       /* hash of events: index + 1; what a boot dropped stays as a stale slot */
	size_t slots_n, slots_used;
	struct said *said;     /* in the order of the log: what comes again comes in that order too, and memory is read ahead */
	uint32_t *said_at;     /* by the message's hash: its place + 1, 0 = none */
	size_t said_n, said_slots, said_next; /* next: the place behind the last that was found */
	uint32_t boot;
	int err;
};

struct span {
	size_t start, end;
	struct kmsg_event event;
	unsigned row;
	bool boot;
};

static uint64_t mix(uint64_t h, uint64_t v)
{
	h ^= v;
	h *= 0x9e3779b97f4a7c15;
	return h ^ h >> 29;
}

static uint64_t hash_text(uint64_t h, struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
	return mix(h, s.n);
}

/* What makes two events one, beside their words. All of it is hashed, so that a flood that differs in one thing alone meets in no slot. */
#define KEYS 12
static void event_keys(const struct kmsg_event *e, uint64_t keys[KEYS])
{
	const struct kmsg_event peer = {.has_addr = e->has_peer, .addr = e->peer};
	keys[0] = (uint64_t)e->type << 32 | (uint32_t)e->bar;
	keys[1] = kmsg_addr_key(e);
	keys[2] = kmsg_addr_key(&peer);
	keys[3] = e->start;
	keys[4] = e->end;
	keys[5] = e->size;
	keys[6] = e->n;
	keys[7] = e->n2;
	keys[8] = (uint64_t)(uint32_t)e->bus << 32 | (uint32_t)e->bus_from;
	keys[9] = (uint64_t)(uint32_t)e->bus_to << 32 | (uint32_t)e->err;
	keys[10] = (uint64_t)e->vendor << 48 | (uint64_t)e->device << 32 | e->class;
	keys[11] = (uint64_t)(uint32_t)e->peer_bar << 32 | (uint64_t)e->header << 8 | (uint64_t)e->has_range << 3 | (uint64_t)e->io << 2 |
		   (uint64_t)e->is_64 << 1 | e->pref;
}

static uint64_t event_hash(const struct kmsg_event *e)
{
	uint64_t keys[KEYS], h = 0;
	event_keys(e, keys);
	for (size_t i = 0; i < KEYS; i++)
		h = mix(h, keys[i]);
	return hash_text(hash_text(hash_text(h, e->word), e->word2), e->driver);
}

static bool same_event(const struct kmsg_event *a, const struct kmsg_event *b)
{
	uint64_t left[KEYS], right[KEYS];
	event_keys(a, left);
	event_keys(b, right);
	return !memcmp(left, right, sizeof(left)) && slice_same(a->word, b->word) && slice_same(a->word2, b->word2) &&
	       slice_same(a->driver, b->driver);
}

static void slot_put(struct parse *p, size_t index)
{
	size_t mask = p->slots_n - 1, i = (size_t)event_hash(&p->out->events[index]) & mask;
	while (p->slots[i])
		i = (i + 1) & mask;
	p->slots[i] = (uint32_t)(index + 1);
	p->slots_used++;
}

/* Room for one more; what a boot dropped is left behind. */
static bool slots_grow(struct parse *p)
{
	if (p->slots_used * 2 < p->slots_n)
		return true;
	size_t live = p->out->n - p->base, n = 1024;
	while (n < (live + 1) * 4)
		n *= 2;
	uint32_t *fresh = calloc(n, sizeof(*fresh));
	if (!fresh)
		return false;
	free(p->slots);
	p->slots = fresh;
	p->slots_n = n;
	p->slots_used = 0;
	for (size_t i = p->base; i < p->out->n; i++)
		slot_put(p, i);
	return true;
}

static struct kmsg_event *find_same(const struct parse *p, const struct kmsg_event *event)
{
	size_t mask = p->slots_n - 1;
	for (size_t i = (size_t)event_hash(event) & mask; p->slots[i]; i = (i + 1) & mask) {
		size_t index = p->slots[i] - 1;
		if (index < p->out->n && same_event(&p->out->events[index], event))
			return &p->out->events[index];
	}
	return NULL;
}

static void said_again(struct parse *p, struct kmsg_event *event, unsigned line)
{
	event->times++;
	event->last_line = line;
	event->seq = ++p->out->seq;
}

/* Returns the event's index, or SIZE_MAX where there is no room for it. */
static size_t add_event(struct parse *p, const struct kmsg_event *event)
{
	struct kmsg *out = p->out;
	if (!slots_grow(p)) {
		p->err = -ENOMEM;
		return SIZE_MAX;
	}
	struct kmsg_event *same = find_same(p, event);
	if (same) {
		said_again(p, same, event->line);
		return (size_t)(same - out->events);
	}
	if (out->n >= KMSG_EVENTS_MAX) {
		out->truncated = true;
		out->from_boot = false; /* the message that is missed may be among them */
		return SIZE_MAX;
	}
	struct kmsg_event *fresh = ARENA_PUSH(p->arena, out->events, out->n, out->room);
	if (!fresh) {
		p->err = -ENOMEM;
		return SIZE_MAX;
	}
	*fresh = *event;
	fresh->times = 1;
	fresh->last_line = event->line;
	fresh->seq = ++out->seq;
	fresh->from = p->from;
	slot_put(p, out->n - 1);
	return out->n - 1;
}

static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* "igb 0000:01:00.0: ", "pci_bus 0000:3a: ", "0000:01:00.0: " at the beginning: dev_printk()'s. Returns the offset behind it. */
static size_t device_prefix(struct slice line, size_t at, struct kmsg_event *event)
{
	size_t name = at;
	while (name < line.n && name_char(line.p[name]))
		name++;
	struct slice s = slice_from(line, at);
	struct sriov_addr addr;
	if (name > at && name < line.n && line.p[name] == ' ') {
		event->driver = (struct slice){line.p + at, name - at};
		s = slice_from(line, name);
		slice_eat_space(&s);
	}
	if (kmsg_eat_addr(&s, false, &addr) && (!s.n || s.p[0] == ':' || s.p[0] == ' ')) {
		event->has_addr = true;
		event->addr = addr;
		size_t end = line.n - s.n;
		if (s.n && s.p[0] == ':')
			end++;
		while (end < line.n && (line.p[end] == ' ' || line.p[end] == '\t'))
			end++;
		return end;
	}
	uint64_t domain, bus;
	struct slice t = s;
	if (slice_is(event->driver, "pci_bus") && slice_eat_hex(&t, 4, &domain) && slice_eat(&t, ":") && slice_eat_hex(&t, 2, &bus) &&
	    slice_eat(&t, ":")) {
		event->has_addr = event->is_bus = true;
		event->addr = (struct sriov_addr){(uint32_t)domain, (uint8_t)bus, 0, 0};
		slice_eat_space(&t);
		return line.n - t.n;
	}
	event->driver = (struct slice){NULL, 0};
	return at;
}

/* The last address between two offsets of a line, with what stands directly before it as its driver. */
static void nearest_device(struct slice line, size_t from, size_t to, struct kmsg_event *event)
{
	for (size_t i = to; i > from; i--) {
		struct slice s = slice_from(line, i - 1);
		if (i - 1 > from && line.p[i - 2] != ' ' && line.p[i - 2] != '\t' && line.p[i - 2] != '"' && line.p[i - 2] != '`' &&
		    line.p[i - 2] != '(')
			continue;
		struct sriov_addr addr;
		if (!kmsg_eat_addr(&s, false, &addr) || (size_t)(s.p - line.p) > to)
			continue;
		event->has_addr = true;
		event->addr = addr;
		size_t end = i - 1;
		while (end > from && line.p[end - 1] == ' ')
			end--;
		size_t start = end;
		while (start > from && name_char(line.p[start - 1]))
			start--;
		if (end > start)
			event->driver = (struct slice){line.p + start, end - start};
		return;
	}
}

/* Whose message is it: from what was consumed before it, message (behind the stamp) or a joint, up to its first byte. */
static void find_device(const struct kmsg_line *line, struct span *span, size_t consumed)
{
	const struct kmsg_prefix *prefix = &line->prefix;
	struct kmsg_event own;
	kmsg_event_init(&own);
	size_t text = span->start;
	if (consumed == 0) {
		text = device_prefix(line->text, prefix->message, &own);
		if (!own.has_addr) {
			text = prefix->message;
			nearest_device(line->text, prefix->message, span->start, &own);
		}
		if (text > span->start)
			text = span->start;
	} else {
		nearest_device(line->text, consumed, span->start, &own);
	}
	for (unsigned j = 0; j < line->joints_n; j++) /* a line that was joined by mistake does not lend its device */
		if (line->joints[j] == span->start && text + 2 < span->start) {
			kmsg_event_init(&own);
			text = span->start;
		}
	if (own.has_addr && !span->event.has_addr) {
		span->event.has_addr = true;
		span->event.is_bus = own.is_bus;
		span->event.addr = own.addr;
	}
	span->event.driver = own.driver;
	if (span->event.type == KMSG_DRIVER) { /* the line names it */
		span->event.driver = span->event.word;
		span->event.word = (struct slice){NULL, 0};
	}
	size_t end = line->text.n;
	span->event.text = slice_trim((struct slice){line->text.p + text, end - text});
}

/* The span behind n others goes to its place among them; false: it lies over one. */
static bool put_in_order(struct span *spans, size_t n)
{
	size_t i = n;
	for (; i > 0 && spans[i - 1].start > spans[n].start; i--)
		;
	if ((i > 0 && spans[i - 1].end > spans[n].start) || (i < n && spans[i].start < spans[n].end))
		return false;
	if (i < n) {
		struct span span = spans[n];
		memmove(&spans[i + 1], &spans[i], (n - i) * sizeof(*spans));
		spans[i] = span;
	}
	return true;
}

/* Rows that fit the line, none over another, in the order of the line. */
static size_t match_hits(const struct parse *p, struct slice text, size_t message, const struct kmsg_hit *hits, size_t hits_n, struct span *spans)
{
	size_t n = 0;
	for (size_t h = 0; h < hits_n && n < SPANS_MAX; h++) {
		const struct kmsg_row *row = &kmsg_rows[hits[h].row];
		size_t key = hits[h].at, first = key > LEAD_MAX ? key - LEAD_MAX : 0;
		if (row->pattern[0] == '^' || first < message)
			first = message;
		else if (p->scan.begins[hits[h].row])
			first = key;
		for (size_t at = first; at <= key; at++) {
			struct span *span = &spans[n]; /* there is one more than are taken */
			bool boundary = at == first || at == key || !name_char(text.p[at - 1]);
			if (boundary && kmsg_row_match(row, text, at, &span->event, &span->end)) {
				span->start = at;
				span->boot = row->boot;
				span->row = hits[h].row;
				n += put_in_order(spans, n);
				break;
			}
			if (row->pattern[0] == '^')
				break;
		}
	}
	return n;
}

static size_t match_line(const struct parse *p, struct slice text, size_t message, struct span *spans)
{
	struct kmsg_hit hits[KMSG_HITS_MAX];
	size_t n = kmsg_scan_line(&p->scan, text, message, hits);
	return match_hits(p, text, message, hits, n, spans);
}

static void new_boot(struct parse *p, bool version)
{
	p->boot++;
	if (!p->boot_open)
		p->out->boots++;
	p->boot_open = !version;
	p->out->n = p->base;
	p->out->truncated = p->cut_before;
	p->out->from_boot = true;
}

static unsigned best_row(const struct span *spans, size_t n)
{
	unsigned best = UINT_MAX;
	for (size_t i = 0; i < n; i++)
		if (spans[i].row < best)
			best = spans[i].row;
	return best;
}

/* Names before an address that are no driver's: who speaks is the core, or the address is what is spoken of. */
static bool is_core(struct slice name)
{
	static const char *const names[] = {"pci", "pcieport", "pci_bus", "vfio", "acpi", "pnp", "platform", "iommu", "device", "shpchp", "DMAR", "AMD-Vi"};
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (slice_is(name, names[i]))
			return true;
	return name.n > 32 || slice_has(name, ".");
}

/* "igb 0000:01:00.0 enp1s0f0: …": whatever it says, the driver is bound, and the interface is its. */
static void driver_speaks(struct parse *p, const struct kmsg_line *line)
{
	size_t at = line->prefix.message, name = at;
	while (name < line->text.n && name - at < 33 && name_char(line->text.p[name]))
		name++;
	if (name == at || name + 13 > line->text.n || line->text.p[name] != ' ' || line->text.p[name + 5] != ':' ||
	    is_core((struct slice){line->text.p + at, name - at}))
		return;
	struct kmsg_event event;
	kmsg_event_init(&event);
	size_t text = device_prefix(line->text, at, &event);
	if (!event.has_addr)
		return;
	size_t end = text;
	while (end < line->text.n && name_char(line->text.p[end]))
		end++;
	if (line->text.p[text - 1] != ':' && line->text.p[text - 2] != ':' && end > text && end - text < 16 && end < line->text.n && line->text.p[end] == ':')
		event.word = (struct slice){line->text.p + text, end - text};
	event.type = KMSG_DRIVER;
	event.line = line->number;
	event.text = slice_trim(slice_from(line->text, text));
	if (line->copied) {
		char *copy = arena_dup(p->arena, line->text.p, line->text.n);
		if (!copy) {
			p->err = -ENOMEM;
			return;
		}
		ptrdiff_t moved = copy - line->text.p;
		event.driver.p += moved;
		event.text.p += moved;
		if (event.word.p)
			event.word.p += moved;
	}
	add_event(p, &event);
}

static bool is_said(const struct parse *p, size_t place, struct slice message)
{
	const struct said *said = &p->said[place];
	return said->boot == p->boot && slice_same((struct slice){said->message, said->n}, message);
}

/* The place of a message that was read before; SIZE_MAX: it was not. */
static size_t said_find(const struct parse *p, struct slice message)
{
	size_t slot = hash_name(NULL, message.p, message.n);
	for (size_t i = 0; i < SAID_PROBES; i++) {
		size_t at = p->said_at[(slot + i) & (p->said_slots - 1)];
		if (!at)
			break;
		if (is_said(p, at - 1, message))
			return at - 1;
	}
	return SIZE_MAX;
}

static void repeat(struct parse *p, size_t place, unsigned line)
{
	const struct said *said = &p->said[place];
	for (size_t i = 0; i < said->events_n; i++)
		said_again(p, &p->out->events[said->events[i]], line);
	p->said_next = place + 1;
}

/* Remembered in a slot that is empty or of an earlier boot, else instead of another. */
static void remember(struct parse *p, const struct said *said)
{
	size_t slot = hash_name(NULL, said->message, said->n), i = 0;
	uint32_t *place;
	do
		place = &p->said_at[(slot + i) & (p->said_slots - 1)];
	while (*place && p->said[*place - 1].boot == p->boot && ++i < SAID_PROBES);
	if (!*place)
		*place = (uint32_t)++p->said_n;
	p->said[*place - 1] = *said;
	p->said_next = *place;
}

static void parse_segment(struct parse *p, const struct kmsg_line *line)
{
	const struct kmsg_prefix *prefix = &line->prefix;
	struct kmsg_hit hits[KMSG_HITS_MAX];
	struct span spans[SPANS_MAX + 1];
	struct slice message = slice_from(line->text, prefix->message);
	bool usual = !line->copied && message.n && message.n <= SAID_LEN; /* as the log has it, and not too long to be remembered */
	if (usual && p->said_next < p->said_n && is_said(p, p->said_next, message)) { /* what followed the last message before */
		repeat(p, p->said_next, line->number);
		return;
	}
	size_t hits_n = kmsg_scan_line(&p->scan, line->text, prefix->message, hits);
	if (!hits_n && !line->hard.n)
		return;
	size_t place = usual ? said_find(p, message) : SIZE_MAX;
	if (place != SIZE_MAX) {
		repeat(p, place, line->number);
		return;
	}
	size_t n = match_hits(p, line->text, prefix->message, hits, hits_n, spans);
	struct kmsg_line kept = *line;
	if (line->hard.n) { /* broken inside of a word, if that way more is said */
		struct span other[SPANS_MAX + 1];
		size_t m = match_line(p, line->hard, prefix->message, other);
		if (best_row(other, m) < best_row(spans, n)) {
			n = m;
			memcpy(spans, other, m * sizeof(*spans));
			kept.text = line->hard;
			kept.joints_n = 0;
		}
	}
	if (line->copied && n) { /* matched again in a copy that stays */
		char *copy = arena_dup(p->arena, kept.text.p, kept.text.n);
		if (!copy) {
			p->err = -ENOMEM;
			return;
		}
		kept.text.p = copy;
		n = match_line(p, kept.text, prefix->message, spans);
	}
	struct said said = {.message = message.p, .n = (uint32_t)message.n, .boot = p->boot};
	size_t consumed = 0;
	bool whole = n <= SAID_EVENTS;
	for (size_t i = 0; i < n && !p->err; i++) {
		struct span *span = &spans[i];
		whole &= !span->boot;
		if (span->boot && (prefix->stamped || !p->stamped))
			new_boot(p, span->event.type == KMSG_LINUX_VERSION);
		if (span->event.type != KMSG_TYPES) {
			find_device(&kept, span, consumed);
			span->event.line = line->number;
			span->event.has_stamp = prefix->has_stamp;
			span->event.stamp = prefix->stamp;
			span->event.word = slice_trim(span->event.word);
			size_t index = add_event(p, &span->event);
			whole &= index != SIZE_MAX;
			if (whole)
				said.events[said.events_n++] = (uint32_t)index;
		}
		consumed = span->end;
	}
	if (usual && whole)
		remember(p, &said);
}

/* Kernels before 6.8 name a VF BAR's register first, and its number on the next line only. */
static void name_vf_bars(struct parse *p)
{
	struct kmsg_event *events = p->out->events, *last = NULL;
	uint64_t base = 0, owner = UINT64_MAX;
	for (size_t i = p->base; i < p->out->n; i++) {
		struct kmsg_event *e = &events[i];
		if (e->type == KMSG_BAR && e->bar < 0) {
			if (e->n >= 0x10 && e->n <= 0x24 && e->n % 4 == 0) {
				e->bar = (int)(e->n - 0x10) / 4;
			} else if (e->n == 0x30 || e->n == 0x38) {
				e->bar = 6;
			} else if (owner == kmsg_addr_key(e) && e->n >= base && e->n - base <= 20 && (e->n - base) % 4 == 0) {
				e->bar = 7 + (int)(e->n - base) / 4;
			} else {
				last = e;
			}
		} else if (e->type == KMSG_VF_BAR_SPACE && last && kmsg_addr_key(last) == kmsg_addr_key(e)) {
			last->bar = e->bar;
			owner = kmsg_addr_key(e);
			base = last->n - 4 * (uint64_t)(e->bar - 7);
			last = NULL;
		}
	}
}

int kmsg_parse(struct arena *arena, struct slice text, const struct item *from, struct kmsg *out)
{
	struct arena scratch = {0};
	struct parse p = {.arena = arena, .from = from, .out = out, .base = out->n, .cut_before = out->truncated};
	struct kmsg_reader *reader = arena_alloc(&scratch, sizeof(*reader));
	for (p.said_slots = 64; p.said_slots < SAID_SLOTS && p.said_slots < text.n / 64;)
		p.said_slots *= 2;
	p.said = arena_array(&scratch, p.said_slots, sizeof(*p.said));
	p.said_at = arena_array(&scratch, p.said_slots, sizeof(*p.said_at));
	p.err = reader && p.said && p.said_at ? kmsg_scan_init(&p.scan, &scratch) : -ENOMEM;
	if (p.err)
		goto out;
	struct kmsg_line line;
	kmsg_reader_init(reader, text);
	while (!p.err && kmsg_read(reader, &line)) {
		out->lines++;
		p.stamped |= line.prefix.stamped;
		if (!line.joints_n)
			driver_speaks(&p, &line);
		struct kmsg_line part = line;
		for (struct slice rest = line.text; rest.n && !p.err; rest = slice_from(rest, part.text.n)) {
			part.text = rest;
			if (rest.n > KMSG_LINE_MAX) { /* no kernel line is that long: lines may have been glued */
				part.text.n = KMSG_LINE_MAX;
				for (size_t i = KMSG_LINE_MAX; i > KMSG_LINE_MAX / 2; i--)
					if (rest.p[i - 1] == ' ') {
						part.text.n = i;
						break;
					}
			}
			parse_segment(&p, &part);
			part.prefix.message = 0;
		}
	}
	name_vf_bars(&p);
	out->by_addr = out->by_type = NULL;
	out->parts_n = 0;
out:
	free(p.slots);
	arena_free(&scratch);
	return p.err;
}

bool kmsg_is_line(struct slice line)
{
	struct kmsg_prefix prefix;
	kmsg_prefix(line, &prefix);
	if (prefix.has_stamp)
		return true;
	struct kmsg_event event;
	kmsg_event_init(&event);
	device_prefix(line, prefix.message, &event);
	if (event.has_addr && event.driver.n)
		return true;
	size_t end;
	for (size_t r = 0; r < kmsg_rows_n; r++)
		if (kmsg_row_match(&kmsg_rows[r], line, prefix.message, &event, &end) && kmsg_rows[r].type != KMSG_TYPES)
			return true;
	return false;
}

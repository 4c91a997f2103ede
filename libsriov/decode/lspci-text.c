/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <linux/pci_regs.h>

#include "lspci-hex.h"
#include "lspci-text.h"

#define BITS_MAX    16384 /* of one function: more than all of its words can be */
#define CAPS_MAX    1024
#define REGIONS_MAX 64
#define PENDING_MAX 64
#define LINE_MAX_LEN ((size_t)8192) /* of a line that is looked at; no word of lspci stands behind that */

/* A word without its capability's line: it waits until the line comes. */
struct pending {
	const struct text_cap_desc *desc;
	const struct text_row *row;
	uint64_t value;
};

struct reading {
	struct arena *arena;
	struct lspci_words *words;
	const struct text_cap_desc *cap; /* NULL: the header, or a capability without rows */
	bool in_cap;
	size_t offset;       /* of the capability */
	const char *key;     /* whose words a line without a key goes on with; NULL: not known */
	bool other_key;      /* they are of a key that no row has */
	unsigned rebars;     /* entries of a resizable BAR capability so far */
	unsigned line;
	bool header_line;    /* Control or Flags was there */
	struct pending pending[PENDING_MAX];
	unsigned pending_n;
	bool err;
};

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool lspci_words_put(struct arena *arena, struct lspci_words *words, size_t offset, unsigned size, unsigned lsb, unsigned width, uint64_t value)
{
	uint64_t mask = ((UINT64_C(1) << width) - 1) << lsb;
	if (value > mask >> lsb || offset + size > 4096 || words->bits_n + 8 > BITS_MAX)
		return true; /* a word that does not fit its register says nothing */
	value <<= lsb;
	for (unsigned i = 0; i < size; i++) {
		uint8_t part = (uint8_t)(mask >> (8 * i));
		if (!part)
			continue;
		struct text_bits *bits = ARENA_PUSH(arena, words->bits, words->bits_n, words->bits_room);
		if (!bits)
			return false;
		*bits = (struct text_bits){(uint16_t)(offset + i), (uint8_t)(value >> (8 * i) & part), part};
	}
	return true;
}

static void put(struct reading *r, size_t offset, unsigned size, unsigned lsb, unsigned width, uint64_t value)
{
	r->err = r->err || !lspci_words_put(r->arena, r->words, offset, size, lsb, width, value);
}

size_t lspci_words_image(const struct lspci_words *words, uint8_t bytes[4096], uint8_t mask[4096])
{
	size_t len = 0;
	for (size_t i = 0; i < words->bits_n; i++)
		if (len <= words->bits[i].at)
			len = ((size_t)words->bits[i].at | 3) + 1; /* whole dwords, so that a register with a few known bits can be read */
	memset(bytes, 0, len);
	memset(mask, 0, len);
	for (size_t i = 0; i < words->bits_n; i++) {
		const struct text_bits *b = &words->bits[i];
		bytes[b->at] = (uint8_t)((bytes[b->at] & ~b->mask) | b->value);
		mask[b->at] |= b->mask;
	}
	return len;
}

/* ---- rows ---- */

static void put_row(struct reading *r, const struct text_cap_desc *desc, const struct text_row *row, uint64_t value)
{
	if (desc == &text_header)
		put(r, row->reg, row->size, row->lsb, row->width, value);
	else if (r->in_cap)
		put(r, r->offset + row->reg, row->size, row->lsb, row->width, value);
	else if (r->pending_n < PENDING_MAX)
		r->pending[r->pending_n++] = (struct pending){desc, row, value};
}

/* "Word:" at the line's beginning, with the colon; empty where there is none. */
static struct slice line_key(struct slice line)
{
	size_t n = 0;
	while (n < line.n && n < 24 && line.p[n] != ':' && line.p[n] != ' ' && line.p[n] != '\t')
		n++;
	if (n && n < line.n && line.p[n] == ':' && (n + 1 == line.n || line.p[n + 1] == ' ' || line.p[n + 1] == '\t'))
		return (struct slice){line.p, n + 1};
	return (struct slice){line.p, 0};
}

static bool same_key(const struct text_row *row, const char *key)
{
	return row->key == key || (row->key && key && !strcmp(row->key, key));
}

/* The flags of a line: words with '+' or '-' behind, of the rows with the key. */
static void read_flags(struct reading *r, const struct text_cap_desc *desc, const char *key, struct slice line)
{
	struct slice word;
	while (slice_token(&line, " \t,;", &word)) {
		if (word.n && word.p[word.n - 1] == ':')
			continue;
		if (word.n < 2 || (word.p[word.n - 1] != '+' && word.p[word.n - 1] != '-'))
			continue;
		bool set = word.p[--word.n] == '+';
		for (size_t i = 0; i < desc->rows_n; i++)
			if (desc->rows[i].kind == TEXT_FLAG && same_key(&desc->rows[i], key) && slice_is(word, desc->rows[i].words))
				put_row(r, desc, &desc->rows[i], set);
	}
}

static bool row_number(const struct text_row *row, struct slice line, uint64_t *value)
{
	size_t at = slice_find(line, row->words);
	if (at == SIZE_MAX)
		return false;
	struct slice s = slice_from(line, at + strlen(row->words));
	if (!slice_eat_u64(&s, row->kind == TEXT_HEX ? 16 : 10, value))
		return false;
	if (row->kind == TEXT_LESS1 && (*value)-- == 0)
		return false;
	if (row->kind == TEXT_BYTES) {
		unsigned exponent = 0;
		while (exponent < 7 && UINT64_C(128) << exponent != *value)
			exponent++;
		*value = exponent;
		return exponent < 7;
	}
	return true;
}

static void read_numbers(struct reading *r, const struct text_cap_desc *desc, const char *key, struct slice line)
{
	uint64_t value;
	for (size_t i = 0; i < desc->rows_n; i++)
		if (desc->rows[i].kind != TEXT_FLAG && same_key(&desc->rows[i], key) && row_number(&desc->rows[i], line, &value))
			put_row(r, desc, &desc->rows[i], value);
}

static const char *known_key(const struct text_cap_desc *desc, struct slice key)
{
	for (size_t i = 0; i < desc->rows_n; i++)
		if (desc->rows[i].key && slice_is(key, desc->rows[i].key))
			return desc->rows[i].key;
	return NULL;
}

/*
 * A line whose key was cut off ("FRS-, LN System CLS Not Supported, TPHComp-, ARIFwd-"): it is of the one key that has all of its
 * flags that any row of the capability has; NULL where more than one could be.
 */
static const char *guess_key(const struct text_cap_desc *desc, struct slice line)
{
	const char *found = NULL;
	for (size_t i = 0; i < desc->rows_n; i++) {
		const char *key = desc->rows[i].key;
		if (!key || (i && same_key(&desc->rows[i - 1], key)))
			continue;
		struct slice rest = line, word;
		unsigned mine = 0, others = 0;
		while (slice_token(&rest, " \t,;", &word)) {
			if (word.n < 2 || (word.p[word.n - 1] != '+' && word.p[word.n - 1] != '-'))
				continue;
			word.n--;
			bool hit = false, any = false;
			for (size_t j = 0; j < desc->rows_n; j++) {
				if (desc->rows[j].kind != TEXT_FLAG || !slice_is(word, desc->rows[j].words))
					continue;
				any = true;
				hit = hit || same_key(&desc->rows[j], key);
			}
			mine += hit;
			others += any && !hit;
		}
		if (!mine || others)
			continue;
		if (found)
			return NULL;
		found = key;
	}
	return found;
}

/* Which capability has rows with the key of a line that stands outside of any; "Status:" and the like say nothing. */
static const struct text_cap_desc *owner_of(struct slice key)
{
	if (slice_is(key, "Status:"))
		return NULL;
	for (size_t i = 0; i < text_caps_n; i++)
		if (known_key(&text_caps[i], key))
			return &text_caps[i];
	return NULL;
}

/* ---- regions and windows ---- */

static bool eat_size(struct slice line, uint64_t *size)
{
	struct slice s;
	uint64_t n;
	if (!slice_until(&line, "[size=", &s) || !slice_eat_u64(&line, 10, &n))
		return false;
	unsigned shift = !line.n ? 0 : line.p[0] == 'K' ? 10 : line.p[0] == 'M' ? 20 : line.p[0] == 'G' ? 30 : line.p[0] == 'T' ? 40 : 0;
	if (n > UINT64_MAX >> shift)
		return false;
	*size = n << shift;
	return true;
}

static void put_region(struct reading *r, struct text_region region)
{
	struct lspci_words *w = r->words;
	if (w->regions_n >= REGIONS_MAX)
		return;
	struct text_region *to = ARENA_PUSH(r->arena, w->regions, w->regions_n, w->regions_room);
	if (to)
		*to = region;
	else
		r->err = true;
}

/* "Memory at fe800000 (32-bit, non-prefetchable) [size=128K]", "I/O ports at d000 [size=32]", "Expansion ROM at …". */
static bool read_region(struct reading *r, struct slice s, unsigned index)
{
	struct text_region region = {.index = (uint8_t)(index < 6 ? index : 0xff), .line = r->line};
	struct slice whole = s;
	bool is_virtual = slice_has(s, "[virtual]"), rom = false;
	slice_eat(&s, "[virtual] ");
	if (slice_eat(&s, "I/O ports at "))
		region.io = true;
	else if (slice_eat(&s, "Expansion ROM at "))
		rom = true;
	else if (!slice_eat(&s, "Memory at "))
		return false;
	if (rom)
		region.index = 6;
	uint64_t address = 0;
	bool has = slice_eat_u64(&s, 16, &address);
	if (!has && !slice_starts(s, "<") && !slice_starts(s, "["))
		return false;
	region.address = address;
	region.unassigned = !has;
	r->words->virtual = r->words->virtual || is_virtual;
	region.is_64 = slice_has(whole, "(64-bit");
	region.prefetchable = slice_has(whole, "prefetchable") && !slice_has(whole, "non-prefetchable");
	region.disabled = slice_has(whole, "[disabled]");
	bool sized = eat_size(whole, &region.size);

	bool vf = r->in_cap && r->cap && r->cap->extended && r->cap->id == PCI_EXT_CAP_ID_SRIOV;
	if (vf && (sized || index > 5 || rom || region.io))
		return true;
	size_t at = vf ? r->offset + PCI_SRIOV_BAR + 4 * index : PCI_BASE_ADDRESS_0 + 4 * index;
	if (vf)
		region.index = (uint8_t)(7 + index);
	put_region(r, region);
	if (index > 5 || rom || is_virtual) /* virtual: the host's address, the register reads otherwise */
		return true;
	if (region.io)
		put(r, at, 1, 0, 2, 1);
	else if (slice_has(whole, "-bit") || slice_has(whole, "low-1M"))
		put(r, at, 1, 0, 4, (region.is_64 ? 4u : slice_has(whole, "low-1M") ? 2u : 0u) | (region.prefetchable ? 8u : 0u));
	/* the address of a VF BAR is the register's; any other is the host's, which a sleeping function's registers do not hold */
	if (vf && has) {
		put(r, at, 4, 4, 28, (address & UINT32_MAX) >> 4);
		if (region.is_64 && index < 5)
			put(r, at + 4, 4, 0, 32, address >> 32);
	}
	return true;
}

/*
 * "I/O behind bridge: c000-cfff [size=4K] [16-bit]", "Prefetchable memory behind bridge: 00000000fe000000-00000000fe1fffff": what the
 * host assigned where lspci can know that, so no register's value.
 */
static void read_window(struct reading *r, struct slice s, unsigned index)
{
	uint64_t base = 0, limit = 0;
	slice_eat_space(&s);
	struct slice whole = s;
	size_t digits = 0;
	while (digits < s.n && is_hex(s.p[digits]))
		digits++;
	bool has = slice_eat_u64(&s, 16, &base) && slice_eat(&s, "-") && slice_eat_u64(&s, 16, &limit);
	bool off = slice_has(whole, "[disabled]") || slice_starts(whole, "None") || (has && base > limit);
	/* lspci 3.7 to 3.9 say [32-bit] and [16-bit] of any window that the kernel assigned: only the other tag tells the register's type */
	bool tag64 = slice_has(whole, "[64-bit]"), tag = tag64 || slice_has(whole, "-bit]");
	if (!has && !off)
		return;
	struct text_region region = {.index = (uint8_t)index, .io = index == 13, .prefetchable = index == 15, .line = r->line};
	region.is_64 = index == 15 && (tag64 || digits == 16 || limit > UINT32_MAX);
	region.unassigned = off;
	if (has && !off) {
		region.address = base;
		region.size = limit - base + 1;
	}
	put_region(r, region);
	if (has && index == 15 && (region.is_64 || !tag)) {
		put(r, PCI_PREF_MEMORY_BASE, 1, 0, 4, region.is_64);
		put(r, PCI_PREF_MEMORY_LIMIT, 1, 0, 4, region.is_64);
	}
}

/* ---- capabilities ---- */

/* "current size: 16MB, supported: 2MB 4MB …" of the entries of a resizable BAR capability, in their order. */
static bool eat_power(struct slice *s, uint64_t *log2mb)
{
	uint64_t n;
	slice_eat_space(s);
	if (!slice_eat_u64(s, 10, &n) || !n || n & (n - 1))
		return false;
	unsigned shift = slice_eat(s, "MB") ? 0 : slice_eat(s, "GB") ? 10 : slice_eat(s, "TB") ? 20 : slice_eat(s, "PB") ? 30 : slice_eat(s, "EB") ? 40 : 99;
	if (shift == 99)
		return false;
	*log2mb = (uint64_t)__builtin_ctzll(n) + shift;
	return true;
}

static void read_rebar(struct reading *r, struct slice line)
{
	uint64_t index, size;
	if (!slice_eat(&line, "BAR ") || !slice_eat_u64(&line, 10, &index) || index > 5 || !slice_eat(&line, ": current size: ") || r->rebars >= 6)
		return;
	size_t at = r->offset + 4 + (size_t)8 * r->rebars;
	put(r, at + 4, 4, 0, 3, index);
	if (eat_power(&line, &size))
		put(r, at + 4, 4, 8, 6, size);
	r->rebars++;
	put(r, r->offset + 8, 4, 5, 3, r->rebars);
	if (!slice_eat(&line, ", supported:"))
		return;
	uint32_t sizes = 0;
	while (eat_power(&line, &size))
		if (size < 28)
			sizes |= UINT32_C(1) << (size + 4);
	put(r, at, 4, 0, 32, sizes);
}

static void read_express(struct reading *r, struct slice s)
{
	uint64_t n;
	struct slice rest = s;
	if (slice_eat(&rest, "Express (v") && slice_eat_u64(&rest, 10, &n))
		put(r, r->offset + PCI_EXP_FLAGS, 2, 0, 4, n);
	for (size_t i = 0; i < text_port_types_n; i++) {
		if (!slice_has(s, text_port_types[i].name))
			continue;
		put(r, r->offset + PCI_EXP_FLAGS, 2, 4, 4, text_port_types[i].code);
		break;
	}
	if (slice_has(s, "(Slot+)") || slice_has(s, "(Slot-)"))
		put(r, r->offset + PCI_EXP_FLAGS, 2, 8, 1, slice_has(s, "(Slot+)"));
	size_t at = slice_find(s, ", MSI ");
	rest = slice_from(s, at == SIZE_MAX ? s.n : at + 6);
	if (slice_eat_hex(&rest, 2, &n))
		put(r, r->offset + PCI_EXP_FLAGS, 2, 9, 5, n);
}

static void put_cap(struct reading *r, uint16_t id, bool extended, uint64_t version)
{
	struct lspci_words *w = r->words;
	if (w->caps_n >= CAPS_MAX)
		return;
	struct text_cap *cap = ARENA_PUSH(r->arena, w->caps, w->caps_n, w->caps_room);
	if (!cap) {
		r->err = true;
		return;
	}
	*cap = (struct text_cap){.id = id, .offset = (uint16_t)r->offset, .version = (uint8_t)version, .extended = extended};
	put(r, r->offset, extended ? 2 : 1, 0, extended ? 16 : 8, id);
	if (extended && version)
		put(r, r->offset + 2, 1, 0, 4, version);
}

/* "Capabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)" */
static void read_capability(struct reading *r, struct slice s)
{
	uint64_t offset, version = 0, id;
	r->in_cap = false;
	r->cap = NULL;
	r->key = NULL;
	r->other_key = false;
	r->rebars = 0;
	slice_eat_space(&s);
	if (slice_starts(s, "<access denied")) {
		r->words->denied = true;
		return;
	}
	if (!slice_eat(&s, "[") || !slice_eat_u64(&s, 16, &offset) || offset < 0x40 || offset > 0xffc || offset & 3)
		return;
	if (slice_eat(&s, " v") && (!slice_eat_u64(&s, 10, &version) || version > 15))
		return;
	if (!slice_eat(&s, "]"))
		return;
	slice_eat_space(&s);
	bool extended = offset >= 0x100;
	r->in_cap = true;
	r->offset = (size_t)offset;
	for (size_t i = 0; i < text_caps_n && !r->cap; i++)
		if (text_caps[i].extended == extended && slice_starts(s, text_caps[i].title))
			r->cap = &text_caps[i];
	if (r->cap) {
		put_cap(r, r->cap->id, extended, version);
	} else {
		struct slice rest = s;
		if ((slice_eat(&rest, "#") || slice_eat(&rest, "Extended Capability ID ") || slice_eat(&rest, "Unknown ID ")) && slice_eat_u64(&rest, 16, &id) &&
		    id <= (extended ? 0xffffu : 0xffu))
			put_cap(r, (uint16_t)id, extended, version);
		return;
	}
	if (!extended && r->cap->id == PCI_CAP_ID_EXP)
		read_express(r, s);
	read_flags(r, r->cap, NULL, s);
	read_numbers(r, r->cap, NULL, s);
	for (unsigned i = 0; i < r->pending_n; i++) {
		if (r->pending[i].desc == r->cap)
			put_row(r, r->cap, r->pending[i].row, r->pending[i].value);
	}
}

static void read_cap_line(struct reading *r, struct slice line)
{
	struct slice key = line_key(line);
	if (r->cap->extended && (r->cap->id == PCI_EXT_CAP_ID_REBAR || r->cap->id == 0x24)) {
		read_rebar(r, line);
		return;
	}
	if (key.n) {
		r->key = known_key(r->cap, key);
		r->other_key = !r->key;
	} else if (!r->key && !r->other_key) {
		const char *guess = guess_key(r->cap, line);
		if (guess) {
			read_flags(r, r->cap, guess, line);
			return;
		}
	}
	if (r->key) {
		read_flags(r, r->cap, r->key, line);
		read_numbers(r, r->cap, r->key, line);
	}
	read_numbers(r, r->cap, NULL, line);
}

/* ---- the header ---- */

static void read_title(struct reading *r, struct slice text)
{
	struct lspci_words *w = r->words;
	struct lspci_title title;
	lspci_title_read(text, &title);
	w->vendor = title.vendor;
	w->device = title.device;
	w->class = title.class;
	w->prog_if = title.prog_if > 0 ? (uint8_t)title.prog_if : 0;
	w->name = title.name;
	w->all_ones = title.all_ones;
	w->virtual = title.virtual;
	if (title.revision >= 0)
		put(r, PCI_REVISION_ID, 1, 0, 8, (uint64_t)title.revision);
	if (title.prog_if >= 0)
		put(r, PCI_CLASS_PROG, 1, 0, 8, (uint64_t)title.prog_if);
}

static bool after(struct slice line, const char *label, struct slice *value)
{
	if (!slice_eat(&line, label))
		return false;
	*value = slice_trim(line);
	return true;
}

static void read_flags_line(struct reading *r, struct slice s)
{
	struct lspci_words *w = r->words;
	put(r, PCI_COMMAND, 2, 2, 1, slice_has(s, "bus master"));
	size_t at = slice_find(s, "IOMMU group ");
	struct slice rest = slice_from(s, at == SIZE_MAX ? s.n : at + strlen("IOMMU group "));
	w->has_group = slice_eat_u64(&rest, 10, &w->group) || w->has_group;
	at = slice_find(s, "NUMA node ");
	rest = slice_from(s, at == SIZE_MAX ? s.n : at + strlen("NUMA node "));
	w->has_numa = slice_eat_u64(&rest, 10, &w->numa) || w->has_numa;
}

static bool read_bus(struct reading *r, struct slice s)
{
	struct lspci_words *w = r->words;
	uint64_t primary, secondary, subordinate;
	if (!slice_eat(&s, "primary=") || !slice_eat_hex(&s, 2, &primary) || !slice_eat(&s, ", secondary=") || !slice_eat_hex(&s, 2, &secondary) ||
	    !slice_eat(&s, ", subordinate=") || !slice_eat_hex(&s, 2, &subordinate))
		return false;
	w->has_bus = true;
	w->primary = (uint8_t)primary;
	w->secondary = (uint8_t)secondary;
	w->subordinate = (uint8_t)subordinate;
	return true;
}

/* False: a second description begins, whose first line is lost; it is not this function's. */
static bool read_header_line(struct reading *r, struct slice line)
{
	struct lspci_words *w = r->words;
	struct slice value, rest;
	uint64_t n;
	bool control = slice_starts(line, "Control: I/O"), flags = after(line, "Flags: ", &value) && !slice_has(line, "PMEClk");
	if (control || flags) {
		if (r->header_line || r->in_cap)
			return false;
		r->header_line = w->opened = true;
		if (flags)
			read_flags_line(r, value);
		else
			read_flags(r, &text_header, "Control:", line);
	} else if (slice_starts(line, "Status: Cap")) {
		read_flags(r, &text_header, "Status:", line);
	} else if (slice_starts(line, "BridgeCtl: ")) {
		read_flags(r, &text_header, "BridgeCtl:", line);
	} else if (after(line, "Bus: ", &value)) {
		read_bus(r, value);
	} else if (after(line, "Subsystem:", &value)) {
		if (w->opened)
			return false;
		w->opened = true;
		lspci_find_ids(value, &w->subsystem_vendor, &w->subsystem_device);
	} else if (after(line, "Kernel driver in use:", &value)) {
		w->driver = value;
		r->in_cap = false;
	} else if (after(line, "Kernel modules:", &value)) {
		w->modules = value;
		w->has_modules = true;
		r->in_cap = false;
	} else if (after(line, "Physical Slot:", &value)) {
		w->slot = value;
	} else if (after(line, "NUMA node:", &value)) {
		w->has_numa = slice_u64(value, &w->numa) || w->has_numa;
	} else if (after(line, "IOMMU group:", &value)) {
		w->has_group = slice_u64(value, &w->group) || w->has_group;
	} else if (after(line, "I/O behind bridge:", &value)) {
		read_window(r, value, 13);
	} else if (after(line, "Memory behind bridge:", &value)) {
		read_window(r, value, 14);
	} else if (after(line, "Prefetchable memory behind bridge:", &value)) {
		read_window(r, value, 15);
	} else if (slice_starts(line, "!!! Unknown header type 7f")) {
		w->all_ones = true;
	} else if (rest = line, slice_eat(&rest, "Region ") && slice_eat_u64(&rest, 10, &n) && slice_eat(&rest, ": ")) {
		read_region(r, rest, n < 6 ? (unsigned)n : 99);
	} else if (slice_starts(line, "Memory at ") || slice_starts(line, "I/O ports at ") || slice_starts(line, "Expansion ROM at ") || slice_starts(line, "[virtual] ")) {
		read_region(r, line, 99);
	}
	return true;
}

static bool read_line(struct reading *r, struct slice line)
{
	struct slice value;
	if (line.n > LINE_MAX_LEN)
		line.n = LINE_MAX_LEN;
	line = slice_trim(lspci_unquote(line));
	if (after(line, "Capabilities:", &value)) {
		read_capability(r, value);
		return true;
	}
	if (r->in_cap && r->cap && r->cap->rows_n + (r->cap->extended && (r->cap->id == PCI_EXT_CAP_ID_REBAR || r->cap->id == 0x24)))
		read_cap_line(r, line);
	if (!read_header_line(r, line))
		return false;
	if (!r->in_cap) {
		struct slice key = line_key(line);
		const struct text_cap_desc *desc = key.n ? owner_of(key) : NULL;
		if (desc) {
			const char *name = known_key(desc, key);
			read_flags(r, desc, name, line);
			read_numbers(r, desc, name, line);
		}
	}
	return true;
}

/* What follows from all lines together. */
static void settle(struct reading *r)
{
	struct lspci_words *w = r->words;
	bool endpoint = false, bridge = w->has_bus || w->class == 0x0604;
	for (size_t i = 0; i < w->regions_n; i++) {
		endpoint = endpoint || (w->regions[i].index >= 2 && w->regions[i].index <= 5);
		bridge = bridge || (w->regions[i].index >= 13 && w->regions[i].index <= 15);
	}
	for (size_t i = 0; i < w->caps_n; i++)
		endpoint = endpoint || (w->caps[i].extended && w->caps[i].id == PCI_EXT_CAP_ID_SRIOV);
	/* a VF's registers read ffff; lspci prints what the host made of it */
	if (w->vendor >= 0 && !w->virtual)
		put(r, PCI_VENDOR_ID, 2, 0, 16, (uint64_t)w->vendor);
	if (w->device >= 0 && !w->virtual)
		put(r, PCI_DEVICE_ID, 2, 0, 16, (uint64_t)w->device);
	if (w->class >= 0)
		put(r, PCI_CLASS_DEVICE, 2, 0, 16, (uint64_t)w->class);
	if (w->class == 0x0607)
		put(r, PCI_HEADER_TYPE, 1, 0, 7, PCI_HEADER_TYPE_CARDBUS);
	else if (bridge != endpoint)
		put(r, PCI_HEADER_TYPE, 1, 0, 7, bridge);
	if (w->has_bus) {
		put(r, PCI_PRIMARY_BUS, 1, 0, 8, w->primary);
		put(r, PCI_SECONDARY_BUS, 1, 0, 8, w->secondary);
		put(r, PCI_SUBORDINATE_BUS, 1, 0, 8, w->subordinate);
	} else if (!bridge && w->subsystem_vendor >= 0) {
		put(r, PCI_SUBSYSTEM_VENDOR_ID, 2, 0, 16, (uint64_t)w->subsystem_vendor);
		put(r, PCI_SUBSYSTEM_ID, 2, 0, 16, (uint64_t)w->subsystem_device);
	}
	if (w->all_ones)
		for (size_t at = 0; at < 64; at += 4)
			put(r, at, 4, 0, 32, UINT32_MAX);
}

int lspci_words_read(struct arena *arena, struct lspci_words *words, struct slice title, struct slice body, unsigned line)
{
	struct reading r = {.arena = arena, .words = words, .line = line};
	struct slice text;
	uint64_t address;
	words->vendor = words->device = words->subsystem_vendor = words->subsystem_device = words->class = -1;
	if (title.p)
		read_title(&r, title);
	for (; slice_line(&body, &text) && !r.err; r.line++)
		if (!lspci_is_row(text, &address) && !read_line(&r, text))
			break;
	settle(&r);
	return r.err ? -ENOMEM : 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Configuration spaces made by hand, for tests: registers are put where the specification has them. */
#ifndef TESTS_SPACE_H
#define TESTS_SPACE_H

#include <stdint.h>
#include <string.h>

struct space {
	uint8_t b[4096];
	unsigned std, ext; /* where the last capability of each list begins; 0 = none */
};

static inline void put16(struct space *s, unsigned at, unsigned v)
{
	s->b[at] = (uint8_t)v;
	s->b[at + 1] = (uint8_t)(v >> 8);
}

static inline void put32(struct space *s, unsigned at, uint32_t v)
{
	put16(s, at, v & 0xffff);
	put16(s, at + 2, v >> 16);
}

static inline void space_header(struct space *s, unsigned vendor, unsigned device, unsigned class, unsigned type)
{
	memset(s, 0, sizeof(*s));
	put16(s, 0x00, vendor);
	put16(s, 0x02, device);
	put16(s, 0x06, 0x0010); /* Capabilities List */
	put32(s, 0x08, class << 8);
	s->b[0x0e] = (uint8_t)type;
}

static inline void space_cap(struct space *s, unsigned at, unsigned id)
{
	s->b[s->std ? s->std + 1 : 0x34] = (uint8_t)at;
	s->b[at] = (uint8_t)id;
	s->std = at;
}

/* Extended capabilities in the order of the list; the first at 0x100. */
static inline void space_ext(struct space *s, unsigned at, unsigned id)
{
	if (s->ext)
		put16(s, s->ext + 2, at << 4 | 1);
	put32(s, at, id | 1 << 16);
	s->ext = at;
}

/* PCI Express capability, version 2, of a Device/Port Type, at 0x40. */
static inline void space_express(struct space *s, unsigned type)
{
	space_cap(s, 0x40, 0x10);
	put16(s, 0x42, 2 | type << 4);
}

/* An SR-IOV capability with mandatory page sizes; VF BARs are the caller's. */
static inline void space_sriov(struct space *s, unsigned at, unsigned total, unsigned num, unsigned offset, unsigned stride)
{
	space_ext(s, at, 0x10);
	put16(s, at + 0x08, num ? 0x0009 : 0);
	put16(s, at + 0x0c, total);
	put16(s, at + 0x0e, total);
	put16(s, at + 0x10, num);
	put16(s, at + 0x14, offset);
	put16(s, at + 0x16, stride);
	put16(s, at + 0x1a, 0x10ca);
	put32(s, at + 0x1c, 0x553);
	put32(s, at + 0x20, 0x1);
}

/* A bridge with its bus numbers, and a PCI Express capability of a root port that forwards ARI or not. */
static inline void space_port(struct space *s, unsigned primary, unsigned secondary, unsigned subordinate, unsigned ari)
{
	space_header(s, 0x8086, 0x2030, 0x060400, 1);
	s->b[0x18] = (uint8_t)primary;
	s->b[0x19] = (uint8_t)secondary;
	s->b[0x1a] = (uint8_t)subordinate;
	space_express(s, 4);
	put32(s, 0x40 + 0x24, ari ? 1u << 5 : 0);
	put16(s, 0x40 + 0x28, ari ? 1u << 5 : 0);
}

#endif

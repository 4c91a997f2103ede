/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One row a field, one description a capability. Text, XML, JSON, --list-fields, the checks and the documents are made from
 * the rows; nothing names a field twice. A capability is one file cap-NAME.c that defines one struct cap_desc, and one row in caps.c.
 */
#ifndef SRIOV_DECODE_FIELD_H
#define SRIOV_DECODE_FIELD_H

#include "decode/bytes.h"

enum field_kind {
	FIELD_FLAG,    /* one bit: 0 or 1 */
	FIELD_UINT,    /* printed in decimal */
	FIELD_HEX,     /* printed as 0x…, padded to the width */
	FIELD_ENUM,    /* printed in hexadecimal or decimal as the specification does, meaning from values[] */
	FIELD_RSVD,    /* reserved: decoded for the rules, shown only with -v and only if not zero */
};

enum field_attr { ATTR_RO, ATTR_RW, ATTR_RW1C, ATTR_ROS, ATTR_RWS, ATTR_RW1CS, ATTR_HWINIT, ATTR_RSVDP, ATTR_RSVDZ };

struct field_value {
	uint64_t value;
	const char *name;
};

struct field {
	const char *name;      /* the specification's. A '#' stands for the index where the field is repeated */
	uint16_t reg;          /* byte offset of the register from the capability's start */
	uint8_t reg_size;      /* of the register in bytes: 1, 2, 4, 8 */
	uint8_t lsb, width;    /* of the field in the register, in bits */
	enum field_kind kind;
	enum field_attr attr;
	const char *spec;      /* section or table of the specification, "PCIe 6.0 9.3.3.3" */
	const struct field_value *values; /* of FIELD_ENUM, ended by a row without a name */
	bool (*when)(const struct bytes *cap);      /* NULL: always there (once the capability is long enough) */
	unsigned (*count)(const struct bytes *cap); /* NULL: once; else how often, stride bytes apart; at most 256 */
	uint8_t stride;
	/* Of repeated rows that are not stride bytes apart, and of rows that single repetitions lack: bytes to add to reg, or FIELD_NOWHERE. */
	unsigned (*place)(const struct bytes *cap, unsigned index);
	uint8_t shift;         /* of an address or offset whose low bits the register leaves out: the value is that much to the left */
};

#define FIELD_NOWHERE UINT32_MAX

enum cap_space { CAP_HEADER, CAP_STANDARD, CAP_EXTENDED };

struct cap_desc {
	enum cap_space space;
	uint16_t id;           /* capability id; of CAP_HEADER the header type */
	const char *name;      /* "SR-IOV", "ARI", "ACS", "PCI Express", … */
	const char *spec;
	uint16_t min_len;      /* bytes that every instance has; no row without a when() or count() reaches beyond */
	unsigned (*length)(const struct bytes *cap); /* the real length of an instance; NULL: min_len */
	const struct field *fields;
	size_t fields_n;
	bool shown;            /* fields are shown without -v */
};

/* All capabilities that are decoded, in caps.c. Others are known by id and offset only. */
extern const struct cap_desc *const cap_descs[];
extern const size_t cap_descs_n;
const struct cap_desc *cap_desc_find(enum cap_space space, uint16_t id);
/* The name of a capability id, decoded or not ("Virtual Channel"); NULL where the specification gives none. */
const char *cap_id_name(enum cap_space space, uint16_t id);
const struct field *field_find(const struct cap_desc *desc, const char *name);

/* The value of a row's index-th repetition in the capability whose bytes begin at cap. 0 or -ENODATA. */
int field_get(const struct field *field, const struct bytes *cap, unsigned index, uint64_t *value) MUST_CHECK;
/* What a value means (the row's values[]), or NULL. */
const char *field_meaning(const struct field *field, uint64_t value);
/* The printed value ("8", "0x10ca", "1") into buf; returns its length. Needs at most 24 bytes. */
size_t field_format(const struct field *field, uint64_t value, char *buf, size_t size);

/* Walk of the rows of an instance that are there: iterator; start with {0}. False at the end. */
struct field_iter {
	size_t row;
	unsigned index, count;
};
bool field_next(const struct cap_desc *desc, const struct bytes *cap, struct field_iter *iter, const struct field **field, unsigned *index);
/* The row's name with the index in place of '#', into buf. */
size_t field_name(const struct field *field, unsigned index, char *buf, size_t size);

#endif

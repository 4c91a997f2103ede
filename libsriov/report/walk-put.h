/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shorthand of the walk: one attribute a line; what is unknown or NULL is left out. */
#ifndef SRIOV_REPORT_WALK_PUT_H
#define SRIOV_REPORT_WALK_PUT_H

#include "report/walk.h"

static inline void open_el(struct walker *w, enum element e) { w->ops->open(w, e); }
static inline void close_el(struct walker *w, enum element e) { w->ops->close(w, e); }
static inline void at_flag(struct walker *w, enum attribute a, bool v) { w->ops->boolean(w, a, v); }
static inline void at_num(struct walker *w, enum attribute a, uint64_t v) { w->ops->number(w, a, v); }

/* A name of ours: nothing in it needs cleaning. */
static inline void at_word(struct walker *w, enum attribute a, const char *word)
{
	if (word)
		w->ops->token(w, a, word, strlen(word));
}

static inline void at_str(struct walker *w, enum attribute a, const char *text)
{
	if (text)
		w->ops->string(w, a, slice_of(text));
}

static inline void at_hex(struct walker *w, enum attribute a, uint64_t v, unsigned digits)
{
	char buf[24] = "0x";
	w->ops->token(w, a, buf, 2 + put_hex(buf + 2, v, digits));
}

/* Hexadecimal without 0x, as PCI ids are written. */
static inline void at_id(struct walker *w, enum attribute a, uint64_t v, unsigned digits)
{
	char buf[24];
	w->ops->token(w, a, buf, put_hex(buf, v, digits));
}

static inline void at_addr(struct walker *w, enum attribute a, const struct sriov_addr *addr)
{
	char buf[24];
	w->ops->token(w, a, buf, addr_put(buf, addr));
}

static inline void at_subject(struct walker *w, enum attribute a, const struct fn *fn, const char *otherwise)
{
	if (fn)
		at_addr(w, a, &fn->addr);
	else
		at_word(w, a, otherwise);
}

static inline void at_tri(struct walker *w, enum attribute a, enum tri tri)
{
	if (tri == TRI_UNKNOWN)
		at_word(w, a, "unknown");
	else
		at_flag(w, a, tri == TRI_YES);
}

static inline void at_fact(struct walker *w, enum attribute a, const struct fact *fact)
{
	if (known(fact))
		at_num(w, a, fact->v);
}

static inline void at_fact_id(struct walker *w, enum attribute a, const struct fact *fact, unsigned digits)
{
	if (known(fact))
		at_id(w, a, fact->v, digits);
}

/* An element that holds text only. */
static inline void text_el(struct walker *w, enum element e, const char *text)
{
	if (!text)
		return;
	open_el(w, e);
	w->ops->text(w, slice_of(text));
	close_el(w, e);
}

#endif

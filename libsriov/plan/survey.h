/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a plan asks of the whole machine, gathered once for all of its PFs: bus numbers in use, slots with their room. */
#ifndef SRIOV_PLAN_SURVEY_H
#define SRIOV_PLAN_SURVEY_H

#include "model/model.h"

struct segment {
	uint32_t domain;
	uint64_t buses[4];    /* a bit each: a function is on it, or a bridge has it as its secondary bus */
};

/* What others hold of a window, and the pieces between. */
struct room {
	struct range window;
	uint64_t used;        /* bytes */
	struct range *gaps;   /* in order */
	size_t gaps_n;
};

/* A port that a card could be plugged into. */
struct slot {
	const struct fn *port;
	const struct fn *occupant; /* the first function behind it, or NULL */
	const char *name;          /* of the physical slot, or NULL */
	struct room mem, pref;
	uint64_t root_low, root_all; /* what its root bus has free in one piece, below 4 GiB and anywhere */
};

struct survey {
	const struct model *m;
	struct arena arena;
	struct segment *segments;
	size_t segments_n;
	struct slot *slots;        /* by address; gathered when first asked for */
	size_t slots_n;
	bool slots_known;
	uint32_t last_domain;      /* the last answer of survey_root_end(): PFs come in order of their addresses */
	unsigned last_root, last_end;
};

#define SURVEY_ROOTS 256 /* messages about root buses that are looked at */
#define SURVEY_SLOTS 256 /* ports that are looked at, so that a machine of any size is searched in no time */

int survey_new(const struct model *m, struct survey **out) MUST_CHECK;
void survey_free(struct survey *survey);
/* The last bus number of the root bus that a bus belongs to: by the log, else up to the next root bus, else ff. */
unsigned survey_root_end(struct survey *survey, uint32_t domain, unsigned root_bus);
/* The next bus number in use after this one; 0x100: none. */
unsigned survey_next_bus(const struct survey *survey, uint32_t domain, unsigned bus);
/* How many numbers from first to last nobody uses. */
unsigned survey_spare(const struct survey *survey, uint32_t domain, unsigned first, unsigned last);
int survey_slots(struct survey *survey) MUST_CHECK;

/* What is used of the window by functions of one bus, VF BARs of the PF `but` left out; gaps live in the arena. */
int room_measure(const struct model *m, uint32_t domain, unsigned bus, const struct fn *but, struct range window, struct arena *arena,
		 struct room *room) MUST_CHECK;
/* The largest piece that begins at a multiple of align. */
uint64_t room_free(const struct room *room, uint64_t align);

#endif

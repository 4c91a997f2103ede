/* SPDX-License-Identifier: GPL-2.0-or-later */
/* .sriov-capture: one line a path, TAB, "present", "absent", "denied ERRNO" or "redacted". A folder ends in '/': listed as a whole. */
#include <errno.h>

#include "root.h"

static int apply_line(struct snapshot *snap, struct slice line, unsigned number)
{
	struct slice path, state = line;
	char name[PATH_MAX];
	uint64_t error = 0;
	enum item_state to;

	if (!slice_until(&state, "\t", &path) || !path.n || path.n >= sizeof(name) || memchr(path.p, '\0', path.n))
		return snapshot_problem(snap, number, false, "each line is a path, a TAB and a state", "line of .sriov-capture without a path and a state");
	state = slice_trim(state);
	if (slice_is(state, "present"))
		to = ITEM_PRESENT;
	else if (slice_is(state, "absent"))
		to = ITEM_ABSENT;
	else if (slice_is(state, "redacted"))
		to = ITEM_REDACTED;
	else if (slice_eat(&state, "denied ") && slice_u64(state, &error) && error <= 4095)
		to = ITEM_DENIED;
	else
		return snapshot_problem(snap, number, false, "states are present, absent, denied ERRNO and redacted", "unknown state in .sriov-capture");
	memcpy(name, path.p, path.n);
	name[path.n] = '\0';

	struct item *item = NULL;
	if (to == ITEM_PRESENT) {
		/* a link that is there says nothing about where it leads; the snapshot is ours to write */
		bool folder = path.p[path.n - 1] == '/';
		item = (struct item *)(uintptr_t)(folder ? snapshot_at(snap, NULL, name) : snapshot_at_nofollow(snap, NULL, name));
		if (item && item->kind == ITEM_DIR)
			item->complete = true;
		return 0;
	}
	int err = snapshot_put(snap, NULL, name, ITEM_FILE, to, (struct slice){0}, &item);
	if (!err && to == ITEM_DENIED)
		item->err = (int)error;
	return err == -ENOMEM || err == -E2BIG ? err : 0;
}

int manifest_apply(struct snapshot *snap, struct slice manifest)
{
	struct slice line;
	int err = 0;
	for (unsigned number = 1; !err && slice_line(&manifest, &line); number++) {
		if (line.n)
			err = apply_line(snap, line, number);
	}
	return err;
}

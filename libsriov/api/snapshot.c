/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"
#include "source/source.h"

bool api_say_problems(struct sriov_ctx *ctx, const struct snapshot *inner)
{
	bool said = false;
	for (size_t i = 0; inner && i < inner->problems_n; i++) {
		const struct problem *p = &inner->problems[i];
		said |= p->fatal;
		api_say(ctx, p->fatal ? SRIOV_LOG_ERROR : SRIOV_LOG_WARNING, p->source, p->line, p->what, p->advice);
	}
	return said;
}

int api_snapshot(struct sriov_ctx *ctx, struct snapshot *inner, int err, struct sriov_snapshot **out)
{
	bool said = api_say_problems(ctx, inner);
	struct sriov_snapshot *snap = err ? NULL : calloc(1, sizeof(*snap));
	if (!snap) {
		err = err ? err : -ENOMEM;
		if (!said) /* memory was lacking for the sentence too */
			api_say(ctx, SRIOV_LOG_ERROR, inner ? inner->name : "", 0, err == -ENOMEM ? "out of memory" : "cannot be read",
				"free memory, or give less at once");
		snapshot_free(inner);
		return err;
	}
	snap->refs = 1;
	snap->ctx = sriov_ref(ctx);
	snap->inner = inner;
	*out = snap;
	return 0;
}

SRIOV_EXPORT int sriov_snapshot_open(struct sriov_ctx *ctx, const char *source, unsigned flags, struct sriov_snapshot **out)
{
	const struct source_options options = {
		.piped = &ctx->piped,
		.wake = flags & SRIOV_OPEN_WAKE,
		.depth = flags & SRIOV_OPEN_ALL ? DEPTH_ALL : flags & SRIOV_OPEN_CAPS ? DEPTH_CAPS : DEPTH_CHECKS,
	};
	struct snapshot *inner = NULL;
	int err = source_open(source, &options, &inner);
	return api_snapshot(ctx, inner, err, out);
}

SRIOV_EXPORT int sriov_snapshot_open_configs(struct sriov_ctx *ctx, const struct sriov_addr *addrs, const char *const *files, size_t n,
					     struct sriov_snapshot **out)
{
	struct source_at *at = calloc(n ? n : 1, sizeof(*at));
	struct snapshot *inner = NULL;
	if (!at)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++)
		at[i] = (struct source_at){addrs[i], files[i]};
	int err = source_open_at(at, n, &inner);
	free(at);
	return api_snapshot(ctx, inner, err, out);
}

SRIOV_EXPORT int sriov_snapshot_from_config(struct sriov_ctx *ctx, const struct sriov_addr *addr, const void *bytes, size_t len,
					    struct sriov_snapshot **out)
{
	if (!len || len > 4096 || addr->device > 31 || addr->function > 7)
		return -EINVAL;
	struct snapshot *inner = snapshot_new("memory");
	if (!inner)
		return -ENOMEM;
	inner->kind = SOURCE_CONFIG;
	return api_snapshot(ctx, inner, snapshot_put_config(inner, addr, bytes, NULL, len, NULL), out);
}

SRIOV_EXPORT struct sriov_snapshot *sriov_snapshot_ref(struct sriov_snapshot *snap)
{
	snap->refs++;
	return snap;
}

SRIOV_EXPORT void sriov_snapshot_unref(struct sriov_snapshot *snap)
{
	if (!snap || --snap->refs)
		return;
	snapshot_free(snap->inner);
	sriov_unref(snap->ctx);
	free(snap);
}

SRIOV_EXPORT const char *sriov_snapshot_get_kind(const struct sriov_snapshot *snap)
{
	return source_kind_name(snap->inner->kind);
}

SRIOV_EXPORT int sriov_snapshot_capture(const struct sriov_snapshot *snap, const char *file, bool redact)
{
	const char *what = "the archive cannot be written";
	int err = capture_write(snap->inner, file, redact, &what);
	if (err)
		api_say(snap->ctx, SRIOV_LOG_ERROR, file, 0, what, NULL);
	return err;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "api.h"
#include "report/clean.h"

SRIOV_EXPORT int sriov_new(struct sriov_ctx **out)
{
	struct sriov_ctx *ctx = calloc(1, sizeof(*ctx));
	if (!ctx)
		return -ENOMEM;
	ctx->refs = 1;
	*out = ctx;
	return 0;
}

SRIOV_EXPORT struct sriov_ctx *sriov_ref(struct sriov_ctx *ctx)
{
	ctx->refs++;
	return ctx;
}

SRIOV_EXPORT void sriov_unref(struct sriov_ctx *ctx)
{
	if (!ctx || --ctx->refs)
		return;
	strbuf_free(&ctx->piped);
	free(ctx);
}

SRIOV_EXPORT void sriov_set_log_fn(struct sriov_ctx *ctx, sriov_log_fn *fn, void *data)
{
	ctx->log = fn;
	ctx->log_data = data;
}

SRIOV_EXPORT const char *sriov_version(void)
{
	return PACKAGE_VERSION;
}

SRIOV_EXPORT const char *sriov_features(void)
{
	return ""
#ifdef HAVE_ARCHIVE
	       "libarchive "
#endif
#ifdef HAVE_SECCOMP
	       "libseccomp "
#endif
		;
}

void api_say(struct sriov_ctx *ctx, enum sriov_log_level level, const char *source, unsigned line, const char *what, const char *advice)
{
	if (!ctx->log)
		return;
	struct sink sink;
	size_t len, at = 0;
	char *text = NULL;
	if (!sink_to_memory(&sink)) {
		clean_puts(&sink, CLEAN_TEXT, source);
		sink_putc(&sink, '\0');
		at = sink.len;
		clean_puts(&sink, CLEAN_TEXT, what);
		text = sink_take(&sink, &len);
	}
	if (text)
		ctx->log(ctx->log_data, level, text, line, text + at, advice);
	else
		ctx->log(ctx->log_data, level, "", 0, "out of memory for what there is to say", NULL);
	free(text);
}

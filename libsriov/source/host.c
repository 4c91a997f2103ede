/* SPDX-License-Identifier: GPL-2.0-or-later */
/* This host: the walk over "/", with what only a running kernel can be asked. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "input.h"
#include "kernel-log.h"
#include "libpci.h"
#include "root.h"

struct host {
	struct config_reader *reader;
	int root_fd;
	unsigned timeout_ms;
	enum source_depth depth;
};

static bool probe(const struct input *input)
{
	return input->host;
}

static int config(void *data, const struct sriov_addr *addr, bool is_vf, uint64_t size, uint8_t *bytes, uint8_t *known, size_t *len)
{
	struct host *host = data;
	return config_reader_read(host->reader, addr, is_vf, host->depth, size, bytes, known, len);
}

static int attributes(void *data, struct slow_attr *attrs, size_t n, struct arena *arena)
{
	struct host *host = data;
	return slow_read(host->root_fd, attrs, n, host->timeout_ms, arena);
}

static int open_host(struct input *input, const struct source_options *options, struct snapshot *snap)
{
	struct host host = {.depth = options->depth, .timeout_ms = options->timeout_ms ? options->timeout_ms : 1000};
	struct live live = {.data = &host, .wake = options->wake, .config = config, .attributes = attributes};
	(void)input;
	snap->kind = SOURCE_HOST;

	int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return source_fail(snap, -errno, 0, "run where the root directory can be read", "this host cannot be read: %s", strerror(errno));
	struct view view = view_dir(root);
	view.live = true;
	host.root_fd = root;
	int err = config_reader_new(&host.reader);
	if (!err)
		err = root_walk(&view, &live, snap);
	if (!err)
		err = kernel_log_read(snap);
	config_reader_free(host.reader);
	close(root);
	if (err)
		return source_fail(snap, err, 0, "see the errno", "this host cannot be read: %s", strerror(-err));
	return 0;
}

const struct source source_host = {
	.name = "host", .what = "this host", .probe = probe, .open = open_host,
};

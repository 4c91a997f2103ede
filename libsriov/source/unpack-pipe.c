/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "child.h"
#include "unpack.h"

/* Both ends are one program: no byte order, no padding to care for. */
struct head {
	uint64_t size;
	uint32_t what, kind, hard, a_n, b_n;
	int32_t err;
};

int unpacked_send(struct unpacked_pipe *pipe, const struct unpacked_part *part)
{
	struct head head = {.size = part->size, .what = part->what, .kind = part->kind, .hard = part->hard, .err = part->err,
			    .a_n = (uint32_t)part->a.n, .b_n = (uint32_t)part->b.n};
	strbuf_put(&pipe->out, &head, sizeof(head));
	strbuf_put(&pipe->out, part->a.p ? part->a.p : "", part->a.n);
	strbuf_put(&pipe->out, part->b.p ? part->b.p : "", part->b.n);
	if (pipe->out.err)
		return pipe->out.err;
	if (pipe->out.len < UNPACKED_CHUNK && part->what != UNPACKED_END)
		return 0;
	int err = write_all(pipe->fd, pipe->out.text, pipe->out.len);
	pipe->out.len = 0;
	return err;
}

struct receiving {
	int fd;
	size_t at, end; /* of what was read and not yet taken */
	char buf[UNPACKED_CHUNK];
};

/* Exactly n bytes. */
static int get(struct receiving *r, void *to, size_t n)
{
	char *p = to;
	while (n) {
		if (r->at == r->end) {
			ssize_t got = read(r->fd, r->buf, sizeof(r->buf));
			if (got < 0 && errno == EINTR)
				continue;
			if (got <= 0)
				return got ? -errno : -EPIPE;
			r->at = 0;
			r->end = (size_t)got;
		}
		size_t some = r->end - r->at < n ? r->end - r->at : n;
		memcpy(p, r->buf + r->at, some);
		r->at += some;
		p += some;
		n -= some;
	}
	return 0;
}

static bool possible(const struct head *head)
{
	return head->what <= UNPACKED_END && head->kind <= NODE_OTHER && head->err <= 0 && head->err > -4096 && head->a_n <= UNPACKED_CHUNK &&
	       head->b_n <= PATH_MAX;
}

int unpacked_receive(int fd, unpacked_fn *take, void *data)
{
	struct both {
		struct receiving r;
		char a[UNPACKED_CHUNK + 1], b[PATH_MAX + 1];
	} *both = calloc(1, sizeof(*both));
	if (!both)
		return -ENOMEM;
	both->r.fd = fd;
	for (;;) {
		struct head head = {0};
		int err = get(&both->r, &head, sizeof(head));
		if (!err && !possible(&head))
			err = -EPIPE;
		if (!err)
			err = get(&both->r, both->a, head.a_n);
		if (!err)
			err = get(&both->r, both->b, head.b_n);
		if (!err && head.what == UNPACKED_END)
			err = head.err;
		else if (!err) {
			both->a[head.a_n] = both->b[head.b_n] = '\0';
			struct unpacked_part part = {.what = (enum unpacked)head.what, .kind = (enum node_kind)head.kind, .hard = head.hard != 0,
						     .err = head.err, .size = head.size, .a = {both->a, head.a_n}, .b = {both->b, head.b_n}};
			err = take(data, &part);
			if (!err)
				continue;
		}
		free(both);
		return err;
	}
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child's crash, exit and hang are errors of its parent; what it sends is not trusted. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "failing.h"
#include "unit.h"
#include "source/child.h"
#include "source/unpack.h"

static int work(void *data, int fd)
{
	const char *how = data;
	if (write_all(fd, "begun", 5))
		return -EIO;
	if (!strcmp(how, "crash"))
		raise(SIGSEGV);
	if (!strcmp(how, "exit"))
		exit(0); /* as a library does: the parent's handlers do not run, its buffers are not written */
	if (!strcmp(how, "runs away")) {
		for (volatile unsigned i = 0;; i++)
			;
	}
	if (!strcmp(how, "grows")) {
		for (size_t i = 0; i < 4096; i++) {
			char *p = malloc(1 << 20);
			if (!p)
				return -ENOMEM;
			memset(p, 1, 1 << 20);
		}
	}
	if (!strcmp(how, "fails"))
		return -EIO;
	return !strcmp(how, "files") && write(STDERR_FILENO, "", 0) == 0 ? -EBADF : 0;
}

static int after(const char *how, size_t memory, unsigned seconds)
{
	char name[16], got[16] = "";
	struct child child;
	snprintf(name, sizeof(name), "%s", how);
	assert_int_equal(child_start(&child, work, name, -1, memory, seconds), 0);
	assert_int_equal(read(child.fd, got, sizeof(got)), 5);
	assert_string_equal(got, "begun");
	assert_int_equal(read(child.fd, got, sizeof(got)), 0);
	return child_end(&child, false);
}

static void parents_handler(int number)
{
	_exit(number ? 0 : 1);
}

static void test_ends(void **unused)
{
	(void)unused;
	assert_int_equal(after("ends well", 0, 0), 0);
	assert_int_equal(after("exit", 0, 0), -1);
	assert_int_equal(after("files", 0, 0), 0);
	assert_int_equal(after("fails", 0, 0), -1);
	assert_int_equal(after("runs away", 0, 1), SIGXCPU);
	void (*before)(int) = signal(SIGSEGV, parents_handler);
	assert_int_equal(after("crash", 0, 0), SIGSEGV);
	signal(SIGSEGV, before);
#ifndef SANITIZED
	assert_int_equal(after("grows", (size_t)64 << 20, 0), -1);
#endif
}

static void test_dropped(void **unused)
{
	(void)unused;
	struct child child;
	char name[] = "runs away";
	assert_int_equal(child_start(&child, work, name, -1, 0, 0), 0);
	assert_int_equal(child_end(&child, true), SIGKILL);
}

struct seen {
	unsigned parts;
	size_t bytes;
	char last[8];
};

static int see(void *data, const struct unpacked_part *part)
{
	struct seen *seen = data;
	assert_int_equal(part->a.p[part->a.n], 0);
	assert_int_equal(part->b.p[part->b.n], 0);
	seen->parts++;
	seen->bytes += part->a.n;
	snprintf(seen->last, sizeof(seen->last), "%s", part->b.p);
	return part->err;
}

/* Whatever comes through the pipe: n bytes of it. */
static int receive(const char *bytes, size_t n, struct seen *seen)
{
	int ends[2];
	*seen = (struct seen){0};
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write_all(ends[1], bytes, n), 0);
	close(ends[1]);
	int err = unpacked_receive(ends[0], see, seen);
	close(ends[0]);
	return err;
}

static void test_parts(void **unused)
{
	(void)unused;
	char sent[4096];
	int ends[2];
	struct seen seen;
	assert_int_equal(pipe(ends), 0);
	struct unpacked_pipe to = {.fd = ends[1]};
	struct unpacked_part parts[] = {
		{.what = UNPACKED_MEMBER, .kind = NODE_LINK, .a = SLICE("dmesg"), .b = SLICE("where")},
		{.what = UNPACKED_DATA, .a = SLICE("\0\0")},
		{.what = UNPACKED_PROBLEM, .a = SLICE("what"), .b = SLICE("advice")},
		{.what = UNPACKED_END},
	};
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		assert_int_equal(unpacked_send(&to, &parts[i]), 0);
	strbuf_free(&to.out);
	ssize_t n = read(ends[0], sent, sizeof(sent));
	close(ends[0]);
	close(ends[1]);
	assert_true(n > 0 && n < 400);
	assert_int_equal(receive(sent, (size_t)n, &seen), 0);
	assert_int_equal(seen.parts, 3);
	assert_int_equal(seen.bytes, 11);
	assert_string_equal(seen.last, "advice");
	for (size_t i = 0; i < (size_t)n; i++) /* without its end nothing is whole */
		assert_int_equal(receive(sent, i, &seen), -EPIPE);

	/* a writer that somebody took over */
	uint32_t seed = 7;
	for (unsigned round = 0; round < 3000; round++) {
		char bad[512];
		memcpy(bad, sent, (size_t)n);
		for (unsigned i = 0; i < 3; i++) {
			seed = seed * 1664525 + 1013904223;
			bad[(seed >> 8) % (unsigned)n] = (char)(seed >> 3);
		}
		(void)receive(bad, (size_t)n, &seen);
		assert_true(seen.bytes < 512);
	}
}

/* Of all open files two stay, with close_range(2) and without it. */
static void test_closed(void **unused)
{
	(void)unused;
	for (int way = 0; way < 4; way++) {
		int ends[2], status;
		assert_int_equal(pipe(ends), 0);
		assert_true(dup(ends[0]) > ends[1]);
		pid_t pid = fork();
		if (pid == 0) {
			int kept[2] = {way & 1 ? 0 : ends[0], ends[1]};
			for (int i = 0; i < 4; i++) { /* one of its calls after the other fails */
				if (dup2(kept[1], 50) < 0 || (kept[0] == 0 && dup2(kept[1], 0) < 0))
					child_exit(2);
				if (way & 2)
					failing_arm_calls(ENOSYS);
				close_others(kept[way & 1], kept[!(way & 1)]);
				failing_disarm();
			}
			for (int fd = 0; fd < 100; fd++) {
				bool is = fcntl(fd, F_GETFD) >= 0;
				if (is != (fd == kept[0] || fd == kept[1]))
					child_exit(1);
			}
			child_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		for (int fd = ends[0]; fd <= ends[1] + 1; fd++)
			close(fd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_ends), cmocka_unit_test(test_dropped), cmocka_unit_test(test_parts), cmocka_unit_test(test_closed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

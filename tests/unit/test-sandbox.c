/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a sandboxed process can still do; each part is tested where the kernel has it. */
#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "unit.h"
#include "hostdir.h"
#include "../../tools/sandbox.h"

static int opened(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

/* The line of the first expectation that does not hold, or 0. */
#define EXPECT(condition)            \
	do {                         \
		if (!(condition))    \
			return __LINE__; \
	} while (0)

static int inside(const struct hostdir *dir, const char *output, enum sandbox_stage stage)
{
	char path[128], named[128];
	struct sandbox sandbox = {0};
	const char *outputs[] = {named};
	snprintf(named, sizeof(named), "%s/out/x", dir->path);
	if (output) {
		sandbox.outputs = outputs;
		sandbox.outputs_n = 1;
	}
	sandbox_enter(&sandbox, SANDBOX_READING);
	bool calls = !strstr(sandbox.state, "system calls skipped"), paths = strstr(sandbox.state, "paths") && !strstr(sandbox.state, "paths skipped");
	snprintf(path, sizeof(path), "%s/file", dir->path);
	EXPECT(opened(path, O_RDONLY) == 0);
	if (stage == SANDBOX_DECODING)
		sandbox_enter(&sandbox, SANDBOX_DECODING);
	EXPECT(strstr(sandbox.state, "no new privileges"));
	EXPECT(strlen(sandbox.state) < sizeof(sandbox.state));
#ifdef COVERAGE
	return 0;
#endif
	if (paths) {
		EXPECT(opened(path, O_WRONLY) < 0);
		snprintf(path, sizeof(path), "%s/new", dir->path);
		EXPECT(opened(path, O_WRONLY | O_CREAT) < 0);
	}
#ifndef SANITIZED
	if (paths && stage == SANDBOX_DECODING) {
		snprintf(path, sizeof(path), "%s/file", dir->path);
		EXPECT(opened(path, O_RDONLY) == -EACCES);
		EXPECT(opened("/proc/version", O_RDONLY) == -EACCES);
	}
#endif
	if (output) {
		EXPECT(opened(named, O_RDWR | O_CREAT) == 0);
		snprintf(path, sizeof(path), "%s/out/y", dir->path);
		EXPECT(rename(named, path) == 0);
		EXPECT(unlink(path) == 0);
	}
	if (calls) {
		EXPECT(socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM);
		EXPECT(execl("/bin/true", "true", (char *)NULL) < 0 && errno == EPERM);
		EXPECT(symlink("a", "b") < 0 && errno == EPERM);
		if (!output)
			EXPECT(opened("/dev/null", O_WRONLY) == -EPERM);
	}
#ifndef SANITIZED
	if (stage == SANDBOX_DECODING && !output && strstr(sandbox.state, "user") && !strstr(sandbox.state, "user skipped"))
		EXPECT(geteuid() == 65534 && setuid(0) < 0);
#endif
	return 0;
}

static void run(const char *output, enum sandbox_stage stage)
{
	struct hostdir dir;
	int status;
	hostdir_make(&dir);
	hostdir_file(&dir, "file", "x");
	hostdir_dir(&dir, "out");
	assert_int_equal(fchmodat(dir.fd, "out", 0777, 0), 0);
	pid_t pid = fork();
	if (pid == 0) {
		int line = inside(&dir, output, stage);
		if (line)
			print_message("line %d\n", line);
		fflush(NULL);
		_exit(line != 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	hostdir_remove(&dir);
	assert_int_equal(status, 0);
}

static void test_reading(void **unused)
{
	(void)unused;
	run(NULL, SANDBOX_READING);
	run("out/x", SANDBOX_READING);
}

static void test_decoding(void **unused)
{
	(void)unused;
	run(NULL, SANDBOX_DECODING);
	run("out/x", SANDBOX_DECODING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_reading), cmocka_unit_test(test_decoding)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif
#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

#include "sandbox.h"

#define NOBODY 65534

/*
 * GCOVR_EXCL_START: what measures coverage writes its files when the process ends, and behind these filters it could not. The lines
 * are run by tests/unit/test-sandbox.c and tests/no-write.sh in every other build.
 */

/* A sanitizer reads /proc at the end, and traces; what measures coverage writes files then. */
#ifdef SANITIZED
#define READS_TOO 0
#else
#define READS_TOO 1
#endif

static void __attribute__((format(printf, 2, 3))) say(struct sandbox *sandbox, const char *format, ...)
{
	va_list args;
	size_t room = sizeof(sandbox->state) - sandbox->state_n;
	va_start(args, format);
	int n = vsnprintf(sandbox->state + sandbox->state_n, room, format, args);
	va_end(args);
	if (n > 0)
		sandbox->state_n += (size_t)n < room ? (size_t)n : room - 1;
}

static void result(struct sandbox *sandbox, const char *what, int err)
{
	say(sandbox, "%s%s%s%s%s", sandbox->state_n ? ", " : "", what, err ? " skipped (" : "", err ? strerror(err) : "", err ? ")" : "");
}

static bool writes_files(const struct sandbox *sandbox)
{
	for (size_t i = 0; i < sandbox->outputs_n; i++) {
		if (strcmp(sandbox->outputs[i], "-") != 0)
			return true;
	}
	return false;
}

#define BIT(capability) (UINT64_C(1) << (capability))
#define READING_CAPABILITIES                                                                                                                \
	(BIT(CAP_DAC_READ_SEARCH) | BIT(CAP_SETPCAP) | BIT(CAP_SETUID) | BIT(CAP_SETGID) | BIT(CAP_SYS_ADMIN) | BIT(CAP_SYSLOG) | BIT(CAP_KILL))

/* Root without capabilities is a user like any other; the few that the stage still needs stay until the next. */
static int drop_capabilities(const struct sandbox *sandbox, enum sandbox_stage stage)
{
	uint64_t keep = stage == SANDBOX_READING ? READING_CAPABILITIES : 0;
	if (!sandbox->host)
		keep &= ~(BIT(CAP_SYS_ADMIN) | BIT(CAP_SYSLOG) | BIT(CAP_KILL));
	if (writes_files(sandbox)) /* somebody else's folder, or a file of his in a sticky one: as root could before */
		keep |= BIT(CAP_DAC_OVERRIDE) | BIT(CAP_FOWNER);

	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	if (syscall(SYS_capget, &header, data) < 0)
		return errno;
	/* what reading kept is all that is left to drop then; who may not drop has nothing to gain by them either */
	uint64_t drop = stage == SANDBOX_READING ? UINT64_MAX : READING_CAPABILITIES;
	for (unsigned i = 0; i < 64; i++) {
		if (drop >> i & ~keep >> i & 1 && prctl(PR_CAPBSET_DROP, i, 0, 0, 0) < 0 && errno == EPERM)
			break;
		if (i > CAP_LAST_CAP + 8) /* the kernel's own may be newer than this header */
			break;
	}
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	for (unsigned i = 0; i < 2; i++) {
		data[i].permitted &= (uint32_t)(keep >> (32 * i));
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	return syscall(SYS_capset, &header, data) < 0 ? errno : 0;
}

/* Where nothing but open files is written, root becomes nobody. */
static int drop_user(void)
{
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		return errno;
	return 0;
}

static int set_limits(void)
{
	struct rlimit none = {0, 0};
	int err = setrlimit(RLIMIT_CORE, &none) < 0 ? errno : 0;
#ifndef SANITIZED /* shadow memory counts as address space */
	struct rlimit memory;
	rlim_t most = sizeof(void *) > 4 ? (rlim_t)UINT64_C(16) << 30 : RLIM_INFINITY;
	if (getrlimit(RLIMIT_AS, &memory) == 0 && memory.rlim_max > most) {
		memory = (struct rlimit){most, most};
		if (setrlimit(RLIMIT_AS, &memory) < 0)
			err = errno;
	}
#endif
	return err;
}

#if defined(HAVE_LINUX_LANDLOCK_H) && defined(SYS_landlock_create_ruleset)
#define WRITES (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)
#define OTHERS                                                                                                                                        \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |                     \
	 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)
#define READS (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

static int allow_below(int rules, const char *path, uint64_t access)
{
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		access &= LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE;
	struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = fd};
	int err = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) < 0 ? errno : 0;
	close(fd);
	return err;
}

/* An output that is there and no regular file (a terminal, a pipe) is written itself, any other through its folder, opened to read and write. */
static int allow_output(int rules, const char *file, uint64_t handled)
{
	char path[PATH_MAX];
	struct stat st;
	if (!strcmp(file, "-"))
		return 0;
	if (strlen(file) >= sizeof(path))
		return ENAMETOOLONG;
	memcpy(path, file, strlen(file) + 1);
	bool itself = stat(file, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
	return allow_below(rules, itself ? path : dirname(path), handled & (WRITES | LANDLOCK_ACCESS_FS_READ_FILE));
}

static int restrict_paths(const struct sandbox *sandbox, enum sandbox_stage stage)
{
	uint64_t handled = WRITES | OTHERS | (READS_TOO && stage == SANDBOX_DECODING ? READS : 0);
	struct landlock_ruleset_attr attr = {.handled_access_fs = handled};
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (rules < 0)
		return errno;
	int err = 0;
	for (size_t i = 0; !err && i < sandbox->outputs_n; i++)
		err = allow_output(rules, sandbox->outputs[i], handled);
	if (!err && READS_TOO && stage == SANDBOX_DECODING) /* names of devices, character sets */
		err = allow_below(rules, "/usr", READS);
	if (!err && syscall(SYS_landlock_restrict_self, rules, 0) < 0)
		err = errno;
	close(rules);
	return err;
}
#else
static int restrict_paths(const struct sandbox *sandbox, enum sandbox_stage stage)
{
	(void)sandbox;
	(void)stage;
	return ENOSYS;
}
#endif

#if defined(HAVE_SECCOMP) && !defined(SANITIZED)
/*
 * A list of what is refused, and an errno for an answer: what a new libc does in other ways goes on working. Not under a
 * preloaded library (fakeroot and its like), which may do anything.
 */
static int filter_calls(const struct sandbox *sandbox, enum sandbox_stage stage)
{
	static const char *const refused[] = {
		"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "execve", "execveat", "ptrace", "process_vm_readv",
		"process_vm_writev", "pidfd_open", "pidfd_getfd", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "init_module",
		"finit_module", "delete_module", "kexec_load", "kexec_file_load", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key",
		"request_key", "iopl", "ioperm", "reboot", "swapon", "swapoff", "mknod", "mknodat", "io_uring_setup", "open_by_handle_at",
		"symlink", "symlinkat", "link", "linkat", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr",
		"truncate", "acct", "quotactl", "settimeofday", "clock_settime", "sethostname", "setdomainname", "memfd_create",
	};
	static bool refused_already; /* filters add up, and children inherit them */
	static const char *const refused_decoding[] = {"fork", "vfork", "syslog", "openat2", "setuid", "setresuid", "setgid", "setresgid"};
	const char *preload = getenv("LD_PRELOAD");
	if (preload && *preload)
		return ENOTSUP;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return ENOMEM;
	int err = 0;
	for (size_t i = 0; !refused_already && i < sizeof(refused) / sizeof(refused[0]); i++) {
		int number = seccomp_syscall_resolve_name(refused[i]);
		if (number != __NR_SCMP_ERROR && !err)
			err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
	}
	for (size_t i = 0; stage == SANDBOX_DECODING && i < sizeof(refused_decoding) / sizeof(refused_decoding[0]); i++) {
		int number = seccomp_syscall_resolve_name(refused_decoding[i]);
		if (number != __NR_SCMP_ERROR && !err)
			err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
	}
	/* where no file is written, none is opened for it */
	for (unsigned mode = O_WRONLY; !err && mode <= O_RDWR && !writes_files(sandbox); mode++) {
		err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, mode));
		int number = seccomp_syscall_resolve_name("open");
		if (!err && number >= 0)
			err = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 1, SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, mode));
	}
	if (!err)
		err = seccomp_load(filter);
	refused_already |= !err;
	seccomp_release(filter);
	return err < 0 ? -err : err;
}
#else
static int filter_calls(const struct sandbox *sandbox, enum sandbox_stage stage)
{
	(void)sandbox;
	(void)stage;
	return ENOSYS;
}
#endif

void sandbox_enter(struct sandbox *sandbox, enum sandbox_stage stage)
{
	sandbox->state_n = 0;
	result(sandbox, "no new privileges", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? errno : 0);
	if (stage == SANDBOX_READING)
		result(sandbox, "limits", set_limits());
#ifndef COVERAGE
	result(sandbox, "paths", restrict_paths(sandbox, stage));
	if (READS_TOO && stage == SANDBOX_DECODING && geteuid() == 0 && !writes_files(sandbox))
		result(sandbox, "user", drop_user());
	result(sandbox, "capabilities", drop_capabilities(sandbox, stage));
	result(sandbox, "system calls", filter_calls(sandbox, stage));
#else
	(void)restrict_paths;
	(void)drop_user;
	(void)drop_capabilities;
	(void)filter_calls;
	(void)writes_files;
#endif
}
/* GCOVR_EXCL_STOP */

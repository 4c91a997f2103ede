/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "errno-text.h"

/* glibc's words in lower case (Go's are the same), then musl's where they differ; those that hold others stand before them. */
static const struct {
	const char *words;
	int err;
} rows[] = {
	{"numerical result out of range", ERANGE},
	{"result not representable", ERANGE},
	{"no such file or directory", ENOENT},
	{"cannot allocate memory", ENOMEM},
	{"out of memory", ENOMEM},
	{"device or resource busy", EBUSY},
	{"resource busy", EBUSY},
	{"permission denied", EACCES},
	{"operation not permitted", EPERM},
	{"invalid argument", EINVAL},
	{"input/output error", EIO},
	{"i/o error", EIO},
	{"function not implemented", ENOSYS},
	{"no such device or address", ENXIO},
	{"no such device", ENODEV},
	{"read-only file system", EROFS},
	{"no space left on device", ENOSPC},
	{"operation not supported", EOPNOTSUPP},
	{"not supported", EOPNOTSUPP},
	{"connection timed out", ETIMEDOUT},
	{"operation timed out", ETIMEDOUT},
	{"resource temporarily unavailable", EAGAIN},
	{"file exists", EEXIST},
	{"bad address", EFAULT},
	{"not a directory", ENOTDIR},
	{"is a directory", EISDIR},
	{"inappropriate ioctl for device", ENOTTY},
	{"inappropriate i/o control operation", ENOTTY},
	{"bad file descriptor", EBADF},
	{"protocol error", EPROTO},
	{"no data available", ENODATA},
	{"broken pipe", EPIPE},
	{"interrupted system call", EINTR},
	/* glibc in Chinese and German */
	{"\xe6\x95\xb0\xe5\x80\xbc\xe7\xbb\x93\xe6\x9e\x9c\xe8\xb6\x85\xe5\x87\xba\xe8\x8c\x83\xe5\x9b\xb4", ERANGE},
	{"\xe6\x97\xa0\xe6\xb3\x95\xe5\x88\x86\xe9\x85\x8d\xe5\x86\x85\xe5\xad\x98", ENOMEM},
	{"\xe8\xae\xbe\xe5\xa4\x87\xe6\x88\x96\xe8\xb5\x84\xe6\xba\x90\xe5\xbf\x99", EBUSY},
	{"\xe6\xb2\xa1\xe6\x9c\x89\xe9\x82\xa3\xe4\xb8\xaa\xe6\x96\x87\xe4\xbb\xb6\xe6\x88\x96\xe7\x9b\xae\xe5\xbd\x95", ENOENT},
	{"\xe6\x9d\x83\xe9\x99\x90\xe4\xb8\x8d\xe5\xa4\x9f", EACCES},
	{"\xe6\x97\xa0\xe6\x95\x88\xe7\x9a\x84\xe5\x8f\x82\xe6\x95\xb0", EINVAL},
	{"\xe8\xbe\x93\xe5\x85\xa5/\xe8\xbe\x93\xe5\x87\xba\xe9\x94\x99\xe8\xaf\xaf", EIO},
	{"datei oder verzeichnis nicht gefunden", ENOENT},
	{"keine berechtigung", EACCES},
	{"ger\xc3\xa4t oder die ressource ist belegt", EBUSY},
	{"nicht gen\xc3\xbcgend hauptspeicher", ENOMEM},
	{"das numerische ergebnis ist au\xc3\x9f" "erhalb", ERANGE},
};

struct slice text_lower(struct slice line, char *to)
{
	size_t n = line.n < TEXT_LOWER ? line.n : TEXT_LOWER;
	for (size_t i = 0; i < n; i++)
		to[i] = line.p[i] >= 'A' && line.p[i] <= 'Z' ? (char)(line.p[i] + 32) : line.p[i];
	return (struct slice){to, n};
}

bool text_has(struct slice line, const char *words)
{
	char text[TEXT_LOWER];
	return slice_has(text_lower(line, text), words);
}

int errno_in_text(struct slice line)
{
	char text[TEXT_LOWER];
	struct slice s = text_lower(line, text), before;
	uint64_t n;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (slice_has(s, rows[i].words))
			return rows[i].err;
	if (slice_until(&s, "[errno ", &before) && slice_eat_u64(&s, 10, &n) && slice_starts(s, "]") && n < 4096)
		return (int)n;
	return 0;
}

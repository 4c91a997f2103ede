/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#include "progress.h"

/*
 * A timer's signal draws, so that one long step moves as many short ones do, and the library need not know of it. A thread would stay
 * outside of the sandbox. The handler makes system calls alone; what it reads is changed with the signal blocked.
 */
#define FIRST_S  1
#define EVERY_US 200000
#define NAME_MAX_COLS 48 /* of a name its end is shown */

#define ERASE "\r\033[K"

static struct {
	bool on, utf8;
	volatile sig_atomic_t drawn;
	bool shown; /* a stage is set */
	char text[512];
	size_t text_n;
	unsigned text_cols;
	unsigned frame;
	struct timespec start;
} now;

static const int endings[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
#define ENDINGS_N (sizeof(endings) / sizeof(endings[0]))

static void put(const char *text, size_t n)
{
	ssize_t done = write(STDERR_FILENO, text, n);
	(void)done; /* a terminal that went away */
}

static unsigned terminal_cols(void)
{
	struct winsize size;
	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || !size.ws_col ? 80 : size.ws_col;
}

struct line {
	char text[sizeof(now.text) + 64];
	size_t n;
};

static void add(struct line *line, const char *text, size_t n)
{
	for (size_t i = 0; i < n && line->n < sizeof(line->text); i++)
		line->text[line->n++] = text[i];
}

/* "| 3 of 9: reading web3.tar, 12 s", or the first sign alone where the terminal is narrow: a folded line could not be taken away. */
static void draw(void)
{
	static const char *const braille[] = {"⠋", "⠙", "⠸", "⠴", "⠦", "⠇"}, *const ascii[] = {"|", "/", "-", "\\"};
	const char *sign = now.utf8 ? braille[now.frame % 6] : ascii[now.frame % 4];
	struct line line = {.n = 0};
	struct timespec t;
	char digits[24];
	size_t first = sizeof(digits);
	now.frame++;
	add(&line, ERASE, sizeof(ERASE) - 1);
	add(&line, sign, now.utf8 ? 3 : 1);
	if (clock_gettime(CLOCK_MONOTONIC, &t))
		t = now.start;
	for (unsigned long s = (unsigned long)(t.tv_sec - now.start.tv_sec); first == sizeof(digits) || s; s /= 10)
		digits[--first] = (char)('0' + s % 10);
	if (2 + now.text_cols + 4 + (sizeof(digits) - first) < terminal_cols()) {
		add(&line, " ", 1);
		add(&line, now.text, now.text_n);
		add(&line, ", ", 2);
		add(&line, digits + first, sizeof(digits) - first);
		add(&line, " s", 2);
	}
	now.drawn = 1;
	put(line.text, line.n);
}

static void on_timer(int signal)
{
	int err = errno;
	(void)signal;
	pid_t foreground = tcgetpgrp(STDERR_FILENO); /* -1: another's terminal, which has none of ours */
	if (now.shown && (foreground < 0 || foreground == getpgrp()))
		draw();
	errno = err;
}

/* The line goes, then the process as it would have. */
static void on_ending(int signal)
{
	if (now.drawn)
		put(ERASE, sizeof(ERASE) - 1);
	raise(signal);
}

static void hold(int how)
{
	sigset_t timer;
	sigemptyset(&timer);
	sigaddset(&timer, SIGALRM);
	sigprocmask(how, &timer, NULL);
}

static void erase(void)
{
	if (now.drawn)
		put(ERASE, sizeof(ERASE) - 1);
	now.drawn = 0;
}

void progress_begin(void)
{
	const char *term = getenv("TERM");
	struct sigaction timer = {.sa_handler = on_timer, .sa_flags = SA_RESTART}, ending = {.sa_handler = on_ending}, before;
	const struct itimerval every = {.it_value = {.tv_sec = FIRST_S}, .it_interval = {.tv_usec = EVERY_US}};
	if (now.on || !isatty(STDERR_FILENO) || !term || !*term || !strcmp(term, "dumb"))
		return;
	ending.sa_flags = (int)((unsigned)SA_RESETHAND | SA_NODEFER);
	now.utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
	clock_gettime(CLOCK_MONOTONIC, &now.start);
	if (sigaction(SIGALRM, &timer, NULL) < 0 || setitimer(ITIMER_REAL, &every, NULL) < 0)
		return;
	for (size_t i = 0; i < ENDINGS_N; i++)
		if (!sigaction(endings[i], NULL, &before) && before.sa_handler == SIG_DFL)
			sigaction(endings[i], &ending, NULL);
	now.on = true;
}

/* The end of a name, without what would move the cursor; returns its columns. */
static unsigned clean_name(const char *name, char *to, size_t *to_n)
{
	unsigned total = 0, cols = 0;
	for (int pass = 0; pass < 2; pass++) {
		mbstate_t state = {0};
		unsigned at = 0;
		size_t n = strlen(name);
		for (const char *p = name; n;) {
			wchar_t c;
			size_t len = mbrtowc(&c, p, n, &state);
			bool bad = len == 0 || len > n;
			int width = bad ? 1 : wcwidth(c);
			if (bad) {
				state = (mbstate_t){0};
				len = 1;
			}
			bad |= width < 1; /* nothing that joins the sign before it */
			width = bad ? 1 : width;
			at += (unsigned)width;
			if (pass && at + NAME_MAX_COLS > total) {
				memcpy(to + *to_n, bad ? "?" : p, bad ? 1 : len);
				*to_n += bad ? 1 : len;
				cols += (unsigned)width;
			}
			p += len;
			n -= len;
		}
		total = at;
	}
	return cols;
}

void progress_stage(const char *doing, const char *name, size_t i, size_t n)
{
	if (!now.on)
		return;
	hold(SIG_BLOCK);
	now.shown = doing != NULL;
	if (doing) {
		int len = n > 1 ? snprintf(now.text, sizeof(now.text) / 4, "%zu of %zu: %s ", i + 1, n, doing) :
				  snprintf(now.text, sizeof(now.text) / 4, "%s ", doing);
		now.text_n = len > 0 && (size_t)len < sizeof(now.text) / 4 ? (size_t)len : 0;
		now.text_cols = (unsigned)now.text_n;
		now.text_cols += clean_name(name, now.text, &now.text_n);
	} else {
		erase();
	}
	hold(SIG_UNBLOCK);
}

void progress_hide(void)
{
	if (!now.on)
		return;
	hold(SIG_BLOCK);
	erase();
}

void progress_show(void)
{
	if (now.on)
		hold(SIG_UNBLOCK);
}

void progress_end(void)
{
	const struct itimerval never = {0};
	if (!now.on)
		return;
	setitimer(ITIMER_REAL, &never, NULL);
	progress_stage(NULL, NULL, 0, 0);
	for (size_t i = 0; i < ENDINGS_N; i++) {
		struct sigaction action;
		if (!sigaction(endings[i], NULL, &action) && action.sa_handler == on_ending)
			signal(endings[i], SIG_DFL);
	}
	now.on = false;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOLS_SAY_H
#define TOOLS_SAY_H

/* One line on stderr, whatever file names and arguments are made of: what could move a terminal shows as \xNN. */
void say_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

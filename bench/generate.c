/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"

static int usage(void)
{
	fputs("usage: generate dump FUNCTIONS\n"
	      "       generate log boot|mixed|distinct lines|bytes N\n"
	      "       generate host PORTS PFS VFS-OF-EACH ENDPOINTS LOG-LINES [DIRECTORY]\n"
	      "On standard output: `lspci -xxxx` text, a kernel log, a captured host as a tar archive or below DIRECTORY.\n", stderr);
	return 2;
}

static unsigned long number(const char *text)
{
	return strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
	int err;
	if (argc == 3 && !strcmp(argv[1], "dump"))
		err = dump_write(number(argv[2]));
	else if (argc == 5 && !strcmp(argv[1], "log"))
		err = log_write(argv[2], !strcmp(argv[3], "lines") ? number(argv[4]) : 0, !strcmp(argv[3], "bytes") ? number(argv[4]) : 0);
	else if ((argc == 7 || argc == 8) && !strcmp(argv[1], "host"))
		err = host_write(&(struct host_size){.ports = (unsigned)number(argv[2]), .pfs = (unsigned)number(argv[3]), .vfs = (unsigned)number(argv[4]),
						     .endpoints = (unsigned)number(argv[5]), .log_lines = number(argv[6])}, argc == 8 ? argv[7] : NULL);
	else
		return usage();
	return err ? 1 : 0;
}

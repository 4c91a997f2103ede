/* SPDX-License-Identifier: GPL-2.0-or-later */
/* emit-sample FORMAT SAMPLE... [-v] [-u] [-c] [-w COLUMNS]: reports made by hand, in a format, for the tests that are scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/emit.h"
#include "sample.h"

int main(int argc, char **argv)
{
	const struct report *reports[SAMPLE_COUNT];
	struct style style = {0};
	bool verbose = false;
	size_t n = 0;
	int opt;
	while ((opt = getopt(argc, argv, "vucqw:")) != -1) {
		verbose |= opt == 'v';
		style.utf8 |= opt == 'u';
		style.color |= opt == 'c';
		style.quiet |= opt == 'q';
		if (opt == 'w')
			style.width = (unsigned)atoi(optarg);
	}
	const struct emitter *emitter = optind < argc ? emitter_find(argv[optind++]) : NULL;
	if (!emitter)
		return 2;
	for (; optind < argc && n < SAMPLE_COUNT; optind++)
		for (int i = 0; i < SAMPLE_COUNT; i++)
			if (!strcmp(argv[optind], sample_names[i]) && (reports[n] = sample_new((enum sample)i, verbose)))
				n++;
	struct sink out;
	if (!n || sink_to_fd(&out, STDOUT_FILENO))
		return 2;
	out.style = style;
	int err = emitter->write(reports, n, &out), end = sink_close(&out);
	int status = emitter_status(emitter, reports, n, report_status(reports[0]));
	for (size_t i = 0; i < n; i++)
		sample_free((struct report *)(uintptr_t)reports[i]);
	return err || end ? 2 : status;
}

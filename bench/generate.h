/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is measured: dumps, kernel logs and captured hosts of any size, the same bytes for the same numbers. */
#ifndef SRIOV_BENCH_GENERATE_H
#define SRIOV_BENCH_GENERATE_H

#include <stddef.h>
#include <stdint.h>

enum { SPACE = 4096 };

enum kind { KIND_PORT, KIND_PF, KIND_VF, KIND_ENDPOINT };

/* A function, with what depends on its place. */
struct function {
	enum kind kind;
	unsigned domain, bus, devfn;
	unsigned number;            /* among all */
	unsigned secondary, last;   /* of a port: buses below it */
	unsigned vfs, vf_offset;    /* of a PF; stride is 1 */
	uint64_t memory, size;      /* of a port its prefetchable window, else what its BARs take */
};

enum { BAR_SIZE = 0x10000, VF_BAR_SIZE = 0x4000, PORT_WINDOW = 0x4000000, PFS_PER_PORT = 4, PF_SHARE = PORT_WINDOW / PFS_PER_PORT };

void space_fill(const struct function *f, uint8_t space[SPACE]);

int dump_write(unsigned long functions);
int log_write(const char *mix, unsigned long lines, unsigned long bytes);

struct host_size {
	unsigned ports, pfs, vfs, endpoints; /* vfs: of each PF */
	unsigned long log_lines;
};
/* dir == NULL: a tar archive on standard output. */
int host_write(const struct host_size *size, const char *dir);

/* One boot's lines about a function; the number of bytes in line, which ends in a newline. */
size_t log_function(char *line, size_t room, const struct function *f, unsigned row, unsigned long usec);
enum { LOG_FUNCTION_ROWS = 5 };

#endif

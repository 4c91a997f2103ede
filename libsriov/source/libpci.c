/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only file that knows libpci. Its error callback must not return and by default ends the process: here it jumps back
 * into config_reader_*(), which then fails with an errno.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>

#include <pci/pci.h>

#include "config-read.h"
#include "libpci.h"

struct config_reader {
	struct pci_access *access;
	struct pci_dev *dev;
	bool restricted; /* a function showed its header only: so do all to this user */
};

/* libpci gives its callbacks no data of ours */
static _Thread_local jmp_buf *escape;

static void PRINTF(1, 2) __attribute__((noreturn)) fail(char *format, ...)
{
	(void)format;
	longjmp(*escape, 1);
}

static void PRINTF(1, 2) quiet(char *format, ...)
{
	(void)format;
}

int config_reader_new(struct config_reader **out)
{
	jmp_buf here, *outer = escape;
	struct config_reader *volatile reader = calloc(1, sizeof(*reader));
	*out = NULL;
	if (!reader)
		return -ENOMEM;
	escape = &here;
	if (setjmp(here)) {
		escape = outer;
		free(reader); /* what libpci had allocated is lost to it as well */
		return -ENOMEM;
	}
	struct pci_access *access = pci_alloc();
	if (access) {
		access->error = fail;
		access->warning = quiet;
		access->debug = quiet;
		access->writeable = 0;
		access->method = PCI_ACCESS_SYS_BUS_PCI; /* no ports, no /dev/mem, no procfs */
		reader->access = access;
		pci_init(access);
	}
	escape = outer;
	*out = reader;
	return 0;
}

void config_reader_free(struct config_reader *reader)
{
	jmp_buf here, *outer = escape;
	if (!reader)
		return;
	escape = &here;
	if (reader->access && !setjmp(here))
		pci_cleanup(reader->access);
	escape = outer;
	free(reader);
}

static int read_block(void *data, unsigned offset, uint8_t *bytes, unsigned n)
{
	struct config_reader *reader = data;
	return pci_read_block(reader->dev, (int)offset, bytes, (int)n) ? 0 : -EACCES;
}

int config_reader_read(struct config_reader *reader, const struct sriov_addr *addr, bool is_vf, enum source_depth depth, uint64_t file_size, uint8_t *bytes,
		       uint8_t *known, size_t *len)
{
	jmp_buf here, *outer = escape;
	struct config_access access = {.read = read_block, .data = reader};
	unsigned size = file_size >= 4096 ? 4096 : file_size >= 256 ? 256 : 64;
	volatile int err = -EACCES;

	if (!reader->access || addr->domain > INT32_MAX)
		return -ENODEV;
	escape = &here;
	if (!setjmp(here)) {
		/* no scan: only what is asked for is touched */
		reader->dev = pci_get_dev(reader->access, (int)addr->domain, addr->bus, addr->device, addr->function);
		if (reader->dev) {
			err = config_read(&access, is_vf, depth, size, bytes, known);
			pci_free_dev(reader->dev);
		}
	}
	escape = outer;
	reader->dev = NULL;
	*len = size;
	/* a user who is not root reads 64 bytes: the rest is not part of what there is to see */
	while (access.cut && *len > 64 && !known[*len - 1])
		*len = *len > 256 ? 256 : 64;
	reader->restricted |= access.cut && *len == 64;
	if (is_vf && reader->restricted) /* of which no more was tried */
		*len = 64;
	return err;
}

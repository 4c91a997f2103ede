/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * truth - what this kernel really does with SR-IOV, measured without libsriov.
 *
 * One line a fact, "KIND ADDRESS key=value...", read by tests/lab/judge:
 *   pf     a function with sriov_* files, as it stands
 *   vf     a VF; "at" is "now", or the number whose write made it
 *   write  the kernel's answer to a number written to sriov_numvfs
 *   vfio   how far VFIO gets with the first VF
 * What it changes it puts back. `truth numbers` only prints the numbers that it would write.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "truth.h"

#define NUMBERS 5

static unsigned number_of(const char *pf, const char *name)
{
	char buf[64];

	return (unsigned)strtoul(attr_get(pf, name, buf, sizeof(buf)), NULL, 10);
}

/* One, half, all, one too many, and the largest that the file takes; without zeros and repetitions. */
static size_t numbers_for(const char *pf, unsigned numbers[NUMBERS])
{
	unsigned total = number_of(pf, "sriov_totalvfs");
	unsigned wanted[NUMBERS] = { 1, total / 2, total, total + 1, 65535 };
	size_t count = 0;

	for (size_t i = 0; i < NUMBERS; i++)
		if (wanted[i] > (count ? numbers[count - 1] : 0))
			numbers[count++] = wanted[i];
	return count;
}

static const char *virtfn(const char *pf, unsigned index, char *buf, size_t len)
{
	char name[32];

	snprintf(name, sizeof(name), "virtfn%u", index);
	return attr_link(pf, name, buf, len);
}

static unsigned print_vfs(const char *pf, const char *at)
{
	char address[PATH_MAX], driver[PATH_MAX], group[PATH_MAX];
	unsigned index;

	for (index = 0; index < number_of(pf, "sriov_numvfs"); index++) {
		const char *vf = virtfn(pf, index, address, sizeof(address));

		printf("vf %s at=%s index=%u address=%s driver=%s group=%s peers=%d\n", pf, at, index, vf,
		       attr_link(vf, "driver", driver, sizeof(driver)),
		       attr_link(vf, "iommu_group", group, sizeof(group)), group_peers(vf));
	}
	return index;
}

static unsigned bound_vfs(const char *pf)
{
	char address[PATH_MAX], driver[PATH_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < number_of(pf, "sriov_numvfs"); i++) {
		const char *vf = virtfn(pf, i, address, sizeof(address));

		count += strcmp(attr_link(vf, "driver", driver, sizeof(driver)), "-") != 0;
	}
	return count;
}

/* Some drivers bind, and let go again, in the background: wait until half a second brings no change. */
static void settle(const char *pf)
{
	unsigned before;
	int rounds = 20;

	do {
		before = bound_vfs(pf);
		usleep(500000);
	} while (bound_vfs(pf) != before && --rounds);
}

static void try_number(const char *pf, unsigned number, unsigned current)
{
	char word[16];
	int error;

	snprintf(word, sizeof(word), "%u", number);
	error = attr_put(pf, "sriov_numvfs", word);
	printf("write %s n=%u outcome=%s vfs=%u\n", pf, number, outcome(error), number_of(pf, "sriov_numvfs"));
	if (number_of(pf, "sriov_numvfs") == current)
		return;
	settle(pf);
	print_vfs(pf, word);
	if (number == number_of(pf, "sriov_totalvfs")) {
		char vf[PATH_MAX];

		vfio_try(virtfn(pf, 0, vf, sizeof(vf)));
	}
	attr_put(pf, "sriov_numvfs", "0");
	if (current) {
		snprintf(word, sizeof(word), "%u", current);
		attr_put(pf, "sriov_numvfs", word);
	}
}

static void measure(const char *pf)
{
	unsigned numbers[NUMBERS], current = number_of(pf, "sriov_numvfs");
	size_t count = numbers_for(pf, numbers);
	char b[6][64], driver[PATH_MAX], group[PATH_MAX], vf[PATH_MAX];

	printf("pf %s driver=%s group=%s totalvfs=%s numvfs=%s offset=%s stride=%s vf_device=%s autoprobe=%s\n", pf,
	       attr_link(pf, "driver", driver, sizeof(driver)), attr_link(pf, "iommu_group", group, sizeof(group)),
	       attr_get(pf, "sriov_totalvfs", b[0], 64), attr_get(pf, "sriov_numvfs", b[1], 64),
	       attr_get(pf, "sriov_offset", b[2], 64), attr_get(pf, "sriov_stride", b[3], 64),
	       attr_get(pf, "sriov_vf_device", b[4], 64), attr_get(pf, "sriov_drivers_autoprobe", b[5], 64));
	if (print_vfs(pf, "now"))
		vfio_try(virtfn(pf, 0, vf, sizeof(vf)));
	for (size_t i = 0; i < count; i++)
		try_number(pf, numbers[i], current);
}

static void print_numbers(const char *pf)
{
	unsigned numbers[NUMBERS];
	size_t count = numbers_for(pf, numbers);

	for (size_t i = 0; i < count; i++)
		printf("%u\n", numbers[i]);
}

/* Creating and removing VFs is mostly waiting: each PF is measured by a process of its own, which says all at its end. */
static void measure_aside(const char *pf)
{
	static char room[1 << 20];

	if (fork() != 0)
		return;
	setvbuf(stdout, room, _IOFBF, sizeof(room));
	measure(pf);
	exit(0);
}

int main(int argc, char **argv)
{
	struct dirent **entries;
	int count = scandir(DEVICES, &entries, NULL, alphasort);
	int only_numbers = argc > 1 && strcmp(argv[1], "numbers") == 0;

	for (int i = 0; i < count; i++) {
		char buf[64];

		if (strcmp(attr_get(entries[i]->d_name, "sriov_totalvfs", buf, sizeof(buf)), "-") == 0)
			continue;
		if (only_numbers)
			print_numbers(entries[i]->d_name);
		else
			measure_aside(entries[i]->d_name);
	}
	while (wait(NULL) > 0)
		;
	return count < 0;
}

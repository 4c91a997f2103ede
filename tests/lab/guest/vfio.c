/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes one VF the way a virtual machine monitor does, step by step, as far as the kernel lets it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "truth.h"

/* A step that was not tried because one before it failed. */
#define NOT_TRIED (-1)

/* The answers, in the order of the steps; 0 or an errno. */
struct trial {
	int detach;    /* the driver that holds the VF lets it go */
	int bind;      /* vfio-pci takes it */
	int viable;    /* every function of its group is free */
	int container; /* the IOMMU isolates it, interrupts included */
	int device;    /* the device file opens */
	int interrupt; /* MSI-X vector 0 can be wired */
};

static int result_of(int answer)
{
	return answer < 0 ? errno : 0;
}

static int detach(const char *address)
{
	char buf[PATH_MAX];

	if (strcmp(attr_link(address, "driver", buf, sizeof(buf)), "-") == 0)
		return 0;
	return attr_put(address, "driver/unbind", address);
}

static int bind_to(const char *address, const char *driver)
{
	char buf[PATH_MAX];
	int error = attr_put(address, "driver_override", driver);

	if (!error)
		error = file_put("/sys/bus/pci/drivers_probe", address);
	if (!error && strcmp(attr_link(address, "driver", buf, sizeof(buf)), driver) != 0)
		error = ENODEV;
	return error;
}

static int wire_interrupt(int device)
{
	char room[sizeof(struct vfio_irq_set) + sizeof(int)] = { 0 };
	struct vfio_irq_set *set = (struct vfio_irq_set *)room;
	int event = eventfd(0, EFD_CLOEXEC);
	int error;

	set->argsz = sizeof(room);
	set->flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
	set->index = VFIO_PCI_MSIX_IRQ_INDEX;
	set->count = 1;
	memcpy(set->data, &event, sizeof(event));
	error = result_of(ioctl(device, VFIO_DEVICE_SET_IRQS, set));
	close(event);
	return error;
}

static void open_device(const char *address, int group, struct trial *trial)
{
	int device = ioctl(group, VFIO_GROUP_GET_DEVICE_FD, address);

	trial->device = result_of(device);
	if (device < 0)
		return;
	trial->interrupt = wire_interrupt(device);
	close(device);
}

static void open_group(const char *address, const char *name, struct trial *trial)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	int container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	char path[PATH_MAX];
	int group;

	snprintf(path, sizeof(path), "/dev/vfio/%s", name);
	group = open(path, O_RDWR | O_CLOEXEC);
	trial->viable = result_of(ioctl(group, VFIO_GROUP_GET_STATUS, &status));
	if (!trial->viable && !(status.flags & VFIO_GROUP_FLAGS_VIABLE))
		trial->viable = EBUSY;
	if (!trial->viable) {
		trial->container = result_of(ioctl(group, VFIO_GROUP_SET_CONTAINER, &container));
		if (!trial->container)
			trial->container = result_of(ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU));
		if (!trial->container)
			open_device(address, group, trial);
	}
	close(group);
	close(container);
}

static const char *told(int answer)
{
	return answer == NOT_TRIED ? "-" : outcome(answer);
}

void vfio_try(const char *address)
{
	struct trial trial = { NOT_TRIED, NOT_TRIED, NOT_TRIED, NOT_TRIED, NOT_TRIED, NOT_TRIED };
	char former[PATH_MAX];
	char group[PATH_MAX];
	const char *driver = attr_link(address, "driver", former, sizeof(former));

	trial.detach = detach(address);
	if (!trial.detach)
		trial.bind = bind_to(address, "vfio-pci");
	if (!trial.bind)
		open_group(address, attr_link(address, "iommu_group", group, sizeof(group)), &trial);
	printf("vfio %s detach=%s bind=%s viable=%s container=%s device=%s interrupt=%s\n", address,
	       told(trial.detach), told(trial.bind), told(trial.viable), told(trial.container),
	       told(trial.device), told(trial.interrupt));

	if (strcmp(driver, "vfio-pci") == 0)
		return;
	detach(address);
	attr_put(address, "driver_override", "\n");
	if (strcmp(driver, "-") != 0)
		file_put("/sys/bus/pci/drivers_probe", address);
}

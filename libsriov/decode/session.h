/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Terminal sessions that people paste: lines "$ command" or "# command" (or a usual prompt), and what follows is the answer.
 * What an answer says of the host's files becomes items at the host's own paths (origin "transcript", with the line). What has no
 * path there is in struct session: values written, tools asked, what programs complained about, what Windows said.
 */
#ifndef SRIOV_DECODE_SESSION_H
#define SRIOV_DECODE_SESSION_H

#include "lspci.h"

/* Where a fact of a session stands. */
struct session_at {
	const char *origin; /* "transcript", "ticket.txt" */
	unsigned line;
};

enum write_result {
	WRITE_UNKNOWN, /* the session ends with the command */
	WRITE_OK,      /* the next prompt came without a word, or the text says ok */
	WRITE_FAILED,
};

/* Which step of a write failed: the file could not be opened (made, where it is not there), or the kernel refused the value. */
enum write_step { STEP_UNKNOWN, STEP_OPEN, STEP_WRITE };

/* Something was written, or should have been, to a sysfs attribute: "echo 4 > …/sriov_numvfs", tee, a program's own report of it. */
struct session_write {
	const char *path;      /* as written, quotes and backslashes taken away: "/sys/class/net/eth0/device/sriov_numvfs" */
	const char *attribute; /* its last part: "sriov_numvfs", "bind", "driver_override", "new_id", "remove", "rescan", … */
	bool has_addr;
	struct sriov_addr addr; /* of the function, where the path names it */
	const char *netdev;    /* of /sys/class/net/NETDEV/device/…, or NULL */
	const char *value;     /* as written; NULL = unknown */
	bool has_number;
	uint64_t number;       /* value as a number */
	enum write_result result;
	enum write_step step;  /* of WRITE_FAILED */
	int err;               /* of WRITE_FAILED: positive errno, 0 = the text does not tell which */
	bool root;             /* done as root (prompt '#', or by sudo); false: not known to be */
	const char *answer;    /* the line that tells the failure, or NULL */
	struct session_at at, answer_at;
};

enum session_tool {
	TOOL_MLXCONFIG,          /* mlxconfig, mstconfig: device, key "SRIOV_EN", value "True(1)" */
	TOOL_DEVBIND,            /* dpdk-devbind --status: addr, key "drv" / "unused" / "if" / "name" */
	TOOL_VIRT_HOST_VALIDATE, /* key "QEMU: Checking for device assignment IOMMU support", value "WARN (…)" */
	TOOL_MODINFO,            /* device = module, key "filename", "version", "parm", … */
	TOOL_IP_LINK,            /* device = interface, key "flags", "state", "vf" (one each: "vf 0 …"), "error" */
	TOOL_DKMS,               /* device = module/version, key = kernel or "", value "installed", "added", "built" */
	TOOL_VMHOST,             /* Get-VMHost: key "IovSupport", value "False"; "IovSupportReasons" once each */
	TOOL_NETADAPTER_SRIOV,   /* Get-NetAdapterSriov: device = adapter, key "SriovSupport", "NumVFs", … */
	TOOL_SETTING,            /* mlxconfig/mstconfig set: what was asked to be set; key, value */
	TOOL_ETHTOOL,            /* ethtool -i: device = interface, key "driver", "firmware-version", "bus-info" */
	TOOL_DEVLINK,            /* devlink: device = "pci/0000:03:00.0", key "mode", "enable_sriov", …; value */
	TOOL_KCONFIG,            /* lines of a kernel's configuration that were looked for: key "CONFIG_PCI_IOV", value "y", "m", "n" */
	TOOL_VIRT,               /* systemd-detect-virt, lscpu: key "virt", value "kvm", "microsoft", "none", … */
	TOOL_MODPROBE,           /* modprobe, insmod: device = module, key "error" */
};

struct session_query {
	enum session_tool tool;
	const char *device; /* "/dev/mst/mt4115_pciconf0", "eth0"; "" = not named */
	bool has_addr;
	struct sriov_addr addr;
	const char *key, *value;
	struct session_at at;
};

/* What programs in user space say when a function cannot be given away, or a tool cannot reach a device. */
enum session_message_kind {
	MESSAGE_GROUP_NOT_VIABLE,   /* VFIO: not all devices of the group are bound to vfio */
	MESSAGE_GROUP_REJECTED,     /* setting a group into a container: Invalid argument (1:1 mappings, …) */
	MESSAGE_NO_IOMMU_GROUP,     /* the function has no IOMMU group; no IOMMU found */
	MESSAGE_NO_PASSTHROUGH,     /* libvirt: the host doesn't support passthrough of host PCI devices */
	MESSAGE_NOT_ASSIGNABLE,     /* Windows' survey: a device that cannot be assigned, with its reason in text */
	MESSAGE_READ_ONLY,          /* a file system is mounted read-only (container) */
	MESSAGE_TOOL_NO_DEVICE,     /* a vendor's tool finds or opens no device */
	MESSAGE_LOCKDOWN,           /* the kernel's lockdown refuses */
	MESSAGE_VFIO_BUSY,          /* /dev/vfio/N: Device or resource busy */
	MESSAGE_VFIO_DENIED,        /* /dev/vfio/N: Permission denied, Operation not permitted */
	MESSAGE_INTERRUPT_REMAPPING, /* no interrupt remapping, allow_unsafe_interrupts */
	MESSAGE_NO_HUGEPAGES,       /* not ours to judge, but it names the program's real trouble */
};

struct session_message {
	enum session_message_kind kind;
	bool has_addr;
	struct sriov_addr addr;
	unsigned group;     /* IOMMU group, where has_group */
	bool has_group;
	int err;            /* positive errno named in it, or 0 */
	const char *text;   /* the line, trimmed */
	struct session_at at;
};

/* Every command with its answer, also those that nothing here understands. */
struct session_command {
	struct slice command; /* without the prompt */
	struct slice answer;  /* lines up to the next prompt, at most 16 KiB of them; may be empty */
	bool root, windows;   /* prompt '#'; PowerShell's or cmd's prompt */
	bool understood;      /* something was read from it */
	bool answered;        /* another prompt follows, or there is an answer */
	struct session_at at;
};

struct session {
	struct session_write *writes;
	size_t writes_n, writes_room;
	struct session_query *queries;
	size_t queries_n, queries_room;
	struct session_message *messages;
	size_t messages_n, messages_room;
	struct session_command *commands;
	size_t commands_n, commands_room;
	size_t lines_not_understood; /* of answers */
};

/* Reads a session; results go to snap and to snap->session (made here when it is NULL; several texts add to it). All is copied. */
int session_put(struct snapshot *snap, struct text_place place, struct slice text) MUST_CHECK;

/* A command that was pasted without its prompt: "echo 4 > /sys/…", "sudo tee /sys/…", "cat /sys/…" at the line's beginning. */
bool session_bare_command(struct slice line);
/* A prompt at the beginning of the line? Then the command behind it, whether the prompt is root's, and whether it is Windows'. */
bool session_prompt(struct slice line, struct slice *command, bool *root, bool *windows);

/* The last value of a key of a tool for any device, or NULL: session_value(s, TOOL_MLXCONFIG, "SRIOV_EN"). s may be NULL. */
const struct session_query *session_value(const struct session *s, enum session_tool tool, const char *key);
/* The first message of a kind, or NULL. s may be NULL. */
const struct session_message *session_message(const struct session *s, enum session_message_kind kind);

#endif

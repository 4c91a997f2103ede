/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "unit.h"
#include "decode/errno-text.h"
#include "decode/ingest.h"
#include "decode/session-parse.h"
#include "failing.h"

static struct snapshot *read_session(const char *text)
{
	struct snapshot *snap = snapshot_new("t");
	assert_non_null(snap);
	assert_needs_memory(session_put(snap, (struct text_place){"transcript", 1}, slice_of(text)), snapshot_free(snap); snap = snapshot_new("t"));
	assert_non_null(snap->session);
	return snap;
}

static void test_prompts(void **state)
{
	(void)state;
	static const struct {
		const char *line, *command;
		bool root, windows;
	} rows[] = {
		{"$ ls", "ls", false, false}, {"# ls", "ls", true, false}, {"root@host:~# ls -l", "ls -l", true, false},
		{"user@my-host:/sys/bus$ ls", "ls", false, false}, {"[root@node1 ~]# ls", "ls", true, false}, {"[core@node1 etc]$ ls", "ls", false, false},
		{"user@host ~ % ls", "ls", false, false}, {"user@host /sys> ls", "ls", false, false}, {"bash-5.1# ls", "ls", true, false},
		{"sh-4.4# ls", "ls", true, false}, {"/ # ls", "ls", true, false}, {"~ # ls", "ls", true, false}, {"host:~ # ls", "ls", true, false},
		{"(venv) root@host:~# ls", "ls", true, false}, {"PS C:\\Users\\me> Get-VMHost", "Get-VMHost", false, true},
		{"C:\\Windows\\system32>ver", "ver", false, true}, {"PS> Get-VMHost", "Get-VMHost", false, true},
		{"> root@pve:~# ls", "ls", true, false}, {"\xe2\x9e\x9c  ~ ls", "ls", false, false}, {"#", "", true, false}, {"# CONFIG_PCI_IOV is not set", NULL, false, false},
		{"#include", NULL, false, false}, {"$5 each", NULL, false, false}, {"me@foo.com wrote: # 1", NULL, false, false}, {"C# is", NULL, false, false},
		{"[    1.0] igb: $ x", NULL, false, false}, {"01:00.0 Class", NULL, false, false}, {"", NULL, false, false},
		{"-bash: echo: write error: Invalid argument", NULL, false, false}, {"PSU: ok", NULL, false, false}, {"C: \\> x", NULL, false, false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct slice command = {0};
		bool root, windows, is = session_prompt(slice_of(rows[i].line), &command, &root, &windows);
		if (is != (rows[i].command != NULL) || (is && (!slice_is(command, rows[i].command) || root != rows[i].root || windows != rows[i].windows)))
			fail_msg("%s: %d '%.*s' %d %d", rows[i].line, is, (int)command.n, command.p, root, windows);
	}
}

#define PF "/sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs"

static void test_writes(void **state)
{
	(void)state;
	static const struct {
		const char *text, *value;
		enum write_result result;
		enum write_step step;
		int err;
		bool root;
	} rows[] = {
		{"# echo 4 > " PF "\n-bash: echo: write error: Cannot allocate memory\n", "4", WRITE_FAILED, STEP_WRITE, ENOMEM, true},
		{"$ echo 4 > " PF "\nbash: " PF ": Permission denied\n", "4", WRITE_FAILED, STEP_OPEN, EACCES, false},
		{"# echo \"8\" >" PF "\nzsh: numerical result out of range\n", "8", WRITE_FAILED, STEP_OPEN, ERANGE, true},
		{"% echo 1\n$ echo 4 >> '" PF "'\necho: write error: device or resource busy\n", "4", WRITE_FAILED, STEP_WRITE, EBUSY, false},
		{"$ echo 7 | sudo tee -a " PF "\n7\ntee: " PF ": No such file or directory\n", "7", WRITE_FAILED, STEP_WRITE, ENOENT, true},
		{"$ echo -n 7 | sudo tee " PF "\ntee: '" PF "': Permission denied\n7\n", "7", WRITE_FAILED, STEP_OPEN, EACCES, true},
		{"$ sudo tee " PF " <<< 3\n3\n$ \n", "3", WRITE_OK, STEP_UNKNOWN, 0, true},
		{"$ sudo sh -c 'echo 2 > " PF "'\nsh: 1: echo: echo: I/O error\n", "2", WRITE_FAILED, STEP_WRITE, 0, true},
		{"# sh -c \"echo 2 > " PF "\"\nsh: 1: cannot create " PF ": Directory nonexistent\n", "2", WRITE_FAILED, STEP_OPEN, 0, true},
		{"/ # echo 2 > " PF "\nash: write error: I/O error\n", "2", WRITE_FAILED, STEP_WRITE, EIO, true},
		{"/ # echo 2 > " PF "\nsh: write error: Result not representable\n", "2", WRITE_FAILED, STEP_WRITE, ERANGE, true},
		{"u@h ~> echo 2 > " PF "\nwarning: An error occurred while redirecting file '" PF "'\nopen: Permission denied\n", "2", WRITE_FAILED, STEP_OPEN, 0, false},
		{"# echo 2 > /sys/bus/pci/devices/0000\\:3b\\:00.0/sriov_numvfs\n# true\n", "2", WRITE_OK, STEP_UNKNOWN, 0, true},
		{"# cd /sys/bus/pci/devices/0000:3b:00.0\n# echo 2 > sriov_numvfs\n(ok)\n", "2", WRITE_OK, STEP_UNKNOWN, 0, true},
		{"# echo 2 > " PF "\n", "2", WRITE_UNKNOWN, STEP_UNKNOWN, 0, true},
		{"$ sudo echo 4 > " PF "\n-bash: " PF ": Permission denied\n", "4", WRITE_FAILED, STEP_OPEN, EACCES, false},
		{"# printf 4 > " PF "\n-bash: printf: write error: Function not implemented\n", "4", WRITE_FAILED, STEP_WRITE, ENOSYS, true},
		{"# kubectl logs x\nError: write " PF ": cannot allocate memory\n", NULL, WRITE_FAILED, STEP_WRITE, ENOMEM, true},
		{"$ ./x.py\nOSError: [Errno 16] Device or resource busy: '" PF "'\n", NULL, WRITE_FAILED, STEP_UNKNOWN, EBUSY, false},
		{"$ kubectl logs x\nopen /host" PF ": read-only file system\n", NULL, WRITE_FAILED, STEP_OPEN, EROFS, false},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct snapshot *snap = read_session(rows[i].text);
		const struct session *s = snap->session;
		if (s->writes_n != 1)
			fail_msg("%s: %zu writes", rows[i].text, s->writes_n);
		const struct session_write *w = &s->writes[0];
		if (w->result != rows[i].result || w->step != rows[i].step || w->err != rows[i].err || w->root != rows[i].root ||
		    (rows[i].value ? !w->value || strcmp(w->value, rows[i].value) : w->value != NULL))
			fail_msg("%s: result %d step %d err %d root %d value %s", rows[i].text, w->result, w->step, w->err, w->root, w->value);
		assert_true(w->has_addr && w->addr.bus == 0x3b && !w->netdev);
		assert_string_equal(w->attribute, "sriov_numvfs");
		if (w->result == WRITE_FAILED)
			assert_true(w->answer && w->answer_at.line > 0);
		bool there = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0") != NULL;
		assert_int_equal(there, !(w->result == WRITE_FAILED && w->step == STEP_OPEN));
		snapshot_free(snap);
	}
	struct snapshot *snap = read_session("# echo 2 > /sys/class/net/ens1f0/device/sriov_numvfs\nbash: echo: write error: Invalid argument\n"
					     "# echo 0000:01:00.0 > /sys/bus/pci/drivers/igb/bind\n-bash: echo: write error: No such device\n# echo 1 > /tmp/x\n");
	assert_int_equal(snap->session->writes_n, 2);
	assert_string_equal(snap->session->writes[0].netdev, "ens1f0");
	assert_false(snap->session->writes[0].has_addr);
	assert_string_equal(snap->session->writes[1].attribute, "bind");
	assert_string_equal(snap->session->writes[1].value, "0000:01:00.0");
	assert_int_equal(snap->session->writes[1].err, ENODEV);
	snapshot_free(snap);
}

static void expect_file(const struct snapshot *snap, const char *path, const char *data)
{
	struct slice s = snapshot_bytes(snap, NULL, path);
	if (!s.p || !slice_is(slice_trim(s), data))
		fail_msg("%s: '%.*s'", path, (int)s.n, s.p ? s.p : "(none)");
}

static void test_files(void **state)
{
	(void)state;
	struct snapshot *snap = read_session(
		"root@h:~# cat /sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs\n64\n"
		"root@h:~# cat /sys/devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0/sriov_numvfs\n0\n\nprose\n"
		"root@h:~# cat /sys/class/net/eth0/operstate /sys/class/net/eth0/mtu\nup\n1500\n"
		"root@h:~# cat /proc/cmdline\nBOOT_IMAGE=/vmlinuz ro intel_iommu=on\n"
		"root@h:~# cat /sys/bus/pci/devices/0000:3c:00.0/sriov_totalvfs\ncat: '/sys/bus/pci/devices/0000:3c:00.0/sriov_totalvfs': No such file or directory\n"
		"root@h:~# cat /sys/kernel/security/lockdown\ncat: /sys/kernel/security/lockdown: Permission denied\n"
		"root@h:~# grep . /sys/bus/pci/devices/0000:3b:00.0/sriov_*\n/sys/bus/pci/devices/0000:3b:00.0/sriov_offset:128\n"
		"/sys/bus/pci/devices/0000:3b:00.0/sriov_drivers_autoprobe:1\n"
		"root@h:~# ls -l /sys/bus/pci/devices/0000:3b:00.0/driver\n"
		"lrwxrwxrwx 1 root root 0 Mar  1 10:00 /sys/bus/pci/devices/0000:3b:00.0/driver -> ../../../../bus/pci/drivers/i40e\n"
		"root@h:~# readlink /sys/bus/pci/devices/0000:3b:00.0/iommu_group\n../../../../kernel/iommu_groups/41\n"
		"root@h:~# find /sys/kernel/iommu_groups/ -type l\n/sys/kernel/iommu_groups/1/devices/0000:00:01.0\n/sys/kernel/iommu_groups/1/devices/0000:01:00.0\n"
		"root@h:~# ls /sys/class/iommu\n"
		"root@h:~# ls /sys/bus/pci/drivers/\ni40e  igb\nvfio-pci\n"
		"root@h:~# cat /sys/bus/pci/devices/$PF/sriov_numvfs\n7\n"
		"root@h:~# cat /sys/class/net/*/operstate\ndown\n"
		"root@h:~# cat /proc/interrupts | grep MSI\n1: 0\n"
		"root@h:~# cat /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs\n4\n"
		"root@h:~# uname -a\nLinux h 5.15.0-91-generic #101-Ubuntu SMP x86_64 GNU/Linux\n");
	expect_file(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs", "64");
	expect_file(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs", "4"); /* asked twice: the later answer */
	expect_file(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_offset", "128");
	expect_file(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_drivers_autoprobe", "1");
	expect_file(snap, "sys/class/net/eth0/operstate", "up");
	expect_file(snap, "sys/class/net/eth0/mtu", "1500");
	expect_file(snap, "proc/cmdline", "BOOT_IMAGE=/vmlinuz ro intel_iommu=on");
	assert_true(slice_starts(snapshot_bytes(snap, NULL, "proc/version"), "Linux version 5.15.0-91-generic "));
	assert_int_equal(snapshot_state(snap, NULL, "sys/bus/pci/devices/0000:3c:00.0/sriov_totalvfs"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/kernel/security/lockdown"), ITEM_DENIED);
	const struct item *item = snapshot_at(snap, NULL, "sys/kernel/security/lockdown");
	assert_int_equal(item->err, EACCES);
	assert_string_equal(item->origin, "transcript");
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0/driver"), "i40e");
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0/iommu_group"), "41");
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/bus/pci/devices/0000:01:00.0/iommu_group"), "1");
	assert_int_equal(snapshot_state(snap, NULL, "sys/class/iommu/dmar0"), ITEM_ABSENT); /* an empty listing */
	assert_int_equal(snapshot_state(snap, NULL, "sys/bus/pci/drivers/igb"), ITEM_PRESENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/bus/pci/drivers/mlx5_core"), ITEM_ABSENT);
	assert_int_equal(snapshot_state(snap, NULL, "proc/interrupts"), ITEM_NOT_CAPTURED); /* a part of a file is no file */
	item = snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0/sriov_offset");
	assert_non_null(item);
	assert_int_equal(item->line, 17);
	snapshot_free(snap);
}

static const char *value_of(const struct snapshot *snap, enum session_tool tool, const char *key)
{
	const struct session_query *q = session_value(snap->session, tool, key);
	return q ? q->value : "(none)";
}

static void test_tools(void **state)
{
	(void)state;
	struct snapshot *snap = read_session(
		"# mlxconfig -d /dev/mst/mt4115_pciconf0 -e q\n\nDevice #1:\n----------\n\nDevice type:    ConnectX4\n"
		"Configurations:                  Default         Current         Next Boot\n"
		"*        SRIOV_EN                False(0)        False(0)        True(1)\n         NUM_OF_VFS              0               8               16\n"
		"# mstconfig -d 3b:00.0 q\n         LOG_BAR_SIZE                3\n"
		"# mstconfig -d 3b:00.0 set SRIOV_EN=1 NUM_OF_VFS=8\n"
		"# dpdk-devbind.py --status\nNetwork devices using DPDK-compatible driver\n"
		"0000:44:00.3 'Ethernet Controller X710 1572' drv=vfio-pci unused=i40e\n"
		"0000:44:00.0 'Ethernet Controller X710 1572' if=enp68s0f0 drv=i40e unused=vfio-pci *Active*\n0000:45:00.0 'X 1572' unused=i40e\n"
		"# virt-host-validate\n  QEMU: Checking for hardware virtualization                                 : PASS\n"
		"  QEMU: Checking if IOMMU is enabled by kernel : WARN (IOMMU appears to be disabled in kernel. Add intel_iommu=on to kernel cmdline arguments)\n"
		"# modinfo i40e\nfilename:       /lib/modules/5.15/i40e.ko\nversion:        2.1\n# modinfo foo\nmodinfo: ERROR: Module foo not found.\n"
		"# lsmod | grep vfio\nvfio_pci               16384  0\nvfio                   45056  2 vfio_pci,vfio_iommu_type1\n"
		"# ip link show enp3s0\n3: enp3s0: <BROADCAST,MULTICAST> mtu 1500 qdisc mq state DOWN mode DEFAULT\n    link/ether x\n    vf 0     link/ether y, spoof checking on\n"
		"# ethtool -i ens1\ndriver: ice\nfirmware-version: 4.0\nbus-info: 0000:5e:00.1\n"
		"# dkms status\ni915-sriov, 6.1: added\ni915-sriov-dkms/2024, 6.8.12-2-pve, x86_64: installed\n"
		"PS C:\\> Get-VMHost | fl IovSupport,IovSupportReasons\n\nIovSupport        : False\nIovSupportReasons : {First reason\n                    goes on, Second}\n"
		"PS C:\\> (Get-VMHost).IovSupport\nFalse\n"
		"PS C:\\> Get-NetAdapterSriov\n\nName                 : NIC1\nSriovSupport         : NoIoVirtualizationSupport\nNumVFs : 0\n");
	assert_string_equal(value_of(snap, TOOL_MLXCONFIG, "SRIOV_EN"), "False(0)");
	assert_string_equal(value_of(snap, TOOL_MLXCONFIG, "NUM_OF_VFS"), "8");
	const struct session_query *q = session_value(snap->session, TOOL_MLXCONFIG, "LOG_BAR_SIZE");
	assert_true(q && q->has_addr && q->addr.bus == 0x3b && q->at.line == 11);
	assert_string_equal(value_of(snap, TOOL_SETTING, "NUM_OF_VFS"), "8");
	assert_string_equal(value_of(snap, TOOL_DEVBIND, "if"), "enp68s0f0");
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/bus/pci/devices/0000:44:00.3/driver"), "vfio-pci");
	assert_int_equal(snapshot_state(snap, NULL, "sys/bus/pci/devices/0000:45:00.0/driver"), ITEM_ABSENT);
	assert_non_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:44:00.0/net/enp68s0f0"));
	assert_string_equal(value_of(snap, TOOL_VIRT_HOST_VALIDATE, "QEMU: Checking for hardware virtualization"), "PASS");
	assert_true(slice_starts(slice_of(value_of(snap, TOOL_VIRT_HOST_VALIDATE, "QEMU: Checking if IOMMU is enabled by kernel")), "WARN ("));
	assert_string_equal(value_of(snap, TOOL_MODINFO, "version"), "2.1");
	assert_string_equal(value_of(snap, TOOL_MODINFO, "error"), "modinfo: ERROR: Module foo not found.");
	assert_int_equal(snapshot_state(snap, NULL, "sys/module/vfio_pci"), ITEM_PRESENT);
	assert_string_equal(value_of(snap, TOOL_IP_LINK, "state"), "DOWN");
	assert_string_equal(value_of(snap, TOOL_ETHTOOL, "firmware-version"), "4.0");
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/class/net/ens1/device"), "0000:5e:00.1");
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/bus/pci/devices/0000:5e:00.1/driver"), "ice");
	assert_string_equal(value_of(snap, TOOL_DKMS, "6.8.12-2-pve"), "installed");
	assert_string_equal(value_of(snap, TOOL_DKMS, ""), "added");
	assert_string_equal(value_of(snap, TOOL_VMHOST, "IovSupport"), "False");
	assert_string_equal(value_of(snap, TOOL_VMHOST, "IovSupportReasons"), "goes on, Second");
	q = session_value(snap->session, TOOL_NETADAPTER_SRIOV, "SriovSupport");
	assert_true(q && !strcmp(q->value, "NoIoVirtualizationSupport") && !strcmp(q->device, "NIC1"));
	snapshot_free(snap);
}

static void test_messages(void **state)
{
	(void)state;
	struct snapshot *snap = read_session(
		"# app\nEAL: 0000:44:00.3 VFIO group is not viable! Not all devices in IOMMU group bound to VFIO or unbound\n"
		"vfio: error: failed to setup container for group 15: Failed to set group container: Invalid argument\n"
		"error: unsupported configuration: host doesn't support passthrough of host PCI devices\nnothing to say\n"
		"qemu: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: no iommu_group found: No such file or directory\n"
		"IOMMU Group 7 03:00.1 Ethernet controller [0200]: X [8086:1572]\n");
	const struct session_message *m = session_message(snap->session, MESSAGE_GROUP_NOT_VIABLE);
	assert_true(m && m->has_addr && m->addr.bus == 0x44 && m->addr.function == 3 && !m->has_group && m->at.line == 2);
	m = session_message(snap->session, MESSAGE_GROUP_REJECTED);
	assert_true(m && m->has_group && m->group == 15 && m->err == EINVAL);
	assert_non_null(session_message(snap->session, MESSAGE_NO_PASSTHROUGH));
	m = session_message(snap->session, MESSAGE_NO_IOMMU_GROUP);
	assert_true(m && m->has_addr && m->addr.bus == 1);
	assert_null(session_message(snap->session, MESSAGE_LOCKDOWN));
	assert_null(session_message(NULL, MESSAGE_LOCKDOWN));
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/bus/pci/devices/0000:03:00.1/iommu_group"), "7");
	assert_int_equal(snap->session->lines_not_understood, 0); /* the command's answer told something */
	snapshot_free(snap);
	snap = read_session("# foo --bar\nwhat is this\nand this\n");
	assert_int_equal(snap->session->lines_not_understood, 2);
	assert_false(snap->session->commands[0].understood);
	assert_true(slice_is(snap->session->commands[0].command, "foo --bar"));
	snapshot_free(snap);
}

static void test_host(void **state)
{
	(void)state;
	struct snapshot *snap = read_session(
		"# grep -E 'PCI_IOV|VFIO' /boot/config-$(uname -r)\nCONFIG_PCI_IOV=y\n# CONFIG_MLX5_VFIO_PCI is not set\nCONFIG_VFIO=m\n"
		"# modprobe mlx5_vfio_pci\nmodprobe: FATAL: Module mlx5_vfio_pci not found in directory /lib/modules/6.1\n"
		"# devlink dev eswitch show pci/0000:03:00.0\npci/0000:03:00.0: mode switchdev inline-mode none encap-mode basic\n"
		"# systemd-detect-virt\nkvm\n"
		"# dmidecode -s system-product-name\nPowerEdge R740\n"
		"# dmidecode -t system\nSystem Information\n\tManufacturer: Dell Inc.\n\tProduct Name: x\n"
		"# lshw -c network -businfo\nBus info          Device      Class       Description\npci@0000:3b:00.0  ens1f0      network     X\n"
		"# cat /sys/class/net/ens2f0/device/sriov_totalvfs\n64\n"
		"# ls -l /sys/class/net\nlrwxrwxrwx 1 root root 0 ens2f0 -> ../../devices/pci0000:5d/0000:5d:00.0/0000:5e:00.0/net/ens2f0\n"
		"lrwxrwxrwx 1 root root 0 lo -> ../../devices/virtual/net/lo\n"
		"# ls -l /sys/class/net/ens3f0/device\nlrwxrwxrwx 1 root root 0 x /sys/class/net/ens3f0/device -> ../../../0000:5f:00.0\n"
		"# ip -d link\n4: ens4: <UP> mtu 1500 state UP\n    link/ether x promiscuity 0 parentbus pci parentdev 0000:60:00.1\n"
		"# head /sys/bus/pci/devices/0000:3b:00.0/sriov_*\n==> /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs <==\n4\n\n"
		"==> /sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs <==\n8\n"
		"# for i in /sys/class/net/*/device/sriov_numvfs; do echo $i; cat $i; done\n/sys/class/net/ens1f0/device/sriov_numvfs\n4\n");
	assert_string_equal(value_of(snap, TOOL_KCONFIG, "CONFIG_PCI_IOV"), "y");
	assert_string_equal(value_of(snap, TOOL_KCONFIG, "CONFIG_MLX5_VFIO_PCI"), "n");
	assert_string_equal(value_of(snap, TOOL_KCONFIG, "CONFIG_VFIO"), "m");
	const struct session_query *q = session_value(snap->session, TOOL_MODPROBE, "error");
	assert_true(q && !strcmp(q->device, "mlx5_vfio_pci"));
	assert_string_equal(value_of(snap, TOOL_DEVLINK, "mode"), "switchdev");
	assert_string_equal(value_of(snap, TOOL_VIRT, "virt"), "kvm");
	expect_file(snap, "sys/class/dmi/id/product_name", "PowerEdge R740");
	expect_file(snap, "sys/class/dmi/id/sys_vendor", "Dell Inc.");
	assert_non_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:3b:00.0/net/ens1f0"));
	/* what was read by the interface's name is the function's, once its address is known */
	expect_file(snap, "sys/bus/pci/devices/0000:5e:00.0/sriov_totalvfs", "64");
	expect_file(snap, "sys/class/net/ens2f0/device/sriov_totalvfs", "64");
	assert_null(snapshot_at(snap, NULL, "sys/class/net/lo"));
	assert_string_equal(snapshot_link_name(snap, NULL, "sys/class/net/ens3f0/device"), "0000:5f:00.0");
	assert_non_null(snapshot_at(snap, NULL, "sys/bus/pci/devices/0000:60:00.1/net/ens4"));
	expect_file(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs", "8");
	expect_file(snap, "sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs", "4");
	snapshot_free(snap);
}

/* Commands and answers whose prompts nobody copied. */
static void test_without_prompts(void **state)
{
	(void)state;
	struct snapshot *snap = read_session("When I do\n```\necho 4 > /sys/bus/pci/devices/0000:3b:00.0/sriov_numvfs\n"
					     "bash: echo: write error: Cannot allocate memory\n```\nthen\n    sudo echo 1 > /sys/bus/pci/rescan\n"
					     "nothing.\necho 2 > /sys/bus/pci/devices/0000:3b:00.1/sriov_numvfs\necho 0 > /sys/x/y\n"
					     "         SRIOV_EN             False(0)\n"
					     "IovSupport        : True\n");
	assert_int_equal(snap->session->writes_n, 4);
	const struct session_write *w = snap->session->writes;
	assert_true(w[0].result == WRITE_FAILED && w[0].err == ENOMEM && w[0].at.line == 3 && w[0].answer_at.line == 4);
	assert_int_equal(w[1].result, WRITE_UNKNOWN);
	assert_int_equal(w[2].result, WRITE_UNKNOWN); /* a line of a script shows no success */
	snapshot_free(snap);
	snap = read_session("My settings:\n         SRIOV_EN             False(0)\n         NUM_OF_VFS           8\n");
	assert_string_equal(value_of(snap, TOOL_MLXCONFIG, "SRIOV_EN"), "False(0)");
	snapshot_free(snap);
	snap = read_session("PS C:\\> Get-VMHost | select IovSupport,IovSupportReasons\n\nIovSupport IovSupportReasons\n---------- -----------------\n"
			    "     False {Because of this}\n");
	assert_string_equal(value_of(snap, TOOL_VMHOST, "IovSupport"), "False");
	assert_string_equal(value_of(snap, TOOL_VMHOST, "IovSupportReasons"), "Because of this");
	snapshot_free(snap);
}

static void test_addresses(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int bus; /* -1: none */
		uint32_t domain;
	} rows[] = {
		{"3b:00.0", 0x3b, 0}, {"x 3b:00.0 y", 0x3b, 0}, {"0001:3b:00.0", 0x3b, 1}, {"12345678:3b:00.0", 0x3b, 0x12345678}, {"x12345678:3b:00.0", 0x3b, 0x12345678}, {"123456789:3b:00.0", -1, 0}, {"a3b:00.0", -1, 0},
		{"13b:00.0", -1, 0}, {"01:3b:00.0", 0x3b, 0}, {"001:3b:00.0", 0x3b, 0}, {"g001:3b:00.0", -1, 0}, {"3b:00.00", -1, 0}, {"3b:00.0f", -1, 0}, {"3b:00.0g", 0x3b, 0}, {"3b:00.0-4c:00.0 5d:00.0", 0x3b, 0}, {"x.y:z.0 5d:00.0", 0x5d, 0}, {"3b:20.0", -1, 0},
		{"3b:00.8", -1, 0}, {"3b.00.0", -1, 0}, {"b:00.0", -1, 0}, {":00.0", -1, 0}, {"3b:00.", -1, 0}, {"3b:00", -1, 0}, {"", -1, 0}, {":3b:00.0", 0x3b, 0}, {"x:3b:00.0", 0x3b, 0}, {"1.5 2.5 3b:00.1", 0x3b, 0},
	};
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct sriov_addr addr = {0};
		bool found = session_find_addr(slice_of(rows[i].text), &addr);
		if (found != (rows[i].bus >= 0) || (found && (addr.bus != rows[i].bus || addr.domain != rows[i].domain)))
			fail_msg("%s: %d %04x:%02x", rows[i].text, found, addr.domain, addr.bus);
	}
	/* a NUL in a listing ends a name */
	struct snapshot *snap = snapshot_new("t");
	assert_int_equal(session_put(snap, (struct text_place){"transcript", 1}, ((struct slice){"# ls /sys/block\nsda \0 sdb\n# \n", 30})), 0);
	assert_int_equal(snapshot_state(snap, NULL, "sys/block/sda"), ITEM_PRESENT);
	assert_int_equal(snapshot_state(snap, NULL, "sys/block/sdb"), ITEM_PRESENT);
	snapshot_free(snap);
	/* what the root has at an interface's device stays the root's */
	snap = snapshot_new("root");
	assert_int_equal(snapshot_put_file(snap, "sys/class/net/eth0/device/vendor", SLICE("0x8086\n"), NULL), 0);
	assert_int_equal(session_put(snap, (struct text_place){"transcript", 1}, SLICE("# readlink /sys/class/net/eth0/device\n../../../0000:3b:00.0\n")), 0);
	assert_int_equal(snapshot_at_nofollow(snap, NULL, "sys/class/net/eth0/device")->kind, ITEM_DIR);
	expect_file(snap, "sys/class/net/eth0/device/vendor", "0x8086");
	snapshot_free(snap);
	assert_null(session_value(NULL, TOOL_VIRT, "virt"));
	snap = read_session("CONFIG_PCI_IOV=y\n");
	assert_string_equal(session_value(snap->session, TOOL_KCONFIG, "CONFIG_PCI_IOV")->value, "y");
	snapshot_free(snap);
}

static void test_errno(void **state)
{
	(void)state;
	assert_int_equal(errno_in_text(SLICE("write: numerical RESULT out of range")), ERANGE);
	assert_int_equal(errno_in_text(SLICE("No such device or address")), ENXIO);
	assert_int_equal(errno_in_text(SLICE("No such device")), ENODEV);
	assert_int_equal(errno_in_text(SLICE("[Errno 28] kein Platz")), 28);
	assert_int_equal(errno_in_text(SLICE("\xe6\x97\xa0\xe6\xb3\x95\xe5\x88\x86\xe9\x85\x8d\xe5\x86\x85\xe5\xad\x98")), ENOMEM);
	assert_int_equal(errno_in_text(SLICE("all is well")), 0);
	assert_int_equal(errno_in_text((struct slice){NULL, 0}), 0);
}

static void test_hostile(void **state)
{
	(void)state;
	static const char good[] =
		"root@h:~# cat /sys/bus/pci/devices/0000:3b:00.0/sriov_totalvfs\n64\n$ echo '4 > \"/sys/x/sriov_numvfs\ntee: error: Invalid argument\n"
		"# ls -l /sys/a/ -> b\nx -> /y\n# grep . /sys/*\n/sys/pci0000:00/0000:00:02.0/a:b\n# mlxconfig -d 01:00.0 q\nA_B  1 2 3\n"
		"# find /sys/kernel/iommu_groups -type l\n/sys/kernel/iommu_groups/1/devices/0000:00:01.0\n# cd /sys\n# sh -c 'sh -c \"tee /sys/a\"'\n```\n";
	uint32_t seed = 7;
	for (unsigned round = 0; round < 5000; round++) {
		size_t n = round < sizeof(good) ? round : sizeof(good) - 1;
		char *text = malloc(n ? n : 1);
		assert_non_null(text);
		memcpy(text, good, n);
		for (unsigned i = 0; n && i < round % 11; i++) {
			seed = seed * 1664525 + 1013904223;
			text[(seed >> 8) % n] = (char)(seed >> 24 & 3 ? "\n'\"\\/.:>|$# \r\t@~"[(seed >> 20) % 16] : (char)(seed >> 16));
		}
		struct snapshot *snap = snapshot_new("t");
		assert_int_equal(session_put(snap, (struct text_place){"transcript", 1}, (struct slice){text, n}), 0);
		snapshot_free(snap);
		snap = snapshot_new("t");
		assert_needs_memory(snapshot_put_text(snap, "t", (struct slice){text, n}), snapshot_free(snap); snap = snapshot_new("t"));
		snapshot_free(snap);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prompts),
		cmocka_unit_test(test_writes),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_tools),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_without_prompts),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_errno),
		cmocka_unit_test(test_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

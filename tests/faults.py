#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Both tools while allocations, reads and writes fail one by one, in their child processes too, on a full disk and into a closed pipe:
a whole report, or status 2 and why. A sample; every point of it: make faults."""
import errno
import glob
import io
import os
import subprocess
import sys
import tarfile
import tempfile

SRC = os.environ.get("srcdir", ".")
BUILD = os.environ.get("builddir", ".")
SHIM = os.path.join(BUILD, "tests/faults/.libs/faults.so")
LIBS = os.path.join(BUILD, "libsriov/.libs")
ROOT = os.path.join(SRC, "fixtures/cause-ari-forwarding-missing/root")
LOG = os.path.join(SRC, "fixtures/trap-guest-azure/root/dmesg")
SESSION = os.path.join(SRC, "fixtures/cause-numvfs-already-nonzero-errno/root/transcript")
FULL = os.environ.get("FAULTS_FULL")  # every point; else at most POINTS of each kind, evenly spread
POINTS = 40
bad = []
runs = 0


def tool(name):
    return os.path.join(BUILD, "tools/.libs", name)


def run(args, tmp, stdout=subprocess.PIPE, **faults):
    """status, stdout, stderr, counters (None where the process did not come to its end)"""
    global runs
    runs += 1
    report = os.path.join(tmp, "counts")
    if os.path.exists(report):
        os.unlink(report)
    env = dict(os.environ, LC_ALL="C", LD_PRELOAD=SHIM, LD_LIBRARY_PATH=LIBS, FAULT_REPORT=report)
    env.update({key: str(value) for key, value in faults.items()})
    p = subprocess.run([tool(args[0])] + args[1:], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, env=env, timeout=120,
                       check=False)
    try:
        with open(report, encoding="ascii") as f:
            counts = [int(word) for word in f.read().split()]
    except (OSError, ValueError):
        counts = None
    return p.returncode, p.stdout or b"", p.stderr, counts


def points(n):
    return range(n) if FULL or n <= POINTS else sorted({i * n // POINTS for i in range(POINTS)})


def fail(args, how, why):
    bad.append(f"{' '.join(args)}: {how}: {why}")


def sound(args, how, got, whole, counts):
    """What holds whatever failed."""
    status, _, err, now = got
    if status not in (0, 1, 2, 3) or now is None:
        fail(args, how, f"status {status}: {err[-200:]!r}")
        return False
    if now[3]:
        fail(args, how, f"{now[3]} of our allocations are never freed")
    elif now[4] > counts[4] and now[5] == 1:  # what libxml2 and libarchive lose when they lack memory themselves is theirs
        fail(args, how, f"{now[4]} allocations are never freed, {counts[4]} are without a fault")
    if status == 2 and whole[0] != 2 and not err.strip():
        fail(args, how, "status 2 without a word")
    return True


def each_allocation(args, tmp, whole, output=None):
    for key, i in [("FAULT_ALLOC", i) for i in points(whole[3][0])] + [("FAULT_CHILD_ALLOC", i) for i in points(whole[3][6])]:
        got = run(args, tmp, **{key: i})
        how = f"{'the child' if 'CHILD' in key else ''} allocation {i} failed".strip()
        if not sound(args, how, got, whole, whole[3]):
            continue
        if got[0] not in ((2, 3) if "nagios" in args else (2,)) and got[:2] != whole[:2]:
            fail(args, how, f"status {got[0]} and another report than with all memory")
        check_output(args, how, got, output)


def each_read(args, tmp, whole, output=None):
    total = run(args, tmp, FAULT_READ=10**9, FAULT_KIND=errno.EIO)[3][1]
    short = run(args, tmp, FAULT_READ=10**9, FAULT_KIND=0)[3][1]
    for kind, n in ((0, short), (errno.EINTR, total), (errno.EIO, total), (errno.EACCES, total)):
        for i in points(n):
            got = run(args, tmp, FAULT_READ=i, FAULT_KIND=kind)
            how = f"read {i} {'cut to a byte' if not kind else errno.errorcode[kind]}"
            if not sound(args, how, got, whole, whole[3]):
                continue
            if kind in (0, errno.EINTR):
                if got[:2] != whole[:2] and not got[2]:
                    fail(args, how, "a read that was cut or interrupted changes the report, and nobody says so")
            elif got[0] != 2 and got[:2] != whole[:2] and os.strerror(kind).encode() not in got[1] + got[2]:
                fail(args, how, "another report, and nobody says why")
            check_output(args, how, got, output)


def each_write(args, tmp, whole, output=None):
    total = run(args, tmp, FAULT_WRITE=10**9, FAULT_KIND=errno.EIO)[3][7]
    for kind in (0, errno.EINTR, errno.ENOSPC):
        for i in points(total):
            got = run(args, tmp, FAULT_WRITE=i, FAULT_KIND=kind)
            how = f"write {i} {'cut to a byte' if not kind else errno.errorcode[kind]}"
            if not sound(args, how, got, whole, whole[3]):
                continue
            if kind == errno.ENOSPC and got[3][2] and got[0] != 2:
                fail(args, how, f"status {got[0]}")
            if got[0] != 2 and got[:2] != whole[:2]:
                fail(args, how, "another report")
            check_output(args, how, got, output)


def complete(name, content):
    """Another report, of evidence that could not be read, but one with its end."""
    if name.endswith(".gz"):
        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            return tar.getnames()[-1] == ".sriov-capture"
    return content.endswith((b"</html>\n", b"</sriov-report>\n"))


def check_output(args, how, got, output):
    """A file is the whole report or is not there; nothing else stays behind."""
    if not output:
        return
    there = sorted(os.listdir(os.path.dirname(output[0])))
    strangers = [name for name in there if name != os.path.basename(output[0])]
    if strangers:
        fail(args, how, f"left behind: {there}")
    if there and os.path.exists(output[0]):
        with open(output[0], "rb") as f:
            content = f.read()
        if content != output[1] and (not got[2] or not complete(output[0], content)):
            fail(args, how, "the file is not the whole report")
    elif got[0] != 2:
        fail(args, how, f"no file, and status {got[0]}")
    for name in there:
        os.unlink(os.path.join(os.path.dirname(output[0]), name))


def nowhere_to_write(tmp):
    for name in ("sriov-check", "sriov-dump"):
        for form in ("text", "xml", "json", "html"):
            args = [name, "-f", form, ROOT]
            with open("/dev/full", "wb") as full:
                got = run(args, tmp, stdout=full)
            if got[0] != 2 or not got[2].strip():
                fail(args, "full disk", f"status {got[0]}")
            got = run(args[:3] + ["-o", "/dev/full", ROOT], tmp)
            if got[0] != 2 or not got[2].strip():
                fail(args, "-o /dev/full", f"status {got[0]}")
            ends = os.pipe()
            os.close(ends[0])
            got = run(args, tmp, stdout=ends[1])
            os.close(ends[1])
            if got[0] != 2 or not got[2].strip():
                fail(args, "closed pipe", f"status {got[0]}")
    args = ["sriov-dump", "--capture", "/dev/full", ROOT]
    got = run(args, tmp)
    if got[0] != 2 or not got[2].strip():
        fail(args, "full disk", f"status {got[0]}")


def main():
    if not os.path.exists(SHIM) or not glob.glob(os.path.join(LIBS, "libsriov.so*")) or not os.path.exists(tool("sriov-check")):
        print("the shared library or the shim is not built")
        return 77
    with tempfile.TemporaryDirectory() as tmp:
        with open(os.path.join(BUILD, "config.status"), encoding="utf-8", errors="replace") as f:
            if "-fsanitize" in f.read():
                print("a sanitizer has an allocator of its own")
                return 77
        if not os.path.exists("/dev/full") or run(["sriov-check", "--version"], tmp)[3] is None:
            print("nothing can be preloaded here")
            return 77
        tar, hexes, out = (os.path.join(tmp, name) for name in ("root.tar.gz", "dump.txt", "out"))
        os.mkdir(out)
        with tarfile.open(tar, "w:gz") as t:
            t.add(ROOT, arcname=".")
        with open(os.path.join(ROOT, "sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/config"), "rb") as f:
            config = f.read()
        with open(hexes, "w", encoding="ascii") as f:
            f.write("01:00.0 Ethernet controller: Intel Corporation 82576\n")
            for i in range(0, len(config), 16):
                f.write(f"{i:02x}: {config[i:i + 16].hex(' ')}\n")
        expected = os.path.join(tmp, "expected.xml")
        waivers = os.path.join(tmp, "waivers")
        with open(waivers, "w", encoding="ascii") as f:
            f.write("# accepted\n")
        with open(expected, "wb") as f:
            f.write(run(["sriov-dump", "-f", "xml", hexes], tmp)[1])

        commands = [["sriov-check", ROOT], ["sriov-dump", ROOT]]
        commands += [["sriov-check", "-f", form, ROOT] for form in ("xml", "json", "html")]
        commands += [["sriov-check", "-n", "4", tar], ["sriov-check", LOG], ["sriov-dump", "-v", "-f", "json", tar],
                     ["sriov-dump", "--validate", "--waivers", waivers, hexes], ["sriov-dump", "--expect", expected, hexes]]
        if FULL:
            commands += [["sriov-check", "-f", form, ROOT] for form in ("jsonl", "junit", "prometheus", "nfd", "nagios")]
            commands += [["sriov-check", SESSION], ["sriov-dump", "-a", "-v", "-f", "html", ROOT], ["sriov-dump", "--validate", "-f", "junit", hexes]]
        for args in commands:
            whole = run(args, tmp)
            # a plugin has exit statuses of its own: there 2 is a fault of the host
            if whole[0] not in ((0, 1, 2, 3) if "nagios" in args else (0, 1, 3)) or not whole[1] or whole[3] is None or whole[3][3]:
                fail(args, "no fault", f"status {whole[0]}, counters {whole[3]}: {whole[2]!r}")
                continue
            each_allocation(args, tmp, whole)
            each_write(args, tmp, whole)
            if args[1] in (ROOT, LOG) or tar in args or hexes in args:
                each_read(args, tmp, whole)
        for name, args in (("r.html", ["sriov-check", "-o", "{}", ROOT]), ("r.xml", ["sriov-dump", "-o", "{}", tar]),
                           ("c.tar.gz", ["sriov-dump", "--capture", "{}", ROOT])):
            target = os.path.join(out, name)
            args = [arg.replace("{}", target) for arg in args]
            whole = run(args, tmp)
            with open(target, "rb") as f:
                content = f.read()
            os.unlink(target)
            each_allocation(args, tmp, whole, (target, content))
            each_read(args, tmp, whole, (target, content))
            each_write(args, tmp, whole, (target, content))
        nowhere_to_write(tmp)
    print("\n".join(bad[:60] + [f"faults: {runs} points, {len(bad)} wrong"]))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

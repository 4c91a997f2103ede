# SPDX-License-Identifier: GPL-2.0-or-later
"""What bench/run measured, as lines while it runs, as docs/performance.md, and as a plot."""
import math
import os
import platform
import re
import subprocess


def short(seconds):
    return '%.2f s' % seconds if seconds >= 1 else '%.0f ms' % (seconds * 1e3) if seconds >= 0.1 else '%.1f ms' % (seconds * 1e3)


def times(ratio):
    return '%.1f (%.1f–%.1f)' % (ratio['median'], ratio['min'], ratio['max'])


def first_line(args, env=None):
    try:
        return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, text=True).stdout.split('\n')[0]
    except OSError:
        return 'not there'


def grep(path, pattern):
    try:
        with open(path, errors='replace') as f:
            hit = re.search(pattern, f.read(), re.M)
            return hit.group(1).strip() if hit else 'unknown'
    except OSError:
        return 'unknown'


# title, what it says, columns: (head, cell of an entry)
TABLES = {
    'dump': ('Dumps', '`lspci -xxxx` text of N functions with SR-IOV, 4,096 bytes each. The ratio is lspci\'s processor time to ours: median (least–most) of pairs.', [
        ('functions', lambda e: '{:,}'.format(e['functions'])), ('command', lambda e: '`%s`' % e['what']), ('processor', lambda e: short(e['cpu'])),
        ('wall', lambda e: short(e['wall'])), ('MB/s', lambda e: '%.0f' % e['rate']), ('peak', lambda e: '%.0f MiB' % e['peak']),
        ('times faster', lambda e: times(e['ratio']) if 'ratio' in e else '1'), ('wanted', lambda e: '≥ %d' % e['goal'] if e['goal'] else '')]),
    'large': ('Time and memory against N', 'The same dumps, `sriov-dump -a -f xml` and `lspci -F FILE -vvv`; a million comes as a file or through a pipe.', [
        ('functions', lambda e: '{:,}'.format(e['functions'])), ('command', lambda e: e['what'] + (', ' + e['form'] if 'form' in e else '')),
        ('processor', lambda e: short(e['cpu'])), ('peak', lambda e: '%.0f MiB' % e['peak']), ('wanted', lambda e: '≤ %d MiB' % e['goal-peak'] if 'goal-peak' in e else '')]),
    'host': ('A captured host', 'Of 300 functions: 16 ports, 64 PFs, 192 VFs, 28 others; `sriov-check -f xml`.', [
        ('as', lambda e: e['what']), ('wall', lambda e: '%s (%s–%s)' % (short(e['wall']), short(e['min']), short(e['max']))), ('processor', lambda e: short(e['cpu'])),
        ('peak', lambda e: '%.0f MiB' % e['peak']), ('wanted', lambda e: '≤ %s' % short(e['goal']))]),
    'fleet': ('Many captures in one process', '`sriov-check -f jsonl SOURCE...`, hosts of about 23 functions with 500 lines of log.', [
        ('as', lambda e: e['what']), ('captures', lambda e: '{:,}'.format(e['captures'])), ('a second and core', lambda e: '%.0f' % e['rate']),
        ('peak', lambda e: '%.0f MiB' % e['peak']), ('wanted', lambda e: '≥ %d' % e['goal'])]),
    'log': ('Kernel logs', '`sriov-check -f xml LOG`.', [
        ('log', lambda e: e['what']), ('size', lambda e: '%.0f MB' % (e['bytes'] / 1e6)), ('MB/s', lambda e: '%.0f (%.0f–%.0f)' % (e['rate']['median'], e['rate']['min'], e['rate']['max'])),
        ('peak', lambda e: '%.0f MiB' % e['peak']), ('wanted', lambda e: '≥ %d' % e['goal'])]),
    'live': ('A live host', 'The machine that measured. Dwords of configuration space and system calls as strace counts them.', [
        ('command', lambda e: '`%s`' % e['what']), ('functions', lambda e: str(e['functions'])), ('wall', lambda e: short(e['wall'])), ('processor', lambda e: short(e['cpu'])),
        ('system calls', lambda e: str(e.get('calls', 'not traced'))), ('dwords', lambda e: str(e.get('dwords', 'not traced'))),
        ('times faster', lambda e: times(e['ratio']) if 'ratio' in e else '1')]),
    'growth': ('Growth', 'Processor time is N to the power of: the slope over three sizes, both axes logarithmic. 1 is linear.', [
        ('of', lambda e: e['what']), ('sizes', lambda e: ', '.join('{:,}'.format(n) for n, _ in e['points'])), ('processor', lambda e: ', '.join(short(t) for _, t in e['points'])),
        ('exponent', lambda e: '%.2f' % e['exponent']), ('wanted', lambda e: '≤ %.1f' % e['goal'])]),
}


class Results:
    def __init__(self, mode, build):
        self.mode, self.build = mode, build
        self.parts, self.notes, self.facts = {}, [], []

    def machine(self, bench):
        model = grep('/proc/cpuinfo', r'^model name\s*: (.*)')
        self.facts = [
            ('processor', '%s, %d cores' % (model, os.cpu_count() or 1)), ('memory', grep('/proc/meminfo', r'^MemTotal:\s*(.*)')), ('kernel', platform.release()),
            ('load before', '%.2f' % os.getloadavg()[0]),
            ('ours', first_line([bench.tool('sriov-dump'), '--version'], bench.env)), ('lspci', first_line([bench.lspci, '--version']) if bench.lspci else 'not there'),
            ('compiler', first_line([grep(os.path.join(self.build, 'Makefile'), r'^CC = (?:ccache )?(\S+)'), '--version'])),
            ('CFLAGS', grep(os.path.join(self.build, 'Makefile'), r'^CFLAGS = (.*)')), ('data in', os.path.dirname(bench.dir))]
        for name, value in self.facts:
            print('%-12s %s' % (name, value))
        if os.getloadavg()[0] > 0.7:
            self.note('the machine was not quiet: a load of %.2f before the first run' % os.getloadavg()[0])

    def note(self, text):
        self.notes.append(text)
        print('note: ' + text, flush=True)

    def add(self, part, entry):
        if part not in self.parts:
            print('\n%s: %s' % (TABLES[part][0], ' | '.join(head for head, _ in TABLES[part][2])))
        self.parts.setdefault(part, []).append(entry)
        print('  ' + ' | '.join(cell(entry) for _, cell in TABLES[part][2]), flush=True)

    def write(self, out):
        lines = ['# Performance', '', 'Written by `bench/run %s`, side by side with lspci in one run; every figure is a median of runs that take turns.' % self.mode, '']
        lines += ['| | |', '|---|---|'] + ['| %s | %s |' % fact for fact in self.facts] + ['']
        for part, (title, says, columns) in TABLES.items():
            if part not in self.parts:
                continue
            lines += ['## ' + title, '', says, '', '| ' + ' | '.join(head for head, _ in columns) + ' |', '|' + '---|' * len(columns)]
            lines += ['| ' + ' | '.join(cell(entry) for _, cell in columns) + ' |' for entry in self.parts[part]] + ['']
            if part == 'large':
                lines += ['![Processor time and peak memory against the number of functions](performance.svg)', '']
                with open(os.path.join(out, 'performance.svg'), 'w') as f:
                    f.write(plot(self.parts['large']))
        for note in self.notes:
            lines += ['Note: %s.' % note, '']
        with open(os.path.join(out, 'performance.md'), 'w') as f:
            f.write('\n'.join(lines).rstrip('\n') + '\n')


COLORS = {'sriov-dump': '#1f6fb2', 'lspci': '#b2431f'}


def panel(entries, key, x0, title, unit):
    """Both axes logarithmic; decades are lines."""
    width, height, top = 380, 260, 50
    xs, ys = [math.log10(e['functions']) for e in entries], [math.log10(max(e[key], 1e-4)) for e in entries]
    left, right, low, high = math.floor(min(xs)), math.ceil(max(xs)), math.floor(min(ys)), math.ceil(max(ys))

    def at(x, y):
        return x0 + width * (x - left) / max(right - left, 1), top + height * (high - y) / max(high - low, 1)
    out = ['<text x="%d" y="30" font-weight="bold">%s</text>' % (x0, title)]
    for x in range(left, right + 1):
        out.append('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#ddd"/>' % (at(x, low) + at(x, high)))
        out.append('<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>' % (at(x, low)[0], top + height + 18, '{:,}'.format(10 ** x)))
    for y in range(low, high + 1):
        out.append('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#ddd"/>' % (at(left, y) + at(right, y)))
        out.append('<text x="%.1f" y="%.1f" text-anchor="end">%g %s</text>' % (x0 - 6, at(left, y)[1] + 4, 10.0 ** y, unit))
    for name, color in COLORS.items():
        points = sorted((e['functions'], e[key]) for e in entries if e['what'] == name)
        places = [at(math.log10(n), math.log10(max(v, 1e-4))) for n, v in points]
        if not places:
            continue
        out.append('<polyline fill="none" stroke="%s" stroke-width="2" points="%s"/>' % (color, ' '.join('%.1f,%.1f' % p for p in places)))
        out += ['<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>' % (p + (color,)) for p in places]
        out.append('<text x="%.1f" y="%.1f" fill="%s" text-anchor="end">%s</text>' % (places[-1][0] - 6, places[-1][1] - 8, color, name))
    return out


def plot(entries):
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" width="960" height="360" viewBox="0 0 960 360" font-family="sans-serif" font-size="12">',
             '<rect width="960" height="360" fill="#fff"/>']
    lines += panel(entries, 'cpu', 80, 'Processor time of functions in a dump', 's') + panel(entries, 'peak', 560, 'Peak memory', 'MiB')
    return '\n'.join(lines + ['</svg>']) + '\n'

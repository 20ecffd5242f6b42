# SPDX-License-Identifier: Apache-2.0
"""What the daemons are themselves: memory, processor time while idle, time to start."""

import os
import pathlib
import time

from tests.live import cloud

IDLE_SECONDS = 20


def memory(target, _args):
    """Proportional set size of each daemon with all its processes, in MB."""
    sizes = {name: sum(map(_pss_kb, pids)) / 1024 for name, pids in families(target)}
    return {'memory_pss_mb': round(sum(sizes.values())),
            **{f'memory_pss_{name}_mb': round(size) for name, size in sizes.items()}}


def idle(target, _args):
    """Processor time of each daemon with nothing to do, in percent of one CPU."""
    before = {name: cpu_seconds(pids) for name, pids in families(target)}
    time.sleep(IDLE_SECONDS)
    used = {name: (cpu_seconds(pids) - before[name]) / IDLE_SECONDS * 100
            for name, pids in families(target)}
    return {'idle_cpu_percent': round(sum(used.values()), 2),
            **{f'idle_cpu_{name}_percent': round(percent, 2) for name, percent in used.items()}}


def start(target, _args):
    """Seconds from the start of each daemon until it serves; one after the other."""
    found = {}
    for name, daemon in target.cloud.daemons.items():
        daemon.stop()
        begin = time.perf_counter()
        daemon.start()
        daemon.wait_until_it_serves()
        found[f'start_{kind(name)}_s'] = round(time.perf_counter() - begin, 2)
    return found


def kind(name):
    """Answer what kind of daemon has a name."""
    return name if name in cloud.CONTROLLERS else 'compute'


def families(target):
    """Answer (kind of daemon, its processes) of a cloud."""
    return [(kind(daemon.name), family(daemon.pid)) for daemon in target.cloud.daemons.values()]


def family(pid):
    """Answer a process and all that it has started."""
    children = pathlib.Path(f'/proc/{pid}/task').glob('*/children')
    found = [pid]
    for listed in children:
        for child in listed.read_text(encoding='ascii').split():
            found += family(int(child))
    return found


def cpu_seconds(pids):
    """Answer the processor time that processes have used, of user and system."""
    return sum(cpu_times(pids))


def cpu_times(pids):
    """Answer the seconds that processes have used in their program and in the kernel."""
    ticks = [0, 0]
    for pid in pids:
        # After the name, which may have spaces, come the fields from the third on.
        fields = pathlib.Path(f'/proc/{pid}/stat').read_text(encoding='ascii').rsplit(')')[-1]
        ticks = list(map(sum, zip(ticks, map(int, fields.split()[11:13]), strict=True)))
    return tuple(each / os.sysconf('SC_CLK_TCK') for each in ticks)


def _pss_kb(pid):
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(encoding='ascii').splitlines():
        if line.startswith('Pss:'):
            return int(line.split()[1])
    raise OSError(f'process {pid} tells no Pss')

# SPDX-License-Identifier: Apache-2.0
"""What the daemons are themselves: memory, processor time while idle, time to start."""

import os
import pathlib
import time

from tests.live import cloud

IDLE_SECONDS = 20


def memory(target, _args):
    """Proportional set size of each daemon with all its processes, in MB."""
    sizes = {name: sum(map(_pss_kb, pids)) / 1024 for name, pids in _processes(target)}
    return {'memory_pss_mb': round(sum(sizes.values())),
            **{f'memory_pss_{name}_mb': round(size) for name, size in sizes.items()}}


def idle(target, _args):
    """Processor time of each daemon with nothing to do, in percent of one CPU."""
    before = {name: _cpu_seconds(pids) for name, pids in _processes(target)}
    time.sleep(IDLE_SECONDS)
    used = {name: (_cpu_seconds(pids) - before[name]) / IDLE_SECONDS * 100
            for name, pids in _processes(target)}
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
        found[f'start_{_kind(name)}_s'] = round(time.perf_counter() - begin, 2)
    return found


def _kind(name):
    return name if name in cloud.CONTROLLERS else 'compute'


def _processes(target):
    return [(_kind(daemon.name), _family(daemon.pid)) for daemon in target.cloud.daemons.values()]


def _family(pid):
    """Answer a process and all that it has started."""
    children = pathlib.Path(f'/proc/{pid}/task').glob('*/children')
    found = [pid]
    for listed in children:
        for child in listed.read_text(encoding='ascii').split():
            found += _family(int(child))
    return found


def _cpu_seconds(pids):
    """Answer the processor time that processes have used, of user and system."""
    ticks = 0
    for pid in pids:
        # After the name, which may have spaces, come the fields from the third on.
        fields = pathlib.Path(f'/proc/{pid}/stat').read_text(encoding='ascii').rsplit(')')[-1]
        ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf('SC_CLK_TCK')


def _pss_kb(pid):
    for line in pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(encoding='ascii').splitlines():
        if line.startswith('Pss:'):
            return int(line.split()[1])
    raise OSError(f'process {pid} tells no Pss')

# SPDX-License-Identifier: Apache-2.0
"""What is told of a daemon without being measured: what it is, and what its processes use."""

import os

from prometheus_client import metrics_core, process_collector

from nova_lite import concurrency, version

WORKER = 'worker'


class Facts:
    """Told anew each time that the page is read.

    :param binary: name of the daemon
    :param processes: answers number -> process id of its workers
    """

    def __init__(self, binary, processes):
        self._binary = binary
        self._processes = processes

    def collect(self):
        """Answer them as the library wants them."""
        build = metrics_core.GaugeMetricFamily(
            'nova_lite_build_info', 'What runs here; the value is always 1.',
            labels=('binary', 'version', 'threads'))
        build.add_metric((self._binary, version.version_string(), concurrency.kind()), 1)
        processes = self._processes()
        yield build
        yield metrics_core.GaugeMetricFamily(
            'nova_lite_workers', 'Processes of this daemon that serve.', value=len(processes))
        yield from _used_by(processes)


def alone():
    """Answer the processes of a daemon that is one."""
    return {0: os.getpid()}


def _used_by(processes):
    """Answer the figures that Prometheus's libraries have of every process, by worker."""
    families = {}
    for number, pid in processes.items():
        collector = process_collector.ProcessCollector(pid=lambda pid=pid: pid, registry=None)
        for found in collector.collect():
            family = families.setdefault(
                found.name, metrics_core.Metric(found.name, found.documentation, found.type))
            for sample in found.samples:
                family.add_sample(sample.name, {WORKER: str(number)}, sample.value)
    return families.values()

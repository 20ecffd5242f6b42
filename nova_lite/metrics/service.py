# SPDX-License-Identifier: Apache-2.0
"""Measuring as one of a daemon's services: from its start on, with a page of its own.

cmd/daemon.py puts it before the others, so that they are measured from their first step.
nova_lite/process.py runs it in each process; the page's socket is bound before they
are forked. Under a foreign server each process binds for itself.
"""

import prometheus_client
from oslo_config import cfg
from oslo_log import log

from nova_lite import metrics
from nova_lite.metrics import address, facts, page, recorder, shared

CONF = cfg.CONF
LOG = log.getLogger(__name__)


class Service:
    """The figures of one daemon and their page.

    :param binary: its name
    :param processes: how many there are; None if others decide that
    :param sock: where the page is asked for
    """

    def __init__(self, binary, processes, sock):
        self._binary = binary
        self._address = address.of(binary)
        self._figures = None if processes == 1 else shared.Figures(address.directory(binary))
        self._socket = sock
        self._page = None

    def start(self):
        """Measure what this process does from now on, and answer the page."""
        registry = prometheus_client.CollectorRegistry()
        processes = facts.alone
        if self._figures is None:
            kept = recorder.Recorder(registry)
        else:
            self._figures.join()
            kept = recorder.Recorder()
            registry.register(self._figures)
            processes = self._figures.processes
        registry.register(facts.Facts(self._binary, processes))
        metrics.record_with(kept)
        self._page = page.Page(self._socket, registry)
        self._page.start()
        LOG.info('%s tells its figures at %s:%s', self._binary, *self._address)

    def stop(self):
        """Nothing yet: what the other services do to their end is told too."""

    def wait(self):
        """Tell no more."""
        if self._page is not None:
            self._page.stop()
            metrics.record_with(None)
        if self._figures is not None:
            self._figures.leave()

    def reset(self):
        """Nothing: address and directory are those of the start."""


def start_foreign(binary):
    """Measure in a process that somebody else has forked; answer the service."""
    service = Service(binary, None, address.listen(binary, reuse_port=True))
    service.start()
    return service

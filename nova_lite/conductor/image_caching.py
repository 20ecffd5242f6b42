# SPDX-License-Identifier: Apache-2.0
"""Has the hosts of an aggregate fetch images ahead of time, so many hosts at once.

The request was checked by nova_lite/compute/requests/image_caching.py; the host's part is
nova_lite/compute/image_fetching.py. Nothing is recorded: what a conductor that stops has
not begun is not done, and asking again does what is missing.
"""

import threading

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception
from nova_lite.objects import base as objects_base
from nova_lite.states import image_cache as states

LOG = log.getLogger(__name__)
CONF = cfg.CONF

COMPUTE = 'nova-lite-compute'


def in_background(work):
    """Run something that may take hours; the end of the process does not wait for it."""
    threading.Thread(target=work, name='image-caching', daemon=True).start()


class Caching:
    """One request.

    :param ask: called with context, host and the ids, answers what the host has done
    """

    def __init__(self, context, aggregate_id, image_ids, ask):
        self._context = context
        self._image_ids = image_ids
        self._ask = ask
        self._aggregate = objects_base.store('aggregates').get(context, aggregate_id)
        self._waiting = list(self._aggregate['hosts'])
        self._total = len(self._waiting)
        self._done = 0
        self._lock = threading.Lock()

    def begin(self):
        """Begin with as many hosts as may fetch at once."""
        if not self._total:
            self._tell_end()
        for _ in range(min(CONF.image_cache.precache_concurrency, self._total)):
            in_background(self._work)

    def _work(self):
        with nova_context.afresh():
            self._context.update_store()
            while (host := self._next()) is not None:
                self._have_fetched(host)

    def _have_fetched(self, host):
        results = self._results_of(host)
        cached = [image for image, result in results.items() if result in states.SUCCESSES]
        failed = sorted(set(self._image_ids) - set(cached))
        level = LOG.warning if failed else LOG.info
        level('Images for aggregate %s on host %s: %d are there, %d are not',
              self._aggregate['id'], host, len(cached), len(failed))
        self._note(host, cached, failed)

    def _next(self):
        with self._lock:
            return self._waiting.pop(0) if self._waiting else None

    def _results_of(self, host):
        try:
            if not self._is_up(host):
                LOG.warning('Host %s is down and fetches no images', host)
                return {}
            return self._ask(self._context, host, self._image_ids)
        except exception.NovaLiteException as error:
            LOG.error('Host %s has fetched no images: %s', host, error)
            return {}

    def _is_up(self, host):
        return objects_base.store('services').get_by_host(self._context, host, COMPUTE)['is_up']

    def _note(self, host, cached, failed):
        with self._lock:
            self._done += 1
            done = self._done
        objects_base.store('aggregates').tell_caching_progress(
            self._context, self._aggregate,
            {'host': host, 'images_cached': cached, 'images_failed': failed, 'index': done,
             'total': self._total})
        if done == self._total:
            self._tell_end()

    def _tell_end(self):
        objects_base.store('aggregates').tell_caching_end(self._context, self._aggregate)

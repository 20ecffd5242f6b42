# SPDX-License-Identifier: Apache-2.0
"""The enabled filters, then the sum of the weights."""

import random

import os_resource_classes as orc
from oslo_config import cfg

from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import filters, weights
from nova_lite.scheduler.drivers import base
from nova_lite.scheduler.weights import base as weighing

CONF = cfg.CONF


class FilterScheduler(base.Driver):
    """Filters and weighers of the configuration."""

    def __init__(self):
        self._enabled = filters.enabled()
        self._demanded = filters.demanded()
        self._weighers = weights.configured()

    def filters_for(self, request):
        """A forced host passes by the filters, not by what a claim demands."""
        return self._demanded if request.forced else self._enabled

    def needs_for(self, request, aggregates):
        """What filters and weighers need; multipliers may come from aggregates."""
        weighers = [one for one in self._weighers
                    if one.counts(aggregates) and one.concerns(request)]
        return super().needs_for(request, aggregates).union(
            {Fact.AGGREGATES} if self._weighers else (), *(one.needs for one in weighers))

    @property
    def ranking(self):
        """The class that counts most."""
        multipliers = {weigher.resource_class: weigher.multiplier for weigher in self._weighers
                       if weigher.resource_class}
        name = max(multipliers, key=lambda name: abs(multipliers[name]), default=orc.MEMORY_MB)
        return name, multipliers.get(name, 0) < 0

    def best_first(self, request, hosts):
        """Sort by weight; chance decides among the best, as far as it is configured to."""
        return self.ranking_of(request, hosts).hosts

    def ranking_of(self, request, hosts):
        """Sort by weight, and tell the weights."""
        weights_of, shares = weighing.weights_of(self._weighers, request, hosts)
        order = sorted(range(len(hosts)), key=weights_of.__getitem__, reverse=True)
        if CONF.filter_scheduler.shuffle_best_same_weighed_hosts:
            _mix_the_best(order, weights_of)
        _draw(order, CONF.filter_scheduler.host_subset_size)
        return base.Ranking([hosts[index] for index in order],
                            [weights_of[index] for index in order], shares)


def _mix_the_best(order, weights_of):
    """Shuffle the hosts at the front that share the best weight."""
    best = weights_of[order[0]]
    number = next((position for position, index in enumerate(order) if weights_of[index] != best),
                  len(order))
    order[:number] = random.sample(order[:number], number)


def _draw(order, subset_size):
    """Put one of the best at the front, drawn at random."""
    drawn = random.randrange(min(subset_size, len(order)))
    order.insert(0, order.pop(drawn))

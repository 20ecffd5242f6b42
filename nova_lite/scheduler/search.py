# SPDX-License-Identifier: Apache-2.0
"""The hosts that a request could go to, read with all that its filters and weighers look at.

selection.py made the request; what is found here is consumed by plan.py.
"""

import dataclasses

from oslo_config import cfg

from nova_lite.db.stores import candidates, scheduling_facts
from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import claim, groups, host_state

CONF = cfg.CONF


@dataclasses.dataclass(frozen=True)
class Found:
    """What a choice is made of; both are the choice's own, to count picks in.

    :ivar limited: whether there may be more hosts than these
    """

    request: object
    hosts: list
    limited: bool = False


class Search:
    """Of one request.

    :ivar filters: those that say something about it
    """

    def __init__(self, context, driver, request, aggregates):
        """:param aggregates: the process's aggregates.Aggregates"""
        self.context = context
        self.driver = driver
        self.request = request
        self.filters = [one for one in driver.filters_for(request) if one.concerns(request)]
        self._aggregates = aggregates

    def look_at_group(self, newcomers):
        """Read where the members of the request's server group are at present.

        :param newcomers: uuids of the servers that are being placed
        """
        named = self.request.hint(groups.HINT)
        if named and Fact.GROUP in self._needs():
            self.request = dataclasses.replace(
                self.request, group=groups.read(self.context, named[0], newcomers))

    def likeliest(self):
        """Answer the hosts with the most room; None if that is no way to find them."""
        ranking, limit = self.driver.ranking, CONF.scheduler.max_placement_results
        narrow = self._cut()
        # Named hosts are few, and reading the index in search of them is long.
        if ranking is None or narrow.hosts is not None or narrow.nodes is not None:
            return None
        return self._find(dataclasses.replace(
            narrow, freest=ranking[0], fullest_first=ranking[1], limit=limit))

    def all_with_room(self):
        """Answer all hosts that are not excluded by what SQL can tell."""
        return self._find(self._cut())

    def all_there_are(self, *, named_only=True, facts=frozenset()):
        """Answer all hosts, also those that are out of the question, to explain that.

        :param named_only: only those that the request names, if it does
        :param facts: to be read beside what filters and weighers look at
        """
        hosts = self.request.hosts if named_only else None
        return self._read(lambda needed: candidates.every(
            self.context, self.request.amounts, hosts, needed, self.request.asked_traits),
            {Fact.SERVICE, *facts})

    def group_rule(self, hosts):
        """Answer what the claim has to check again; None if there is nothing.

        :param hosts: consumer -> host
        """
        group = self.request.group
        if group is None or not group.is_strict:
            return None
        if not any(Fact.GROUP in one.needs for one in self.filters):
            return None
        return claim.GroupRule(self.request.hint(groups.HINT)[0], group.id, hosts)

    def _needs(self):
        return self.driver.needs_for(self.request, self._aggregates.known)

    def _cut(self):
        cut = self.request.cut()
        for condition in self.filters:
            cut = condition.narrow(self.request, cut)
        return cut

    def _find(self, cut):
        found = self._read(lambda facts: candidates.matching(
            self.context, dataclasses.replace(cut, facts=facts)))
        return dataclasses.replace(
            found, limited=cut.limit is not None and len(found.hosts) >= cut.limit)

    def _read(self, read, always=frozenset()):
        """Make hosts of rows.

        Aggregates may give weight to what nobody looked at before; then the
        rows are read once more.

        :param read: function of facts that answers rows
        :param always: facts that it is asked for in any case
        """
        while True:
            facts = self._needs() | always
            rows = read(facts)
            hosts = host_state.from_rows(
                rows, candidates.resource_classes(self.request.amounts), facts)
            if not rows or self._put_into_aggregates(hosts, rows[0], facts):
                break
        if Fact.IMAGES in facts and hosts:
            self._add_images(hosts)
        return Found(self.request.for_a_choice(), hosts)

    def _put_into_aggregates(self, hosts, row, facts):
        """Answer whether all is known that is needed now."""
        if Fact.AGGREGATES not in facts:
            return True
        snapshot = self._aggregates.at(self.context, row.aggregates)
        if snapshot.by_host:
            for host in hosts:
                host.aggregates = snapshot.of(host.host)
        return self._needs() <= facts

    def _add_images(self, hosts):
        images = scheduling_facts.images_on(self.context, {host.host for host in hosts})
        for host in hosts:
            host.images = images.get(host.host, ())

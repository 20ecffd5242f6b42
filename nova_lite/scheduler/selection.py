# SPDX-License-Identifier: Apache-2.0
"""Select destinations: candidates, filters, order, claim, alternates, record.

The conductor asks (conductor/tasks/build.py); it holds the operation's lease.
"""

import collections
import dataclasses
import math

from oslo_config import cfg
from oslo_log import log

from nova_lite import context as nova_context
from nova_lite import exception, metrics, objects
from nova_lite.db.stores import candidates, decisions, inventories
from nova_lite.metrics import catalogue
from nova_lite.scheduler import aggregates, claim, decision, drivers, groups, plan, search
from nova_lite.scheduler import request as requests
from nova_lite.scheduler.filters import compute, different_host, same_host

LOG = log.getLogger(__name__)
CONF = cfg.CONF

ROUNDS = 25
"""Times that a choice is made anew because others were quicker with the claim."""

ROUNDS_OF_A_GROUP = 200
"""The same for a server group: each member that is placed makes the others choose anew."""


class Selector:
    """Answers requests; keeps the configured driver, and a copy of the aggregates.

    :param patience: answers the seconds for which hosts that count as down may still report:
        after an outage they are given one time to live, as by operations/sweep.py
    """

    def __init__(self, patience=lambda: 0):
        self._patience = patience
        self.driver = drivers.configured()
        self.aggregates = aggregates.Aggregates()

    def select(self, context, spec, lease, consumers, *, exclude=(), release_first=False):
        """Choose and claim a node for each consumer, for all of them or none.

        :param lease: claim.Lease
        :param exclude: [host, node] pairs that are out
        :param release_first: what the consumers hold on excluded nodes is
            released in the transaction of the new claim
        :returns: list of objects.Selection in the order of the consumers; what
            a consumer holds already from an earlier call is its selection
        :raises NoValidHost: if not all find room; says what stands against it
        """
        with metrics.timed(catalogue.DECISIONS):
            request = with_hosts_of_hints(context, requests.of_spec(spec, exclude))
            task = _Task(search.Search(context, self.driver, request, self.aggregates),
                         lease, list(consumers), self._patience())
            if release_first:
                task.look_for_claims_to_replace()
            return task.run()


def with_hosts_of_hints(context, request):
    """Add where the servers run that the hints name."""
    named = {*request.hint(same_host.HINT), *request.hint(different_host.HINT)}
    if not named:
        return request
    return dataclasses.replace(request, hosts_by_server=candidates.hosts_of(context, named))


@dataclasses.dataclass(frozen=True)
class _Choice:
    """A plan, and what it was made of.

    :ivar considered: hosts that were looked at
    :ivar causes: name of a cause -> hosts of them that it excluded
    """

    plan: plan.Plan
    considered: int
    causes: collections.Counter


class _Task:
    """One call of ``select``.

    :ivar answers: consumer -> objects.Selection of what is claimed so far
    :ivar replaced: consumer -> node id of older claims that go with the new ones
    """

    def __init__(self, search_, lease, consumers, patience):
        self.search = search_
        self.context = search_.context
        self.request = search_.request
        self.lease = lease
        self.consumers = consumers
        self.patience = patience
        self.answers = {}
        self.replaced = {}

    @property
    def waiting(self):
        return [uuid for uuid in self.consumers if uuid not in self.answers]

    def look_for_claims_to_replace(self):
        """Take claims on other nodes for answers: an earlier call of the same retry made them."""
        for uuid, row in inventories.held(self.context, self.consumers).items():
            if (row.host, row.node) in self.request.tried:
                self.replaced[uuid] = row.node_id
            else:
                self.answers[uuid] = _selection(self.context, row)

    def run(self):
        """Choose and claim until everybody has a node."""
        rounds = ROUNDS_OF_A_GROUP if self.request.hint(groups.HINT) else ROUNDS
        for _round in range(rounds):
            if not self.waiting:
                return [self.answers[uuid] for uuid in self.consumers]
            choice = self._choose()
            if len(choice.plan.picks) < len(self.waiting):
                if not self._adopt():
                    self._fail_if_nothing_fits(choice.considered)
            else:
                self._claim(choice)
        raise exception.NoValidHost(
            reason='Hosts fill up faster than room can be claimed; try again in a moment.')

    def _choose(self):
        """Plan with the likeliest hosts; with all of them if those are too few."""
        self.search.look_at_group(self.consumers)
        found = self.search.likeliest()
        if found is not None:
            choice = self._plan(found)
            if len(choice.plan.picks) == len(self.waiting) or not found.limited:
                return choice
        return self._plan(self.search.all_with_room())

    def _plan(self, found):
        causes = collections.Counter()
        hosts = plan.passing(self.search.filters, found.request, found.hosts, causes)
        return _Choice(plan.picks_for(self.search.driver, found.request, hosts,
                                      len(self.waiting)), len(found.hosts), causes)

    def _claim(self, choice):
        """Claim what was chosen; leave the answers as they are if somebody was quicker."""
        chosen = dict(zip(self.waiting, choice.plan.picks, strict=True))
        selections = {
            uuid: _selection(self.context, pick, plan.alternates_for(
                pick, choice.plan.ranked, CONF.scheduler.max_attempts - 1))
            for uuid, pick in chosen.items()}
        claims = [inventories.Claim(uuid, pick.node_id, self.request.amounts)
                  for uuid, pick in chosen.items()]
        try:
            claim.take(self.context, self.lease, claims, replaced=self.replaced,
                       decision=self._record(choice, selections),
                       group=self.search.group_rule(
                           {uuid: pick.host for uuid, pick in chosen.items()}))
        except exception.ClaimRefused as refusal:
            metrics.count(catalogue.CLAIMS_REFUSED)
            LOG.debug('Choosing again for %s: %s', ', '.join(chosen), refusal)
        except exception.AlreadyClaimed:
            self._adopt()
        else:
            self.answers.update(selections)
            for uuid, selection in selections.items():
                metrics.count(catalogue.SERVERS_PLACED)
                self._tell(uuid, 'chose %s (%s) of %d host(s) looked at', selection.host,
                           selection.node, choice.considered)

    def _tell(self, uuid, text, *values):
        """Log a line of the decision on one of the servers."""
        with nova_context.about(self.context, uuid):
            LOG.info(f'Operation %s: {text}', self.lease.operation_id, *values)

    def _adopt(self):
        """Take claims that an earlier call made for answers; True if there were any."""
        found = {uuid: row for uuid, row in inventories.held(self.context, self.waiting).items()
                 if self.replaced.get(uuid) != row.node_id}
        self.answers.update({uuid: _selection(self.context, row) for uuid, row in found.items()})
        return bool(found)

    def _fail_if_nothing_fits(self, considered):
        """Find out what stands against every host, record it and say it.

        Returns only if there is room meanwhile.

        :raises NoValidHost: if there is not
        :raises HostsNotHeardOf: if hosts that count as down may still report
        """
        wanted = len(self.waiting)
        seen = self.search.all_there_are()
        placed = len(self._plan(seen).plan.picks)
        if placed == wanted:
            return
        found = decision.explain(self.search.filters, seen.request, seen.hosts)
        down = found.out.get(compute.DOWN.name)
        if down and self.patience > 0:
            raise exception.HostsNotHeardOf(
                down=down.count, total=found.total, seconds=math.ceil(self.patience))
        figures = {'placed': placed, 'wanted': wanted}
        details = decision.reason_for_operator(found, self.request, **figures)
        decisions.add(self.context, {
            **self._common(considered), 'causes': found.record(), 'selections': [],
            'message': details})
        for uuid in self.waiting:
            self._tell(uuid, 'found no host: %s', details)
        raise exception.NoValidHost(
            reason=decision.reason_for_user(found, self.request, **figures), details=details)

    def _record(self, choice, selections):
        return {**self._common(choice.considered), 'causes': dict(choice.causes),
                'message': None,
                'selections': [{'consumer': uuid, 'host': chosen.host, 'node': chosen.node,
                                'alternates': chosen.alternates, **({'why': why} if why else {})}
                               for (uuid, chosen), why in zip(
                                   selections.items(), choice.plan.reasons, strict=True)]}

    def _common(self, considered):
        return {'operation_id': self.lease.operation_id, 'project_id': self.request.project_id,
                'request': decision.kept_of(self.request.summary(), len(self.waiting)),
                'considered': considered}


def _selection(context, row, alternates=()):
    return objects.Selection(context, host=row.host, node=row.node, alternates=list(alternates))

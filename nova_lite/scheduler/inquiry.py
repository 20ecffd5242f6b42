# SPDX-License-Identifier: Apache-2.0
"""Questions to the scheduler that claim and write nothing: explain, what if.

Asked by admins through the API (manager.py, rpcapi.py) and by
nova-lite-manage, which does without the daemon. The number of statements does
not depend on the number of hosts.
"""

import dataclasses

from nova_lite import exception, objects
from nova_lite.db.stores import decisions, instances, inventories, scheduling_records
from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import decision, explain, search, selection, what_if, wish
from nova_lite.scheduler import request as requests

READ = frozenset({Fact.GUESTS, Fact.WORK, Fact.SERVERS, Fact.AGGREGATES})
"""Of each host in any case: another request, which is tried, may need it."""

NEWEST = 1


@dataclasses.dataclass(frozen=True)
class Subject:
    """What is to be explained: one of these.

    :ivar decision_id: of a decision that was made
    :ivar server_id: the newest decision on a server
    :ivar operation_id: the newest one of an operation
    :ivar request_id: the newest one of a user's request
    """

    decision_id: int | None = None
    server_id: str | None = None
    operation_id: int | None = None
    request_id: str | None = None

    def __str__(self):
        return ', '.join(f'{name.removesuffix("_id")} {value}'
                         for name, value in dataclasses.asdict(self).items() if value is not None)


class Inquiry:
    """Answers questions with a driver and the process's copy of the aggregates."""

    def __init__(self, driver, aggregates):
        self.driver = driver
        self._aggregates = aggregates

    def explain(self, context, subject, question):
        """Answer what the scheduler would decide now on what it has decided before.

        The servers of that decision count as if they were not there.

        :param subject: Subject
        :param question: explain.Question; its count is the decision's
        :raises DecisionNotFound: if there is none
        """
        row = self._decision(context, subject)
        if row is None:
            raise exception.DecisionNotFound(what=str(subject))
        spec, tried = spec_of(context, row)
        consumers = [one['consumer'] for one in row['selections']]
        if subject.server_id:
            # It is asked about now, on every host; and about this server alone.
            consumers, tried = [subject.server_id], []
            count = 1
        else:
            count = row['request'].get('count') or len(consumers) or 1
        asked = _Asked(spec, tried, consumers, what_if.Supposed())
        found = self._answer(context, asked, dataclasses.replace(question, count=count))
        return {**found, 'decision': row.get('id')}

    def what_if(self, context, spec, supposed, question):
        """Answer where servers would go in a cloud that is supposed.

        :param spec: objects.RequestSpec
        :param supposed: what_if.Supposed
        :param question: explain.Question
        :raises InvalidInput: if what is supposed contradicts what there is
        """
        return self._answer(context, _Asked(spec, [], [], supposed), question)

    @staticmethod
    def _decision(context, subject):
        """Answer the record; one made of the server if its decisions are archived."""
        if subject.decision_id is not None:
            return decisions.get(context, subject.decision_id)
        wanted = decisions.Wanted(server_id=subject.server_id, request_id=subject.request_id,
                                  operation_id=subject.operation_id)
        rows = decisions.listing(context, wanted, limit=NEWEST)
        if rows or not subject.server_id:
            return next(iter(rows), None)
        instance = objects.Instance.from_row(context, instances.get_by_uuid(
            context, subject.server_id, read_deleted=True))
        spec = objects.RequestSpec.for_instance(context, instance, {})
        return {'project_id': spec.project_id, 'selections': [],
                'request': requests.of_spec(spec, []).summary()}

    def _answer(self, context, asked, question):
        request = selection.with_hosts_of_hints(
            context, requests.of_spec(asked.spec, asked.tried))
        seeking = search.Search(context, self.driver, request, self._aggregates)
        seeking.look_at_group(asked.consumers)
        found = seeking.all_there_are(named_only=False, facts=READ)
        inventory = {}
        if asked.supposed.needs_inventories:
            inventory = scheduling_records.inventory(context)
        hosts = what_if.apply(asked.supposed, found.hosts, inventory)
        _give_back(context, asked.consumers, hosts)
        _tell_of_services(context, hosts)
        return {'request': decision.kept_of(request.summary(), question.count),
                **explain.answer(self.driver, found.request, hosts, question)}


@dataclasses.dataclass(frozen=True)
class _Asked:
    """What is looked at.

    :ivar tried: [host, node] pairs on which the servers failed
    :ivar consumers: servers that count as if they were not there
    """

    spec: object
    tried: list
    consumers: list
    supposed: what_if.Supposed


def _give_back(context, consumers, hosts):
    """Count what servers hold as free."""
    if not consumers:
        return
    of_node = {host.node_id: host for host in hosts}
    for _consumer, node_id, amounts in inventories.amounts_held(context, consumers):
        host = of_node.get(node_id)
        if host is not None:
            host.num_instances -= 1
            for resource_class in amounts.keys() & host.rooms.keys():
                host.rooms[resource_class].free += amounts[resource_class]


def _tell_of_services(context, hosts):
    """Add why hosts are disabled and since when they are silent, if any are."""
    quiet = [host for host in hosts if host.disabled or not host.is_seen]
    if not quiet:
        return
    services = scheduling_records.services_without_servers(context)
    for host in quiet:
        row = services.get(host.host)
        if row is not None:
            host.disabled_reason = host.disabled_reason or row.disabled_reason
            host.last_seen_at = row.last_seen_at and f'{row.last_seen_at:%Y-%m-%d %H:%M:%S} UTC'


def spec_of(context, row):
    """Answer (RequestSpec, [host, node] pairs that were tried) of a decision's record.

    Amounts are put in a flavor: whatever they were made of, they come out again.
    """
    kept = row['request']
    forced = kept.get('forced', False)
    hosts, nodes = kept.get('hosts', []), kept.get('nodes', [])
    spec = objects.RequestSpec(
        context, project_id=row['project_id'] or '', flavor=_flavor_of(kept),
        image=_image_of(kept), availability_zone=kept.get('zone'),
        force_hosts=hosts if forced else [], force_nodes=nodes if forced else [],
        ignore_hosts=kept.get('ignored_hosts', []), scheduler_hints=kept.get('hints', {}))
    if not forced:
        spec.requested_destination = objects.Destination(
            context, host=next(iter(hosts), None), node=next(iter(nodes), None))
    return spec, kept.get('tried', [])


def _flavor_of(kept):
    amounts = kept['amounts']
    return objects.Flavor(**{
        **wish.SPARE, 'name': kept.get('flavor') or '', 'memory_mb': amounts.get('MEMORY_MB', 0),
        'vcpus': amounts.get('VCPU', 0), 'root_gb': amounts.get('DISK_GB', 0),
        'extra_specs': kept.get('extra_specs', {})})


def _image_of(kept):
    """Answer as much of the image as was kept; without one, there are no properties either."""
    if not kept.get('image'):
        return None
    image = objects.ImageMeta(id=kept['image'], properties=kept.get('image_properties', {}))
    image.obj_set_defaults()
    return image

# SPDX-License-Identifier: Apache-2.0
"""Statements, messages and bytes of an operation, as database and broker count them."""

import time

from tests.bench import boots

IDLE_SECONDS = 15
BOOTS_COUNTED = 50
GETS_COUNTED = 100


def counts(target, _args):
    """Count a boot, a look at a server and a delete, without what idling explains."""
    warm = [boots.create(target, f'warm-{number}') for number in range(2)]
    for server in warm:
        target.client.wait_until_active(server)
    idle = _Counters(target)
    time.sleep(IDLE_SECONDS)
    idle = idle.since()
    gets = _Counters(target)
    for _number in range(GETS_COUNTED):
        target.client.show(warm[0])
    per_get = gets.beyond(idle) / GETS_COUNTED
    made, asked = _Counters(target), 0
    for number in range(BOOTS_COUNTED):
        asked += target.client.wait_until_active(
            boots.create(target, f'count-{number}'), poll=0.1)
    per_boot = (made.beyond(idle) - per_get * asked) / BOOTS_COUNTED
    kinds = made.kinds()
    return {'statements_per_boot': round(per_boot.statements, 1),
            'messages_per_boot': round(per_boot.messages, 1),
            'database_kb_per_boot': round(per_boot.database_bytes / 1024, 1),
            'broker_kb_per_boot': round(per_boot.broker_bytes / 1024, 1),
            'statements_per_get': round(per_get.statements, 1),
            'statements_per_boot_by_kind_with_polls': kinds,
            **_delete(target, idle),
            'idle_statements_per_s': round(idle.statements / idle.seconds, 1),
            'idle_messages_per_s': round(idle.messages / idle.seconds, 1)}


def _delete(target, idle):
    servers = boots.ids(target)
    gone = _Counters(target)
    for server in servers:
        target.client.delete(server)
    # Long enough for all of them; asking whether they are gone would count too.
    time.sleep(IDLE_SECONDS)
    per_delete = gone.beyond(idle) / len(servers)
    boots.wait_for_number(target, None, 0)
    return {'statements_per_delete': round(per_delete.statements, 1),
            'messages_per_delete': round(per_delete.messages, 1)}


class _Cost:
    """What something cost: statements, messages, bytes to and from the servers, seconds."""

    NAMES = ('statements', 'messages', 'database_bytes', 'broker_bytes', 'seconds')

    def __init__(self, *figures):
        self._figures = figures
        for name, figure in zip(self.NAMES, figures, strict=True):
            setattr(self, name, figure)

    def __sub__(self, other):
        return _Cost(*(mine - its for mine, its in zip(
            self._figures, other._figures, strict=True)))

    def __mul__(self, factor):
        return _Cost(*(figure * factor for figure in self._figures))

    def __truediv__(self, number):
        return self * (1 / number)


class _Counters:
    """What database and broker have counted since this was made."""

    def __init__(self, target):
        self._target = target
        self._kinds = target.database.statements()
        self._begin = self._read()

    def _read(self):
        return _Cost(
            sum(self._target.database.statements().values()), self._target.broker.published(),
            self._target.database.traffic(), self._target.broker.traffic(), time.monotonic())

    def since(self):
        """Answer the whole cost."""
        return self._read() - self._begin

    def beyond(self, idle):
        """Answer the cost that idling at that rate does not explain."""
        cost = self.since()
        return cost - idle * (cost.seconds / idle.seconds)

    def kinds(self):
        """Answer the statements of each kind a boot, as they were counted."""
        return {kind: round((count - self._kinds[kind]) / BOOTS_COUNTED, 1)
                for kind, count in self._target.database.statements().items()}

# SPDX-License-Identifier: Apache-2.0
"""The whole audit: the record, then each living host; and the repairs.

Called by nova-lite-manage audit and by tests, which take it as their judge.
"""

import dataclasses
import time

from nova_lite import exception
from nova_lite.audit import hosts as audited_hosts
from nova_lite.audit import record
from nova_lite.db.stores import services

COMPUTE = 'nova-lite-compute'


@dataclasses.dataclass(frozen=True)
class Report:
    """What an audit has found.

    :ivar asked: hosts that said what they hold
    :ivar not_asked: hosts that are down
    """

    findings: list
    asked: tuple = ()
    not_asked: tuple = ()


def audit(context, *, only_host=None, ask_hosts=True, pause=time.sleep):
    """Look at everything; change nothing.

    :param only_host: only what concerns a host
    :param ask_hosts: hold what hosts hold against the record too
    :param pause: waits so many seconds
    :raises AuditIncomplete: if the only host is down
    :raises HostBinaryNotFound: if there is no such host
    """
    if only_host is not None:
        computes = [services.get_by_host(context, only_host, COMPUTE)]
    else:
        computes = services.list_services(context, binary=COMPUTE)
    up = tuple(row['host'] for row in computes if row['is_up']) if ask_hosts else ()
    down = tuple(row['host'] for row in computes if not row['is_up']) if ask_hosts else ()
    if only_host in down:
        raise exception.AuditIncomplete(
            host=only_host, reason='it is down; --record-only leaves it out')
    found = [one for one in record.look(context) if only_host in (None, one.host)]
    for host in up:
        found += audited_hosts.look(context, host, pause)
    return Report(findings=sorted(found, key=lambda one: one.key[:2]), asked=up, not_asked=down)


def repair(report):
    """Repair what can be repaired; answer the report with what was done.

    Each repair looks once more whether it is still needed, in its own transaction.
    """
    return dataclasses.replace(report, findings=[
        one if one.repair is None else one.repaired() for one in report.findings])

# SPDX-License-Identifier: Apache-2.0
"""What a host holds, held against the record.

The record is read before and after the host is asked, and only servers that
were the same both times, with no operation at work, are judged. What is found
must be found twice: a guest that has just stopped by itself is reported by its
host in the next moment.
"""

import collections
import dataclasses
import functools

from nova_lite import exception, wake
from nova_lite.audit import finding as findings
from nova_lite.audit.finding import Finding
from nova_lite.compute import rpcapi
from nova_lite.db.stores import instances, record_audit, record_repair
from nova_lite.states import power, vm

TAP_LENGTH = 14
HAVE_GUESTS = frozenset({vm.ACTIVE, vm.PAUSED, vm.SUSPENDED, vm.STOPPED, vm.RESCUED, vm.RESIZED})
NICS_ARE_UP = frozenset({power.RUNNING, power.PAUSED})

CONFIRM_AFTER = 2.0
"""Seconds between the two looks."""


@dataclasses.dataclass(frozen=True)
class Held:
    """What a host says that it holds; the other side is compute/holdings.py.

    :ivar guests: uuid -> dict with name, power_state, fence
    :ivar disks: uuids of servers with files
    :ivar taps: devices
    :ivar leases: MAC -> address; None where the host gives none out
    """

    guests: dict
    disks: frozenset
    taps: frozenset
    leases: dict | None

    def in_words(self, uuid):
        """Say what is held of a server."""
        guest = self.guests.get(uuid)
        words = [f'guest {guest["name"]}, {power.NAMES[guest["power_state"]]}, fence '
                 f'{guest["fence"]}' if guest else 'no guest']
        words.append('disks' if uuid in self.disks else 'no disks')
        return '; '.join(words)


def ask(context, host):
    """Ask a host what it holds.

    :raises ServiceUnavailable: if it does not answer
    """
    told = rpcapi.ComputeAPI().audit_host(context, host)
    return Held(guests={guest['uuid']: guest for guest in told['guests']},
                disks=frozenset(told['disks']), taps=frozenset(told['taps']),
                leases=told['leases'])


def look(context, host, pause):
    """Answer the findings of a host that are there twice.

    :param pause: waits so many seconds
    """
    first = _look_once(context, host)
    if not first:
        return []
    pause(CONFIRM_AFTER)
    before = {one.key for one in first}
    return [one for one in _look_once(context, host) if one.key in before]


def _look_once(context, host):
    before = record_audit.servers_of(context, host)
    try:
        held = ask(context, host)
    except exception.NovaLiteException as error:
        return [Finding(findings.HOST_SILENT, host, host, {'reason': str(error)})]
    after = record_audit.servers_of(context, host, also=held.guests.keys() | held.disks)
    return list(compare(context, host, held, Record(before=before, after=after)))


@dataclasses.dataclass(frozen=True)
class Record:
    """Servers before and after the host was asked: uuid -> row of stores/record_audit.py."""

    before: dict
    after: dict

    def at_rest(self, host):
        """Yield the servers of the host that nothing has happened to meanwhile."""
        for uuid, row in self.after.items():
            if (row['host'] == host and not row['deleted'] and not row['is_busy']
                    and row['task_state'] is None and self.before.get(uuid) == row):
                yield row

    def known_nics(self, host):
        """Answer MACs and taps of all servers that are, or just were, on the host."""
        nics = [nic for rows in (self.before, self.after) for row in rows.values()
                if row['host'] == host for nic in row['nics']]
        return {mac for mac, _uuid, _address in nics}, {tap_of(uuid) for _mac, uuid, _ in nics}


def tap_of(nic_uuid):
    """Answer the device of a NIC."""
    return f'tap{nic_uuid}'[:TAP_LENGTH]


def compare(context, host, held, record):
    """Yield what differs; decides by its arguments alone, the context is the repairs'.

    :param held: Held
    :param record: Record
    """
    for row in record.at_rest(host):
        yield from _of_server(context, host, held, row)
    for uuid in sorted(held.guests.keys() | held.disks):
        yield from _of_stranger(context, host, held, uuid, record.after.get(uuid))
    macs, taps = record.known_nics(host)
    for tap in sorted(held.taps - taps):
        yield Finding(findings.TAP_LEFT, tap, host)
    for mac in sorted((held.leases or {}).keys() - macs):
        yield Finding(findings.LEASE_LEFT, mac, host)


def _of_server(context, host, held, row):
    """Yield what a host lacks, or has differently, of a server of its own."""
    uuid = row['uuid']
    guest = held.guests.get(uuid)
    if row['vm_state'] in HAVE_GUESTS:
        if guest is None:
            yield Finding(findings.GUEST_MISSING, uuid, host, row)
        if uuid not in held.disks:
            yield Finding(findings.DISKS_MISSING, uuid, host, row)
    if guest is None:
        return
    if guest['fence'] is not None and guest['fence'] > row['fence']:
        yield Finding(findings.FENCE_AHEAD, uuid, host,
                      {'seen': guest['fence'], 'recorded': row['fence']})
    if guest['power_state'] != row['power_state']:
        yield Finding(
            findings.POWER_DIFFERS, uuid, host,
            {'seen': power.NAMES[guest['power_state']],
             'recorded': power.NAMES[row['power_state']]},
            repair=functools.partial(instances.observe_power, context, uuid, row['fence'],
                                     guest['power_state']))
    if guest['power_state'] in NICS_ARE_UP:
        yield from _of_nics(host, held, row)


def _of_nics(host, held, row):
    addresses = collections.defaultdict(set)
    for mac, nic_uuid, address in row['nics']:
        addresses[mac].add(address)
        if tap_of(nic_uuid) not in held.taps:
            yield Finding(findings.TAP_MISSING, tap_of(nic_uuid), host, {'server': row['uuid']})
    for mac, recorded in addresses.items() if held.leases is not None else ():
        seen = held.leases.get(mac)
        if seen is None:
            yield Finding(findings.LEASE_MISSING, mac, host, {'server': row['uuid']})
        elif seen not in recorded:
            yield Finding(findings.LEASE_DIFFERS, mac, host,
                          {'seen': seen, 'recorded': ', '.join(sorted(map(str, recorded)))})


def _of_stranger(context, host, held, uuid, row):
    """Yield what a host holds of a server that is not its own.

    :param row: of the server; None if nothing is recorded of it
    """
    if row is not None and (row['is_busy'] or (row['host'] == host and not row['deleted'])):
        return
    has_guest = uuid in held.guests
    if row is None or row['deleted']:
        # A guest's files go with it.
        yield Finding(findings.GUEST_LEFT if has_guest else findings.DISKS_LEFT, uuid, host,
                      repair=row and functools.partial(_clean_up, context, uuid, host))
    else:
        yield Finding(findings.HELD_ELSEWHERE, uuid, host, {
            'what': 'the guest' if has_guest else 'files',
            'recorded': f'host {row["host"]}' if row['host'] else 'no host'})


def _clean_up(context, uuid, host):
    """Have the host remove what it holds of a deleted server; answer the operation's id."""
    operation_id = record_repair.begin_clean_up(context, uuid, host)
    if operation_id is not None:
        wake.owner_of_phase(context, operation_id, uuid, host)
    return operation_id

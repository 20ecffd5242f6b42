# SPDX-License-Identifier: Apache-2.0
"""One thing that is not as it should be, and the list of all kinds of them.

``doc/source/admin/audit.rst`` explains each code to operators.
"""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Code:
    """A kind of finding.

    :ivar name: by which operators and programs know it
    :ivar problem: in words, with the fields of the finding
    :ivar remedy: what repair does; None where only a person can decide
    :ivar advice: what a person does where there is no repair
    """

    name: str
    problem: str
    remedy: str | None = None
    advice: str | None = None


@dataclasses.dataclass(frozen=True)
class Finding:
    """One difference.

    :ivar subject: what it is about: a server, an operation, a host, a device
    :ivar fields: what the words of the code are filled with
    :ivar repair: changes it; answers whether it still was so; None: there is no repair
    :ivar done: what was done about it, None: nothing
    """

    code: Code
    subject: str
    host: str | None = None
    fields: dict = dataclasses.field(default_factory=dict)
    repair: Callable[[], object] | None = dataclasses.field(
        default=None, compare=False, repr=False)
    done: str | None = None

    @property
    def key(self):
        """By which it is the same finding when it is looked for again."""
        return self.code.name, self.subject, self.host

    def _words(self, text):
        return text and text.format(**{**self.fields, 'subject': self.subject, 'host': self.host})

    @property
    def problem(self):
        """What is wrong, in words."""
        return self._words(self.code.problem)

    @property
    def remedy(self):
        """What repair does, in words; None if there is none."""
        return self._words(self.code.remedy) if self.repair is not None else None

    @property
    def advice(self):
        """What a person does about it; None where repair does."""
        return self._words(self.code.advice)

    def repaired(self):
        """Repair it; answer the finding with what was done."""
        outcome = self.repair()
        return dataclasses.replace(
            self, done=self.remedy if outcome else 'nothing: it was so no more')


RELEASE = 'free the room and the addresses of {subject}'
CLEAN_UP = 'have host {host} remove what it holds of it (a clean_up operation)'

USED_DIFFERS = Code(
    'used-differs', '{subject}: {used} are counted as used, {allocated} are allocated',
    'set the count to {allocated}')
CLAIM_OF_NOBODY = Code(
    'claim-of-nobody', '{subject} holds room of a node and is no server any more', RELEASE)
ADDRESS_OF_NOBODY = Code(
    'address-of-nobody', '{subject} holds addresses and is no server any more', RELEASE)
SERVER_WITHOUT_CLAIM = Code(
    'server-without-claim', 'server {subject} is on host {host} and holds no room there',
    'write its room')
CLAIM_ELSEWHERE = Code(
    'claim-elsewhere', 'server {subject} is on host {host} and holds room of {claimed_on}',
    'move its room to {host}', 'it is on no host: see "server show {subject}"')
ADDRESS_WITHOUT_NIC = Code(
    'address-without-nic', 'address {subject} is held by server {server} by no NIC', 'free it')
NIC_WITHOUT_ADDRESS = Code(
    'nic-without-address', 'NIC {subject} of server {server} has no address',
    advice='build the server again, or delete it')
NIC_ELSEWHERE = Code(
    'nic-elsewhere', 'server {subject} is on host {host}, its NICs are recorded on {nic_on}',
    'record them on {host}')
UNATTENDED = Code(
    'unattended', 'server {subject} is {vm_state} with task {task_state}, and no operation is '
    'at work on it', 'end the task; a server that was never built goes to error')
UNKNOWN_HOST = Code(
    'unknown-host', 'server {subject} is on host {host}, which has no compute service',
    advice='start nova-lite-compute on {host}, or delete the server')
SERVER_WITHOUT_HOST = Code(
    'server-without-host', 'server {subject} is {vm_state} and on no host', advice='delete it')
OPERATION_OF_NOBODY = Code(
    'operation-of-nobody', 'operation {subject} ({kind}) works on server {server}, which is gone',
    'end it')
CHILD_WITHOUT_PARENT = Code(
    'child-without-parent', 'operation {subject} of server {server} waits for operation '
    '{parent_id}, which has ended', 'end it with a fault')
STUCK = Code(
    'operation-stuck', 'operation {subject} ({kind}/{phase}) has not moved for {idle} s, although '
    'it could', 'set it in motion',
    'is a conductor up? See "service list"')
UNKNOWN_PHASE = Code(
    'unknown-phase', 'operation {subject} is in {kind}/{phase}, which this release does not know',
    advice='start a conductor of the release that began it')
SECRETS_KEPT = Code(
    'secrets-kept', 'operation {subject} has ended and its secrets are still there',
    'delete them')
KEYS_KEPT = Code(
    'keys-kept', '{subject} Idempotency-Keys have expired more than an hour ago', 'delete them')
HOST_WITHOUT_KEY = Code(
    'host-without-key', 'host {subject} reports, and its key is unknown or revoked',
    advice='let it join: "host add {subject}", or stop it')
AGGREGATE_OF_NOBODY = Code(
    'aggregate-of-nobody', 'aggregate {aggregate_id} has host {subject}, which has no compute '
    'service', advice='take it out of the aggregate by the API')

HOST_SILENT = Code(
    'host-silent', 'host {subject} is up and does not say what it holds: {reason}',
    advice='look at its log; "queue show {subject}" says what waits for it')
GUEST_MISSING = Code(
    'guest-missing', 'server {subject} is {vm_state} on host {host}, which has no guest of it',
    advice='look for its disks there; delete the server if they are gone too')
DISKS_MISSING = Code(
    'disks-missing', 'server {subject} is {vm_state} on host {host}, which has no files of it',
    advice='restore them, or delete the server')
GUEST_LEFT = Code(
    'guest-left', 'host {host} has a guest of server {subject}, which is deleted', CLEAN_UP,
    'nothing is recorded of it any more; the host removes it by running_deleted_instance_action')
DISKS_LEFT = Code(
    'disks-left', 'host {host} has files of server {subject}, which is deleted', CLEAN_UP,
    'nothing is recorded of it any more; remove its directory in instances_path by hand')
HELD_ELSEWHERE = Code(
    'held-elsewhere', 'host {host} has {what} of server {subject}, which is on {recorded}',
    advice='never let both run: look at both hosts, remove what is old by hand')
FENCE_AHEAD = Code(
    'fence-ahead', 'the guest of server {subject} on host {host} was started by an operation '
    '({seen}) that the record ({recorded}) does not know',
    advice='was an old backup of the database restored? Look at what was done since')
POWER_DIFFERS = Code(
    'power-differs', 'the guest of server {subject} on host {host} is {seen}, recorded as '
    '{recorded}', 'record what the guest does')
TAP_MISSING = Code(
    'tap-missing', 'the guest of server {server} runs on host {host} without its NIC {subject}',
    advice='restart nova-lite-compute there, then the guest')
TAP_LEFT = Code(
    'tap-left', 'host {host} has NIC {subject} of no server of its own',
    advice='restart nova-lite-compute there')
LEASE_MISSING = Code(
    'lease-missing', 'DHCP of host {host} does not know NIC {subject} of server {server}',
    advice='restart nova-lite-compute there')
LEASE_DIFFERS = Code(
    'lease-differs', 'DHCP of host {host} gives {seen} to NIC {subject}, recorded is {recorded}',
    advice='restart nova-lite-compute there')
LEASE_LEFT = Code(
    'lease-left', 'DHCP of host {host} knows NIC {subject} of no server of its own',
    advice='restart nova-lite-compute there')

# SPDX-License-Identifier: Apache-2.0
"""A seeded sample of faults in a cloud of real processes, and what must be true after it."""

import os
import random
import sys
import time

from tests.chaos import users
from tests.fixtures import boot_sector
from tests.live import base, cloud, own_servers, services

SETTLED_WITHIN = 60
POLL = 0.5
DAEMON = 'daemon'
BROKER = 'broker'
DATABASE = 'database'
WEIGHTS = {DAEMON: 8, BROKER: 1, DATABASE: 1}
LONGEST_QUIET = 2.0
LONGEST_ABSENCE = 3.0
SLOW = '*:0.03'
"""Delay of each call of the fake driver, so that faults meet running work."""


class FaultsCase(base.LiveTestCase):
    """A cloud with users, faults one after the other, and the check.

    The seed is printed; NOVA_LITE_CHAOS_SEED repeats its choices, not their exact
    moments. NOVA_LITE_CHAOS_FAULTS is another number of faults.
    """

    time_limit = 600
    users = 3
    networks = 'auto'
    # The users share a project, and how much they may have is not what is tested.
    options = {'quota': dict.fromkeys(('instances', 'cores', 'ram'), -1)}
    hosts = (cloud.Host('chaos-1', options={'fake_driver': {'delays': SLOW}}),
             cloud.Host('chaos-2', options={'fake_driver': {'delays': SLOW}}))

    def setUp(self):
        super().setUp()
        seed = os.environ.get('NOVA_LITE_CHAOS_SEED')
        self.seed = int(seed) if seed else random.SystemRandom().randrange(10 ** 6)
        self.random = random.Random(self.seed)
        self.happened = []
        self.addDetail('faults', base.text_detail(
            lambda: '\n'.join(self.happened)))
        try:
            self.database_server = self.useFixture(own_servers.OwnMariaDB())
            self.broker_server = self.useFixture(own_servers.OwnRabbitMQ())
        except services.Unavailable as error:
            self.skipTest(str(error))
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker_server.broker, database=self.database_server.database,
            hosts=self.hosts, options=self.options))
        self.cloud.add_network()
        self.image = self.cloud.add_image('boot sector', boot_sector.disk('chaos'))
        self.flavor = self.cloud.add_flavor()

    def suffer(self, faults, weights=None):
        """Let faults happen while users work; then everything must settle.

        :param faults: how many, unless the environment says otherwise
        :param weights: kind of fault -> how often, relative to the others
        """
        faults = int(os.environ.get('NOVA_LITE_CHAOS_FAULTS', faults))
        crowd = [users.User(f'user-{number}', self.random.random(), users.Order(
            self.cloud.client, self.image, self.flavor, self.networks))
                 for number in range(self.users)]
        self.begin = time.monotonic()
        self._note(f'NOVA_LITE_CHAOS_SEED={self.seed}, {faults} faults')
        for user in crowd:
            user.start()
            self.addCleanup(user.join, users.PATIENCE)
            self.addCleanup(user.stop)
        for _number in range(faults):
            time.sleep(self.random.uniform(0, LONGEST_QUIET))
            self._do(self._choose(weights or WEIGHTS))
        self.check(crowd)

    def check(self, crowd):
        """Everything is settled within a minute, as the users remember it; then all can go."""
        for user in crowd:
            user.stop()
        for user in crowd:
            user.join(users.PATIENCE)
        self._note(f'{sum(user.created for user in crowd)} servers were created, '
                   f'{sum(user.repeated for user in crowd)} requests repeated')
        self.wait_until_settled()
        self.assertEqual([], [error for user in crowd for error in user.errors])
        wanted = set().union(*(user.servers for user in crowd))
        self.assertEqual(wanted, {server['id'] for server in self.cloud.client.servers()})
        self.assertGreater(sum(user.created for user in crowd), 0)
        for user in crowd:
            user.delete_all()
        self.wait_until_settled()
        self.assertEqual([], self.cloud.client.servers())

    def wait_until_settled(self):
        """Wait until record, claims, addresses and guests agree and nothing is under way."""
        begin = time.monotonic()
        # The audit, which asks every host, looks when the tables are settled.
        while differences := self.cloud.disagreements() or self.cloud.findings():
            if time.monotonic() - begin > SETTLED_WITHIN:
                self.fail(f'not settled after {SETTLED_WITHIN} s:\n' + '\n'.join(differences))
            for name in self.cloud.revive():
                self._note(f'{name} had ended by itself and is started again')
            time.sleep(POLL)
        self._note(f'settled after {time.monotonic() - begin:.1f} s')

    def _choose(self, weights):
        """Answer what does the fault: (what happens, its subject, seconds of absence)."""
        kind, = self.random.choices(list(weights), list(weights.values()))
        absence = self.random.uniform(0, LONGEST_ABSENCE)
        if kind == DAEMON:
            return self._kill_daemon, self.random.choice(list(self.cloud.daemons)), absence
        server = self.broker_server if kind == BROKER else self.database_server
        return self._kill_server, server, absence

    def _do(self, fault):
        action, subject, absence = fault
        self._note(f'{getattr(subject, "program", subject)} is killed for {absence:.1f} s')
        action(subject, absence)

    def _kill_daemon(self, name, absence):
        daemon = self.cloud.daemons[name]
        daemon.kill()
        time.sleep(absence)
        daemon.start()
        # What ended by itself, because a newer start took its place, is started by its supervisor.
        self.cloud.revive()

    @staticmethod
    def _kill_server(server, absence):
        server.kill()
        time.sleep(absence)
        server.start()

    def _note(self, text):
        line = f'{time.monotonic() - self.begin:6.1f} s  {text}'
        self.happened.append(line)
        print(line, file=sys.stderr, flush=True)


class LibvirtFaultsCase(FaultsCase):
    """The same with guests of QEMU, which outlive the daemons, on one host."""

    needs = ('libvirt',)
    users = 2
    networks = 'none'
    hosts = (cloud.Host('chaos-guests', cloud.LIBVIRT, {
        # Servers on their way out hold room too.
        'DEFAULT': {'cpu_allocation_ratio': 100}, 'libvirt': {'virt_type': 'qemu'}}),)

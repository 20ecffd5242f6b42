# SPDX-License-Identifier: Apache-2.0
"""Traits, custom classes and their units on real databases, also when several write at once."""

import concurrent.futures

from oslo_utils import uuidutils

from nova_lite import exception
from nova_lite.db import engine, models
from nova_lite.db.stores import (
    candidates,
    compute_nodes,
    inventories,
    inventory_audit,
    inventory_sums,
    traits,
)
from nova_lite.db.stores.scheduling_facts import Fact
from nova_lite.scheduler import host_state
from tests.fixtures import records
from tests.live import base, postgresql
from tests.live.services import Unavailable
from tests.live.test_claims_do_not_overcommit import start

HOSTS = ('cmp1', 'cmp2', 'cmp3')
THREADS = 8
LONG = 'CUSTOM_' + 'X' * 57
FACTS = frozenset(Fact) - {Fact.IMAGES, Fact.GROUP}


class TraitsAndUnits:
    """The tests; a class for each database says where it is."""

    time_limit = 300

    def prepare(self, url):
        start(url, THREADS + 4)
        models.metadata.create_all(engine.engine())
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        for host in HOSTS:
            records.compute_host(self.context, host)
        for node_id, names in ((1, 'AB'), (2, 'A')):
            traits.report(self.context, {node_id: {
                'by_driver': frozenset(names), 'by_file': frozenset()}})

    def hosts(self, required='', forbidden='', limit=None, **amounts):
        cut = candidates.Cut(amounts or {'VCPU': 1}, FACTS, limit=limit).with_traits(
            frozenset(required), frozenset(forbidden))
        return host_state.from_rows(candidates.matching(self.context, cut),
                                    candidates.resource_classes(cut.amounts), cut.facts)

    def test_traits_decide_with_and_without_a_limit(self):
        for limit in (None, 2):
            for required, forbidden, expected in (
                    ('A', '', ['cmp1', 'cmp2']), ('AB', '', ['cmp1']), ('A', 'B', ['cmp2']),
                    ('', 'A', ['cmp3']), ('X', '', [])):
                found = self.hosts(required, forbidden, limit)
                self.assertEqual(expected, [host.host for host in found])
                for host in found:
                    self.assertEqual(frozenset(required), host.traits)
                    self.assertEqual(16, host.details.vcpus)

    def test_all_hosts_are_shown_with_the_traits_that_were_asked_about(self):
        rows = candidates.every(self.context, {LONG: 1}, None, FACTS, frozenset('ABX'))
        self.assertEqual([frozenset('AB'), frozenset('A'), frozenset()], [
            host.traits for host in host_state.from_rows(
                rows, candidates.resource_classes({LONG: 1}), FACTS)])

    def test_units_decide_at_the_choice_and_at_the_claim(self):
        inventories.report(self.context, 2, {
            LONG: {'total': 20, 'min_unit': 4, 'max_unit': 8, 'step_size': 2},
            **{name: {'total': 10} for name in inventories.IN_ANY_AMOUNT}})
        found = {amount: [host.rooms[LONG].for_one for host in self.hosts(**{LONG: amount})]
                 for amount in (2, 5, 6, 10)}
        self.assertEqual({2: [], 5: [], 6: [8], 10: []}, found)
        self.assertRaises(exception.ClaimRefused, self.claim, LONG, 5)
        self.claim(LONG, 6)
        self.assertEqual((20, 6, 14), next(
            (row['total'], row['used'], row['free'])
            for row in inventory_sums.by_class(self.context) if row['resource_class'] == LONG))

    def claim(self, name, amount):
        inventories.claim(self.context, [inventories.Claim(
            uuidutils.generate_uuid(), 2, {name: amount, 'VCPU': 1})])

    def test_last_of_a_class_is_given_once(self):
        inventories.report(self.context, 2, {
            'CUSTOM_FPGA': {'total': 3}, **{name: {'total': 100}
                                            for name in inventories.IN_ANY_AMOUNT}})

        @engine.retry_on_deadlock
        def claim():
            self.claim('CUSTOM_FPGA', 1)

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            failed = [one.exception() for one in [pool.submit(claim) for _ in range(THREADS)]]
        self.assertEqual(3, failed.count(None), failed)
        self.assertTrue(all(isinstance(one, exception.ClaimRefused) for one in failed if one))
        self.assertEqual([], inventory_audit.recount(self.context, repair=False))

    def test_hosts_and_operators_write_at_once_and_nobody_loses_anything(self):
        rounds = 15

        def report(host):
            for number in range(rounds):
                compute_nodes.report(self.context, host, [{
                    'hypervisor_hostname': host, 'inventories': {'VCPU': {'total': 1}},
                    'traits': [f'CUSTOM_{number}', 'CUSTOM_BOTH'],
                    'provider_traits': ['CUSTOM_FILE']}])

        def assign(host):
            for number in range(rounds):
                traits.assign(self.context, host, ['CUSTOM_BOTH', f'CUSTOM_{number + 2}'])

        with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
            for one in [pool.submit(write, host) for host in HOSTS for write in (report, assign)]:
                one.result()
        for host in HOSTS:
            said = {row['trait']: tuple(bool(row[source]) for source in traits.SOURCES)
                    for row in traits.listing(self.context, host=host)}
            self.assertEqual((True, False, True), said.pop('CUSTOM_BOTH'))
            self.assertEqual((False, True, False), said.pop('CUSTOM_FILE'))
            self.assertEqual((True, False, True), said.pop(f'CUSTOM_{rounds - 1}'))
            self.assertEqual({f'CUSTOM_{number + 2}': (False, False, True)
                              for number in range(rounds) if number != rounds - 3}, said)


class MariaDBTraitsTest(TraitsAndUnits, base.LiveTestCase):

    needs = ('mariadb',)

    def setUp(self):
        super().setUp()
        self.prepare(self.database.url)


class PostgreSQLTraitsTest(TraitsAndUnits, base.LiveTestCase):

    def setUp(self):
        super().setUp()
        try:
            self.prepare(self.useFixture(postgresql.PostgreSQL()).url)
        except Unavailable as error:
            self.skipTest(str(error))

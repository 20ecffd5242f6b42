# SPDX-License-Identifier: Apache-2.0
from tests import base
from tests.bench import layers, samples

RAW = (
    'process 1:"nova-lite-api";run (/x/lib/python3.11/threading.py:9);'
    f'page ({samples.TOP}nova_lite/db/stores/flavors.py:5);'
    'execute (/x/lib/python3.11/site-packages/sqlalchemy/engine/base.py:7);'
    'match (/x/lib/python3.11/re.py:3) 3\n'
    'process 1:"nova-lite-api";run (/x/lib/python3.11/threading.py:9) 1\n')
PAGE = ('page', 'nova_lite/db/stores/flavors.py')
RUN = ('run', 'threading.py')


class SamplesTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.samples = samples.Samples()
        self.samples.read(RAW)

    def test_time_is_that_of_the_innermost_function(self):
        self.assertEqual({('match', 're.py'): 3, RUN: 1}, self.samples.own())

    def test_function_has_the_time_of_what_it_calls_too(self):
        found = self.samples.cumulative()
        self.assertEqual((4, 3), (found[RUN], found[PAGE]))

    def test_library_runs_for_the_function_of_the_product(self):
        self.assertEqual({PAGE: 3, samples.NOBODY: 1}, self.samples.for_whom())

    def test_what_has_no_layer_works_for_its_caller(self):
        self.assertEqual({'SQL: pool, transactions, rows': 3, 'locks, threads': 1},
                         self.samples.by(layers.of_stack))

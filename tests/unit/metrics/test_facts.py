# SPDX-License-Identifier: Apache-2.0
"""What is told of a daemon without being measured."""

import os

from nova_lite.metrics import facts
from tests import base


class FactsTest(base.TestCase):
    def test_each_process_tells_what_it_uses(self):
        told = {(sample.name, sample.labels.get('worker')): sample.value
                for metric in facts.Facts('nova-lite-api', lambda: {0: os.getpid(), 1: 1}).collect()
                for sample in metric.samples}
        self.assertEqual(2, told['nova_lite_workers', None])
        self.assertGreater(told['process_resident_memory_bytes', '0'], 1_000_000)
        self.assertIn(('process_cpu_seconds_total', '1'), told)

    def test_the_build_is_told(self):
        build = next(facts.Facts('nova-lite-api', facts.alone).collect())
        self.assertEqual('nova-lite-api', build.samples[0].labels['binary'])
        self.assertEqual({'binary', 'version', 'threads'}, set(build.samples[0].labels))

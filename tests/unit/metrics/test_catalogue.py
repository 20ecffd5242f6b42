# SPDX-License-Identifier: Apache-2.0
"""The table of what is measured: its names, its labels, its documentation."""

import re

from nova_lite.metrics import catalogue
from tests import base

PAGE = base.TOP / 'doc' / 'source' / 'admin' / 'metrics.rst'
ROW = re.compile(r'^   \* - ``(nova_lite_\w+)``\n     - (.*)$', re.MULTILINE)

NEVER_A_LABEL = {'host', 'instance', 'job', 'project', 'request_id', 'server', 'user', 'uuid'}
"""Of too many values, or Prometheus's own."""

OF_FACTS = {'nova_lite_build_info', 'nova_lite_workers'}


class CatalogueTest(base.TestCase):

    def test_names_follow_prometheus(self):
        for metric in catalogue.ALL:
            self.assertRegex(metric.name, r'^nova_lite_[a-z_]+$')
            self.assertEqual(metric.kind == catalogue.COUNTER, metric.name.endswith('_total'))
            if metric.kind == catalogue.HISTOGRAM:
                self.assertTrue(metric.name.endswith('_seconds'), metric.name)

    def test_no_label_has_values_without_end(self):
        self.assertEqual(set(), NEVER_A_LABEL & {
            label for metric in catalogue.ALL for label in metric.labels})

    def test_limits_go_up(self):
        for metric in catalogue.ALL:
            self.assertEqual(sorted(set(metric.limits)), list(metric.limits))

    def test_the_documentation_has_all_of_them_with_their_labels(self):
        found = {name: set(re.findall(r'``(\w+)``', labels))
                 for name, labels in ROW.findall(PAGE.read_text(encoding='utf-8'))}
        self.assertEqual(
            {metric.name: set(metric.labels) for metric in catalogue.ALL},
            {name: labels for name, labels in found.items() if name not in OF_FACTS})
        self.assertLessEqual(OF_FACTS, set(found))

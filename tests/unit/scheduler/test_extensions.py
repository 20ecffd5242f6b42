# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/scheduler/extensions.py: classes that the configuration names."""

from nova_lite import exception
from nova_lite.scheduler import extensions
from nova_lite.scheduler.weights import base as weights
from nova_lite.scheduler.weights import ram
from tests import base

WRONG = 3


class ExtensionsTest(base.TestCase):

    def find(self, path):
        return extensions.classes_at(path, weights.Weigher, 'weigher')

    def test_class_is_found_by_its_path(self):
        self.assertEqual([ram.RAMWeigher], self.find('nova_lite.scheduler.weights.ram.RAMWeigher'))

    def test_what_can_not_be_loaded_is_named(self):
        for path in ('nowhere.Thing', 'nova_lite.scheduler.weights.ram.Lost', 'ram', '',
                     f'{__name__}.WRONG', f'{__name__}.ExtensionsTest'):
            error = self.assertRaises(exception.SchedulerExtensionNotFound, self.find, path)
            self.assertIn(f'weigher {path}', str(error))

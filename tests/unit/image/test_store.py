# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/store.py: what every store has to keep to."""

import importlib
import inspect

from nova_lite.image import api, store
from tests import base


class StoreTest(base.TestCase):

    def test_every_store_is_asked_in_the_same_way(self):
        for name in api.STORES.values():
            made = importlib.import_module(name).Store
            self.assertEqual(frozenset(), made.__abstractmethods__)
            for method in store.Store.__abstractmethods__:
                self.assertEqual(inspect.signature(getattr(store.Store, method)),
                                 inspect.signature(getattr(made, method)), f'{name}: {method}')

    def test_store_has_to_say_who_may_see_what(self):
        self.assertRaises(TypeError, store.Store)

# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/notifications/fault.py: failures in notifications."""

import traceback

from nova_lite import exception, states
from nova_lite.notifications import fault
from nova_lite.objects import base as objects_base
from tests import base


class FaultTest(base.TestCase):

    def told(self, call):
        try:
            call()
        except Exception:
            trace = traceback.format_exc()
        return fault.payload('for the user', trace)['nova_object.data']

    def test_what_was_raised_and_where_is_read_off_the_traceback(self):
        told = self.told(lambda: objects_base.store('nothing'))
        self.assertEqual(
            ('RuntimeError', 'no store of nothing in this process', 'store',
             'nova_lite.objects.base'),
            (told['exception'], told['exception_message'], told['function_name'],
             told['module_name']))

    def test_our_own_errors_go_by_their_class(self):
        def refuse():
            raise exception.LeaseLost(operation_id=7, lease=1)
        self.assertEqual('LeaseLost', self.told(refuse)['exception'])

    def test_without_a_traceback_only_the_message_is_known(self):
        told = fault.payload('no idea')['nova_object.data']
        self.assertEqual(('no idea', fault.UNKNOWN, fault.UNKNOWN, ''), (
            told['exception_message'], told['exception'], told['module_name'],
            told['traceback']))

    def test_package_is_named_without_its_file(self):
        trace = (f'Traceback (most recent call last):\n  File "{states.__file__}", line 1, in f\n'
                 'ValueError\n')
        told = fault.payload('x', trace)['nova_object.data']
        self.assertEqual(('nova_lite.states', 'ValueError', 'x'), (
            told['module_name'], told['exception'], told['exception_message']))

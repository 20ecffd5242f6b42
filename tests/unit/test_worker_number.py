# SPDX-License-Identifier: Apache-2.0
"""Numbers of processes."""

import builtins
import os
from unittest import mock

from nova_lite import worker_number
from tests import base


class WorkerNumberTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = os.path.join(self.temporary_directory(), 'lock')

    def taken(self, name='nova-lite-api.ctl'):
        number = worker_number.WorkerNumber(self.directory, name)
        self.addCleanup(number.give_back)
        return number

    def test_each_has_one_of_its_own(self):
        self.assertEqual([0, 1, 2], [self.taken().number for _process in range(3)])

    def test_another_program_has_numbers_of_its_own(self):
        self.taken()
        self.assertEqual(0, self.taken('nova-lite-conductor.ctl').number)

    def test_one_that_was_given_back_is_the_next_ones(self):
        first = self.taken()
        self.taken()
        first.give_back()
        self.assertEqual(0, self.taken().number)

    def test_a_file_of_another_user_is_as_good_as_taken(self):
        self.taken().give_back()
        # Root may open everything, so it is said here that it may not.
        with mock.patch.object(builtins, 'open', self._refused_once(builtins.open)):
            self.assertEqual(1, self.taken().number)

    @staticmethod
    def _refused_once(really):
        answers = iter([PermissionError()])

        def opened(*args, **kwargs):
            for error in answers:
                raise error
            return really(*args, **kwargs)
        return opened

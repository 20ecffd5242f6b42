# SPDX-License-Identifier: Apache-2.0
"""What the tests of single filters share."""

from tests import base
from tests.unit.scheduler import states


class FilterCase(base.TestCase):
    """One filter, asked about hosts that are in no database.

    :cvar filter_class: the filter
    """

    filter_class = None

    def rejection(self, request, host):
        """Answer what the filter says; it must have said that the request concerns it."""
        condition = self.filter_class()
        found = condition.why_not(request, host)
        if found is not None:
            self.assertTrue(condition.concerns(request))
        return found

    def assert_passes(self, request, **host):
        """The host may take the server."""
        self.assertIsNone(self.rejection(request, states.host(**host)))

    def assert_excluded(self, cause, request, **host):
        """The host is excluded for that cause; answers the Rejection."""
        found = self.rejection(request, states.host(**host))
        self.assertEqual(cause, found and found.cause.name)
        return found

    def assert_not_asked(self, request):
        """The filter has nothing to say about the request."""
        self.assertFalse(self.filter_class().concerns(request))

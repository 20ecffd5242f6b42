# SPDX-License-Identifier: Apache-2.0
"""The context of a request."""

from nova_lite import context
from tests import base


class RequestContextTestCase(base.TestCase):
    """What goes along with a request, and what does not."""

    def context(self, **changes):
        return context.RequestContext(**{
            'user_id': 'user', 'project_id': 'project', 'roles': ['member'],
            'auth_token': 'secret', **changes})

    def test_it_is_the_same_after_a_journey(self):
        sent = self.context(global_request_id='req-1')
        arrived = context.RequestContext.from_dict(sent.to_dict())
        self.assertEqual(sent.to_dict(), arrived.to_dict())
        self.assertEqual(sent.timestamp, arrived.timestamp)

    def test_the_token_stays_in_the_process_that_got_it(self):
        self.assertNotIn('secret', str(self.context().to_dict()))

    def test_what_has_the_token_goes_along_inside_the_process_only(self):
        plain = self.context()
        plain.user_auth_plugin = 'plugin'
        with context.about(plain.elevated(), None) as inside:
            self.assertEqual('plugin', inside.user_auth_plugin)
        self.assertNotIn('plugin', str(plain.to_dict()))
        self.assertIsNone(context.RequestContext.from_dict(plain.to_dict()).user_auth_plugin)

    def test_roles_decide_who_is_admin_unless_it_is_said(self):
        self.assertTrue(self.context(roles=['admin']).is_admin)
        self.assertFalse(self.context().is_admin)
        self.assertFalse(self.context(roles=['admin'], is_admin=False).is_admin)

    def test_elevated_is_the_same_request_with_more_rights(self):
        plain = self.context()
        elevated = plain.elevated()
        self.assertTrue(elevated.is_admin)
        self.assertFalse(plain.is_admin)
        self.assertEqual((plain.request_id, plain.project_id, plain.trace_id),
                         (elevated.request_id, elevated.project_id, elevated.trace_id))

    def test_the_sender_is_never_read_from_what_arrived(self):
        self.assertIsNone(context.RequestContext.from_dict(
            {**self.context().to_dict(), 'sender': {'kind': 'controller'}}).sender)

    def test_the_trace_of_a_request_has_its_digits(self):
        request = self.context(request_id='req-df585b71-f792-44d7-9e10-199c1c381eac')
        self.assertEqual('df585b71f79244d79e10199c1c381eac', request.trace_id)

    def test_log_lines_follow_what_the_request_is_about(self):
        request, server = self.context(), 'df585b71-f792-44d7-9e10-199c1c381eac'
        shown = [request.get_logging_values()]
        shown[0]['request_ids'] = 'changed by who formats the line'
        request.resource_uuid = server
        shown.append(request.get_logging_values())
        self.assertEqual([None, server], [values['resource_uuid'] for values in shown])
        self.assertEqual(request.request_id, shown[1]['request_ids'])

    def test_a_child_is_another_part_of_the_same_trace(self):
        parent = self.context()
        child = parent.child()
        self.assertEqual((parent.trace_id, parent.span_id),
                         (child.trace_id, child.parent_span_id))
        self.assertNotEqual(parent.span_id, child.span_id)

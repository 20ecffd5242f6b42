# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/image/glance/client.py: repetitions, and what errors mean."""

import requests

from nova_lite import exception
from nova_lite.image.glance import client
from tests.fixtures import glance
from tests.unit.image.glance import GlanceTestCase


class ErrorsTest(GlanceTestCase):

    def setUp(self):
        super().setUp()
        self.image_id = self.glance.add()

    def ask(self, *statuses, context=None):
        """Have Glance fail so often; answer the image."""
        self.glance.failures = list(statuses)
        return self.images.get(context or self.ours, self.image_id)

    def test_busy_glance_is_asked_again(self):
        self.assertEqual(self.image_id, self.ask(503, 503).id)
        self.assertEqual(3, len(self.glance.asked))

    def test_glance_is_asked_so_often_as_the_options_say(self):
        self.override('glance', num_retries=1)
        self.assertRaises(exception.ImageServiceUnavailable, self.ask, 503, 503)
        self.assertEqual(2, len(self.glance.asked))

    def test_what_would_fail_again_is_not_tried_again(self):
        for status, expected in (
                (400, exception.ImageUnacceptable), (404, exception.ImageNotFound),
                (410, exception.ImageNotFound), (401, exception.ImageNotAuthorized),
                (403, exception.ImageNotAuthorized), (409, exception.ImageConflict),
                (413, exception.ImageQuotaExceeded), (500, exception.ImageServiceUnavailable)):
            self.glance.asked.clear()
            self.assertRaises(expected, self.ask, status)
            self.assertEqual(1, len(self.glance.asked), status)

    def test_glance_that_says_nothing_is_waited_for_longer_where_data_are_to_come(self):
        self.ask()
        self.assertEqual(20, self.glance.http.last_request.timeout)
        client.Client().request(self.ours, 'GET', f'/images/{self.image_id}/file', self.image_id,
                                stream=True)
        self.assertEqual(300, self.glance.http.last_request.timeout)

    def test_refused_service_says_what_it_needs(self):
        error = self.assertRaises(
            exception.ImageServiceRefuses, self.ask, 403, context=self.service)
        self.assertIn('role "admin"', str(error))

    def test_glance_that_is_down_is_no_secret_and_its_address_is(self):
        self.ask()
        self.ours = glance.user_of('demo')
        self.glance.http.get(f'{glance.URL}/v2/images/{self.image_id}',
                             exc=requests.exceptions.ConnectionError)
        error = self.assertRaises(exception.ImageServiceUnavailable, self.ask)
        self.assertNotIn(glance.URL, str(error))
        self.assertIn(glance.URL, self.logs.output)
        self.assertNotIn('token of', self.logs.output)

    def test_page_of_a_proxy_is_no_image(self):
        self.ask()
        for wrong in ({'text': '<html>'}, {'text': ''}, {'json': []}, {'json': {'other': 1}}):
            self.ours = glance.user_of('demo')
            self.glance.http.get(f'{glance.URL}/v2/images/{self.image_id}', **wrong)
            self.assertRaises(exception.ImageServiceUnavailable, self.ask)

    def test_glance_that_was_down_at_first_is_found_later(self):
        answer = self.glance.http.get(f'{glance.URL}/', exc=requests.exceptions.ConnectionError)
        self.assertRaises(exception.ImageServiceUnavailable, self.ask)
        self.assertTrue(answer.called)
        self.glance.http.get(f'{glance.URL}/', json=glance.VERSIONS)
        self.assertEqual(self.image_id, self.ask().id)

    def test_glance_hears_which_request_it_is_a_part_of(self):
        self.ours.global_request_id = 'req-11111111-1111-4111-8111-111111111111'
        self.ask()
        self.assertEqual(self.ours.global_request_id,
                         self.glance.http.last_request.headers['X-OpenStack-Request-ID'])


class AddressTest(GlanceTestCase):

    def test_address_may_have_the_version(self):
        self._conf.load_raw_values(group='glance', endpoint_override=f'{glance.URL}/v2/')
        image_id = self.glance.add()
        self.assertEqual(image_id, self.images.get(self.ours, image_id).id)

    def test_users_are_sent_to_the_address_without_a_version(self):
        self._conf.load_raw_values(group='glance', endpoint_override=f'{glance.URL}/v2/')
        self.assertEqual(f'{glance.URL}/images/x', self.images.address_of('x'))

    def test_address_of_a_glance_that_can_not_be_found_is_an_error(self):
        self.glance.http.get(f'{glance.URL}/', exc=requests.exceptions.ConnectionError)
        self.assertRaises(exception.ImageServiceUnavailable, self.images.address_of, 'x')

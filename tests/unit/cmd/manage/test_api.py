# SPDX-License-Identifier: Apache-2.0
"""The operator's commands about the API; what the document says is tested with its maker."""

import json

from nova_lite.api.openapi import document, spans
from nova_lite.api.openstack import microversions
from tests import base
from tests.fixtures import manage


class OpenApiCommandTest(base.TestCase):

    def openapi(self, *words):
        return self.useFixture(manage.Manage())('api', 'openapi', *words)

    def test_document_of_all_microversions_is_printed(self):
        answer = self.openapi()
        self.assertEqual((0, ''), (answer.code, answer.err))
        self.assertEqual(document.make(), answer.json)

    def test_one_microversion_can_be_chosen(self):
        for asked, version in (('2.37', '2.37'), ('latest', str(microversions.MAXIMUM))):
            self.assertEqual(document.make(spans.named(version)),
                             self.openapi('--microversion', asked).json)

    def test_it_can_be_written_into_a_file(self):
        path = self.temporary_directory() / 'openapi.json'
        answer = self.openapi('--microversion', '2.1', '--url', 'http://here/', '--output', path)
        self.assertEqual(f'{path} has the document.\n', answer.out)
        self.assertEqual('http://here/', json.loads(path.read_text())['servers'][0]['url'])

    def test_wrong_microversion_is_told(self):
        answer = self.openapi('--microversion', '2.999')
        self.assertEqual((1, ''), (answer.code, answer.out))
        self.assertIn('2.999', answer.err)

# SPDX-License-Identifier: Apache-2.0
"""Tests of api/openstack/compute/schemas/limits.py: what each version may be asked and answers."""

from nova_lite import exception
from nova_lite.api.openstack.compute.schemas import limits
from nova_lite.api.openstack.compute.views import limits as views
from nova_lite.api.openstack.microversions import Microversion
from nova_lite.quota import resources
from tests import base


class LimitsSchemasTest(base.TestCase):

    def test_answer_of_a_version_is_no_answer_of_another_form(self):
        numbers = dict.fromkeys(resources.ALL, 5)
        answers = {minor: {'limits': {'rate': [], 'absolute': views.absolute(
            Microversion(minor), numbers, numbers)}} for minor in (35, 38, 56, 104)}
        for asked in answers:
            for answered, body in answers.items():
                schema = limits.ANSWER.at(Microversion(asked))
                if asked == answered:
                    schema.check(body)
                else:
                    self.assertRaises(exception.ValidationError, schema.check, body)

    def test_unknown_parameters_are_refused_since_2_75(self):
        limits.QUERY.at(Microversion(74)).check({'colour': ['red']})
        strict = limits.QUERY.at(Microversion(75))
        strict.check({'tenant_id': ['demo'], 'reserved': ['1']})
        self.assertRaises(exception.ValidationError, strict.check, {'colour': ['red']})

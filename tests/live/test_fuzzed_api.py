# SPDX-License-Identifier: Apache-2.0
"""schemathesis against the daemons: whatever fits the OpenAPI document, and what nearly does.

No answer may be a failure, have an undocumented code or break its schema. What is sent is
the same in each run: the seed, the number of examples and the order are fixed, and nothing
is remembered from run to run.
"""

import hypothesis
import hypothesis.configuration
import requests
import schemathesis
from schemathesis import checks as builtin_checks
from schemathesis.specs.openapi import checks

from nova_lite.api.openapi import document, operations, spans
from nova_lite.api.openstack import microversions
from tests.fixtures import boot_sector
from tests.live import base, cloud

SEED = 20260721
EXAMPLES = {schemathesis.GenerationMode.POSITIVE: 3, schemathesis.GenerationMode.NEGATIVE: 2}
VERSIONS = ('2.1', '2.60', str(microversions.MAXIMUM))
CREATE = 'POST /servers'
"""What is sent here names an image and a flavor that are there."""

METHODS = ('get', 'put', 'post', 'delete')
"""In this order, so that what is deleted has been asked for before."""

CHECKS = [builtin_checks.not_a_server_error, checks.status_code_conformance,
          checks.content_type_conformance, checks.response_headers_conformance,
          checks.response_schema_conformance]


def settings(mode):
    """Answer how much is sent, with nothing left to chance."""
    return hypothesis.settings(
        max_examples=EXAMPLES[mode], derandomize=True, database=None, deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck))


def in_order(made):
    """Answer the operations of a document in the order in which they are tried.

    Those that are in no microversion any more are not: all answer alike.
    """
    found = [result.ok() for result in made.exclude(tag=operations.REMOVED).get_all_operations()]
    return sorted(found, key=lambda one: (METHODS.index(one.method.lower()), one.path))


def can_be_wrong(operation):
    """Answer whether an operation takes what could break the document: any address is one."""
    return bool(len(operation.body) or len(operation.query))


class FuzzedApiTest(base.LiveTestCase):
    """A cloud with a host of the fake driver."""

    needs = ('rabbitmq', 'mariadb')
    time_limit = 900

    def setUp(self):
        super().setUp()
        self.cloud = self.useFixture(cloud.Cloud(
            broker=self.broker, database=self.database,
            hosts=[cloud.Host('fuzz1', cloud.FAKE)]))
        # What it finds in the source it keeps in files.
        hypothesis.configuration.set_hypothesis_home_dir(self.temporary_directory())
        self.session = requests.Session()
        self.addCleanup(self.session.close)
        self.problems = {}

    def test_no_answer_is_a_failure_or_undocumented(self):
        sent = sum(self.fuzz_all(version) for version in VERSIONS)
        self.assertEqual({}, self.problems)
        self.assertLess(1000, sent)

    def fuzz_all(self, version):
        """Send examples of all operations of a microversion; answer how many."""
        names = self.things(version)
        made = schemathesis.openapi.from_dict(document.make(spans.named(version)))
        return sum(self.fuzz(operation, mode, version, names)
                   for mode in EXAMPLES for operation in in_order(made)
                   if mode.is_positive or can_be_wrong(operation))

    def things(self, version):
        """Make what addresses can name; answer the names by variables of addresses."""
        admin = self.cloud.admin
        image = self.cloud.add_image(version, boot_sector.disk('hello'))
        flavor = self.cloud.add_flavor(f'small {version}')
        server = admin.create('fuzzed', image, flavor)
        admin.wait_until_active(server)
        self.wanted = {'imageRef': image, 'flavorRef': flavor}
        return {'server_id': server, 'flavor_id': flavor, 'image_id': image,
                'tenant_id': 'another', 'class_name': 'another'}

    def fuzz(self, operation, mode, version, names):
        """Send examples of an operation; answer how many."""
        sent = []
        known = {name: value for name, value in names.items()
                 if f'{{{name}}}' in operation.path}
        headers = {'X-Auth-Token': 'admin:admin', microversions.LEGACY_HEADER: version,
                   microversions.HEADER: f'{microversions.SERVICE_TYPE} {version}'}

        @hypothesis.seed(SEED)
        @settings(mode)
        @hypothesis.given(case=operation.as_strategy(
            mode, headers=headers, path_parameters=known or None))
        def send(case):
            sent.append(case)
            self.send(case)

        send()
        return len(sent)

    def send(self, case):
        """Send one example; note what is wrong with the answer."""
        if case.operation.label == CREATE and case.meta.generation.mode.is_positive:
            case.body['server'].update(self.wanted)
        response = case.call(base_url=f'http://127.0.0.1:{self.cloud.port}/v2.1',
                             session=self.session)
        try:
            case.validate_response(response, checks=CHECKS)
        except (schemathesis.core.failures.FailureGroup, AssertionError) as error:
            self.problems.setdefault(f'{case.operation.label} {response.status_code}', str(error))

# SPDX-License-Identifier: Apache-2.0
"""What nobody should send, on a real database: it has limits of its own."""

from nova_lite.db import engine, models
from tests.fixtures import database
from tests.live import base
from tests.unit.api.openstack import test_hostile_input


class HostileInputOnMariadbTest(test_hostile_input.HostileInput, base.LiveTestCase):
    """On MariaDB."""

    needs = ('mariadb',)

    def prepare_database(self):
        self.useFixture(database.Database())
        engine.configure(self.database.url)
        self.addCleanup(lambda: engine.engine().dispose())
        models.metadata.create_all(engine.engine())

    def test_pattern_that_only_python_understands_is_refused(self):
        for pattern in ('(%3FP%3Dx)', '%28%3Fa%29x', '(a*)*$', 'x{99999}'):
            self.send_list(pattern)

    def send_list(self, pattern):
        answer = self.admin.send('GET', f'/servers?name={pattern}')
        self.assertIn(answer.status, {200, 400}, (pattern, answer.text))

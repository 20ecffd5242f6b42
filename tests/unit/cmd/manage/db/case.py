# SPDX-License-Identifier: Apache-2.0
"""A synced database, and the command line to work on it."""

import contextlib
import io

from nova_lite.cmd import manage
from nova_lite.db import connect, engine
from tests import base
from tests.fixtures import records


class CommandTest(base.TestCase):
    """A new database with the present schema."""

    def setUp(self):
        super().setUp()
        directory = self.temporary_directory()
        self.config = directory / 'nova_lite.conf'
        self.config.write_text(f'[database]\nconnection = sqlite:///{directory}/db.sqlite\n')
        self.addCleanup(lambda: engine.engine().dispose())
        self.context = records.caller(is_admin=True)
        self.manage('sync')
        connect.connect()

    def manage(self, *argv):
        """Run a command of the family; answer its exit code and all that it printed."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = manage.main(['--config-file', str(self.config), 'db', *argv])
        return code, out.getvalue()

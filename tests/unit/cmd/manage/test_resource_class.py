# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/manage/resource_class.py: what an operator reads."""

import contextlib
import io
import json

from nova_lite.cmd import manage
from nova_lite.db import engine
from nova_lite.db.stores import inventories
from tests import base
from tests.fixtures import database, records


class ResourceClassCommandsTest(base.TestCase):

    def test_list_sums_up_what_the_nodes_have(self):
        self.useFixture(database.Database())
        config = self.temporary_directory() / 'nova_lite.conf'
        config.write_text(f'[database]\nconnection = {engine.engine().url}\n')
        context = records.caller(is_admin=True)
        records.compute_host(context)
        inventories.report(context, 1, {'CUSTOM_FPGA': {'total': 4, 'reserved': 1}})
        with contextlib.redirect_stdout(io.StringIO()) as out:
            manage.main(['--config-file', str(config), 'resource_class', 'list', '-f', 'json'])
        self.assertEqual([{'resource_class': 'CUSTOM_FPGA', 'nodes': 1, 'total': 4, 'reserved': 1,
                           'capacity': 3, 'used': 0, 'free': 3}], json.loads(out.getvalue()))

# SPDX-License-Identifier: Apache-2.0
"""The compute daemon: what it loads, and where its objects go."""

import json
import subprocess
import sys

from nova_lite import concurrency, exception, objects
from nova_lite.cmd.serve import compute
from nova_lite.conductor import api as conductor_api
from nova_lite.conf import CONF
from nova_lite.db import connect
from nova_lite.objects import base as objects_base
from nova_lite.rpc import identity, keys
from tests import base
from tests.fixtures import bus

MASTER = keys.ControllerKeys(b'k' * keys.KEY_BYTES)

LOADED_BY_A_COMPUTE = """
import json, sys
from nova_lite import concurrency
concurrency.choose(concurrency.THREADING)
import nova_lite.cmd.compute
import nova_lite.cmd.serve.compute
import nova_lite.image.api
import nova_lite.network.api
import nova_lite.network.fake
import nova_lite.network.flat_dhcp
import nova_lite.virt.fake.driver
import nova_lite.virt.libvirt.driver
from nova_lite import objects
objects.register_all()
json.dump(sorted(name for name, module in sys.modules.items() if module), sys.stdout)
"""


class LoadedTest(base.TestCase):
    """A fresh interpreter that loads all that a host runs."""

    def setUp(self):
        super().setUp()
        done = subprocess.run([sys.executable, '-c', LOADED_BY_A_COMPUTE], cwd=base.TOP,
                              capture_output=True, text=True, check=False)
        self.assertEqual((0, ''), (done.returncode, done.stderr))
        self.loaded = json.loads(done.stdout)

    def of(self, package):
        return [name for name in self.loaded if name.partition('.')[0] == package
                or name.startswith(f'{package}.')]

    def test_no_database_and_no_green_threads(self):
        self.assertIn('nova_lite.compute.manager', self.loaded)
        for package in ('sqlalchemy', 'nova_lite.db', 'alembic', 'oslo_db.sqlalchemy', 'MySQLdb',
                        'pymysql', 'eventlet'):
            self.assertEqual([], self.of(package))


class PrepareTest(base.TestCase):
    """[conductor] use_local."""

    def setUp(self):
        super().setUp()
        self.patch(objects_base.NovaLiteObject, 'indirection_api', None)
        self.connected = []
        self.patch(connect, 'connect', self.connected.append)
        self.be(identity.HOST, MASTER.host_keys('node1', 1))

    def be(self, kind, keyring):
        who = identity.Identity(identity.Sender(kind, 'node1'), compute.BINARY, keyring,
                                bus.StaticDirectory())
        acting = identity.acting_as(who)
        acting.__enter__()
        self.addCleanup(acting.__exit__, None, None, None)

    def test_objects_ask_a_conductor(self):
        compute.prepare()
        self.assertIsInstance(objects.Instance.indirection_api, conductor_api.IndirectionAPI)
        self.assertEqual([], self.connected)

    def test_objects_use_the_database_where_that_is_wanted(self):
        self.override('conductor', use_local=True)
        self.patch(concurrency, 'kind', lambda: concurrency.THREADING)
        compute.prepare()
        self.assertIsNone(objects.Instance.indirection_api)
        self.assertEqual(['threading'], self.connected)

    def test_the_controllers_key_is_refused(self):
        self.be(identity.CONTROLLER, MASTER)
        error = self.assertRaises(exception.KeyFileUnusable, compute.prepare)
        self.assertIn(CONF.rpc.key_file, str(error))

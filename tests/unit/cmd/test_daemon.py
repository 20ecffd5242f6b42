# SPDX-License-Identifier: Apache-2.0
"""What the daemons have in common when they start."""

import json
import subprocess
import sys
import types

from nova_lite import exception, process
from nova_lite.api import listeners
from nova_lite.cmd import daemon
from nova_lite.metrics import address
from nova_lite.metrics import service as metrics_service
from tests import base

LOADED_BY_A_MASTER = """
import json, sys
from nova_lite import concurrency
concurrency.choose(concurrency.THREADING)
import nova_lite.cmd.daemon
json.dump(sorted(name for name, module in sys.modules.items() if module), sys.stdout)
"""


class LoadedTest(base.TestCase):
    """A master has no more than it needs to watch others."""

    def test_it_has_nothing_of_what_its_workers_run(self):
        done = subprocess.run([sys.executable, '-W', 'ignore', '-c', LOADED_BY_A_MASTER],
                              cwd=base.TOP, capture_output=True, text=True, check=True)
        loaded = {name.partition('.')[0] for name in json.loads(done.stdout)}
        self.assertIn('oslo_log', loaded)
        self.assertEqual(set(), loaded & {
            'cheroot', 'cotyledon', 'futurist', 'jinja2', 'jsonschema', 'kombu',
            'prometheus_client', 'sqlalchemy', 'webob'})


class RunTest(base.TestCase):
    """From the options to the processes."""

    def setUp(self):
        super().setUp()
        self.patch(daemon, 'configure', lambda *given: None)
        self.patch(process, 'leave', self.fail)
        self.patch(listeners, 'opened', lambda: [('listener', 'socket')])
        self.ran = []
        self.patch(process, 'run', lambda load, **given: self.ran.append((load, given)))
        self.patch(daemon.importlib, 'import_module', lambda name: types.SimpleNamespace(
            services=lambda listening: [(name, 1), (listening, 3)],
            Service=metrics_service.Service))

    def test_the_api_is_given_what_was_bound_and_is_replaced_by_sighup(self):
        self.override(osapi_compute_workers=3, metadata_workers=1)
        daemon.run('api', [], [])
        [(load, given)] = self.ran
        self.assertEqual({'count': 3, 'replaced_on_reload': True}, given)
        self.assertEqual(
            [('nova_lite.cmd.serve.api', 1), ([('listener', 'socket')], 3)], load())

    def test_others_bind_nothing_and_are_told_of_new_options(self):
        self.override('conductor', workers=2)
        for name, count in (('conductor', 2), ('scheduler', 1), ('compute', 1)):
            daemon.run(name, [], [])
            load, given = self.ran.pop()
            self.assertEqual({'count': count, 'replaced_on_reload': False}, given, name)
            self.assertEqual(([], 3), load()[1])

    def test_what_measures_is_in_each_process_and_the_first(self):
        self.override('metrics', enabled=True)
        self.patch(address, 'claim', lambda binary, processes: (binary, processes))
        self.override('conductor', workers=2)
        daemon.run('conductor', [], [])
        found = self.ran[0][0]()
        self.assertIsInstance(found[0][0], metrics_service.Service)
        self.assertEqual([3, 1, 3], [workers for _service, workers in found])

    def test_an_error_of_the_start_is_the_exit_code(self):
        left = []
        self.patch(process, 'leave', left.append)

        def fail(_load, **_given):
            raise exception.PasteConfigNotFound(path='/nowhere')
        self.patch(process, 'run', fail)
        daemon.run('api', [], [])
        self.assertEqual([daemon.FAILED], left)

# SPDX-License-Identifier: Apache-2.0
"""The start of every daemon, as each of its parts."""

import json
import os
import subprocess
import sys
import types

from nova_lite import parts
from nova_lite.cmd import program
from tests import base

MASTER = """
import json, sys
from nova_lite import workers
workers.Master.run = lambda master: json.dump(
    [sorted(name for name, module in sys.modules.items() if module), master._count], sys.stdout)
from nova_lite.cmd import conductor
sys.exit(conductor.main())
"""
GIVEN = {'count': 3, 'patience': 60, 'replaced_on_reload': False, 'given': {}}


class ProgramTest(base.TestCase):

    def test_a_master_loads_nothing_of_what_its_workers_run_and_no_options(self):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', '-c', MASTER], cwd=base.TOP, capture_output=True,
            env={**os.environ, parts.ENVIRONMENT: json.dumps([parts.MASTER, 'sample', GIVEN])},
            text=True, check=True)
        names, count = json.loads(done.stdout)
        self.assertEqual(3, count)
        self.assertEqual(
            {'nova_lite', 'nova_lite.cmd', 'nova_lite.cmd.conductor', 'nova_lite.cmd.program',
             'nova_lite.parts', 'nova_lite.workers'},
            {name for name in names if name.startswith('nova_lite')})
        self.assertEqual(set(), set(names) & {
            'argparse', 'ctypes', 'dataclasses', 'eventlet', 'oslo_config', 'oslo_log',
            'subprocess'})

    def test_all_other_parts_begin_with_the_kind_of_threads(self):
        self.patch(program.importlib, 'import_module', lambda name: types.SimpleNamespace(
            daemon=lambda *given: (name, *given)))
        self.patch(parts, 'taken', lambda: (None, {}))
        self.assertEqual((program.LAUNCH, 'api', None, {}), program.daemon('api'))
        self.patch(parts, 'taken', lambda: (parts.SCRIBE, {'text': 'word'}))
        self.assertEqual((program.LAUNCH, 'api', parts.SCRIBE, {'text': 'word'}),
                         program.daemon('api'))

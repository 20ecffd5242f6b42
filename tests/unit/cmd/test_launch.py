# SPDX-License-Identifier: Apache-2.0
"""The start of every daemon: the kind of threads before anything else."""

import types

from nova_lite import concurrency
from nova_lite.cmd import launch
from tests import base


class LaunchTest(base.TestCase):
    """From the command line to the daemon's own module."""

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.events = []
        self.patch(concurrency, 'choose', self.events.append)
        self.patch(launch.importlib, 'import_module', self.load)

    def load(self, name):
        self.events.append(name)
        return types.SimpleNamespace(run=self.run_daemon)

    def run_daemon(self, name, arguments, files, part, given):
        self.events.append(name)
        self.assertEqual(('a part', {'a': 'word'}), (part, given))
        return [arguments, files]

    def write(self, name, text):
        path = self.directory / name
        path.write_text(text, encoding='utf-8')
        return str(path)

    def launch(self, name, *arguments, config_file='/nowhere'):
        self.patch(launch.sys, 'argv', [f'nova-lite-{name}', *arguments])
        self.patch(launch, 'COMPUTE_CONFIG' if name == 'compute' else 'CONTROLLER_CONFIG',
                   config_file)
        return launch.daemon(name, 'a part', {'a': 'word'})

    def test_threads_are_chosen_before_the_daemon_is_loaded(self):
        self.launch('conductor')
        self.assertEqual([concurrency.THREADING, 'nova_lite.cmd.daemon', 'conductor'], self.events)

    def test_every_daemon_runs_on_native_threads_unless_told_otherwise(self):
        for name in concurrency.OPTIONS:
            self.events.clear()
            self.launch(name)
            self.assertEqual(concurrency.THREADING, self.events[0], name)

    def test_the_configuration_decides(self):
        path = self.write('given.conf', '[api]\nconcurrency_backend = eventlet\n'
                                        '[conductor]\nconcurrency_backend = threading\n')
        self.launch('api', '--debug', '--config-file', path)
        self.assertEqual(concurrency.EVENTLET, self.events[0])

    def test_a_directory_of_configuration_is_read_too(self):
        self.write('10.conf', '[api]\nconcurrency_backend = eventlet\n')
        self.launch('api', '--config-dir', str(self.directory))
        self.assertEqual(concurrency.EVENTLET, self.events[0])

    def test_the_usual_file_is_read_if_it_is_there(self):
        path = self.write('usual.conf', '[api]\nconcurrency_backend = eventlet\n')
        self.assertEqual([[], [path]], self.launch('api', config_file=path))
        self.assertEqual(concurrency.EVENTLET, self.events[0])
        self.assertEqual([[], [path]], self.launch('compute', config_file=path))
        self.assertEqual([[], []], self.launch('api', config_file='/nowhere/usual.conf'))

    def test_the_daemon_gets_the_whole_command_line(self):
        path = self.write('given.conf', '')
        arguments = ['--config-file', path, '--use-journal']
        self.assertEqual([arguments, []], self.launch('scheduler', *arguments))

    def test_an_unknown_kind_is_said_before_anything_is_loaded(self):
        path = self.write('given.conf', '[api]\nconcurrency_backend = fibres\n')
        error = self.assertRaises(SystemExit, self.launch, 'api', '--config-file', path)
        self.assertIn('nova-lite-api: ', error.code)
        self.assertIn('fibres', error.code)
        self.assertEqual([], self.events)

    def test_a_file_that_is_not_there_is_said(self):
        error = self.assertRaises(
            SystemExit, self.launch, 'api', '--config-file', '/nowhere/given.conf')
        self.assertIn('/nowhere/given.conf', error.code)


class ApplicationTest(base.TestCase):
    """What a production server loads."""

    def setUp(self):
        super().setUp()
        self.chosen = []
        self.patch(concurrency, 'choose', self.chosen.append)
        self.patch(launch.importlib, 'import_module', lambda name: types.SimpleNamespace(
            application=lambda *given: (name, *given)))
        self.patch(launch, 'existing', lambda path: [path])

    def test_it_runs_on_native_threads_with_the_usual_file(self):
        self.patch(launch.os, 'environ', {})
        self.assertEqual(('nova_lite.cmd.serve.api', 'metadata', [], [launch.CONTROLLER_CONFIG]),
                         launch.application('metadata'))
        self.assertEqual([concurrency.THREADING], self.chosen)

    def test_the_environment_brings_the_command_line(self):
        self.patch(launch.os, 'environ', {launch.ARGUMENTS: "--config-file '/a b'"})
        self.assertEqual(['--config-file', '/a b'], launch.application()[2])

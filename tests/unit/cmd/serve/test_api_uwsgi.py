# SPDX-License-Identifier: Apache-2.0
"""The command line that uWSGI gets for the options of the API."""

import datetime
import os

from nova_lite import exception
from nova_lite.cmd import daemon, launch
from nova_lite.cmd.serve import api_uwsgi
from tests import base
from tests.fixtures import certificates


class CommandTest(base.TestCase):
    """Options of nova_lite become options of uWSGI."""

    def setUp(self):
        super().setUp()
        self.override(osapi_compute_listen='127.0.0.1', osapi_compute_listen_port=1774,
                      metadata_listen='::1', metadata_listen_port=1775,
                      osapi_compute_workers=3, metadata_workers=1, graceful_shutdown_timeout=7)

    def following(self, word):
        command = api_uwsgi.command('uwsgi')
        return [command[index + 1] for index, found in enumerate(command) if found == word]

    def test_it_listens_where_the_options_say(self):
        self.assertEqual(['127.0.0.1:1774', '[::1]:1775'], self.following('--http'))

    def test_the_listener_with_most_workers_decides_how_many_processes_there_are(self):
        self.assertEqual(['3'], self.following('--processes'))

    def test_running_requests_have_the_time_of_a_graceful_stop(self):
        self.assertEqual(['7'], self.following('--worker-reload-mercy'))

    def test_signals_end_it_and_replace_its_workers(self):
        self.assertEqual(['unix_signal:15 gracefully_kill_them_all',
                          'unix_signal:1 uwsgi_chain_reload'],
                         self.following('--hook-master-start'))

    def test_workers_take_connections_themselves_without_the_router(self):
        self.override('wsgi', uwsgi_router=False)
        self.assertEqual([], self.following('--http'))
        self.assertEqual(['127.0.0.1:1774', '[::1]:1775'], self.following('--http11-socket'))

    def test_services_with_tls_are_given_the_certificate(self):
        path = self.temporary_directory() / 'certificate'
        certificates.write(path, 'api', now=datetime.datetime.now(datetime.timezone.utc))
        self.override(enabled_ssl_apis=['osapi_compute'])
        self.override('wsgi', ssl_cert_file=str(path))
        self.assertEqual([f'127.0.0.1:1774,{path},{path}'], self.following('--https'))
        self.assertEqual(['[::1]:1775'], self.following('--http'))
        self.override('wsgi', uwsgi_router=False, ssl_ca_file=str(path))
        self.assertEqual([f'127.0.0.1:1774,{path},{path},HIGH,!{path}'],
                         self.following('--https-socket'))

    def test_no_connection_is_kept_if_that_is_not_wanted(self):
        self.override('wsgi', keep_alive=False)
        self.assertNotIn('--http-keepalive', api_uwsgi.command('uwsgi'))


class RunTest(base.TestCase):
    """Becoming another program."""

    def setUp(self):
        super().setUp()
        self.patch(daemon, 'configure', lambda *arguments: None)

    def test_the_workers_get_our_own_command_line(self):
        became = []
        self.patch(api_uwsgi, 'find_program', lambda: '/bin/uwsgi')
        self.patch(api_uwsgi.os, 'execve', lambda *arguments: became.append(arguments))
        api_uwsgi.run(['--config-file', '/etc/with blank.conf'], [])
        program, _command, environment = became[0]
        self.assertEqual('/bin/uwsgi', program)
        self.assertEqual("--config-file '/etc/with blank.conf'", environment[launch.ARGUMENTS])
        self.assertEqual(os.environ['PATH'], environment['PATH'])

    def test_figures_of_an_earlier_start_are_forgotten(self):
        directory = self.temporary_directory()
        self.override('metrics', enabled=True, directory=str(directory))
        old = directory / 'nova-lite-api.18774' / 'counter_0.db'
        old.parent.mkdir()
        old.touch()
        self.patch(api_uwsgi, 'find_program', lambda: '/bin/uwsgi')
        self.patch(api_uwsgi.os, 'execve', lambda *arguments: None)
        api_uwsgi.run([], [])
        self.assertEqual((True, False), (old.parent.exists(), old.exists()))

    def test_it_says_how_to_get_the_program(self):
        self.patch(api_uwsgi.sys, 'executable', '/nowhere/python')
        self.patch(api_uwsgi.shutil, 'which', lambda name: None)
        self.assertRaises(exception.ProgramNotFound, api_uwsgi.find_program)
        self.assertIn('nova_lite[uwsgi]', api_uwsgi.run([], []))

# SPDX-License-Identifier: Apache-2.0
"""A real Keystone and a real Glance for tests, and the client of them all.

run_tests.sh installs them in an environment of their own from devstack/companions. They
are started for the first test that asks for them (``lend``), on free ports with SQLite in a
directory of their own, serve all tests of the process, and are gone with it.
"""

import atexit
import concurrent.futures
import configparser
import contextlib
import functools
import json
import os
import pathlib
import secrets
import signal
import subprocess

import fixtures
import requests
from cryptography import fernet
from keystoneauth1 import session
from keystoneauth1.identity import v3

from tests import base
from tests.live import own_servers, services

ENVIRONMENT = pathlib.Path(os.environ.get('NOVA_LITE_COMPANIONS', base.TOP / '.companions'))
PROGRAMS = ENVIRONMENT / 'bin'
CLOUD_ADMIN = 'admin'
DOMAIN = 'Default'
REGION = 'RegionOne'
SERVICES = 'service'
NOVA, GLANCE = 'nova', 'glance'
THREADS = 4
STOP_PATIENCE = 10
KEYSTONE = 'keystone.wsgi.api:application'

FILES = {'keystone': 'keystone.conf', 'hasty': 'keystone.conf', 'glance': 'glance-api.conf'}
HASTY_SECONDS = 2

COMPUTE = 'compute'
IMAGE = 'image'


class CommandFailed(AssertionError):
    """A command of the client ended badly; the text is what it printed."""


class Server(fixtures.Fixture):
    """A WSGI application of the environment, served by uWSGI.

    :param module: and the name of the application in it
    :param directory: its own, for logs too
    :param variables: of its environment
    """

    def __init__(self, module, directory, variables):
        super().__init__()
        self._module = module
        self._directory = directory
        self._variables = variables
        self.port = own_servers.free_port()

    @property
    def url(self):
        """Where it is reached, without a path."""
        return f'http://127.0.0.1:{self.port}'

    def _setUp(self):
        with open(self._directory / 'uwsgi.log', 'ab') as log:
            self._process = subprocess.Popen(
                ['setpriv', '--pdeathsig', 'INT', PROGRAMS / 'uwsgi', '--strict', '--master',
                 '--no-orphans', '--need-app', '--virtualenv', ENVIRONMENT, '--http',
                 f'127.0.0.1:{self.port}', '--http-chunked-input', '--module', self._module,
                 '--processes', '1', '--threads', str(THREADS), '--disable-logging',
                 # The router closes each connection, and clients have to be told.
                 '--buffer-size', '65535', '--add-header', 'Connection: close'],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, **self._variables})
        self.addCleanup(self._stop)

    def wait_until_it_serves(self):
        """Wait until it answers; its router takes requests before there is an application."""
        own_servers.wait_until(self._answers, self._module)

    def _answers(self):
        if self._process.poll() is not None:
            log = (self._directory / 'uwsgi.log').read_text(encoding='utf-8')
            raise AssertionError(f'{self._module} ended by itself:\n{log[-3000:]}')
        try:
            return requests.get(self.url, timeout=services.COMMAND_TIMEOUT).status_code < 500
        except requests.ConnectionError:
            return False

    def _stop(self):
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Companions(fixtures.Fixture):
    """Keystone and Glance, with the users of the services.

    :ivar admin: a session of the cloud's admin with Keystone
    """

    def _setUp(self):
        self._directory = self.useFixture(own_servers.OpenDirectory()).path
        self._passwords = {name: secrets.token_hex(16) for name in (CLOUD_ADMIN, NOVA, GLANCE)}
        for name in ('keystone', 'glance'):
            (self._directory / name).mkdir(mode=0o700)
        self._keystone = Server(KEYSTONE, self._directory / 'keystone', {
            'OS_KEYSTONE_CONFIG_DIR': str(self._directory / 'keystone')})
        self._glance = Server('glance.wsgi.api:application', self._directory / 'glance', {
            'OS_GLANCE_CONFIG_DIR': str(self._directory / 'glance')})
        self._write_keystone()
        self._write_glance()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            glance = pool.submit(self._manage, 'glance', 'db', 'sync')
            self._manage('keystone', 'db_sync')
            self._manage('keystone', 'bootstrap', OS_BOOTSTRAP_PASSWORD=self._passwords['admin'],
                         **{f'OS_BOOTSTRAP_{kind}_URL': self.auth_url
                            for kind in ('PUBLIC', 'INTERNAL', 'ADMIN')},
                         OS_BOOTSTRAP_REGION_ID=REGION)
            glance.result()
        for server in (self._keystone, self._glance):
            self.useFixture(server)
        for server in (self._keystone, self._glance):
            server.wait_until_it_serves()
        self.admin = self.session(CLOUD_ADMIN, CLOUD_ADMIN)
        self._add_services()

    # Files

    def _write(self, service, settings):
        parser = configparser.RawConfigParser(default_section=None)
        parser.read_dict({'DEFAULT': {'log_file': self._directory / service / 'log'}, **settings})
        with open(self._directory / service / FILES[service], 'w', encoding='utf-8') as file:
            parser.write(file)

    def _write_keystone(self):
        directory = self._directory / 'keystone'
        for name in ('fernet', 'credential'):
            keys = directory / name
            keys.mkdir(mode=0o700)
            # The next key and the one in use: what the setup commands write, in no time.
            for number in ('0', '1'):
                (keys / number).write_bytes(fernet.Fernet.generate_key())
        self._write_keystone_file('keystone', 3600)

    def _write_keystone_file(self, name, expiration):
        directory = self._directory / 'keystone'
        self._write(name, {
            'database': {'connection': f'sqlite:///{directory}/db'},
            'fernet_tokens': {'key_repository': directory / 'fernet'},
            'credential': {'key_repository': directory / 'credential'},
            'token': {'expiration': expiration},
            # The least that bcrypt takes; a token costs a fifth of a second with the default.
            'identity': {'password_hash_rounds': 4}})

    def _write_glance(self):
        directory = self._directory / 'glance'
        stores = {name: {'filesystem_store_datadir': directory / name} for name in (
            'files', 'os_glance_staging_store', 'os_glance_tasks_store')}
        self._write('glance', {
            'DEFAULT': {'log_file': directory / 'log', 'enabled_backends': 'files:file',
                        'enabled_import_methods': '[glance-direct]'},
            'database': {'connection': f'sqlite:///{directory}/db'},
            'glance_store': {'default_backend': 'files'},
            'paste_deploy': {'flavor': 'keystone', 'config_file':
                             ENVIRONMENT / 'etc/glance/glance-api-paste.ini'},
            'keystone_authtoken': {**self._user_options(GLANCE),
                                   'www_authenticate_uri': self.auth_url},
            'oslo_concurrency': {'lock_path': directory / 'lock'}, **stores})

    def _manage(self, service, *command, **variables):
        done = subprocess.run(
            [PROGRAMS / f'{service}-manage', '--config-file',
             self._directory / service / FILES[service], *command],
            env={**os.environ, **variables}, capture_output=True, text=True, check=False,
            timeout=services.COMMAND_TIMEOUT)
        if done.returncode:
            raise services.Unavailable(f'{service}-manage {command[0]} failed: {done.stderr}')

    # Accounts

    @property
    def auth_url(self):
        """Where Keystone is."""
        return f'{self._keystone.url}/v3'

    @property
    def glance_url(self):
        """Where Glance is."""
        return self._glance.url

    def stored_file(self, image_id):
        """Answer the path at which Glance keeps the bytes of an image."""
        return self._directory / 'glance' / 'files' / image_id

    def _user_options(self, name):
        return {'auth_type': 'password', 'auth_url': self.auth_url, 'username': name,
                'password': self._passwords[name], 'project_name': SERVICES,
                'user_domain_name': DOMAIN, 'project_domain_name': DOMAIN}

    def nova_options(self):
        """Answer group -> name -> value of what a compute API needs to trust this Keystone."""
        own = self._user_options(NOVA)
        trust = {'www_authenticate_uri': self.auth_url, 'service_token_roles': 'service',
                 'service_token_roles_required': 'true'}
        return {'api': {'auth_strategy': 'keystone'}, 'keystone_authtoken': {**own, **trust},
                'service_user': {**own, 'send_service_user_token': 'true'}}

    def _add_services(self):
        self.add_project(SERVICES)
        for name in (NOVA, GLANCE):
            self.add_user(name, SERVICES, 'service', 'admin', password=self._passwords[name])
        self.add_endpoint(IMAGE, self.glance_url)

    def ask(self, method, path, body=None):
        """Have Keystone do something as the admin; answer the body of its answer."""
        answer = self.admin.request(f'{self.auth_url}{path}', method, json=body)
        return answer.json() if answer.content else None

    @functools.cached_property
    def roles(self):
        """Name -> id of the roles that Keystone makes by itself."""
        return {role['name']: role['id'] for role in self.ask('GET', '/roles')['roles']}

    def add_project(self, name):
        """Make a project; answer its id."""
        return self.ask('POST', '/projects', {'project': {
            'name': name, 'domain_id': 'default'}})['project']['id']

    def project_id(self, name):
        """Answer the id of a project."""
        return self.ask('GET', f'/projects?name={name}')['projects'][0]['id']

    def add_user(self, name, project, *roles, password=None):
        """Make a user with roles in a project, which is there; answer the id."""
        self._passwords[name] = password or secrets.token_hex(16)
        user = self.ask('POST', '/users', {'user': {
            'name': name, 'domain_id': 'default', 'password': self._passwords[name]}})
        user_id = user['user']['id']
        project_id = self.project_id(project)
        for role in roles:
            self.ask('PUT', f'/projects/{project_id}/users/{user_id}/roles/{self.roles[role]}')
        return user_id

    def add_endpoint(self, kind, url):
        """Put a service into the catalog; answer its id."""
        service_id = self.ask('POST', '/services', {'service': {
            'type': kind, 'name': kind}})['service']['id']
        for interface in ('public', 'internal', 'admin'):
            self.ask('POST', '/endpoints', {'endpoint': {
                'service_id': service_id, 'interface': interface, 'url': url,
                'region_id': REGION}})
        return service_id

    def remove_endpoint(self, service_id):
        """Take a service out of the catalog."""
        self.ask('DELETE', f'/services/{service_id}')

    def session(self, user, project=None, *, auth_url=None, **scope):
        """Answer a session of a user.

        :param scope: of v3.Password where it is no project
        """
        if project is not None:
            scope = {'project_name': project, 'project_domain_name': DOMAIN}
        return session.Session(v3.Password(
            auth_url or self.auth_url, username=user, password=self._passwords[user],
            user_domain_name=DOMAIN, **scope))

    def expired_token(self, user, project):
        """Answer a token whose time is over, of a second Keystone with the same keys."""
        directory = self._directory / 'hasty'
        directory.mkdir(mode=0o700, exist_ok=True)
        self._write_keystone_file('hasty', HASTY_SECONDS)
        with Server(KEYSTONE, directory, {'OS_KEYSTONE_CONFIG_DIR': str(directory)}) as hasty:
            hasty.wait_until_it_serves()
            found = self.session(user, project, auth_url=f'{hasty.url}/v3').auth.get_access(
                self.admin)
        own_servers.wait_until(lambda: found.will_expire_soon(0), 'the end of a token')
        return found.auth_token

    def revoke(self, token):
        """Have a token be valid no more."""
        self.admin.delete(f'{self.auth_url}/auth/tokens', headers={'X-Subject-Token': token})

    # The client

    def openstack(self, user, project, *command):
        """Run a command of the unmodified client; answer what it printed.

        :raises CommandFailed: if it did not end well
        """
        variables = {'OS_AUTH_URL': self.auth_url, 'OS_USERNAME': user,
                     'OS_PASSWORD': self._passwords[user], 'OS_PROJECT_NAME': project,
                     'OS_USER_DOMAIN_NAME': DOMAIN, 'OS_PROJECT_DOMAIN_NAME': DOMAIN,
                     'OS_REGION_NAME': REGION, 'OS_IDENTITY_API_VERSION': '3'}
        done = subprocess.run(
            [PROGRAMS / 'openstack', *map(str, command)], capture_output=True, text=True,
            check=False, timeout=services.COMMAND_TIMEOUT, stdin=subprocess.DEVNULL,
            env={**os.environ, **variables, 'HOME': str(self._directory)})
        if done.returncode:
            raise CommandFailed(f'openstack {" ".join(map(str, command))}: '
                                f'{done.stderr or done.stdout}')
        return done.stdout

    def ask_openstack(self, user, project, *command):
        """Run a command of the client that shows something; answer it as it is in JSON."""
        return json.loads(self.openstack(user, project, *command, '-f', 'json'))


@functools.cache
def _lent():
    found = Companions()
    found.setUp()
    atexit.register(found.cleanUp)
    return found


def lend():
    """Answer the companions; they are started if this is the first who asks.

    :raises Unavailable: if they are not installed
    """
    if not (PROGRAMS / 'keystone-manage').exists():
        raise services.Unavailable(f'Keystone and Glance are not installed in {ENVIRONMENT}')
    return _lent()


def lend_to(test):
    """Answer the companions for a test, which is skipped if they are not installed."""
    try:
        return lend()
    except services.Unavailable as error:
        test.skipTest(str(error))

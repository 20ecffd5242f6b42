# SPDX-License-Identifier: Apache-2.0
"""A small client of any Nova-compatible API, over HTTP, with one connection a thread."""

import http.client
import json
import threading
import time

TIMEOUT = 60
BROKEN = (OSError, http.client.HTTPException)
"""What a request raises while the API is away, or goes away."""


REPEATABLE = frozenset({'GET', 'DELETE'})


class Refused(AssertionError):
    """The API answered with an error.

    :ivar status: its HTTP status
    """

    def __init__(self, method, path, status, text):
        super().__init__(f'{method} {path}: {status} {text}')
        self.status = status


class Client:
    """Sends requests as one user.

    :param prefix: path of the API's root
    :param version: microversion of all requests
    :ivar headers: of all requests
    """

    def __init__(self, host, port, token, *, prefix='/v2.1', version='2.37'):
        self.address = (host, port)
        self.headers = {'X-Auth-Token': token, 'Content-Type': 'application/json',
                         'Accept': 'application/json',
                         'OpenStack-API-Version': f'compute {version}',
                         'X-OpenStack-Nova-API-Version': version}
        self.prefix = prefix
        self._own = threading.local()

    def send(self, method, path, body=None, *, headers=None):
        """Answer the decoded body; None if there is none.

        :raises Refused: if the status says that it was not done
        :raises: BROKEN if the connection was
        """
        is_kept = getattr(self._own, 'connection', None) is not None
        try:
            status, text = self._exchange(method, path, body, headers or {})
        except BROKEN:
            # The server may have closed a connection that was not used for a while.
            if not is_kept or method not in REPEATABLE:
                raise
            status, text = self._exchange(method, path, body, headers or {})
        if status >= 300:
            raise Refused(method, path, status, text.decode('utf-8', 'replace'))
        return json.loads(text) if text else None

    def _exchange(self, method, path, body, headers):
        connection = self._connection()
        try:
            connection.request(method, self.prefix + path,
                               None if body is None else json.dumps(body),
                               {**self.headers, **headers})
            response = connection.getresponse()
            return response.status, response.read()
        except BROKEN:
            self.disconnect()
            raise

    def _connection(self):
        if getattr(self._own, 'connection', None) is None:
            self._own.connection = http.client.HTTPConnection(*self.address, timeout=TIMEOUT)
        return self._own.connection

    def disconnect(self):
        """Close this thread's connection; the next request makes another."""
        if getattr(self._own, 'connection', None) is not None:
            self._own.connection.close()
            self._own.connection = None

    def create(self, name, image, flavor, networks='none', *, key=None, **more):
        """Ask for a server; answer its id.

        :param networks: auto, none, or a list
        :param key: Idempotency-Key, with which the same request may be sent again
        """
        answer = self.send('POST', '/servers', {'server': {
            'name': name, 'imageRef': image, 'flavorRef': flavor, 'networks': networks, **more}},
            headers={'Idempotency-Key': key} if key else None)
        return answer['server']['id']

    def show(self, server):
        """Answer a server; None if there is no such."""
        try:
            return self.send('GET', f'/servers/{server}')['server']
        except Refused as error:
            if error.status == http.client.NOT_FOUND:
                return None
            raise

    def servers(self):
        """Answer all servers of the user's project, in detail."""
        return self.send('GET', '/servers/detail')['servers']

    def delete(self, server):
        """Ask for the end of a server; answer whether it was there."""
        try:
            self.send('DELETE', f'/servers/{server}')
        except Refused as error:
            if error.status == http.client.NOT_FOUND:
                return False
            raise
        return True

    def wait_until_active(self, server, *, poll=0.05, patience=60):
        """Wait for the end of a build; answer how often it was asked.

        :raises AssertionError: if the server is in error, gone, or takes too long
        """
        deadline = time.monotonic() + patience
        asked = 0
        while True:
            found, asked = self.show(server), asked + 1
            status = found and found['status']
            if status == 'ACTIVE':
                return asked
            if status != 'BUILD' or time.monotonic() > deadline:
                raise AssertionError(f'server {server} is {status}: '
                                     f'{found and found.get("fault")}')
            time.sleep(poll)

    def wait_until_gone(self, server, *, poll=0.05, patience=60):
        """Wait for the end of a delete.

        :raises AssertionError: if the server goes to error or takes too long
        """
        deadline = time.monotonic() + patience
        while (found := self.show(server)) is not None:
            if found['status'] == 'ERROR' or time.monotonic() > deadline:
                raise AssertionError(f'server {server} is {found["status"]}, not gone')
            time.sleep(poll)

    def console_output(self, server, length=None):
        """Answer the end of a server's console log."""
        return self.send('POST', f'/servers/{server}/action', {
            'os-getConsoleOutput': {'length': length} if length else {}})['output']

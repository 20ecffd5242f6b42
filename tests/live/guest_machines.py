# SPDX-License-Identifier: Apache-2.0
"""A host, its guests and the world outside, as network namespaces of this machine.

The host's own code runs in its namespace by tests/live/network_worker.py. A
guest is a namespace with one end of a veth pair; the other end has the name of
the tap and is put into the bridge, as libvirt would.
"""

import contextlib
import json
import pathlib
import secrets
import subprocess
import sys

import fixtures

TOP = pathlib.Path(__file__).resolve().parents[2]
HOST_OUTSIDE, WORLD = '198.51.100.1', '198.51.100.2'
UDHCPC_SCRIPT = """#!/bin/sh
if [ "$1" = bound ]; then
    ip address add "$ip/$mask" dev eth0
    ip route add default via "$router"
    echo "address=$ip router=$router dns=$dns mtu=$mtu hostname=$hostname domain=$domain"
fi
"""


def run(*command, check=True, text=None, timeout=30):
    """Run a command; answer the finished process."""
    done = subprocess.run(command, capture_output=True, text=True, input=text, check=False,
                          timeout=timeout, cwd=TOP)
    if check and done.returncode:
        raise AssertionError(f'{" ".join(command)} failed: {done.stderr or done.stdout}')
    return done


class Machine(fixtures.Fixture):
    """A network namespace that goes with the test, and everything that runs in it."""

    def __init__(self, kind):
        super().__init__()
        self.name = f'nlt-{kind}-{secrets.token_hex(3)}'

    def _setUp(self):
        run('ip', 'netns', 'add', self.name)
        self.addCleanup(self._remove)
        self.run('ip', 'link', 'set', 'lo', 'up')

    def _remove(self):
        for pid in run('ip', 'netns', 'pids', self.name).stdout.split():
            run('kill', '-KILL', pid, check=False)
        run('ip', 'netns', 'delete', self.name)

    def run(self, *command, **settings):
        """Run a command in it."""
        return run('ip', 'netns', 'exec', self.name, *command, **settings)

    def succeeds(self, *command):
        """Answer whether a command in it succeeds."""
        return self.run(*command, check=False).returncode == 0

    def pings(self, address, *options):
        """Answer whether an address answers."""
        return self.succeeds('busybox', 'ping', '-c', '1', '-W', '1', *options, address)

    @contextlib.contextmanager
    def listening(self, *command):
        """Run a server in it; it has printed a line before this goes on."""
        server = subprocess.Popen(
            ['ip', 'netns', 'exec', self.name, *command], stdout=subprocess.PIPE, text=True,
            cwd=TOP)
        try:
            server.stdout.readline()
            yield server
        finally:
            server.kill()
            server.wait()
            server.stdout.close()


class Host(Machine):
    """A compute host with a way to the world.

    :param directory: its state directory
    """

    def __init__(self, directory):
        super().__init__('host')
        self.directory = directory
        self.options = {'state_path': str(directory), 'my_ip': HOST_OUTSIDE}

    def _setUp(self):
        super()._setUp()
        for path in (self.directory, *self.directory.parents):
            if path.stat().st_mode & 0o001 == 0:
                path.chmod(0o755)
        self.world = self.useFixture(Machine('world'))
        self.run('ip', 'link', 'add', 'outside', 'type', 'veth', 'peer', 'name', 'eth0',
                 'netns', self.world.name)
        for machine, device, address in ((self, 'outside', HOST_OUTSIDE),
                                         (self.world, 'eth0', WORLD)):
            machine.run('ip', 'address', 'add', f'{address}/24', 'dev', device)
            machine.run('ip', 'link', 'set', device, 'up')

    def do(self, action, *servers, **options):
        """Have a new process of the host do something; answer it finished.

        :param servers: (uuid, host name, rows of NICs)
        """
        order = {'action': action, 'options': {**self.options, **options}, 'servers': [
            {'uuid': uuid, 'host_name': name, 'nics': nics} for uuid, name, nics in servers]}
        return self.run(sys.executable, '-W', 'ignore', '-m', 'tests.live.network_worker',
                        text=json.dumps(order))

    def dnsmasq_pids(self):
        """Answer the processes of dnsmasq that run in it."""
        return [pid for pid in run('ip', 'netns', 'pids', self.name).stdout.split()
                if b'dnsmasq' in pathlib.Path(f'/proc/{pid}/cmdline').read_bytes()]


class Guest(Machine):
    """A guest of a host with one NIC.

    :param nic: its row
    """

    def __init__(self, host, nic):
        super().__init__('guest')
        self.host, self.nic = host, nic
        self.tap = f'tap{nic["id"]}'[:14]

    def _setUp(self):
        super()._setUp()
        self.host.run('ip', 'link', 'add', self.tap, 'type', 'veth', 'peer', 'name', 'eth0',
                      'netns', self.name, 'address', self.nic['address'])
        self.host.run('ip', 'link', 'set', self.tap, 'master', self.nic['network']['bridge'], 'up')
        self.run('ip', 'link', 'set', 'eth0', 'up')
        self._script = pathlib.Path(self.useFixture(fixtures.TempDir()).path) / 'udhcpc'
        self._script.write_text(UDHCPC_SCRIPT)
        self._script.chmod(0o755)

    def ask_for_address(self, tries=5):
        """Run a DHCP client once; answer what it was told, {} if nobody answered."""
        done = self.run('busybox', 'udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-t', str(tries),
                        '-T', '1', '-O', 'mtu', '-s', str(self._script), check=False)
        lines = [line for line in done.stdout.splitlines() if line.startswith('address=')]
        return dict(pair.split('=', 1) for pair in lines[0].split(' ')) if lines else {}

    def pull_out(self):
        """Take the NIC away, as the end of its domain does."""
        self.host.run('ip', 'link', 'delete', self.tap)

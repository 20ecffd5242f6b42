# SPDX-License-Identifier: Apache-2.0
"""The guest image of devstack, built and booted by plain QEMU.

Nothing of the product takes part: what a guest needs of a cloud (DHCP, metadata
service, config drive, power button) is QEMU's own network and a few lines here.
"""

import io
import json
import os
import pathlib
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import pycdlib

from tests.live import base

BUILDER = pathlib.Path(__file__).parents[2] / 'devstack' / 'guest_image' / 'build.sh'
BUILT = pathlib.Path(tempfile.gettempdir()) / f'nova_lite_test_guest_image_{os.getuid()}'
PATIENCE = 60
PROGRAMS = ('qemu-system-x86_64', 'qemu-img', 'ssh', 'ssh-keygen', 'apt-get', 'dpkg-deb', 'mke2fs')

UUID = '3c1f0a6e-55b0-4a5e-a9f6-0d53c6f1d9aa'
OTHER_UUID = 'b7d8f3f0-09c5-4e0c-8d38-6e1e4f1d22bb'
USER_DATA = '#!/bin/sh\necho "user data runs on $(hostname)"\n'

# Answers one HTTP request on standard input with a file of the directory that it is given.
METADATA_SERVICE = '''
import pathlib, sys
path = sys.stdin.readline().split()[1]
while sys.stdin.readline().strip():
    pass
file = pathlib.Path(sys.argv[1], path.strip('/').replace('/', '_'))
body = file.read_bytes() if file.exists() else b''
status = '200 OK' if file.exists() else '404 Not Found'
sys.stdout.write(f'HTTP/1.0 {status}\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n')
sys.stdout.flush()
sys.stdout.buffer.write(body)
sys.stdout.buffer.flush()
'''


def meta_data(key, uuid=UUID, **more):
    """Answer the parts of meta_data.json that the guest reads, and what may confuse it."""
    return {'uuid': uuid, 'hostname': 'web-1.novalocal', 'name': 'web "1"\n',
            'meta': {'uuid': 'not this one', 'public_keys': 'none'},
            'public_keys': {'mine': key}, 'random_seed': 'QUJD' * 128, **more}


class Guest:
    """A guest under QEMU; its console is read as it comes."""

    def __init__(self, directory, disk, *arguments, network=''):
        self.port = _free_port()
        self.monitor = directory / 'monitor'
        self.console = ''
        self.process = subprocess.Popen(
            ['qemu-system-x86_64', '-accel', 'tcg', '-m', '128', '-nodefaults', '-display', 'none',
             '-serial', 'stdio', '-no-reboot', '-kernel', BUILT / 'vmlinuz',
             '-initrd', BUILT / 'initramfs', '-append', 'root=/dev/vda console=ttyS0 quiet',
             '-drive', f'file={disk},if=virtio', '-device', 'virtio-rng-pci',
             '-netdev', f'user,id=net,hostfwd=tcp:127.0.0.1:{self.port}-:22{network}',
             '-device', 'virtio-net-pci,netdev=net',
             '-qmp', f'unix:{self.monitor},server=on,wait=off', *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def wait_for(self, pattern):
        """Read the console until it has the pattern; answer the match."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.console)):
            readable, _, _ = select.select([self.process.stdout], [], [],
                                           max(0, deadline - time.monotonic()))
            read = os.read(self.process.stdout.fileno(), 4096) if readable else b''
            if not read:
                raise AssertionError(f'no {pattern!r} on the console:\n{self.console}')
            self.console += read.decode(errors='replace').replace('\r', '')
        return found

    def ready(self):
        """Wait for the line that the guest prints when it can be used; answer its values."""
        line = self.wait_for(r'nova_lite guest ready: (.*)\n').group(1)
        return dict(word.split('=', 1) for word in line.split())

    def run(self, key_file, command):
        """Run a command in the guest by ssh; answer what it printed."""
        return subprocess.run(
            ['ssh', '-i', key_file, '-p', str(self.port), '-o', 'BatchMode=yes',
             '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null',
             '-o', 'LogLevel=ERROR', 'root@127.0.0.1', command],
            check=True, capture_output=True, text=True, timeout=PATIENCE,
            stdin=subprocess.DEVNULL).stdout

    def press_power_button(self):
        """Do what a hypervisor does to ask for a shutdown."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.connect(str(self.monitor))
            monitor.sendall(b'{"execute": "qmp_capabilities"}{"execute": "system_powerdown"}')
            self.process.wait(PATIENCE)

    def stop(self):
        """Pull the plug."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class GuestImageTestCase(base.LiveTestCase):

    def setUp(self):
        super().setUp()
        missing = [name for name in PROGRAMS if shutil.which(name) is None]
        if missing:
            self.skipTest(f'not installed: {", ".join(missing)}')
        self.build()
        self.work = pathlib.Path(self.directory)
        self.key_file = self.work / 'key'
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'somebody',
                        '-f', self.key_file], check=True)
        self.key = (self.work / 'key.pub').read_text()
        self.disk = self.make_disk()

    def build(self):
        built = subprocess.run([BUILDER, BUILT], capture_output=True, text=True, check=False,
                               timeout=PATIENCE * 4)
        self.assertEqual(0, built.returncode, built.stderr)
        return built.stdout

    def make_disk(self, size='1G'):
        disk = self.work / 'disk'
        subprocess.run(['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2',
                        '-b', BUILT / 'disk.qcow2', disk, size], check=True)
        return disk

    def boot(self, *arguments, network=''):
        guest = Guest(self.work, self.disk, *arguments, network=network)
        self.addCleanup(guest.stop)
        return guest

    def boot_with_service(self, values, **documents):
        """Boot with a metadata service, which has meta_data.json and other documents by path."""
        pages = self.work / 'pages'
        pages.mkdir(exist_ok=True)
        (pages / 'openstack_latest_meta_data.json').write_text(json.dumps(values))
        for path, text in documents.items():
            (pages / path).write_text(text)
        service = self.work / 'service.py'
        service.write_text(METADATA_SERVICE)
        return self.boot(network=(
            ',net=169.254.169.0/24,host=169.254.169.2,dns=169.254.169.3,dhcpstart=169.254.169.10,'
            f'guestfwd=tcp:169.254.169.254:80-cmd:{sys.executable} {service} {pages}'))

    def config_drive(self, values, **files):
        """Answer the arguments for a config drive with these values and files by path."""
        drive = pycdlib.PyCdlib()
        drive.new(interchange_level=4, vol_ident='config-2', rock_ridge='1.09', joliet=3)
        contents = {'/openstack/latest/meta_data.json': json.dumps(values), **files}
        made = set()
        for path, text in contents.items():
            for parent in reversed(pathlib.PurePosixPath(path).parents[:-1]):
                if parent not in made:
                    made.add(parent)
                    drive.add_directory(str(parent), rr_name=parent.name, joliet_path=str(parent))
            drive.add_fp(io.BytesIO(text.encode()), len(text.encode()), path,
                         rr_name=pathlib.PurePosixPath(path).name, joliet_path=path)
        drive.write(str(self.work / 'config.iso'))
        drive.close()
        return ('-drive', f'file={self.work / "config.iso"},media=cdrom,if=ide,readonly=on')


class GuestImageTest(GuestImageTestCase):

    def test_image_is_not_built_again_while_nothing_has_changed(self):
        before = (BUILT / 'disk.qcow2').stat().st_mtime_ns

        self.assertIn('up to date', self.build())

        self.assertEqual(before, (BUILT / 'disk.qcow2').stat().st_mtime_ns)

    def test_guest_is_what_the_metadata_service_says(self):
        guest = self.boot_with_service(meta_data(self.key),
                                       openstack_latest_user_data=USER_DATA)

        values = guest.ready()

        self.assertEqual(('web-1', '169.254.169.10', 'http'),
                         (values['hostname'], values['address'], values['metadata']))
        guest.wait_for('user data runs on web-1\n')
        self.assertEqual('web-1\n', guest.run(self.key_file, 'hostname'))
        self.assertEqual(self.key, guest.run(self.key_file, 'cat /root/.ssh/authorized_keys'))

    def test_guest_takes_the_config_drive_first_and_its_files_too(self):
        files = [{'path': '/etc/motd', 'content_path': '/content/0000'},
                 {'path': '/opt/deep/down', 'content_path': '/content/0001'}]
        guest = self.boot(*self.config_drive(
            meta_data(self.key, files=files),
            **{'/openstack/content/0000': 'hello\n', '/openstack/content/0001': 'there\n',
               '/openstack/latest/user_data': USER_DATA}))

        values = guest.ready()

        self.assertEqual(('web-1', 'config-drive'), (values['hostname'], values['metadata']))
        guest.wait_for('user data runs on web-1\n')
        self.assertEqual('hello\nthere\n',
                         guest.run(self.key_file, 'cat /etc/motd /opt/deep/down'))

    def test_guest_without_any_metadata_comes_up_and_lets_nobody_in(self):
        guest = self.boot()

        self.assertEqual('none', guest.ready()['metadata'])

        self.assertRaises(subprocess.CalledProcessError, guest.run, self.key_file, 'true')

    def test_guest_fills_the_disk_that_it_was_given(self):
        guest = self.boot(*self.config_drive(meta_data(self.key)))
        guest.ready()
        guest.wait_for('login: ')

        size_kb = guest.run(self.key_file, (
            'until [ -e /var/lib/guest/grown-to-sectors ]; do usleep 100000; done; '
            "df -k / | awk 'NR == 2 {print $2}'"))

        self.assertGreater(int(size_kb), 900 * 1024)

    def test_power_button_shuts_the_guest_down_and_its_disk_stays_good(self):
        drive = self.config_drive(meta_data(self.key), **{
            '/openstack/latest/user_data': '#!/bin/sh\necho ran >>/root/runs\n'})
        guest = self.boot(*drive)
        host_key = guest.ready()['host_key']
        guest.wait_for('user data ended with 0')

        guest.press_power_button()

        again = self.boot(*drive)
        self.assertEqual(host_key, again.ready()['host_key'])
        self.assertEqual('ran\n', again.run(self.key_file, 'cat /root/runs'))

    def test_copied_disk_gets_keys_of_its_own_and_runs_its_user_data(self):
        guest = self.boot(*self.config_drive(meta_data(self.key)))
        host_key = guest.ready()['host_key']
        guest.press_power_button()

        copy = self.boot(*self.config_drive(meta_data(self.key, uuid=OTHER_UUID), **{
            '/openstack/latest/user_data': USER_DATA}))

        self.assertNotEqual(host_key, copy.ready()['host_key'])
        copy.wait_for('user data runs on web-1\n')


def _free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]

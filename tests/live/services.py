# SPDX-License-Identifier: Apache-2.0
"""Find or start the RabbitMQ, MariaDB and libvirtd of this machine, for the live tests.

run_tests.sh calls ``python -m tests.live.services start`` before the live
tests and ``... stop RUN`` after them: what ran before goes on running, what was
started here is stopped. A live test that is run alone does the same by
``borrowed``. Only root can start one or make accounts in it.

Nothing of another stack on the machine is touched: each run has virtual hosts
and databases of its own, whose names begin with the name of the run.
"""

import argparse
import contextlib
import dataclasses
import fcntl
import os
import pathlib
import shutil
import subprocess
import time
from collections.abc import Callable

PREFIX = 'nova_lite_test_'
STATE = pathlib.Path('/run/nova_lite_tests')
PATIENCE = 60
POLL = 0.2
COMMAND_TIMEOUT = 120


class Unavailable(Exception):
    """The service is not there and can't be started; the text says why."""


def run(*command, check=True, text=None):
    """Run a command; answer what it printed. Raises Unavailable with what it complained of."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, input=text, check=False,
                              timeout=COMMAND_TIMEOUT)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f'{command[0]}: {error}') from error
    if check and done.returncode != 0:
        complaint = (done.stderr or done.stdout).strip().splitlines() or ['no message']
        raise Unavailable(f'{" ".join(command[:2])} failed: {complaint[-1]}')
    return done.stdout


def answers(*command):
    """Say whether a command succeeds."""
    try:
        run(*command)
    except Unavailable:
        return False
    return True


def is_systemd():
    """Say whether systemd is what starts services here."""
    return pathlib.Path('/run/systemd/system').is_dir()


@dataclasses.dataclass(frozen=True)
class Service:
    """A server of this machine.

    :ivar program: what must be installed
    :ivar is_up: answers whether it works
    :ivar start: starts it where there is no systemd
    :ivar stop: stops what ``start`` started
    """

    name: str
    program: str
    units: tuple
    is_up: Callable[[], bool]
    start: Callable[[], None]
    stop: Callable[[], None]


def _start_rabbitmq():
    run('rabbitmq-server', '-detached')


def _start_mariadb():
    rundir = pathlib.Path('/run/mysqld')
    rundir.mkdir(exist_ok=True)
    shutil.chown(rundir, 'mysql')
    # Found by its pid file: another container's server of the same program is not ours.
    run('start-stop-daemon', '--start', '--background', '--make-pidfile',
        '--pidfile', str(rundir / 'started-by-tests.pid'), '--startas', '/usr/sbin/mariadbd',
        '--', '--user=mysql')


def _start_libvirt():
    _open_kvm_device()
    # A virtlogd of a container may run too, so its name among the processes says nothing.
    if not answers('virt-admin', '-c', 'virtlogd:///system', 'uri'):
        run('virtlogd', '-d')
    run('libvirtd', '-d')


def _open_kvm_device():
    """Give KVM's device to its group where no udev does.

    libvirt looks at QEMU's abilities anew at every definition, half a minute
    long, while its QEMU user can't open a device that is there.
    """
    device = pathlib.Path('/dev/kvm')
    if device.exists() and not pathlib.Path('/run/udev/control').exists():
        shutil.chown(device, group='kvm')
        device.chmod(0o666 if device.stat().st_mode & 0o006 else 0o660)


def _stop_libvirt():
    for program in ('libvirtd', 'virtlogd'):
        pid_file = pathlib.Path(f'/run/{program}.pid')
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(pid_file.read_text(encoding='ascii')), 15)


SERVICES = {service.name: service for service in (
    Service('rabbitmq', 'rabbitmq-server', ('rabbitmq-server',),
            lambda: answers('rabbitmqctl', '-q', 'status'),
            _start_rabbitmq, lambda: run('rabbitmqctl', 'stop')),
    Service('mariadb', 'mariadbd', ('mariadb',),
            lambda: answers('mariadb', '-e', 'SELECT 1'),
            _start_mariadb, lambda: run('mariadb-admin', 'shutdown')),
    Service('libvirt', 'libvirtd', ('virtlogd', 'libvirtd'),
            lambda: answers('virsh', '-q', '-c', 'qemu:///system', 'version'),
            _start_libvirt, _stop_libvirt),
)}


def ensure(name, *, may_start=True, on_start=lambda name: None):
    """Make sure that a service runs.

    :param on_start: called before it is started; whoever starts it has to halt it
    :raises: Unavailable, with the reason
    """
    service = SERVICES[name]
    if os.geteuid() != 0:
        raise Unavailable(f'{name}: live tests make accounts in it, which needs root')
    if shutil.which(service.program, path='/usr/sbin:/usr/bin:/usr/local/bin') is None:
        raise Unavailable(f'{name}: {service.program} is not installed')
    with _one_at_a_time():
        if service.is_up():
            return
        if not may_start:
            raise Unavailable(f'{name}: could not be started, see the beginning of the run')
        on_start(name)
        if is_systemd():
            run('systemctl', 'start', *service.units)
        else:
            service.start()
        _wait_until_up(service)


@contextlib.contextmanager
def _one_at_a_time():
    """Several test processes look for the same service; one starts it."""
    STATE.mkdir(exist_ok=True)
    with open(STATE / 'lock', 'w', encoding='ascii') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _wait_until_up(service):
    deadline = time.monotonic() + PATIENCE
    while not service.is_up():
        if time.monotonic() > deadline:
            raise Unavailable(f'{service.name} was started, but does not answer '
                              f'after {PATIENCE} s')
        time.sleep(POLL)


def halt(name):
    """Stop a service that ``ensure`` started."""
    service = SERVICES[name]
    if is_systemd():
        run('systemctl', 'stop', *reversed(service.units))
    else:
        service.stop()


def drop_database(name):
    """Answer the SQL that removes a test's database and its user."""
    return (f'DROP DATABASE IF EXISTS `{name}`;'
            f"DROP USER IF EXISTS '{name}'@'localhost', '{name}'@'127.0.0.1';")


def remove_leftovers(run_name):
    """Remove every virtual host, broker account and database of a run."""
    mine = PREFIX + run_name
    if SERVICES['rabbitmq'].is_up():
        for what, command in (('vhosts', 'delete_vhost'), ('users', 'delete_user')):
            listed = run('rabbitmqctl', '-q', '--no-table-headers', f'list_{what}')
            for name in (line.split('\t')[0] for line in listed.splitlines()):
                if name.startswith(mine):
                    run('rabbitmqctl', '-q', command, name)
    if SERVICES['mariadb'].is_up():
        listed = run('mariadb', '-N', '-e', 'SHOW DATABASES; SELECT user FROM mysql.user')
        for name in sorted(set(listed.split())):
            if name.startswith(mine):
                run('mariadb', text=drop_database(name))


def main():
    """Start what is not running and print it, or stop what was started."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('action', choices=['start', 'stop'])
    parser.add_argument('run_name', help='the name of the run (letters and digits)')
    args = parser.parse_args()
    record = STATE / args.run_name
    if args.action == 'start':
        _start_all(record)
    else:
        _stop_all(record, args.run_name)


def _start_all(record):
    def note(name):
        with open(record, 'a', encoding='ascii') as known:
            known.write(f'{name}\n')
        print(f'{name}: starting it', flush=True)

    for name in SERVICES:
        try:
            ensure(name, on_start=note)
        except Unavailable as error:
            print(f'not there: {error}')
        else:
            print(f'{name}: runs', flush=True)


def _stop_all(record, run_name):
    remove_leftovers(run_name)
    started = record.read_text(encoding='ascii').split() if record.exists() else []
    for name in reversed(started):
        try:
            halt(name)
        except Unavailable as error:
            print(f'{name}: {error}')
        else:
            print(f'{name}: stopped')
    record.unlink(missing_ok=True)


if __name__ == '__main__':
    main()

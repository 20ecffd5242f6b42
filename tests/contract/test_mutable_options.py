# SPDX-License-Identifier: Apache-2.0
"""Options that may be changed without a restart: nothing keeps their old value."""

import ast
import datetime

from nova_lite import conf, usage
from nova_lite.api.openstack.compute import paging
from nova_lite.compute import tracker
from nova_lite.conf import CONF
from nova_lite.notifications import sender, switch
from nova_lite.quota import resources
from nova_lite.rpc import versions
from nova_lite.scheduler import drivers, filters, weights
from nova_lite.scheduler.weights import ram
from nova_lite.virt import driver as virt_driver
from tests import base

PACKAGE = base.TOP / 'nova_lite'
PAGE = base.TOP / 'doc' / 'source' / 'admin' / 'daemons.rst'
NAMES_OF_CONF = ('CONF', 'conf', '_conf')
CACHES = {'lru_cache', 'cache', 'cached_property'}
DEFAULT = 'DEFAULT'

HELPER = 'privsep/'
"""Another process, which reads its options once."""

MAY_READ_AT_THE_START = {
    'api/openstack/compute/views/links.py': 'it is made anew for each request',
    'virt/fake/driver.py': 'of the group it keeps what is not mutable',
}

FACTS = {'hypervisor_type': 'fake', 'hypervisor_version': 1, 'cpu_arch': 'x86_64', 'cpu_info': {},
         'supported_instances': (), 'vcpus': 4, 'memory_mb': 4096, 'memory_mb_used': 0,
         'local_gb': 10,
         'disk_available_least': 10}
MOMENT = datetime.datetime(2026, 5, 5, 12, 30)
RAM = ram.RAMWeigher()


class _Request:
    """One that asks for no limit."""

    @staticmethod
    def asked(_name):
        return None


def _vcpus():
    return tracker.inventories_of('node', virt_driver.HostResources(**FACTS))['VCPU']


def _period():
    return usage.last_completed(CONF.instance_usage_audit_period, MOMENT).beginning


CHANGES = [
    (DEFAULT, 'cpu_allocation_ratio', '2.0', '3.0', _vcpus),
    (DEFAULT, 'reserved_host_cpus', '1', '2', _vcpus),
    (DEFAULT, 'instance_usage_audit_period', 'day', 'hour', _period),
    ('api', 'max_limit', '7', '9', lambda: paging.limit_of(_Request)),
    ('scheduler', 'driver', 'chance_scheduler', 'filter_scheduler',
     lambda: type(drivers.configured())),
    ('filter_scheduler', 'enabled_filters', 'JsonFilter', 'IoOpsFilter',
     lambda: type(filters.enabled()[-1])),
    ('filter_scheduler', 'weight_classes', 'nova_lite.scheduler.weights.cpu.CPUWeigher',
     'nova_lite.scheduler.weights.ram.RAMWeigher', lambda: type(weights.configured()[0])),
    ('filter_scheduler', 'ram_weight_multiplier', '1.5', '-1.5', lambda: RAM.multiplier),
    ('quota', 'instances', '3', '4', lambda: resources.defaults()[resources.INSTANCES]),
    ('notifications', 'send_interval', '2', '3', sender.spacing),
    ('notifications', 'notify_on_state_change', 'vm_state', 'vm_and_task_state', switch.causes),
    ('upgrade_levels', 'compute', '1.0', '1.1', lambda: versions.newest('compute', '1.1')),
]
"""Group, option, a value, another, and who reads it."""


def mutable_options():
    """Answer (group, name) of each."""
    return {(getattr(group, 'name', group) or DEFAULT, option.dest)
            for group, options in conf.list_opts() for option in options if option.mutable}


class _Reads(ast.NodeVisitor):
    """What a module reads of the configuration.

    :ivar found: (group, name or None for all of the group, whether at the start, line)
    """

    def __init__(self, groups):
        self._groups = groups
        self._functions = []
        self.found = []

    def visit_FunctionDef(self, node):
        self._functions.append(node)
        self.generic_visit(node)
        self._functions.pop()

    def visit_Lambda(self, node):
        self.visit_FunctionDef(node)

    def visit_Attribute(self, node):
        words = ast.unparse(node).split('.')
        root = next((place for place, word in enumerate(words) if word in NAMES_OF_CONF), None)
        path = words[root + 1:] if root is not None else []
        if path and path[0] in self._groups:
            self._note(path[0], path[1] if len(path) > 1 else None, node)
        elif path:
            self._note(DEFAULT, path[0], node)
        else:
            self.generic_visit(node)

    def _note(self, group, name, node):
        self.found.append((group, name, self._is_at_the_start(), node.lineno))

    def _is_at_the_start(self):
        if not self._functions:
            return True
        inner = self._functions[-1]
        if isinstance(inner, ast.Lambda):
            return False
        decorators = {word for one in inner.decorator_list
                      for word in ast.unparse(one).partition('(')[0].split('.')}
        return inner.name == '__init__' or bool(decorators & CACHES)


def reads():
    """Answer (file, group, name, whether at the start, line) of the whole package."""
    groups = {getattr(group, 'name', group) for group, _options in conf.list_opts()} - {None}
    for path in sorted(PACKAGE.rglob('*.py')):
        visitor = _Reads(groups)
        visitor.visit(ast.parse(path.read_text(encoding='utf-8')))
        for found in visitor.found:
            yield (str(path.relative_to(PACKAGE)), *found)


class MutableOptionsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.mutable = mutable_options()
        self.groups = {group for group, _name in self.mutable}

    def concerned(self, group, name):
        return (group, name) in self.mutable or (name is None and group in self.groups)

    def test_each_is_read_by_somebody(self):
        read = {(group, name) for _file, group, name, _when, _line in reads()}
        self.assertEqual([], sorted(
            option for option in self.mutable if option not in read
            and (option[0], None) not in read and option[0] != 'upgrade_levels'))

    def test_none_is_kept_from_the_start_on(self):
        self.assertEqual([], [
            (file, line, group, name) for file, group, name, is_at_the_start, line in reads()
            if is_at_the_start and self.concerned(group, name)
            and file not in MAY_READ_AT_THE_START])

    def test_the_helper_reads_none(self):
        self.assertEqual([], [
            (file, line, name) for file, group, name, _when, line in reads()
            if file.startswith(HELPER) and (group, name) in self.mutable])

    def test_operators_are_told_of_each(self):
        text = PAGE.read_text(encoding='utf-8')
        self.assertEqual([], sorted(
            name for _group, name in self.mutable if f'``{name}``' not in text))


class ChangedFileTest(base.TestCase):
    """The file is changed and read again, as SIGHUP does."""

    def setUp(self):
        super().setUp()
        self.file = self.temporary_directory() / 'nova_lite.conf'
        self.write(2)
        CONF(['--config-file', str(self.file)], project='nova_lite', default_config_dirs=[])

    def write(self, column, **others):
        groups = {'oslo_messaging_notifications': ['driver = log'],
                  DEFAULT: [f'{name} = {value}' for name, value in others.items()]}
        for change in CHANGES:
            groups.setdefault(change[0], []).append(f'{change[1]} = {change[column]}')
        self.file.write_text('\n'.join(
            line for group, lines in groups.items() for line in (f'[{group}]', *lines)))

    def test_what_may_be_changed_takes_effect_at_the_next_use(self):
        before = [change[-1]() for change in CHANGES]
        self.write(3)
        CONF.mutate_config_files()
        after = [change[-1]() for change in CHANGES]
        same = [change[:2] for change, first, then in zip(CHANGES, before, after, strict=True)
                if first == then]
        self.assertEqual([], same)
        self.assertIn('quota.instances', self.logs.output)

    def test_what_needs_a_restart_is_named(self):
        self.write(2, service_down_time=77)
        CONF.mutate_config_files()
        self.assertIn('service_down_time', self.logs.output)
        self.assertNotEqual(77, CONF.service_down_time)

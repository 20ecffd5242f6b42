# SPDX-License-Identifier: Apache-2.0
"""Provider files: what is read of them, and what is said of those that are wrong."""

import os

import ddt

from nova_lite import exception
from nova_lite.compute import provider_config
from tests import base

RIGHT = """
meta:
  schema_version: '1.0'
providers:
  - identification:
      uuid: $COMPUTE_NODE
    inventories:
      additional:
        - CUSTOM_FPGA:
            total: 4
            reserved: 1
            min_unit: 1
            max_unit: 2
            step_size: 1
            allocation_ratio: 1.0
        - VGPU: {total: 8}
    traits:
      additional:
        - CUSTOM_FAST
        - HW_CPU_X86_AVX2
"""

WRONG = (
    # text that is exchanged, what for, words of the error
    ("'1.0'", "'2.0'", "meta.schema_version: '1.0' was expected"),
    ('meta:', 'mata:', "'meta' is a required property"),
    ('providers:', 'others:', "'providers' is a required property"),
    ('step_size: 1', 'step: 1', "'step' was unexpected"),
    ('            total: 4\n', '', "'total' is a required property"),
    ('total: 4', 'total: -4', '-4 is less than the minimum'),
    ('total: 4', 'total: 4000000000', '4000000000 is greater than the maximum'),
    ('reserved: 1', 'reserved: 5', 'CUSTOM_FPGA: more is reserved than there is'),
    ('min_unit: 1', 'min_unit: 3', 'CUSTOM_FPGA: min_unit is above max_unit'),
    ('allocation_ratio: 1.0', 'allocation_ratio: 1.0e+9',
     'no more than 2147483647 can be promised'),
    ('VGPU', 'CUSTOM_FPGA', 'CUSTOM_FPGA: it is there twice'),
    ('VGPU', 'MEMORY_MB', 'MEMORY_MB: the driver reports it'),
    ('VGPU', 'GOLD', 'GOLD: there is no such resource class'),
    ('CUSTOM_FAST', 'FAST', 'there is no trait FAST'),
    ('CUSTOM_FAST', '7', '7 is not of type'),
    ('uuid: $COMPUTE_NODE', 'uuid: a\n      name: b', 'too many properties'),
    ('uuid:', 'number:', "'number' was unexpected"),
    ('meta:', '\tmeta: [', 'no YAML'),
)


class FilesCase(base.TestCase):

    def setUp(self):
        super().setUp()
        self.directory = self.temporary_directory()
        self.files = provider_config.ProviderFiles(str(self.directory))

    def write(self, text, name='a.yaml'):
        path = self.directory / name
        path.write_text(text)
        return path

    def provider(self, name='cmp1', uuid=None):
        self.files.load()
        return self.files.provider_for(name, uuid)


class ReadingTest(FilesCase):

    def test_no_directory_is_no_file(self):
        files = provider_config.ProviderFiles('/nowhere/at/all')
        files.load()
        self.assertEqual(provider_config.NOTHING, files.provider_for('cmp1', None))

    def test_all_that_the_format_has_is_read(self):
        self.write(RIGHT)
        found = self.provider()
        self.assertEqual((4, 1, 2), tuple(found.inventories['CUSTOM_FPGA'][name] for name in (
            'total', 'reserved', 'max_unit')))
        self.assertEqual({'total': 8}, found.inventories['VGPU'])
        self.assertEqual({'CUSTOM_FAST', 'HW_CPU_X86_AVX2'}, found.traits)

    def test_node_that_is_named_has_only_what_stands_there(self):
        self.write(RIGHT)
        self.write(RIGHT.replace('uuid: $COMPUTE_NODE', 'name: cmp2').replace('total: 4',
                                                                             'total: 6'), 'b.yaml')
        self.assertEqual(4, self.provider('cmp1').inventories['CUSTOM_FPGA']['total'])
        self.assertEqual(6, self.provider('cmp2').inventories['CUSTOM_FPGA']['total'])
        self.assertFalse(self.files.asks_for_uuids)

    def test_other_files_are_no_business_of_ours(self):
        self.write('nonsense', 'README.txt')
        self.assertEqual(provider_config.NOTHING, self.provider())

    def test_file_is_read_again_when_it_has_changed(self):
        path = self.write(RIGHT)
        self.provider()
        self.patch(provider_config, '_merged', None)
        self.provider()
        os.utime(path, (1, 1))
        self.assertRaises(TypeError, self.provider)

    def test_change_that_is_wrong_changes_nothing_and_is_said_once(self):
        path = self.write(RIGHT)
        self.provider()
        path.write_text('nonsense')
        with self.assertLogs(provider_config.__name__, 'ERROR') as logged:
            self.files.refresh()
            self.files.refresh()
        self.assertEqual(1, len(logged.output))
        self.assertIn(str(path), logged.output[0])
        self.assertEqual({'total': 8}, self.files.provider_for('x', None).inventories['VGPU'])


@ddt.ddt
class WrongTest(FilesCase):

    @ddt.data(*WRONG)
    @ddt.unpack
    def test_error_says_what_is_wrong_and_where(self, text, instead, words):
        path = self.write(RIGHT.replace(text, instead))
        error = self.assertRaises(exception.ProviderConfigInvalid, self.files.load)
        self.assertIn(words, str(error))
        self.assertIn(str(path), str(error))

    def test_node_is_in_one_file_only(self):
        self.write(RIGHT)
        self.write(RIGHT, 'b.yaml')
        error = self.assertRaises(exception.ProviderConfigInvalid, self.files.load)
        self.assertIn('$COMPUTE_NODE is in', str(error))

    def test_file_that_can_not_be_read_is_an_error(self):
        (self.directory / 'a.yaml').symlink_to('/nowhere')
        error = self.assertRaises(exception.ProviderConfigInvalid, self.files.load)
        self.assertIn('No such file', str(error))

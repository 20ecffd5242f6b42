# SPDX-License-Identifier: Apache-2.0
"""Tests of nova_lite/cmd/status/options.py: unknown and deprecated words of a file."""

from oslo_config import cfg

from nova_lite.cmd.status import options
from tests import base


def listed():
    """Options of a library, by group."""
    return [(None, [cfg.StrOpt('plain'), cfg.StrOpt('two-words')]),
            (cfg.OptGroup('shelf'), [
                cfg.StrOpt('new', deprecated_opts=[cfg.DeprecatedOpt('old'),
                                                   cfg.DeprecatedOpt('older', group='attic')]),
                cfg.StrOpt('going', deprecated_for_removal=True)])]


class Entry:
    """An entry point."""

    name = 'library'

    def __init__(self, load):
        self.load = load


def broken():
    """Load a library that lacks one of its own."""
    raise ImportError('no such module')


class OptionsTest(base.TestCase):

    def setUp(self):
        super().setUp()
        self.patch(options.importlib.metadata, 'entry_points',
                   lambda group: [Entry(broken), Entry(lambda: listed)])

    def questionable(self, text):
        path = self.temporary_directory() / 'nova_lite.conf'
        path.write_text(text)
        return options.questionable([str(path)])

    def test_options_of_all_groups_are_known(self):
        self.assertEqual(([], []), self.questionable(
            '[DEFAULT]\nplain = 1\ntwo_words = 2\n[shelf]\nnew = 3\n'))

    def test_unknown_names_and_sections_are_found(self):
        self.assertEqual((['[DEFAULT] plan', '[shell] new'], []), self.questionable(
            '[DEFAULT]\nplan = 1\n[shell]\nnew = 2\n'))

    def test_former_names_and_what_will_go_are_deprecated(self):
        self.assertEqual(([], ['[attic] older', '[shelf] going', '[shelf] old']),
                         self.questionable('[shelf]\nold = 1\ngoing = 2\n[attic]\nolder = 3\n'))

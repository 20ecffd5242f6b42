# SPDX-License-Identifier: Apache-2.0
"""Which options of a file nobody reads, and which are deprecated.

The options are those of the product and of every library that announces its
own (entry points ``oslo.config.opts``), so an option of a library that is
installed and not used is not found to be unknown.
"""

import importlib.metadata

from oslo_config import cfg
from oslo_log import log

LOG = log.getLogger(__name__)

NAMESPACE = 'oslo.config.opts'


def questionable(paths):
    """Answer (unknown, deprecated): sorted lists of "[section] name" that the files set."""
    options, deprecated = _known()
    set_here = {key for path in paths for key in _set_in(path)}
    unknown = {key for key in set_here if key not in options and key not in deprecated}
    old = {key for key in set_here if key in deprecated and key not in options}
    old |= {key for key in set_here & options.keys() if options[key].deprecated_for_removal}
    return sorted(map(_shown, unknown)), sorted(map(_shown, old))


def _shown(key):
    group, name = key
    return f'[{group}] {name}'


def _set_in(path):
    """Yield (section, name) of all that a file sets."""
    sections = {}
    cfg.ConfigParser(path, sections).parse()
    for section, options in sections.items():
        for name in options:
            yield section, name.replace('-', '_')


def _known():
    """Answer ((section, name) -> option, the set of former names)."""
    options, deprecated = {}, set()
    for announced in _announced():
        for group, listed in announced():
            section = getattr(group, 'name', group) or 'DEFAULT'
            for option in listed:
                options[section, option.name.replace('-', '_')] = option
                deprecated |= {_former(section, option, old) for old in option.deprecated_opts}
    return options, deprecated


def _announced():
    """Yield the functions that answer a library's options."""
    for entry in importlib.metadata.entry_points(group=NAMESPACE):
        try:
            yield entry.load()
        except ImportError as error:
            # What can not be loaded here is read by nobody here.
            LOG.debug('The options of %s are not known: %s', entry.name, error)


def _former(section, option, old):
    return old.group or section, (old.name or option.name).replace('-', '_')

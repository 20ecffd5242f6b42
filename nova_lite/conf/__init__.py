# SPDX-License-Identifier: Apache-2.0
"""The product's options: one file a group, found by being in this package.

A file has ``register_opts(conf)``, and ``list_opts()`` which answers a dict of
group (name or OptGroup) -> options for the generated sample. ``CONF`` has all
of them from the first import on; a daemon reads its files into it in
nova_lite/service.py.
"""

import importlib
import pkgutil

from oslo_config import cfg

CONF = cfg.CONF


def _modules():
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f'{__name__}.{name}') for name in names]


def register_opts(conf):
    """Add every option of the product to a configuration."""
    for module in _modules():
        module.register_opts(conf)


def list_opts():
    """Answer (group, options) of all files, for oslo-config-generator.

    Two files may add to one group; the sample shows the group once.
    """
    groups, options = {}, {}
    for module in _modules():
        for group, listed in module.list_opts().items():
            name = getattr(group, 'name', group) or 'DEFAULT'
            if name not in groups or isinstance(group, cfg.OptGroup):
                groups[name] = group
            options.setdefault(name, []).extend(listed)
    return [(groups[name], options[name]) for name in options]


register_opts(CONF)

# SPDX-License-Identifier: Apache-2.0
"""The objects; ``objects.Instance`` and so on once ``register_all`` has run.

All modules are loaded by ``register_all``, so that an object that arrives by
RPC is known whatever this process has used before.
"""

import importlib
import pkgutil

from nova_lite.objects import base


def register_all():
    """Load every object's module."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f'{__name__}.{module.name}')


def __getattr__(name):
    if name not in base.registered:
        register_all()
    try:
        return base.registered[name]
    except KeyError:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}') from None

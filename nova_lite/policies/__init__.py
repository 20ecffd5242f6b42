# SPDX-License-Identifier: Apache-2.0
"""Who may do what: one file a REST resource, with Nova's names and defaults."""

import importlib
import itertools
import pkgutil


def list_rules():
    """Answer every rule, for the enforcer and for oslo.policy's generators."""
    modules = (importlib.import_module(f'{__name__}.{module.name}')
               for module in pkgutil.iter_modules(__path__))
    return list(itertools.chain.from_iterable(
        module.list_rules() for module in modules if hasattr(module, 'list_rules')))

# SPDX-License-Identifier: Apache-2.0
"""The bodies of the objects' remotables, one file a noun: SQL, nothing else."""

import importlib
import pkgutil

from nova_lite.objects import base


def register():
    """Give the objects of this process their database."""
    base.register_stores({
        module.name: importlib.import_module(f'{__name__}.{module.name}')
        for module in pkgutil.iter_modules(__path__)})

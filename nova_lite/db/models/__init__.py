# SPDX-License-Identifier: Apache-2.0
"""The tables, one file a noun. All are loaded, so that the metadata is whole."""

import importlib
import pkgutil

from nova_lite.db.models.base import Base

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f'{__name__}.{_module.name}')

metadata = Base.metadata

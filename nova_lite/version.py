# SPDX-License-Identifier: Apache-2.0
"""The product's name and version, as logs, ``--version`` and the API tell them."""

import importlib.metadata

PRODUCT = 'nova_lite'
UNKNOWN = 'unknown'


def version_string():
    """Answer the installed version; ``unknown`` when run from a tree that is not installed."""
    try:
        return importlib.metadata.version(PRODUCT)
    except importlib.metadata.PackageNotFoundError:
        return UNKNOWN

# SPDX-License-Identifier: Apache-2.0
"""The host's phases of operations, one file a family; each reads as its steps."""

from nova_lite.compute.workflows import build, delete

ALL = (build, delete)

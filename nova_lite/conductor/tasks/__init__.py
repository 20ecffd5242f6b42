# SPDX-License-Identifier: Apache-2.0
"""The phases of operations that belong to controllers, one file a family."""

from nova_lite.conductor.tasks import build, build_batch, delete

ALL = (build, build_batch, delete)

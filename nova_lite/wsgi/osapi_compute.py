# SPDX-License-Identifier: Apache-2.0
"""The compute API alone, for a production WSGI server; metadata.py is its sibling."""

from nova_lite.cmd import launch

application = launch.application('osapi_compute')

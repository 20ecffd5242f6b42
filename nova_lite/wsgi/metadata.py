# SPDX-License-Identifier: Apache-2.0
"""The metadata service alone, for a production WSGI server; osapi_compute.py is its sibling."""

from nova_lite.cmd import launch

application = launch.application('metadata')

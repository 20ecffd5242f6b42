# SPDX-License-Identifier: Apache-2.0
"""``python -m nova_lite.cmd.manage``: nova-lite-manage from a tree that is not installed."""

import sys

from nova_lite.cmd import launch

sys.exit(launch.manage())

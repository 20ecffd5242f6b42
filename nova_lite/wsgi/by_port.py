# SPDX-License-Identifier: Apache-2.0
"""All of [DEFAULT] enabled_apis in one process, told apart by the port that was asked.

Takes half the memory of a process for each.
"""

from nova_lite.cmd import launch

application = launch.application()

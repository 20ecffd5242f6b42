# SPDX-License-Identifier: Apache-2.0
"""nova-lite-scheduler; what it serves is in serve/scheduler.py."""

import sys

from nova_lite.cmd import launch


def main():
    """Run the daemon."""
    return launch.daemon('scheduler')


if __name__ == '__main__':
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""nova-lite-conductor; what it serves is in serve/conductor.py."""

import sys

from nova_lite.cmd import launch


def main():
    """Run the daemon."""
    return launch.daemon('conductor')


if __name__ == '__main__':
    sys.exit(main())

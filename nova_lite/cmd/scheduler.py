# SPDX-License-Identifier: Apache-2.0
"""nova-lite-scheduler; what it serves is in serve/scheduler.py."""

import sys

from nova_lite.cmd import program


def main():
    """Run the daemon."""
    return program.daemon('scheduler')


if __name__ == '__main__':
    sys.exit(main())

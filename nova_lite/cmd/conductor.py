# SPDX-License-Identifier: Apache-2.0
"""nova-lite-conductor; what it serves is in serve/conductor.py."""

import sys

from nova_lite.cmd import program


def main():
    """Run the daemon."""
    return program.daemon('conductor')


if __name__ == '__main__':
    sys.exit(main())

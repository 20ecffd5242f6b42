# SPDX-License-Identifier: Apache-2.0
"""nova-lite-compute; what it serves is in serve/compute.py."""

import sys

from nova_lite.cmd import program


def main():
    """Run the daemon."""
    return program.daemon('compute')


if __name__ == '__main__':
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""nova-lite-api; what it serves is in serve/api.py."""

import sys

from nova_lite.cmd import program


def main():
    """Run the daemon."""
    return program.daemon('api')


if __name__ == '__main__':
    sys.exit(main())

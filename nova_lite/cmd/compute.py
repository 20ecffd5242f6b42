# SPDX-License-Identifier: Apache-2.0
"""nova-lite-compute; what it serves is in serve/compute.py."""

import sys

from nova_lite.cmd import launch


def main():
    """Run the daemon; it reads a file of its own, without the controllers' secrets."""
    return launch.daemon('compute', config_file=launch.COMPUTE_CONFIG)


if __name__ == '__main__':
    sys.exit(main())

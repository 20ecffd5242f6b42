# SPDX-License-Identifier: Apache-2.0
"""nova-lite-api-uwsgi; how it starts uWSGI is in serve/api_uwsgi.py."""

import sys

from nova_lite.cmd import launch


def main():
    """Replace this process by uWSGI."""
    return launch.native('api_uwsgi')


if __name__ == '__main__':
    sys.exit(main())

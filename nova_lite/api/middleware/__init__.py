# SPDX-License-Identifier: Apache-2.0
"""What a request passes through before it reaches a route: WSGI filters."""

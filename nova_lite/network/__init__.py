# SPDX-License-Identifier: Apache-2.0
"""Networks of guests, at the host: api.py is the front door, the rest are backends.

Which address a guest has is decided before, in the transaction of the build, by
nova_lite/db/stores/networks.py.
"""

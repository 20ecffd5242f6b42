# SPDX-License-Identifier: Apache-2.0
"""The daemons in one process over HTTP; only the hypervisor is faked."""

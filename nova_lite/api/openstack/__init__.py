# SPDX-License-Identifier: Apache-2.0
"""What all OpenStack resources share: routing, versions, faults, requests."""

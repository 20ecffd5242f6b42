# SPDX-License-Identifier: Apache-2.0
"""Faults at random in a cloud of real processes; what must be true afterwards."""

# SPDX-License-Identifier: Apache-2.0
"""Contract tests: what must hold for the source as a whole, whatever it does."""

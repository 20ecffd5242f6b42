# SPDX-License-Identifier: Apache-2.0
"""A driver without guests: the whole contract, with delays and failures as configured."""

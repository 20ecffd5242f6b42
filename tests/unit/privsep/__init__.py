# SPDX-License-Identifier: Apache-2.0
"""What root does, as far as it can be tested without root."""

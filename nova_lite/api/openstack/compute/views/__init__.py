# SPDX-License-Identifier: Apache-2.0
"""How records are shown, one file a resource."""

# SPDX-License-Identifier: Apache-2.0
"""The API side of the operations, one file a family: validate, guard, record, send."""

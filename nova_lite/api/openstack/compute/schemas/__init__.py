# SPDX-License-Identifier: Apache-2.0
"""What requests and answers look like, one file a resource."""

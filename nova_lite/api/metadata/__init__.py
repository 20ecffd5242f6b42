# SPDX-License-Identifier: Apache-2.0
"""The metadata service: what guests read at http://169.254.169.254."""

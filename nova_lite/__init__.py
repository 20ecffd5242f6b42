# SPDX-License-Identifier: Apache-2.0
"""nova_lite: a small, faithful OpenStack Nova."""

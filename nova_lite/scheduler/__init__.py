# SPDX-License-Identifier: Apache-2.0
"""Choosing hosts: candidates, filters, weights, claim, and the record of why."""

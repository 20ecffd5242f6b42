# SPDX-License-Identifier: Apache-2.0
"""Whether database = allocations = domains = disks = taps = addresses, and what to do if not.

record.py holds the tables against each other, hosts.py asks each living host
what it holds and compares. Each difference is a Finding (finding.py) that says
what repairs it, if anything does without a person.
"""

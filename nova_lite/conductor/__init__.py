# SPDX-License-Identifier: Apache-2.0
"""The conductor: the hosts' way to the database, and the work that involves several hosts."""

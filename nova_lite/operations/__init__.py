# SPDX-License-Identifier: Apache-2.0
"""The durable operation: how work is taken, run, handed over, finished, and found again.

The record itself is nova_lite/objects/operation.py and its SQL; the table of
what may follow what is nova_lite/states/transitions.py.
"""

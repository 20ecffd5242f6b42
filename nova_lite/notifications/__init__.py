# SPDX-License-Identifier: Apache-2.0
"""What other systems are told: payloads in Nova's published form, one file a noun.

A notification is a row that db/stores/notices.py writes in the transaction of
the change that it tells of. sender.py, in the conductors, sends the rows and
removes them once the broker has them. Whoever writes and whoever sends reads
the same options (switch.py).
"""

# SPDX-License-Identifier: Apache-2.0
"""Images of Glance, OpenStack's image service; ``store.Store`` is what the front door uses.

Loaded by name when Glance is chosen: openstacksdk is megabytes that nobody else needs.
"""

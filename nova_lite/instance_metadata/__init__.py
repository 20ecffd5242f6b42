# SPDX-License-Identifier: Apache-2.0
"""What a guest may know of itself.

The metadata service (nova_lite/api/metadata) and the config drive render the
same facts with the same functions: ``facts.GuestFacts`` says what is known,
``openstack`` and ``ec2`` say how it looks in which version.
"""

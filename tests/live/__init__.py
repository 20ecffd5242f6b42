# SPDX-License-Identifier: Apache-2.0
"""Live tests: real RabbitMQ, MariaDB and libvirt of this machine; see base.py."""

# SPDX-License-Identifier: Apache-2.0
"""What the workflows of a host work with."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Host:
    """One compute host.

    :ivar name: in the record, ``[DEFAULT] host``
    :ivar driver: virt.driver.ComputeDriver
    :ivar network: the host's side of the network
    :ivar images: front door to images
    """

    name: str
    driver: Any
    network: Any
    images: Any

# SPDX-License-Identifier: Apache-2.0
"""What a user asked for when creating servers.

The API has checked the form of every field against the schema of the request's
microversion and filled in what that version says; compute/requests/build.py
checks the meaning.
"""

import dataclasses
import typing

NETWORKS_AUTO = 'auto'
NETWORKS_NONE = 'none'
NETWORKS_IF_ANY = 'if_any'


@dataclasses.dataclass(frozen=True)
class RequestedNetwork:
    """One network interface that was asked for.

    :ivar fixed_ip: an address of that network; None takes the next free one
    """

    uuid: str
    fixed_ip: str | None = None
    tag: str | None = None


@dataclasses.dataclass
class BuildRequest:
    """One create request, whatever the number of servers.

    :ivar flavor: objects.Flavor
    :ivar user_data: base64
    :ivar injected_files: list of [path, base64]
    :ivar networks: NETWORKS_AUTO, NETWORKS_NONE, NETWORKS_IF_ANY or a list of RequestedNetwork
    :ivar force_host: of ``zone:host:node``; skips the filters
    :ivar requested_host: of ``host``; goes through the filters
    :ivar disk_config: 'AUTO', 'MANUAL' or None
    :ivar idempotency_key: the header of that name; None without one
    :ivar body_hash: digest of the body that the key goes with
    """

    name: str
    image_ref: str | None
    flavor: typing.Any
    min_count: int = 1
    max_count: int = 1
    key_name: str | None = None
    user_data: str | None = None
    injected_files: list = dataclasses.field(default_factory=list)
    metadata: dict = dataclasses.field(default_factory=dict)
    config_drive: bool = False
    networks: typing.Any = NETWORKS_AUTO
    scheduler_hints: dict = dataclasses.field(default_factory=dict)
    availability_zone: str | None = None
    force_host: str | None = None
    force_node: str | None = None
    requested_host: str | None = None
    requested_hypervisor: str | None = None
    hostname: str | None = None
    description: str | None = None
    admin_password: str | None = None
    access_ip_v4: str | None = None
    access_ip_v6: str | None = None
    disk_config: str | None = None
    tags: list = dataclasses.field(default_factory=list)
    trusted_certs: list | None = None
    security_groups: list = dataclasses.field(default_factory=list)
    return_reservation_id: bool = False
    idempotency_key: str | None = None
    body_hash: str | None = None

# SPDX-License-Identifier: Apache-2.0
"""Every error of the product, by area; ``from nova_lite import exception``."""

from nova_lite.exception.administration import *  # noqa: F403
from nova_lite.exception.aggregate import *  # noqa: F403
from nova_lite.exception.api import *  # noqa: F403
from nova_lite.exception.base import *  # noqa: F403
from nova_lite.exception.console import *  # noqa: F403
from nova_lite.exception.flavor import *  # noqa: F403
from nova_lite.exception.identity import *  # noqa: F403
from nova_lite.exception.image import *  # noqa: F403
from nova_lite.exception.instance import *  # noqa: F403
from nova_lite.exception.keypair import *  # noqa: F403
from nova_lite.exception.metadata import *  # noqa: F403
from nova_lite.exception.network import *  # noqa: F403
from nova_lite.exception.notification import *  # noqa: F403
from nova_lite.exception.operation import *  # noqa: F403
from nova_lite.exception.quota import *  # noqa: F403
from nova_lite.exception.rpc import *  # noqa: F403
from nova_lite.exception.scheduling import *  # noqa: F403
from nova_lite.exception.server_group import *  # noqa: F403
from nova_lite.exception.service import *  # noqa: F403
from nova_lite.exception.traits import *  # noqa: F403
from nova_lite.exception.virt import *  # noqa: F403
from nova_lite.exception.volume import *  # noqa: F403

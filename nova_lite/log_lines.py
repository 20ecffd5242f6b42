# SPDX-License-Identifier: Apache-2.0
"""What each line of the log says: of which request, of whose, of which server.

cmd/ registers the options by this before it reads them. The values are those of the
thread's context (context.py), so no call that logs has to name request or server.
"""

from oslo_log import log

FORMAT = ('%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s '
          '[%(request_ids)s %(user_identity)s] %(instance)s%(message)s')
"""oslo.log's own, without a blank in the place of an id that there is not."""


def register_options(conf):
    """Register the options of the log, with our own form of a line unless the operator has one."""
    log.set_defaults(logging_context_format_string=FORMAT)
    log.register_options(conf)

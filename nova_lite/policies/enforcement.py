# SPDX-License-Identifier: Apache-2.0
"""Asking oslo.policy, with the defaults of this package under the operator's policy.yaml.

The file is looked at once a second, so a change works without a restart.
"""

import functools
import time

from oslo_config import cfg
from oslo_policy import policy

from nova_lite import exception, policies

CONF = cfg.CONF
LOOK_EVERY = 1.0
"""Seconds between two looks at the file; each costs as much as the question itself."""

MOST_ANSWERS = 10000
"""Kept between two looks; a user of one project makes a few."""


class Enforcer(policy.Enforcer):
    """oslo.policy's, which would look for the file and take the rule apart with every question."""

    _looked_at = -LOOK_EVERY

    def __init__(self, conf):
        super().__init__(conf)
        self._answers = {}

    def load_rules(self, force_reload=False):
        """Read the file if it changed, unless that was found out just now."""
        now = time.monotonic()
        if force_reload or now - self._looked_at >= LOOK_EVERY:
            super().load_rules(force_reload)
            self._answers = {}
            self._looked_at = now

    def answer(self, rule, target, credentials):
        """Answer whether a rule allows something.

        The same question is answered from memory until the next look at the
        file: most requests ask the same few.
        """
        self.load_rules()
        answers = self._answers
        key = (rule, *target.items(), *credentials.items())
        known = answers.get(key)
        if known is None:
            known = bool(self.authorize(rule, target, {**credentials,
                                                       'roles': list(credentials['roles'])}))
            if len(answers) < MOST_ANSWERS:
                answers[key] = known
        return known


@functools.lru_cache(maxsize=1)
def enforcer():
    """Answer the enforcer of this process."""
    made = Enforcer(CONF)
    made.register_defaults(policies.list_rules())
    made.suppress_default_change_warnings = True
    made.suppress_deprecation_warnings = True
    # Before another thread can ask it.
    made.load_rules()
    return made


def own_target(context):
    """Answer the target of what belongs to the caller, or will."""
    return {'project_id': context.project_id, 'user_id': context.user_id}


def authorize(context, rule, target=None):
    """Make sure that the caller may do something.

    :param target: mapping with project_id and user_id of the owner; the
        caller by default
    :raises PolicyNotAuthorized: if not
    """
    if not allows(context, rule, target):
        raise exception.PolicyNotAuthorized(action=rule)


def allows(context, rule, target=None):
    """Answer whether the caller may do something."""
    return enforcer().answer(
        rule, own_target(context) if target is None else target, _credentials(context))


def is_admin(roles):
    """Answer whether somebody with these roles is an admin."""
    return enforcer().answer('context_is_admin', {}, {'roles': tuple(roles)})


def _credentials(context):
    """Answer what the rules look at."""
    return {'user_id': context.user_id, 'project_id': context.project_id,
            'roles': tuple(context.roles), 'is_admin': context.is_admin,
            'system_scope': context.system_scope}

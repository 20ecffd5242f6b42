# SPDX-License-Identifier: Apache-2.0
"""Asking oslo.policy, with the defaults of this package under the operator's policy.yaml.

The files are looked at once a second, so a change counts without a restart. One
that can't be read changes nothing: the rules that were good last stay.
"""

import functools
import logging
import operator
import os
import time

from oslo_config import cfg
from oslo_policy import policy

from nova_lite import exception, policies
from nova_lite.policies import base

CONF = cfg.CONF
LOG = logging.getLogger(__name__)
LOOK_EVERY = 1.0
"""Seconds between two looks at the files; each costs as much as some questions."""

MOST_ANSWERS = 10000
"""Kept between two looks; a user of one project makes a few."""

NO_PROJECT = ''
"""Differs from what rules take for the project of a token that has none."""

UNREADABLE = (ValueError, TypeError, AttributeError, OSError, cfg.Error)
"""What reading a file raises that is no mapping of names to rules, or not ours to read."""

_WHO = operator.attrgetter(
    'user_id', 'project_id', 'is_admin', 'system_scope', 'domain_id', 'user_domain_id',
    'project_domain_id', 'is_admin_project', 'service_user_id', 'service_project_id')
"""What rules may look at, besides the roles."""


class Enforcer:
    """The rules of this process: as the files have them, and asked once for each question.

    :raises: whatever is wrong with the files, as there are no good rules yet
    """

    def __init__(self, conf):
        self._conf = conf
        self._answers = {}
        self._files = files_of(conf)
        self._rules = read(conf)
        self._looked_at = time.monotonic()

    def answer(self, rule, target, context):
        """Answer whether a rule allows something.

        The same question is answered from memory until the next look at the
        files: most requests ask the same few.
        """
        if time.monotonic() - self._looked_at >= LOOK_EVERY:
            self._look()
        answers = self._answers
        key = (rule, *target.items(), _WHO(context), *context.roles, None, *context.service_roles)
        known = answers.get(key)
        if known is None:
            known = bool(self._rules.authorize(
                rule, target, {**context.to_policy_values(), 'is_admin': context.is_admin}))
            if len(answers) < MOST_ANSWERS:
                answers[key] = known
        return known

    def is_in_scope(self, rule, scope):
        """Answer whether tokens of a scope may be used for what a rule is about."""
        scopes = self._rules.registered_rules[rule].scope_types
        return not scopes or scope in scopes

    def _look(self):
        """Read the files if they changed."""
        self._looked_at = time.monotonic()
        self._answers = {}
        files = files_of(self._conf)
        if files == self._files:
            return
        # First: what changes while they are read is seen at the next look.
        self._files = files
        try:
            self._rules = read(self._conf)
        except UNREADABLE as error:
            LOG.error('The policies stay as they were: %s can not be read: %s',
                      self._conf.oslo_policy.policy_file, error)
        else:
            self._answers = {}
            LOG.info('The policies were read again')


def files_of(conf):
    """Answer what tells whether a file with policies changed, came or went."""
    found = [conf.find_file(conf.oslo_policy.policy_file)]
    for name in conf.oslo_policy.policy_dirs:
        directory = conf.find_file(name)
        if directory is not None and os.path.isdir(directory):
            found += [os.path.join(directory, each) for each in sorted(os.listdir(directory))]
    return [(path, *_stamp_of(path)) for path in found if path is not None]


def _stamp_of(path):
    try:
        status = os.stat(path)
    except OSError as error:
        return (error.errno,)
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode


def read(conf):
    """Answer oslo.policy's enforcer with the defaults and what the files change of them."""
    rules = policy.Enforcer(conf)
    rules.register_defaults(policies.list_rules())
    # It would tell all that is deprecated, used or not, where only Python's warnings go.
    rules.suppress_default_change_warnings = True
    rules.suppress_deprecation_warnings = True
    rules.load_rules()
    # Or it would look for the files with every question, and fail with them.
    rules.use_conf = False
    for name, text in sorted(outdated(rules).items()):
        LOG.warning('%s names the policy %s, which is deprecated%s',
                    conf.oslo_policy.policy_file, name, text)
    return rules


def outdated(rules):
    """Answer what the files name that is deprecated: name -> the rest of a sentence about it."""
    found, texts = {}, {}
    for rule in rules.registered_rules.values():
        old = rule.deprecated_rule
        if old is not None and old.name in rules.file_rules and rule.name not in rules.file_rules:
            found.setdefault(old.name, (old, []))[1].append(rule.name)
        if rule.deprecated_for_removal and rule.name in rules.file_rules:
            texts[rule.name] = f' since {rule.deprecated_since}: {rule.deprecated_reason}'
    for name, (old, new) in found.items():
        texts[name] = (f' since {old.deprecated_since} in favor of {", ".join(sorted(new))}: '
                       f'{old.deprecated_reason}')
    return texts


@functools.lru_cache(maxsize=1)
def enforcer():
    """Answer the enforcer of this process.

    :raises PoliciesUnreadable: if there is something wrong with the operator's files
    """
    try:
        return Enforcer(CONF)
    except UNREADABLE as error:
        raise exception.PoliciesUnreadable(
            path=CONF.oslo_policy.policy_file, reason=error) from error


def own_target(context):
    """Answer the target of what belongs to the caller, or will; to nobody without a project."""
    return {'project_id': context.project_id or NO_PROJECT, 'user_id': context.user_id}


def check_scope(context, rule):
    """Make sure that the caller's token is of a scope that a rule is for.

    :raises PolicyNotAuthorized: if it is not, whatever there is at the address
    """
    if context.system_scope or context.domain_id:
        scope = 'system' if context.system_scope else 'domain'
        if not enforcer().is_in_scope(rule, scope):
            raise exception.PolicyNotAuthorized(action=rule)


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
    return enforcer().answer(rule, own_target(context) if target is None else target, context)


def is_admin(context):
    """Answer whether the caller is an admin, by the rule that says who is one."""
    return allows(context, base.CONTEXT_IS_ADMIN)

# SPDX-License-Identifier: Apache-2.0
"""Put the clouds of this stack into a user's clouds.yaml, or take them out again.

    clouds_yaml.py write FILE USER      what the clouds are comes as JSON by standard input
    clouds_yaml.py remove FILE USER

The file may be somebody's own, with other clouds and with comments. So a block of lines, between
two marks, is all that is changed; the rest stays letter by letter, and is read before and after to
make sure. A file where that is not possible is left alone, with the exit status 1. It belongs to
USER and nobody else reads it.
"""

import json
import os
import pathlib
import pwd
import re
import sys
import tempfile

import yaml

BEGIN = '# nova_lite: written by stack.sh, removed by clean.sh'
END = '# nova_lite: end'
PREFIX = 'nova-lite-'
# As openstack clients name projects and users in a cloud's name.
PROJECTS = ('admin', 'demo', 'alt_demo')


class NotUnderstood(Exception):
    """The file is not one in which lines can be put without risk."""


def main(action, path, user):
    """Do it; answer the exit status."""
    path = pathlib.Path(path)
    # A user's directories are his: nothing there is followed or made with the rights of root.
    _become(user)
    old = path.read_text() if path.exists() else ''
    try:
        new = _without_block(old)
        if action == 'write':
            new = _with_block(new, json.load(sys.stdin))
        _check(old, new)
    except (NotUnderstood, yaml.YAMLError) as error:
        print(f'{path}: {error}', file=sys.stderr)
        return 1
    if new.strip() in ('', 'clouds:'):
        path.unlink(missing_ok=True)
    elif new != old:
        _write(path, new)
    return 0


def _become(user):
    account = pwd.getpwnam(user)
    if os.geteuid() == 0 and account.pw_uid != 0:
        os.initgroups(user, account.pw_gid)
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)


def _without_block(text):
    return re.sub(rf'^[ ]*{BEGIN}\n.*?^[ ]*{END}\n', '', text, flags=re.MULTILINE | re.DOTALL)


def _with_block(text, stack):
    if not text.strip():
        text = 'clouds:\n'
    found = re.search(r'^clouds:[ ]*(#.*)?\n', text, flags=re.MULTILINE)
    if found is None:
        raise NotUnderstood('it has no line that says "clouds:" and no more')
    indent = re.match(r'(?:[ ]*(?:#.*)?\n)*([ ]+)\S', text[found.end():])
    indent = indent.group(1) if indent else '  '
    return text[:found.end()] + _block(stack, indent) + text[found.end():]


def _block(stack, indent):
    clouds = {
        PREFIX + project.replace('_', '-'): {
            'auth': {
                'auth_url': stack['auth_url'], 'username': project,
                'password': stack['passwords'][project], 'project_name': project,
                'user_domain_name': 'Default', 'project_domain_name': 'Default'},
            'region_name': stack['region'],
            'identity_api_version': '3',
        } for project in PROJECTS}
    lines = [BEGIN, *yaml.safe_dump(clouds, sort_keys=False).splitlines(), END]
    return ''.join(f'{indent}{line}\n' for line in lines)


def _check(old, new):
    """Refuse what changes anything but the clouds of this stack."""
    if _others(old) != _others(new):
        raise NotUnderstood('other things in it would change')


def _others(text):
    read = yaml.safe_load(text) or {}
    if not isinstance(read, dict) or not isinstance(read.get('clouds') or {}, dict):
        raise NotUnderstood('it is no table of clouds')
    clouds = read.pop('clouds', None) or {}
    return read, {name: cloud for name, cloud in clouds.items() if not name.startswith(PREFIX)}


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    # What the name stands for is replaced, should it be a link.
    path = path.resolve()
    with tempfile.NamedTemporaryFile('w', dir=path.parent, delete=False) as new:
        new.write(text)
    pathlib.Path(new.name).replace(path)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))

# SPDX-License-Identifier: Apache-2.0
"""The config drive: the metadata as an ISO 9660 file system with the label ``config-2``.

Built by compute before the guest starts. It is what the metadata service would
say, and beside it what is known only while a server is built: the administrator's
password and the personality files.
"""

import importlib
import io
import json

from oslo_config import cfg

from nova_lite import durable_files
from nova_lite.instance_metadata import ec2, openstack

LABEL = 'config-2'



def build(path, facts):
    """Write the drive; the file appears complete, and building it again replaces it.

    :param facts: GuestFacts with the password and the files
    """
    with durable_files.replaced_file(path) as new:
        _write_iso(files(facts), new)


def files(facts):
    """Answer the content of the drive, path -> bytes."""
    found = {}
    for version in (*openstack.VERSIONS, openstack.LATEST):
        for name, document in openstack.documents(version).items():
            content = document.render(facts, version)
            if content is not None:
                found[f'openstack/{version}/{name}'] = content
    for name, content in openstack.contents(facts).items():
        found[f'openstack/{openstack.CONTENT}/{name}'] = content
    skipped = cfg.CONF.api.config_drive_skip_versions.split()
    for version in (*ec2.VERSIONS, ec2.LATEST):
        if version not in skipped:
            found.update(_ec2_files(facts, version))
    return found


def _ec2_files(facts, version):
    tree = ec2.tree(facts, version)
    found = {f'ec2/{version}/{ec2.META_DATA}.json': json.dumps(tree[ec2.META_DATA]).encode()}
    if ec2.USER_DATA in tree:
        found[f'ec2/{version}/{ec2.USER_DATA}'] = tree[ec2.USER_DATA]
    return found


def _write_iso(contents, target):
    """Write a file system with the names in Rock Ridge (Linux) and Joliet (Windows).

    ISO 9660's own names are short and few readers look at them, so they are numbers.
    """
    # Loaded with the first drive: it is 2 MB, and many hosts never make one.
    iso = importlib.import_module('pycdlib').PyCdlib()
    iso.new(interchange_level=3, vol_ident=LABEL, rock_ridge='1.09', joliet=3)
    try:
        directories = {'': ''}
        for number, (path, content) in enumerate(sorted(contents.items())):
            parent, _, name = path.rpartition('/')
            _add_directory(iso, directories, parent)
            iso.add_fp(io.BytesIO(content), len(content),
                       iso_path=f'{directories[parent]}/F{number:05}.;1',
                       rr_name=name, joliet_path=f'/{path}')
        iso.write_fp(target)
    finally:
        iso.close()


def _add_directory(iso, known, path):
    if path in known:
        return
    parent, _, name = path.rpartition('/')
    _add_directory(iso, known, parent)
    known[path] = f'{known[parent]}/D{len(known):05}'
    iso.add_directory(known[path], rr_name=name, joliet_path=f'/{path}')

# SPDX-License-Identifier: Apache-2.0
"""Build with pbr; everything else stands in setup.cfg.

pbr asks git for the version. A checkout without git (a copied tree, a machine
without the program, a tree that belongs to another user) can be installed too:
it gets the version that is named here.
"""

import os
import shutil
import subprocess

import setuptools

VERSION_WITHOUT_GIT = '0.1.0'


def git_knows_this_tree():
    if shutil.which('git') is None:
        return False
    return subprocess.run(['git', 'rev-parse', 'HEAD'], check=False,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


if not os.path.exists('PKG-INFO') and not git_knows_this_tree():
    os.environ.setdefault('PBR_VERSION', VERSION_WITHOUT_GIT)

setuptools.setup(setup_requires=['pbr>=6.0.0'], pbr=True)

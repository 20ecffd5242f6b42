# SPDX-License-Identifier: Apache-2.0
"""Sphinx: ``./run_tests.sh docs`` builds into doc/build/html, warnings are errors."""

import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(TOP), str(pathlib.Path(__file__).parent / '_ext')]

project = 'nova_lite'
copyright = 'nova_lite maintainers'
extensions = [
    'oslo_config.sphinxext',
    'oslo_config.sphinxconfiggen',
    'oslo_policy.sphinxext',
    'oslo_policy.sphinxpolicygen',
    'api_reference',
    'openapi_document',
    'operations_table',
]
config_generator_config_file = [
    (str(TOP / 'etc/nova_lite/config-generator.conf'), '_generated/nova_lite'),
]
policy_generator_config_file = [
    (str(TOP / 'etc/nova_lite/policy-generator.conf'), '_generated/nova_lite'),
]
exclude_patterns = ['decisions/template.rst']
html_theme = 'alabaster'
html_theme_options = {'description': 'A small, faithful OpenStack Nova'}
html_copy_source = False

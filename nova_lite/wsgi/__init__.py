# SPDX-License-Identifier: Apache-2.0
"""Modules with an ``application``, for a production WSGI server; loading one starts it.

A server (uWSGI, gunicorn, mod_wsgi) imports one of them in each of its worker
processes, after it has forked. nova_lite/cmd/api_uwsgi.py starts uWSGI so.
Options of nova_lite go into the environment variable NOVA_LITE_ARGUMENTS, as
they would stand on the command line of nova-lite-api.
"""

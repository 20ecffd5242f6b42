# SPDX-License-Identifier: Apache-2.0
"""The compute API described as an OpenAPI 3.1 document, made of its table of routes.

document.py makes it, application.py serves it, ``nova-lite-manage api openapi`` writes it.
Nothing is said here that the API does not work with: addresses, schemas, codes and policies
are those of nova_lite/api/openstack/compute/routes.
"""

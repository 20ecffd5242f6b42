# SPDX-License-Identifier: Apache-2.0
"""The HTTP side: how requests come in and answers go out."""

# SPDX-License-Identifier: Apache-2.0
"""How much projects and users may have: limits, and whether there may be one more.

api.py is the front door, for the requests that make something; settings.py is
for those who change the limits. Nothing here keeps what is used: it is counted.
"""

# SPDX-License-Identifier: Apache-2.0
"""The files of servers and the copies of images on a host."""

# SPDX-License-Identifier: Apache-2.0
"""The states of a server and the table of operations that moves it between them."""

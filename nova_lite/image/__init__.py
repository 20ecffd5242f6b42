# SPDX-License-Identifier: Apache-2.0
"""Images: ``api.API`` is what the rest of the product uses; below it, one backend a file."""

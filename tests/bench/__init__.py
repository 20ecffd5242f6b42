# SPDX-License-Identifier: Apache-2.0
"""What the cloud costs and how fast it is: ``python -m tests.bench [parts]``. No verdict."""

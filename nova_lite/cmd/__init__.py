# SPDX-License-Identifier: Apache-2.0
"""The programs: one main per daemon, and the operator's command line in manage/."""

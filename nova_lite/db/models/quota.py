# SPDX-License-Identifier: Apache-2.0
"""Limits of projects, users and quota classes. What is used is counted, not kept."""

import sqlalchemy as sa

from nova_lite.db.models import base


class QuotaProject(base.Base):
    """The row that makes a project's requests that count against its quota wait for each other."""

    __tablename__ = 'quota_projects'

    project_id = sa.Column(sa.String(255), primary_key=True)
    checks = sa.Column(sa.Integer, nullable=False, default=0)


class Quota(base.Base):
    """A project's own limit of one resource; -1 is no limit."""

    __tablename__ = 'quotas'

    project_id = sa.Column(sa.String(255), primary_key=True)
    resource = sa.Column(sa.String(64), primary_key=True)
    hard_limit = sa.Column(sa.Integer, nullable=False)


class UserQuota(base.Base):
    """The limit of one user in a project."""

    __tablename__ = 'project_user_quotas'

    project_id = sa.Column(sa.String(255), primary_key=True)
    user_id = sa.Column(sa.String(255), primary_key=True)
    resource = sa.Column(sa.String(64), primary_key=True)
    hard_limit = sa.Column(sa.Integer, nullable=False)


class QuotaClass(base.Base):
    """A limit of a class; the class ``default`` is everybody's who has no own limit."""

    __tablename__ = 'quota_classes'

    class_name = sa.Column(sa.String(255), primary_key=True)
    resource = sa.Column(sa.String(64), primary_key=True)
    hard_limit = sa.Column(sa.Integer, nullable=False)

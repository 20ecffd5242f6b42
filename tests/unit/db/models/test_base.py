# SPDX-License-Identifier: Apache-2.0
"""Tables made of classes."""

import sqlalchemy as sa

from nova_lite.db.models import base
from tests import base as test_base


class BaseTest(test_base.TestCase):

    def setUp(self):
        super().setUp()
        self.patch(base.Base, 'metadata', sa.MetaData())

    def test_attributes_name_the_columns_of_a_table(self):
        class Sample(base.Base):
            __tablename__ = 'samples'

            id = sa.Column(base.BigId, primary_key=True)
            name_ = sa.Column('name', base.Uuid, nullable=False)
            what = 'no column'

        table = base.Base.metadata.tables['samples']
        self.assertIs(table, Sample.__table__)
        self.assertEqual(['id', 'name'], list(table.c.keys()))
        self.assertEqual('utf8mb4_bin', table.dialect_options['mysql']['collate'])

    def test_constraints_come_before_the_options_of_all_tables(self):
        class Sample(base.Base):
            __tablename__ = 'samples'
            __table_args__ = (sa.UniqueConstraint('name', name='its_name'),)

            name = sa.Column(base.Uuid, primary_key=True)

        names = {constraint.name for constraint in Sample.__table__.constraints}
        self.assertIn('its_name', names)
        self.assertEqual('InnoDB', Sample.__table__.dialect_options['mysql']['engine'])

"""Who works on a report, for which report a page is edited, and who was told of new reports."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("reports", sa.Column("taken_by", sa.BigInteger()))
    op.add_column("reports", sa.Column("taken_at", sa.DateTime(timezone=True)))
    op.add_column("drafts", sa.Column("report", sa.BigInteger()))
    op.create_table(
        "queue_notices",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_queue_notices")),
    )

"""In which message a waiting file came and is told of, and whether it was applied."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("pending_imports", sa.Column("sent_in", sa.BigInteger()))
    op.add_column("pending_imports", sa.Column("told_in", sa.BigInteger()))
    op.add_column("pending_imports", sa.Column("applied_on", sa.Integer()))

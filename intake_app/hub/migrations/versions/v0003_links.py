"""Which records belong together, as reports read it; every projection begins anew so that links are in it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "projected_link",
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "record", "link"),
    )
    op.create_index("projected_link_id", "projected_link", ["organisation", "link"])
    op.create_index("projected_link_other", "projected_link", ["organisation", "other"])
    op.create_table(
        "projected_unlink",
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("undoing", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "link", "undoing"),
    )
    op.create_index("projected_unlink_undoing", "projected_unlink", ["organisation", "undoing"])
    op.execute("UPDATE projection_state SET revision = 0")

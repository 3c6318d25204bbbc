"""The bytes of attached files, in pieces, and which versions have them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attached",
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("revision", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("document", sa.String(100), nullable=False),
        sa.Column("origin", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "revision", "sha256"),
    )
    op.create_index("attached_document", "attached", ["organisation", "document", "sha256"])
    op.create_table(
        "attachment",
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("origin", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("document", sa.String(100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "origin", "sha256"),
    )
    op.create_index("attachment_document", "attachment", ["organisation", "document"])
    op.create_table(
        "attachment_chunk",
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("origin", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.String(100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "origin", "sha256", "number"),
    )
    op.create_index("attachment_chunk_document", "attachment_chunk", ["organisation", "document"])

"""Conversations that were no feedback are not counted: every projection begins anew."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE projection_state SET revision = 0")

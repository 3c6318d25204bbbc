"""Where devices and documents belong, what a device was split from and its turn, and the projection."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("device", "enrolment_code", "version"):
        op.add_column(table, sa.Column("area", sa.String(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("team", sa.String(), nullable=False, server_default=""))
    op.add_column("device", sa.Column("came_from", sa.String(100), nullable=False, server_default=""))
    op.add_column("device", sa.Column("came_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("device", sa.Column("turn", sa.String(100), nullable=False, server_default=""))
    op.create_table(
        "projection_state",
        sa.Column("organisation", sa.String(100), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation"),
    )
    op.execute(
        "INSERT INTO projection_state (organisation, revision) SELECT organisation, 0 FROM organisation"
    )
    op.create_table(
        "projected_record",
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("order_key", sa.BigInteger(), nullable=False),
        sa.Column("mutation", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.String(), nullable=False),
        sa.Column("finished_ms", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("services", sa.String(), nullable=False),
        sa.Column("first_words", sa.String(), nullable=False),
        sa.Column("last_words", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("organisation", "id"),
    )
    op.create_index("projected_record_order", "projected_record", ["organisation", "order_key"], unique=True)
    op.create_index("projected_record_reference", "projected_record", ["organisation", "reference"])
    op.create_index("projected_record_received", "projected_record", ["organisation", "received_on"])
    op.create_index("projected_record_person", "projected_record", ["organisation", "person"])
    op.create_index(
        "projected_record_danger",
        "projected_record",
        ["organisation", "order_key"],
        sqlite_where=sa.text("danger = 1"),
        postgresql_where=sa.text("danger"),
    )
    op.create_table(
        "projected_item",
        *_keys("record", "place"),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question_set", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
    )
    op.create_table(
        "projected_service",
        *_keys("record", "item", "place"),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
    )
    op.create_index("projected_service_id", "projected_service", ["organisation", "service"])
    op.create_table(
        "projected_topic",
        *_keys("record", "item", "place"),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sentiment", sa.String(), nullable=False),
    )
    op.create_index("projected_topic_code", "projected_topic", ["organisation", "code"])


def _keys(*names: str) -> list[sa.schema.SchemaItem]:
    columns = [
        sa.Column(
            name, sa.String() if name == "record" else sa.Integer(), nullable=False, autoincrement=False
        )
        for name in names
    ]
    return [
        sa.Column("organisation", sa.String(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("organisation", *names),
    ]

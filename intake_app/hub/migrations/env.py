"""Alembic's entry: runs the migrations on the connection that the hub hands in."""

from alembic import context

from intake_app.hub.tables import HubTable

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=HubTable.metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
